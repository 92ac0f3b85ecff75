"""Playbooks as processes of their own: several at once, or killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml


class Controller:
    """A machine that runs playbooks in `directory`. What its processes share is in a temporary directory of its own."""

    def __init__(self, directory: Path, environ: Mapping[str, str], variables: Mapping[str, Any]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        # Short: ansible-core 2.21 makes a socket below it, and the path of a socket has at most 107 bytes.
        self._temporary = tempfile.TemporaryDirectory(prefix="c", dir="/tmp", ignore_cleanup_errors=True)
        self._environ = environ
        self._variables = {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            **variables,
        }

    def start(
        self, play: Mapping[str, Any], *options: str, inventory: Sequence[str] = ("localhost",)
    ) -> subprocess.Popen[str]:
        """A running ansible-playbook, the leader of a group of processes."""
        path = self.directory / "play.yml"
        path.write_text(yaml.safe_dump([dict(play)], allow_unicode=True, sort_keys=False), encoding="utf-8")
        command = [str(Path(sys.executable).parent / "ansible-playbook"), str(path)]
        command += ["-i", ",".join(inventory) + ",", "-e", json.dumps(self._variables), *options]
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH")
            if name in os.environ
        }
        environ = {
            **kept,
            "LC_ALL": "C.UTF-8",
            "TMPDIR": self._temporary.name,
            "ANSIBLE_LOCAL_TEMP": str(self.directory / "local"),
            "ANSIBLE_REMOTE_TEMP": str(self.directory / "remote"),
            "ANSIBLE_NOCOLOR": "1",
            **self._environ,
        }
        return subprocess.Popen(
            command,
            cwd=self.directory,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def finished(process: subprocess.Popen[str], seconds: float = 300) -> str:
    """The output of a run that has to succeed."""
    output, _errors = process.communicate(timeout=seconds)
    assert process.returncode == 0, output[-4000:]
    return output


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kills the run, workers and modules included, `after` so many seconds. False where it had ended before."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    process.communicate()
    return False
