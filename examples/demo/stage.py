"""What the tours stand on: the simulated platform, an operator who runs playbooks, and a voice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any


class UnexpectedError(Exception):
    """The tour did not see what it came to show."""


def title(text: str) -> None:
    print(f"\n== {text}\n", flush=True)


def say(text: str) -> None:
    print(text, flush=True)


def heard(line: str) -> str:
    """A line of ansible-playbook, as it is. Of all of them only the progress is said, while the run goes on."""
    if line.startswith("Polyv: "):
        say(f"    {line.rstrip()}")
    return line


def expect(condition: bool, what: str, output: str = "") -> None:
    """Ends the tour unless things are as announced, with what ansible-playbook had to say."""
    if not condition:
        raise UnexpectedError(f"{output}\nExpected: {what}.")


class Platform:
    """The simulator, on a free port. Entering starts it, leaving stops it."""

    def __init__(self, seed: Path, *options: str) -> None:
        self._command = [sys.executable, "-m", "simulator", "--port", "0", "--seed", str(seed), *options]

    def __enter__(self) -> Platform:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if "listening on" not in line:
            self._process.wait()
            raise UnexpectedError("The simulator did not start.")
        self.url = line.split()[-1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def account(self, user_id: str) -> dict[str, Any]:
        """An account as it is now."""
        found: dict[str, Any] = self._call("GET", f"accounts/{user_id}")
        return found

    def custom_user(self, email: str) -> dict[str, Any]:
        """A user whom an account of the platform has registered."""
        users: list[dict[str, Any]] = self._call("GET", "accounts")["custom_users"]
        found = next((user for user in users if user["email"] == email), None)
        expect(found is not None, f"a registered user {email}")
        return found or {}

    def alter(self, user_id: str, **settings: Any) -> None:
        """Someone changes an account by hand."""
        self._call("PATCH", f"accounts/{user_id}", settings)

    def writes(self) -> int:
        """How many writing requests came since the last time."""
        entries: list[dict[str, Any]] = self._call("GET", "requests")
        self._call("DELETE", "requests")
        return sum(entry["access"] == "write" for entry in entries)

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_simulator/{path}", data=data, method=method)
        # No proxy of the environment: the simulator is on this machine.
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return json.loads(answer.read())


@dataclass(frozen=True)
class Run:
    """A run of ansible-playbook that has ended."""

    returncode: int
    output: str
    summary: dict[str, Any]

    def require(self, **counts: int) -> None:
        """Ends the tour unless the run was quiet and the summary counts so many accounts."""
        for kind, count in counts.items():
            expect(self.summary["counts"][kind] == count, f"{count} accounts {kind}", self.output)
        expect(
            (self.returncode == 0) == (counts.get("failed", 0) == 0),
            "the exit code to tell of failures",
            self.output,
        )
        expect("[WARNING]" not in self.output, "no warning", self.output)

    @property
    def differences(self) -> list[str]:
        """The lines of the diffs."""
        lines = self.output.splitlines()
        kept, inside = [], False
        for line in lines:
            inside = line.startswith("--- before") or (inside and line.startswith(("+", "-", " ", "@")))
            if inside:
                kept.append(line)
        return kept


class Operator:
    """Someone who runs playbooks from the directory of an inventory, with its ansible.cfg."""

    def __init__(self, directory: Path, url: str) -> None:
        self._directory = directory
        self._environ = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("ANSIBLE_CONFIG", "PYTHONPATH")
            },
            "POLYV_API_URL": url,
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "POLYV_PROGRESS_INTERVAL": "5",
        }

    def run(self, *arguments: str, told: str | None = None) -> Run:
        """Runs a playbook by name, and says so. `told` is said where the arguments are long."""
        say(f"$ ansible-playbook {told or ' '.join(arguments)}")
        summary = self._directory / "polyv-summary.json"
        summary.unlink(missing_ok=True)
        with subprocess.Popen(
            ["ansible-playbook", *arguments],
            cwd=self._directory,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            output = "".join(map(heard, process.stdout or ()))
        found = json.loads(summary.read_text(encoding="utf-8")) if summary.exists() else {}
        return Run(process.returncode, output, found)

    def provision(self, *options: str) -> Run:
        """Brings the accounts to their set-up, and shows the summary."""
        run = self.run("polyv.live.provision", *options)
        expect(bool(run.summary), "a summary", run.output)
        for line in run.summary["text"]:
            say(f"    {line}")
        return run
