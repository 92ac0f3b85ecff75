"""Many settings at a time: order, concurrency, and one that fails among others."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, cast

from ansible_collections.polyv.live.plugins.module_utils._client import Client
from ansible_collections.polyv.live.plugins.module_utils._context import Context
from ansible_collections.polyv.live.plugins.module_utils._converge import Setting
from ansible_collections.polyv.live.plugins.module_utils._errors import Failure, PolyvError
from ansible_collections.polyv.live.plugins.module_utils._identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._together import Part, converge_together


class Switch(Setting[int]):
    """A setting in memory that notes what happens to it, and fails in a step if told to."""

    def __init__(self, log: list[str], name: str, value: int = 0, fails: str = "") -> None:
        self.log, self.name, self.value, self.fails = log, name, value, fails
        self.barrier: threading.Barrier | None = None

    def read(self) -> int:
        self._note("read")
        if self.barrier is not None:
            self.barrier.wait(timeout=5)
        return self.value

    def desired(self, current: int) -> int:
        return 1

    def write(self, current: int, desired: int) -> int:
        self._note("write")
        self.value = desired
        return desired

    def result(self, state: int) -> dict[str, Any]:
        return {}

    def view(self, state: int) -> dict[str, Any]:
        return {"value": state}

    def _note(self, step: str) -> None:
        self.log.append(f"{step} {self.name}")
        if self.fails == step or (self.fails == "read back" and step == "read" and self.value):
            raise PolyvError(f"no {self.fails}", Failure("rejected"))


def run(settings: Sequence[Switch], check: bool = False) -> dict[str, Any]:
    client = cast(Client, None)
    context = Context(client, Identity(client), {}, warn=lambda text: None, check=check)
    return converge_together([Part(one.name, None, one) for one in settings], context)


def test_writes_come_one_after_the_other_in_the_order_of_the_options() -> None:
    log: list[str] = []
    run([Switch(log, name) for name in "abc"])
    assert [entry for entry in log if entry.startswith("write")] == ["write a", "write b", "write c"]


def test_reads_happen_at_the_same_time() -> None:
    log: list[str] = []
    settings = [Switch(log, name, value=1) for name in "abc"]
    barrier = threading.Barrier(len(settings))
    for one in settings:
        one.barrier = barrier  # breaks, and fails the test, unless all are in their read at once
    assert run(settings)["changed"] is False


def test_nothing_is_written_in_check_mode() -> None:
    log: list[str] = []
    result = run([Switch(log, "a"), Switch(log, "b", value=1)], check=True)
    assert [item["changed"] for item in result["settings"]] == [True, False]
    assert sorted(log) == ["read a", "read b"]


def test_each_failure_stays_with_its_setting() -> None:
    log: list[str] = []
    result = run([Switch(log, "a", fails="read"), Switch(log, "b", fails="write"), Switch(log, "c")])
    assert [(item["changed"], item["failed"]) for item in result["settings"]] == [
        (False, True),
        (False, True),
        (True, False),
    ]
    assert "write a" not in log
    assert result["failed"]
    assert result["msg"] == "2 of 3 settings failed. a: no read b: no write"


def test_a_write_that_could_not_be_read_back_still_is_a_change() -> None:
    log: list[str] = []
    (item,) = run([Switch(log, "a", fails="read back")])["settings"]
    assert (item["changed"], item["failed"]) == (True, True)


def test_no_settings_are_no_change() -> None:
    assert run([]) == {"changed": False, "diff": [], "settings": []}
