"""The event source beside the simulator as Polyv: whatever the answer to an open question, one event for each recording."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.event_source import EventSource
from harness.simulator import Simulator

from simulator.switches import SWITCHES, Choice

USER = ACCOUNT["user_id"]
SCHOOL = {"name": "school", "app_secret": ACCOUNT["app_secret"]}
SWITCH_NAMES = [name for name in SWITCHES if name.startswith("recording_")]
BOTH = [("f1", "m3u8"), ("f1", "mp4")]


def answers(name: str) -> list[str]:
    switch = SWITCHES[name]
    assert isinstance(switch, Choice)
    return list(switch.values)


def listen(simulator: Simulator, source: EventSource, **switches: str) -> None:
    """The account's callback is the source, for recordings in both formats."""
    callback = {"recordCallbackVideoType": "m3u8,mp4"}
    simulator.alter(USER, record_callback_url=f"{source.url}/", callback=callback)
    simulator.switch(**switches)


@pytest.fixture
def source() -> Iterator[EventSource]:
    with EventSource(SCHOOL) as running:
        yield running


def recordings(source: EventSource) -> list[tuple[str, str]]:
    return [(event["file_id"], event["format"]) for event in source.events()]


@pytest.mark.parametrize("values", list(itertools.product(*map(answers, SWITCH_NAMES))), ids="-".join)
def test_an_event_for_each_format_and_none_for_a_repeat(
    simulator: Simulator, source: EventSource, values: tuple[str, ...]
) -> None:
    chosen = dict(zip(SWITCH_NAMES, values, strict=True))
    listen(simulator, source, **chosen)
    attempts = simulator.record(USER, CHANNEL, "f1")
    assert [attempt["text"] for attempt in attempts] == ["taken", "taken"]
    stamps = {attempt["parameters"]["timestamp"] for attempt in attempts}
    assert {len(stamp) for stamp in stamps} == {13 if chosen["recording_timestamp"] == "milliseconds" else 10}
    assert len(stamps) == (1 if chosen["recording_formats_timestamp"] == "shared" else 2)
    again = simulator.record(USER, CHANNEL, "f1")
    assert [attempt["text"] for attempt in again] == ["known already", "known already"]
    assert recordings(source) == BOTH


@pytest.mark.parametrize("resend", answers("recording_resend"))
@pytest.mark.parametrize("unit", answers("recording_timestamp"))
def test_a_503_is_no_loss_where_polyv_sends_again(simulator: Simulator, resend: str, unit: str) -> None:
    with EventSource(SCHOOL, room=1, hand_over=0.1) as source:
        listen(simulator, source, recording_resend=resend, recording_timestamp=unit)
        reporting = Reporting(simulator)
        # The first format fills the queue, the second finds no room.
        reporting.wait(0.5)
        events = recordings(source)
        attempts = reporting.result()
        events += recordings(source)
    first, *second = [attempt["http_status"] for attempt in attempts]
    assert (first, second[0]) == (200, 503)
    stamps = [attempt["parameters"]["timestamp"] for attempt in attempts[1:]]
    if resend == "no":
        assert (second, events) == ([503], BOTH[:1])
    else:
        assert second[-1] == 200 and set(second[:-1]) == {503}
        assert events == BOTH
        # Of a unit of one second some are the same by chance.
        assert resend == "fresh" or len(set(stamps)) == 1
        assert resend == "same" or unit == "seconds" or len(set(stamps)) == len(stamps)


@pytest.mark.parametrize("resend", ["same", "fresh"])
def test_an_answer_that_comes_too_late_is_one_event_all_the_same(simulator: Simulator, resend: str) -> None:
    with EventSource(SCHOOL, room=1) as source:
        listen(simulator, source, recording_resend=resend)
        reporting = Reporting(simulator)
        # Polyv gives up waiting for the second format, whose event waits for room.
        reporting.wait(2.6)
        events = recordings(source)
        attempts = reporting.result()
        events += recordings(source)
    statuses = [attempt["http_status"] for attempt in attempts]
    assert statuses[:2] == [200, None] and statuses[-1] == 200
    assert attempts[-1]["text"] == "known already"
    assert events == BOTH


@pytest.mark.parametrize(("unit", "status"), [("seconds", 400), ("milliseconds", 200)])
def test_a_unit_that_was_chosen_is_the_only_one(simulator: Simulator, unit: str, status: int) -> None:
    with EventSource(SCHOOL, timestamp_unit="milliseconds") as source:
        listen(simulator, source, recording_timestamp=unit)
        attempts = simulator.record(USER, CHANNEL, "f1")
    assert [attempt["http_status"] for attempt in attempts] == [status, status]


class Reporting:
    """A recording that the simulator reports while the test goes on."""

    def __init__(self, simulator: Simulator) -> None:
        self._attempts: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._report, args=[simulator])
        self._thread.start()

    def _report(self, simulator: Simulator) -> None:
        self._attempts = simulator.record(USER, CHANNEL, "f1")

    def wait(self, seconds: float) -> None:
        """Until the reporting ends, but no longer than this."""
        self._thread.join(seconds)

    def result(self) -> list[dict[str, Any]]:
        """All attempts, once it ended."""
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self._attempts
