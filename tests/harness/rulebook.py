"""Runs ansible-rulebook itself, from the environment that `scripts/venv.sh rulebook` makes, as a user starts it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

_BIN = Path(__file__).parents[2] / ".cache" / "venv" / "rulebook" / "bin"
_LEAST_JAVA = 17
_INVENTORY = "all:\n  hosts:\n    localhost:\n"


def missing() -> str | None:
    """What ansible-rulebook lacks on this machine, as a sentence, or None."""
    if not (_BIN.parent / "complete").exists():
        return "ansible-rulebook needs an environment of its own: scripts/venv.sh rulebook"
    java = _java()
    if java is None:
        return f"ansible-rulebook needs Java {_LEAST_JAVA} or newer, as JAVA_HOME or in PATH"
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "([0-9]+)', shown)
    if version is None or int(version[1]) < _LEAST_JAVA:
        return f"ansible-rulebook needs Java {_LEAST_JAVA} or newer, and {java} says: {shown.strip()[:200]}"
    return None


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


class Rulebook:
    """A running ansible-rulebook. `variables` come from its environment, by their names; `output` is all it said so far."""

    def __init__(self, directory: Path, rulebook: str, variables: Mapping[str, str], *options: str) -> None:
        (directory / "inventory.yml").write_text(_INVENTORY, encoding="utf-8")
        self._log = directory / "rulebook.log"
        names = ",".join(variables)
        arguments = ["-r", rulebook, "-i", "inventory.yml", "-E", names, *options]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(_BIN / "ansible-rulebook"), *arguments],
                cwd=directory,
                env={**_environment(directory), **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # What it starts ends with it.
                start_new_session=True,
            )

    def __enter__(self) -> Rulebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)

    @property
    def output(self) -> str:
        """What it wrote so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, reached: Callable[[], bool], seconds: float = 60) -> None:
        """Wait for something. An AssertionError with the output where it does not come, or ansible-rulebook ends before."""
        until = time.monotonic() + seconds
        while not reached():
            assert self._process.poll() is None and time.monotonic() < until, self.output
            time.sleep(0.1)

    def wait_for_port(self, port: int) -> None:
        """Wait until it listens."""
        self.wait_until(lambda: _listens(port))

    def wait_for_end(self, seconds: float = 60) -> int:
        """The exit status, once it ended by itself."""
        return self._process.wait(seconds)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _environment(directory: Path) -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("JAVA_HOME", "ANSIBLE_COLLECTIONS_PATH") if name in os.environ
    }
    return {
        **kept,
        # Its own ansible-playbook first, not that of the tests.
        "PATH": f"{_BIN}:{os.environ['PATH']}",
        "HOME": str(directory),
        "TMPDIR": str(directory),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_NOCOLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
