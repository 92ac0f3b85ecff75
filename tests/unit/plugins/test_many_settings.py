"""Many settings at a time: order, concurrency, and one that fails among others."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any, cast

import pytest

from ansible_collections.polyv.live.plugins.module_utils._api.channels import ChannelDirectory, ChannelRef
from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Context
from ansible_collections.polyv.live.plugins.module_utils._engine.many_settings import (
    NamedSetting,
    Phase,
    converge_together,
)
from ansible_collections.polyv.live.plugins.module_utils._engine.setting import Setting
from ansible_collections.polyv.live.plugins.module_utils._errors import Failure, Kind, PolyvError


class Calls:
    """Stands for the client, of which this code only asks how many writes there were."""

    def __init__(self) -> None:
        self.effective_writes = 0


class Switch(Setting[int]):
    """A setting in memory that notes what happens to it, and fails in a step if told to."""

    def __init__(self, log: list[str], name: str, value: int = 0, fails: str = "") -> None:
        self.log, self.name, self.value, self.fails = log, name, value, fails
        self.barrier: threading.Barrier | None = None
        self.calls = Calls()
        self.unforeseen = ""

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
        self.calls.effective_writes += 1
        self._break_down("write")
        return desired

    def result(self, state: int) -> dict[str, Any]:
        self._break_down("result")
        return {}

    def _break_down(self, step: str) -> None:
        if self.unforeseen == step:
            raise ZeroDivisionError("secret-in-the-text")

    def view(self, state: int) -> dict[str, Any]:
        return {"value": state}

    def _note(self, step: str) -> None:
        self.log.append(f"{step} {self.name}")
        if self.fails == step or (self.fails == "read back" and step == "read" and self.value):
            raise PolyvError(f"no {self.fails}", Failure(Kind.REJECTED))


def run(settings: Sequence[Switch], check: bool = False) -> dict[str, Any]:
    calls = Calls()
    for one in settings:
        one.calls = calls
    client = cast(Client, calls)
    context = Context(
        client,
        Identity(client),
        ChannelDirectory(client, Identity(client)),
        {},
        warn=lambda text: None,
        check=check,
    )
    return converge_together([NamedSetting(one.name, None, one) for one in settings], context)


def test_writes_come_one_after_the_other_in_the_order_of_the_options() -> None:
    log: list[str] = []
    run([Switch(log, name) for name in "abc"])
    assert [entry for entry in log if entry.startswith("write")] == ["write a", "write b", "write c"]


def test_what_is_first_is_done_before_the_others_start() -> None:
    log: list[str] = []
    settings = [Switch(log, name) for name in "abc"]
    client = cast(Client, settings[0].calls)
    directory = ChannelDirectory(client, Identity(client))
    context = Context(client, Identity(client), directory, {}, warn=lambda text: None)
    named = [
        NamedSetting(one.name, None, one, Phase.FIRST if one.name == "c" else Phase.USUAL) for one in settings
    ]
    result = converge_together(named, context)
    assert [item["setting"] for item in result["settings"]] == ["a", "b", "c"]
    assert log[:2] == ["read c", "write c"]


def test_what_follows_on_a_channel_that_was_not_made_fails_and_says_so() -> None:
    log: list[str] = []
    client = cast(Client, Calls())
    directory = ChannelDirectory(client, Identity(client))
    channel = ChannelRef(directory, name="Hall")
    broken = Switch(log, "channel", fails="write")
    context = Context(client, Identity(client), directory, {}, warn=lambda text: None)
    result = converge_together([NamedSetting("channel", channel, broken, Phase.FIRST)], context)
    assert (result["settings"][0]["channel_id"], result["settings"][0]["channel"]) == (None, "Hall")
    with pytest.raises(PolyvError, match="The channel 'Hall' was neither found nor made"):
        assert channel.id


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


@pytest.mark.parametrize("step", ["write", "result"])
def test_what_nobody_foresaw_hides_no_write(step: str) -> None:
    """The other settings go on, each says what it changed, and the exception's text is not quoted."""
    settings = [Switch([], name) for name in "abc"]
    settings[1].unforeseen = step
    result = run(settings)
    assert [(one["changed"], one["failed"]) for one in result["settings"]] == [
        (True, False),
        (True, True),
        (True, False),
    ]
    assert (result["changed"], result["failure"]["kind"]) == (True, "unexpected")
    assert "ZeroDivisionError in converge.py" in result["msg"] and "secret-in" not in result["msg"]


def test_the_process_does_not_wait_for_threads_that_are_interrupted() -> None:
    """Ansible's timeout raises in the main thread of a worker, which then ends."""
    script = (
        "import signal, time\n"
        "from ansible_collections.polyv.live.plugins.module_utils._engine.pool import Pool\n"
        "def stop(*unused): raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGALRM, stop)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.2)\n"
        "try:\n"
        "    with Pool(3) as pool: pool.run([lambda: time.sleep(60)] * 3)\n"
        "except KeyboardInterrupt: print('ended')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True
    )
    assert done.stdout == "ended\n"
