"""What the event source `record_callback` remembers, and how it counts."""

from __future__ import annotations

import pytest

from ansible_collections.polyv.live.extensions.eda.plugins.event_source.record_callback import Memory, Rates


class Clock:
    """A clock that stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_recording_is_remembered_for_so_many_seconds(clock: Clock) -> None:
    memory = Memory(60, clock=clock)
    memory.add(("school", "a", "mp4"))
    clock.now += 59
    assert ("school", "a", "mp4") in memory
    assert ("school", "a", "m3u8") not in memory
    clock.now += 1
    assert ("school", "a", "mp4") not in memory


def test_the_oldest_is_forgotten_first(clock: Clock) -> None:
    memory = Memory(60, most=2, clock=clock)
    for name in "abc":
        memory.add((name,))
    assert [(name,) in memory for name in "abc"] == [False, True, True]


def test_a_rate_comes_back_with_time_and_never_exceeds_a_minute(clock: Clock) -> None:
    rates = Rates(2, clock=clock)
    assert [rates.allow("a") for _number in range(3)] == [True, True, False]
    assert rates.allow("b")
    clock.now += 29
    assert not rates.allow("a")
    clock.now += 2
    assert [rates.allow("a") for _number in range(2)] == [True, False]
    clock.now += 3600
    assert [rates.allow("a") for _number in range(3)] == [True, True, False]


def test_so_many_keys_are_counted_and_no_more(clock: Clock) -> None:
    rates = Rates(1, most=2, clock=clock)
    assert all(rates.allow(key) for key in "abc")
    # The one that was seen longest ago was forgotten.
    assert [rates.allow(key) for key in "cba"] == [False, False, True]
