"""The budget of requests that all workers of a machine share, and the mark that stops them all."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.plugins.client_support import Clock

from ansible_collections.polyv.live.plugins.module_utils._api import rate_limit
from ansible_collections.polyv.live.plugins.module_utils._api.rate_limit import (
    RateLimit,
    TooLong,
    shared_rate_limit,
)

FORK = multiprocessing.get_context("fork")
# Ansible's workers are forks too, of a parent that has threads.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared file of a machine that has sent nothing yet."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(rate_limit, "_memories", {})
    return tmp_path / f"polyv.live-{os.geteuid()}" / "requests-2"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that only the test moves."""
    clock = Clock()
    clock.now = 5000.0
    monkeypatch.setattr(rate_limit, "time", clock)
    return clock


def always(_seconds: float) -> bool:
    return True


def never(_seconds: float) -> bool:
    return False


def most_in_a_window(slots: list[float], window: float) -> int:
    """The highest number of slots that fall into any window of that length."""
    ordered = sorted(slots)
    return max(sum(first <= slot <= first + window for slot in ordered) for first in ordered)


@given(st.integers(1, 6), st.lists(st.floats(0, 12), min_size=1, max_size=60))
def test_the_limit_holds_however_the_requests_come(number: int, gaps: list[float]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        clock = Clock()
        clock.now = 5000.0
        monkeypatch.setattr(rate_limit, "time", clock)
        limit = RateLimit(number, rate_limit._Memory())
        slots = []
        for gap in gaps:
            clock.now += gap
            slots.append(clock.now + limit.reserve(always))
    assert most_in_a_window(slots, 10.0) <= number
    assert slots == sorted(slots), "slots go to the workers in the order in which they ask"


def test_below_the_limit_nobody_waits(clock: Clock) -> None:
    limit = shared_rate_limit(100)
    assert [limit.reserve(never) for _unused in range(100)] == [0.0] * 100


def test_after_the_window_the_budget_is_whole_again(clock: Clock) -> None:
    limit = shared_rate_limit(5)
    assert [limit.reserve(never) for _unused in range(5)] == [0.0] * 5
    clock.now += rate_limit.WINDOW
    assert [limit.reserve(never) for _unused in range(5)] == [0.0] * 5


def test_a_slot_that_is_too_far_away_is_not_reserved(clock: Clock) -> None:
    limit = shared_rate_limit(1)
    limit.reserve(always)
    for _unused in range(3):
        with pytest.raises(TooLong) as caught:
            limit.reserve(never)
        assert caught.value.seconds == pytest.approx(rate_limit.WINDOW)
    clock.now += rate_limit.WINDOW
    assert limit.reserve(never) == 0


def test_a_wait_is_asked_for_before_it_is_taken(clock: Clock) -> None:
    limit = shared_rate_limit(1)
    asked: list[float] = []

    def agree(seconds: float) -> bool:
        asked.append(seconds)
        return True

    limit.reserve(agree)
    assert asked == []
    limit.reserve(agree)
    assert asked == [pytest.approx(rate_limit.WINDOW)]


def test_a_limit_of_0_never_waits_and_writes_no_file(clock: Clock, state: Path) -> None:
    limit = shared_rate_limit(0)
    assert [limit.reserve(never) for _unused in range(5000)] == [0.0] * 5000
    assert not state.exists()


def throttle(limit: RateLimit, clock: Clock, at_least: float = 0) -> float:
    """Sends a request after the pause, has it throttled, and returns the new pause."""
    clock.now += limit.blocked_for()
    limit.throttled(clock.now, at_least)
    return limit.blocked_for()


@pytest.mark.parametrize("number", [0, 1200])
def test_the_pause_doubles_from_2_seconds_to_5_minutes(clock: Clock, number: int) -> None:
    limit = shared_rate_limit(number)
    assert [round(throttle(limit, clock)) for _unused in range(10)] == [
        2,
        4,
        8,
        16,
        32,
        64,
        128,
        256,
        300,
        300,
    ]


def test_requests_that_were_under_way_do_not_double_the_pause(clock: Clock) -> None:
    limit = shared_rate_limit(1200)
    sent = clock.now
    for _unused in range(20):
        clock.now += 0.01
        limit.throttled(sent, 0)
    assert limit.blocked_for() == pytest.approx(2)


def test_a_request_served_after_the_pause_starts_the_next_one_small(clock: Clock) -> None:
    limit = shared_rate_limit(1200)
    for _unused in range(3):
        throttle(limit, clock)
    clock.now += limit.blocked_for()
    limit.served(clock.now)
    assert throttle(limit, clock) == pytest.approx(2)


def test_a_request_served_that_was_sent_before_the_pause_changes_nothing(clock: Clock) -> None:
    limit = shared_rate_limit(1200)
    sent = clock.now
    throttle(limit, clock)
    limit.served(sent)
    assert throttle(limit, clock) == pytest.approx(4)


def test_the_server_may_ask_for_a_longer_pause_but_not_for_more_than_5_minutes(clock: Clock) -> None:
    limit = shared_rate_limit(1200)
    assert throttle(limit, clock, at_least=30) == pytest.approx(30)
    assert throttle(limit, clock, at_least=3600) == pytest.approx(300)


def test_the_mark_stops_every_worker_and_who_may_not_wait_is_told_how_long(clock: Clock) -> None:
    throttle(shared_rate_limit(1200), clock)
    with pytest.raises(TooLong) as caught:
        shared_rate_limit(100).reserve(never)
    assert caught.value.seconds == pytest.approx(2)
    assert shared_rate_limit(100).reserve(always) == pytest.approx(2)


@pytest.mark.parametrize("ahead", [500.0, 1e9])
def test_a_file_from_before_the_machine_started_is_forgotten(clock: Clock, ahead: float) -> None:
    clock.now += ahead
    limit = shared_rate_limit(1)
    limit.reserve(always)
    throttle(limit, clock)
    clock.now -= ahead
    assert limit.reserve(never) == 0
    assert limit.blocked_for() == 0


def test_a_mark_from_before_the_machine_started_again_is_forgotten(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = shared_rate_limit(5)
    for _unused in range(5):
        limit.reserve(always)
    throttle(limit, clock, at_least=200)
    monkeypatch.setattr(rate_limit, "_BOOT", b"another start...")
    assert [limit.reserve(never) for _unused in range(5)] == [0.0] * 5
    assert limit.blocked_for() == 0


def table(count: int = 0, until: float = 0.0, length: float = 0.0, *slots: float) -> bytes:
    """A table whose check sums are right, whatever it says."""
    header = rate_limit._HEADER.pack(rate_limit._BOOT, count, until, length)
    first = count - len(slots)
    packed = [rate_limit._SLOT.pack(slot) for slot in slots]
    checked = [slot + rate_limit._check(slot, first + index) for index, slot in enumerate(packed)]
    return b"".join([header, rate_limit._check(header), *checked])


@given(st.binary(max_size=200) | st.just(b"\0" * 50_000))
@example(table(1, 0.0, 0.0, 1e300))
@example(table(1, 0.0, 0.0, 2_800_000_000.0))  # the year 2058, for a clock of 5000 s
@example(table(1, 0.0, 0.0, float("nan")))
@example(table(0, float("inf"), 2.0))
@example(table(0, 0.0, -1.0))
@example(table(7))  # its slots are missing
@example(table((1 << 64) - 1))
def test_whatever_the_file_holds_the_limiter_starts_anew(content: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as directory:
        monkeypatch.setattr(tempfile, "tempdir", directory)
        monkeypatch.setattr(rate_limit, "_memories", {})
        clock = Clock()
        clock.now = 5000.0
        monkeypatch.setattr(rate_limit, "time", clock)
        limit = shared_rate_limit(5)
        (file,) = Path(directory).rglob("requests-*")
        file.write_bytes(content)
        assert [limit.reserve(never) for _unused in range(5)] == [0.0] * 5
        assert limit.reserve(always) == pytest.approx(rate_limit.WINDOW)
        assert limit.blocked_for() == 0


@pytest.mark.parametrize("number", [100, 750, 1200, 1400])
def test_a_limiter_that_starts_anew_in_full_use_stays_below_the_vendors_limit(
    clock: Clock, state: Path, number: int
) -> None:
    limit = shared_rate_limit(number)
    slots = [clock.now + limit.reserve(always) for _unused in range(number)]
    clock.now += 0.5
    state.write_bytes(b"x" * 100)
    slots += [clock.now + limit.reserve(always) for _unused in range(number)]
    assert most_in_a_window(slots, 10.0) <= 1500


def worker(results: Connection, number: int, count: int, window: float) -> None:
    """Reserves `count` slots as a worker of its own and sends back when each one was."""
    rate_limit.WINDOW = window
    limit = shared_rate_limit(number)
    slots = []
    for _unused in range(count):
        wait = limit.reserve(always)
        slots.append(time.monotonic() + wait)
        time.sleep(wait)
    results.send(slots)


def run_workers(workers: int, number: int, count: int, window: float) -> list[float]:
    pipes = [FORK.Pipe(duplex=False) for _unused in range(workers)]
    processes = [
        FORK.Process(target=worker, args=(theirs, number, count, window)) for _unused, theirs in pipes
    ]
    for process in processes:
        process.start()
    slots = [slot for ours, _unused in pipes for slot in ours.recv()]
    for process in processes:
        process.join()
    return slots


def test_real_processes_keep_to_the_limit_together() -> None:
    slots = run_workers(workers=4, number=20, count=25, window=0.4)
    assert len(slots) == 100
    assert most_in_a_window(slots, 0.39) <= 20
    # Fully used: 100 slots at 20 a window take four windows after the first.
    assert max(slots) - min(slots) < 0.4 * 4 + 0.5


def take_slots_until_killed(results: Connection) -> None:
    limit = shared_rate_limit(1200)
    results.send("ready")
    while True:
        limit.reserve(always)


def test_workers_killed_at_any_moment_leave_a_limiter_that_works() -> None:
    for pause in (0.0, 0.01, 0.02):
        ours, theirs = FORK.Pipe(duplex=False)
        process = FORK.Process(target=take_slots_until_killed, args=(theirs,))
        process.start()
        ours.recv()
        time.sleep(pause)
        process.kill()
        process.join()
    waits = [shared_rate_limit(1200).reserve(always) for _unused in range(3)]
    assert waits == pytest.approx([waits[0]] * 3, abs=rate_limit.WINDOW)


def test_a_worker_killed_while_it_holds_the_lock_stops_nobody() -> None:
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=hold_the_lock, args=(theirs,))
    process.start()
    ours.recv()
    process.kill()
    process.join()
    done = threading.Thread(target=lambda: shared_rate_limit(5).reserve(always), daemon=True)
    done.start()
    done.join(5)
    assert not done.is_alive()


def hold_the_lock(results: Connection) -> None:
    shared_rate_limit(5)
    memory = rate_limit._memories[(os.getpid(), True)]
    with memory.exclusive():
        results.send("held")
        time.sleep(60)


def take_ten(slots: list[float]) -> None:
    slots.extend(time.monotonic() + shared_rate_limit(10).reserve(always) for _unused in range(10))


def test_threads_of_a_process_keep_to_the_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "WINDOW", 0.3)
    slots: list[float] = []
    threads = [threading.Thread(target=take_ten, args=(slots,)) for _unused in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(slots) == 40
    assert most_in_a_window(slots, 0.29) <= 10


def test_a_reservation_costs_well_under_a_millisecond_of_cpu() -> None:
    limit = shared_rate_limit(1200)
    limit.reserve(always)
    start = time.process_time()
    for _unused in range(1000):
        limit.reserve(always)
    assert time.process_time() - start < 0.3
