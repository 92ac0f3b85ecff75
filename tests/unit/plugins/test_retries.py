"""How long a task may wait, and for how many tries."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.plugins.client_support import Clock

from ansible_collections.polyv.live.plugins.module_utils._api import retries
from ansible_collections.polyv.live.plugins.module_utils._api.retries import Budget, Tries, asked_for
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery, Failure, Kind


def failed(**headers: str) -> CallError:
    return CallError(
        "x", Failure(Kind.UNAVAILABLE), Delivery.UNKNOWN, {k.replace("_", "-"): v for k, v in headers.items()}
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes only in sleep."""
    return Clock().install(monkeypatch)


def test_waits_one_after_the_other_add_up(clock: Clock) -> None:
    budget = Budget(10)
    assert budget.take(6)
    clock.sleep(6)
    assert not budget.take(5)
    assert budget.take(4)


def test_waits_at_the_same_time_count_once(clock: Clock) -> None:
    budget = Budget(10)
    assert [budget.take(8) for _unused in range(5)] == [True] * 5
    clock.sleep(8)
    assert budget.take(2)


def test_a_wait_that_is_not_allowed_books_nothing(clock: Clock) -> None:
    budget = Budget(10)
    assert not budget.take(11)
    assert budget.take(10)


def test_time_spent_working_is_not_waiting(clock: Clock) -> None:
    budget = Budget(10)
    assert budget.take(5)
    clock.now += 1000
    assert budget.take(5)


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 30)), max_size=20))
def test_a_task_never_waits_longer_than_its_budget(steps: list[tuple[float, float]]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        clock = Clock()
        clock.now = 0.0
        monkeypatch.setattr(retries, "time", clock)
        budget = Budget(50)
        for wait, work in steps:
            if budget.take(wait):
                clock.sleep(wait)
            clock.now += work
    assert sum(clock.slept) <= 50 + 1e-6


@pytest.mark.parametrize("retries", [0, 1, 5])
def test_there_are_as_many_further_tries_as_retries(retries: int) -> None:
    tries = Tries(retries)
    waits = [tries.next_wait(failed()) for _unused in range(retries + 1)]
    assert None not in waits[:-1]
    assert waits[-1] is None


def test_the_longer_of_backoff_and_retry_after_counts() -> None:
    tries = Tries(5)
    assert tries.next_wait(failed(Retry_After="9")) == 9
    assert tries.next_wait(failed(Retry_After="0")) >= 1  # type: ignore[operator]


def test_workers_do_not_come_back_at_the_same_moment() -> None:
    waits = set()
    for _unused in range(20):
        tries = Tries(5)
        tries.next_wait(failed())
        waits.add(tries.next_wait(failed()))
    assert len(waits) > 1


@pytest.mark.parametrize(("header", "seconds"), [("3", 3), ("0", 0), ("soon", 0), ("-5", 0), ("", 0)])
def test_a_retry_after_in_seconds(header: str, seconds: float) -> None:
    assert asked_for(failed(Retry_After=header)) == seconds


def test_a_retry_after_that_is_a_date_counts_from_now() -> None:
    assert 50 < asked_for(failed(Retry_After=formatdate(time.time() + 60, usegmt=True))) <= 61
    assert asked_for(failed(Retry_After=formatdate(time.time() - 60, usegmt=True))) == 0
