"""What the unit tests of the client share: a clock that only sleeping moves, and clients of an address that is never called."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._api import client, rate_limit, retries
from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.endpoint import Access, Endpoint
from ansible_collections.polyv.live.plugins.module_utils._options.connection import Connection
from ansible_collections.polyv.live.plugins.module_utils._options.credentials import Credentials

API = "https://api.test"
READ = Endpoint("some-read", "GET", "/read", Access.READ)
WRITE = Endpoint("some-write", "POST", "/write", Access.WRITE)
CREATE = Endpoint("some-create", "POST", "/create", Access.CREATE)

CREDENTIALS = Credentials("g4rqgmmjuo", "fsq2k5weced1h8vui657xtdva66whf0g", "1b448be323", "options")
CONNECTION = Connection(
    api_url=API,
    verify=True,
    timeout=5,
    retries=3,
    max_wait=120,
    signature_method="md5",
    rate_limit=0,
)


class Clock:
    """Stands in for the module `time`. `slept` are the pauses taken."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []
        self.localtime, self.strftime = time.localtime, time.strftime

    def time(self) -> float:
        """Seconds since the epoch."""
        return self.now

    def monotonic(self) -> float:
        """The same clock: nobody sets it."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets the time pass at once."""
        self.slept.append(seconds)
        self.now += seconds

    def install(self, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """Puts the clock into every module that looks at the time."""
        for module in (client, retries, rate_limit):
            monkeypatch.setattr(module, "time", self)
        monkeypatch.setattr(rate_limit, "_memories", {})
        return self


@dataclass
class Made:
    """A client, and the warnings that it gave."""

    client: Client
    warnings: list[str] = field(default_factory=list)


def make_client(writes: bool = True, **connection: Any) -> Made:
    """A client with some connection options changed."""
    warnings: list[str] = []
    client = Client(CREDENTIALS, replace(CONNECTION, **connection), writes, warnings.append)
    return Made(client, warnings)


def success(data: Any = "done") -> dict[str, Any]:
    """The envelope of a success."""
    return {"code": 200, "status": "success", "message": "", "data": data}


def error(message: str, code: int = 400) -> dict[str, Any]:
    """The envelope of an error."""
    return {"code": code, "status": "error", "message": message, "data": ""}
