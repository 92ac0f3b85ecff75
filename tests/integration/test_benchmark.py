"""The benchmark itself, on a tiny scale: every play and the plain script do what they are to be measured at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What runs every play and every job of the plain script once; the benchmark itself checks what they do.
EACH_PLAY = [
    "worker-changed",
    "uri-changed",
    "account-changed",
    "tasks-changed",
    "loop-changed",
    "bulk-changed",
]
EACH_JOB = ["limit-one-changed", "limit-five-changed", "limit-channels-changed"]


def run(directory: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "benchmark",
        "--directory",
        str(directory),
        "--no-warm-up",
        "--repeat",
        "1",
    ]
    return subprocess.run(
        [*command, *options], cwd=directory, capture_output=True, text=True, timeout=170, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")
def test_each_contestant_does_its_job(tmp_path: Path) -> None:
    done = run(tmp_path, "--sizes", "2", "--channels", "2", "--only", *EACH_PLAY, *EACH_JOB)
    assert done.returncode == 0, done.stderr
    assert "| `polyv_account`, five settings, changed" in done.stdout
    report = json.loads((tmp_path / "benchmark.json").read_text(encoding="utf-8"))
    rows = [row for rows in report["results"].values() for row in rows]
    assert {row["contestant"] for row in rows} == {*EACH_PLAY, *EACH_JOB, "floor", "channels-floor"}
    assert all(row["median"]["seconds"] > 0 and row["median"]["memory"] > 1 for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")
def test_settings_are_measured_against_the_defaults(tmp_path: Path) -> None:
    done = run(tmp_path, "--settings", "--sizes", "2", "--only", "10 forks: changed", "five plays")
    assert done.returncode == 0, done.stderr
    assert "| 10 forks" in done.stdout
    assert "| the same in five plays, facts gathered in each |" in done.stdout


def test_a_run_that_does_not_do_its_job_has_no_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSIBLE_COLLECTIONS_PATH", str(tmp_path))
    done = run(tmp_path, "--sizes", "2", "--channels", "--only", "worker-changed")
    assert done.returncode == 1
    assert "worker-changed, 2: exit code" in done.stderr
    assert not (tmp_path / "benchmark.json").exists()
