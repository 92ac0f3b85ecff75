"""Runs playbooks the way a user does, with `ansible-playbook`, and reads what came out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .terminal import Terminal

_CALLBACKS = Path(__file__).parent / "callback_plugins"


@dataclass(frozen=True)
class Result:
    """One result of a task: its status (`ok`, `failed`, `item_ok` …) and what Ansible's callbacks get."""

    status: str
    task: str
    host: str
    data: dict[str, Any]

    @property
    def changed(self) -> bool:
        """Whether the task reported a change."""
        return bool(self.data.get("changed"))

    def diff(self, side: str) -> Any:
        """The `before` or `after` of the diff, as data."""
        return json.loads(self.data["diff"][side])


@dataclass(frozen=True)
class Run:
    """A finished run of ansible-playbook."""

    returncode: int
    results: list[Result]
    output: str
    everything: str

    @property
    def words(self) -> str:
        """The output with all blanks folded: Ansible wraps its warnings."""
        return " ".join(self.output.split())

    def result(self, task: str) -> Result:
        """The result of the task of that name."""
        return next(result for result in self.results if result.task == task)


class Playbooks:
    """Runs playbooks in a directory of their own. `environ` is added to a clean environment."""

    def __init__(self, directory: Path, environ: Mapping[str, str], variables: Mapping[str, Any]) -> None:
        self.directory = directory
        self.environ = dict(environ)
        self.variables = dict(variables)
        self._count = 0

    def tasks(
        self,
        *tasks: Mapping[str, Any],
        defaults: Mapping[str, Any] | None = None,
        options: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
        process_timeout: float = 170,
        **play: Any,
    ) -> Run:
        """Runs tasks in one play on localhost. `defaults` are module_defaults of the collection's group."""
        body: dict[str, Any] = {"hosts": "localhost", "gather_facts": False, "tasks": list(tasks), **play}
        if defaults is not None:
            body["module_defaults"] = {"group/polyv.live.polyv": dict(defaults)}
        path = self.directory / f"play{self._count}.yml"
        path.write_text(yaml.safe_dump([body], allow_unicode=True, sort_keys=False), encoding="utf-8")
        return self.run(str(path), *options, environ=environ, process_timeout=process_timeout)

    def run(
        self,
        playbook: str,
        *options: str,
        environ: Mapping[str, str] | None = None,
        process_timeout: float = 170,
        terminal: Terminal | None = None,
    ) -> Run:
        """Runs a playbook file, or one by FQCN, with further options of ansible-playbook; on a terminal where one is given."""
        self._count += 1
        record = self.directory / f"record{self._count}.jsonl"
        command = [str(Path(sys.executable).parent / "ansible-playbook"), playbook, *self._arguments(options)]
        environment = self._environment(record, environ or {})
        if terminal is not None:
            returncode, output = terminal.run(command, self.directory, environment, process_timeout)
        else:
            done = subprocess.run(
                command,
                cwd=self.directory,
                env=environment,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                timeout=process_timeout,
                check=False,
            )
            returncode, output = done.returncode, done.stdout + done.stderr
        lines = record.read_text(encoding="utf-8") if record.exists() else ""
        results = [Result(**_entry(line)) for line in lines.splitlines()]
        return Run(returncode, results, output, output + lines)

    def _arguments(self, options: Sequence[str]) -> list[str]:
        # An inventory says itself how its hosts are reached.
        own = "-i" in options
        local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        variables = self.variables if own else {**local, **self.variables}
        return [*([] if own else ["-i", "localhost,"]), "-e", json.dumps(variables), *options]

    def _environment(self, record: Path, extra: Mapping[str, str]) -> dict[str, str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "LANG", "ANSIBLE_COLLECTIONS_PATH")
            if name in os.environ
        }
        return {
            **kept,
            "LC_ALL": "C.UTF-8",
            "TMPDIR": str(self.directory),
            "ANSIBLE_LOCAL_TEMP": str(self.directory / "local"),
            "ANSIBLE_REMOTE_TEMP": str(self.directory / "remote"),
            # Its default lies in the home of the user, which need not be where HOME says.
            "ANSIBLE_ASYNC_DIR": str(self.directory / "async"),
            "ANSIBLE_CALLBACK_PLUGINS": str(_CALLBACKS),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "RECORDER_FILE": str(record),
            **self.environ,
            **extra,
        }


def _entry(line: str) -> dict[str, Any]:
    entry = json.loads(line)
    entry["data"] = entry.pop("result")
    return dict(entry)
