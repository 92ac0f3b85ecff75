"""The benchmark itself, on a tiny scale: everybody does what it is to be measured at, which the benchmark checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")


def run(directory: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmark", "--accounts", "2", "--repeat", "1", *options]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=170, check=False)


@pytest.mark.thorough
def test_each_contestant_does_its_job(tmp_path: Path) -> None:
    done = run(tmp_path, "--only", "account,limited,vault,module,uri")
    assert done.returncode == 0, done.stderr
    # The head, the rule, and all eight.
    assert sum(line.startswith("|") for line in done.stdout.splitlines()) == 10


def test_a_run_that_does_not_do_its_job_has_no_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSIBLE_COLLECTIONS_PATH", str(tmp_path))
    done = run(tmp_path, "--only", "account", "--save", "kept.md")
    assert done.returncode == 1
    assert "account: exit code" in done.stderr
    assert not done.stdout
    assert not list(tmp_path.glob("kept*"))
