"""Starts the simulator as a process, and talks to its control API."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

_SIMULATOR = Path(__file__).parent.parent / "simulator"


class Simulator:
    """A running simulator. `url` is where it listens."""

    def __init__(self, seed: Path, *options: str) -> None:
        command = [sys.executable, str(_SIMULATOR), "--port", "0", "--seed", str(seed), *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if "listening on" not in line:
            raise RuntimeError(f"the simulator did not start: {line!r}")
        self.url = line.split()[-1]
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Simulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()
        self._process.terminate()
        self._process.wait(timeout=10)

    def reset(self) -> None:
        """Back to the seed: state, log, faults and switches."""
        self._control("POST", "reset")

    def requests(self, endpoint: str | None = None, access: str | None = None) -> list[dict[str, Any]]:
        """The calls received, oldest first; only those of an endpoint, or of an access (`read`, `write`)."""
        return [
            entry
            for entry in self._control("GET", "requests")
            if endpoint in (None, entry["endpoint"]) and access in (None, entry["access"])
        ]

    def calls(self) -> list[str]:
        """The names of the endpoints called, oldest first."""
        return [entry["endpoint"] for entry in self.requests()]

    def writes(self) -> list[str]:
        """The names of the writing endpoints called, oldest first."""
        return [entry["endpoint"] for entry in self.requests(access="write")]

    def forget(self) -> None:
        """Empties the log."""
        self._control("DELETE", "requests")

    def switch(self, **switches: Any) -> None:
        """Chooses answers that docs/api.md leaves open."""
        self._control("PATCH", "switches", switches)

    def fault(self, endpoint: str, kind: str, times: int = 1, **details: Any) -> None:
        """The next `times` calls of an endpoint go wrong; `*` is any endpoint, -1 is for ever."""
        self._control("POST", "faults", {"endpoint": endpoint, "kind": kind, "times": times, **details})

    def account(self, user_id: str) -> dict[str, Any]:
        """The current state of an account, in the form of the seed."""
        found: dict[str, Any] = self._control("GET", f"accounts/{user_id}")
        return found

    def channel(self, user_id: str, channel_id: str) -> dict[str, Any]:
        """The current state of a channel."""
        channels: list[dict[str, Any]] = self.account(user_id)["channels"]
        return next(channel for channel in channels if str(channel["channel_id"]) == channel_id)

    def alter(self, user_id: str, **settings: Any) -> None:
        """Changes an account behind the collection's back."""
        self._control("PATCH", f"accounts/{user_id}", settings)

    def accounts(self) -> list[dict[str, Any]]:
        """The current state of all accounts."""
        found: Any = self._control("GET", "accounts")
        accounts: list[dict[str, Any]] = found["accounts"] if isinstance(found, dict) else found
        return accounts

    def custom_users(self) -> list[dict[str, Any]]:
        """The users that were registered through the API."""
        found: list[dict[str, Any]] = self._control("GET", "accounts")["custom_users"]
        return found

    def replace_accounts(self, accounts: list[dict[str, Any]]) -> None:
        """Other accounts, in the form of the seed."""
        self._control("PUT", "accounts", {"accounts": accounts})

    def record(self, user_id: str, channel_id: str, file_id: str, **others: str) -> list[dict[str, Any]]:
        """A recording is finished: the attempts to report it, each with its `parameters`, `http_status` and `text`."""
        body = {"channel_id": channel_id, "file_id": file_id, **others}
        attempts: list[dict[str, Any]] = self._control("POST", f"accounts/{user_id}/recordings", body)
        return attempts

    def _control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = self._session.request(method, f"{self.url}/_simulator/{path}", json=body, timeout=30)
        if not answer.ok:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return json.loads(answer.text) if answer.content else None
