"""What the progress counts, foretells and draws, and that it takes nothing away from what others write."""

from __future__ import annotations

import io
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.callback.progress import CallbackModule
from ansible_collections.polyv.live.plugins.module_utils._api.rate_limit import shared_rate_limit
from ansible_collections.polyv.live.plugins.module_utils._api.rate_limit_usage import usage
from ansible_collections.polyv.live.plugins.plugin_utils._progress import bottom_line, words
from ansible_collections.polyv.live.plugins.plugin_utils._progress.counts import Counts
from ansible_collections.polyv.live.plugins.plugin_utils._progress.display import chosen

TAKE_AWAY = "\r\x1b[2K"


def test_an_account_is_done_after_its_last_step_or_a_failure() -> None:
    counts = Counts(4, 2)
    counts.begin(0)
    counts.result("a", changed=True, failed=False)
    counts.result("b", changed=False, failed=True)
    assert (counts.done, counts.changed, counts.failed) == (1, 1, 1)
    assert counts.fraction == pytest.approx(1.5 / 4)
    counts.result("a", changed=True, failed=False)
    assert (counts.done, counts.changed) == (2, 1)
    counts.result("c", changed=False, failed=False)
    counts.end_batch()
    assert (counts.done, counts.failed, counts.total) == (3, 1, 4), "d was never tried"


def test_steps_that_were_not_foreseen_make_an_account_undone_again() -> None:
    counts = Counts(2, 0)
    counts.result("a", changed=False, failed=False)
    counts.result("b", changed=False, failed=False)
    assert counts.done == 2
    counts.result("a", changed=False, failed=False)
    assert counts.done == 1


def test_the_time_left_follows_from_this_batch_alone() -> None:
    counts = Counts(11, 1)
    counts.begin(0)
    assert counts.seconds_left(50) is None
    counts.result("canary", changed=False, failed=False)
    counts.end_batch()
    counts.begin(100)
    counts.result("a", changed=False, failed=False)
    assert counts.seconds_left(101) is None, "from one account nothing is foretold"
    counts.result("b", changed=False, failed=False)
    assert counts.seconds_left(102) == pytest.approx(8)


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.booleans()), max_size=40),
    st.integers(0, 4),
)
def test_counts_stay_within_their_bounds(results: list[tuple[str, bool, bool]], steps: int) -> None:
    counts = Counts(5, steps)
    counts.begin(0)
    for number, (host, changed, failed) in enumerate(results, 1):
        counts.result(host, changed, failed)
        assert 0 <= counts.done <= 5 and 0 <= counts.fraction <= 1
        left = counts.seconds_left(number)
        assert left is None or left >= 0


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (83, "1:23"), (3723, "1:02:03"), (90000, "25:00:00")]
)
def test_times(seconds: float, shown: str) -> None:
    assert words.clock(seconds) == shown


class Stream(io.StringIO):
    """One of two streams of one terminal."""

    def __init__(self, terminal: list[str]) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, text: str) -> int:
        self._terminal.append(text)
        return len(text)


_TEXTS = st.text("ab直\n", max_size=6)
_ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["out", "err"]), _TEXTS),
        st.tuples(st.just("show"), st.sampled_from(["", "<1/2>", "<2/2>"])),
        st.tuples(st.just("suspend"), st.sampled_from(["", "x"])),
    ),
    max_size=30,
)


@given(_ACTS)
def test_whatever_is_written_stays_and_the_row_goes(acts: list[tuple[str, str]]) -> None:
    terminal: list[str] = []
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream(terminal), Stream(terminal)
    try:
        line = bottom_line.BottomLine(threading.RLock())
        line.start()
        for act, text in acts:
            if act == "show":
                line.show(text)
            elif act == "suspend":
                line.suspend(bool(text))
            else:
                (sys.stdout if act == "out" else sys.stderr).write(text)
        line.stop()
        assert isinstance(sys.stdout, Stream) and isinstance(sys.stderr, Stream)
    finally:
        sys.stdout, sys.stderr = before
    written = "".join(text for act, text in acts if act in ("out", "err"))
    # Row by row: what stands before a TAKE_AWAY is gone, and it never stands behind text of others.
    rows = "".join(terminal).split("\n")
    assert "\n".join(row.rpartition(TAKE_AWAY)[2] for row in rows) == written
    assert all(part.startswith("<") for row in rows for part in row.split(TAKE_AWAY)[:-1])


def test_the_budget_is_looked_at_without_making_or_locking_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    begin = time.monotonic()
    assert usage(begin) is None
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr("ansible_collections.polyv.live.plugins.module_utils._api.rate_limit._memories", {})
    limit = shared_rate_limit(3)
    for _unused in range(5):
        limit.reserve(lambda seconds: True)
    with limit._memory.exclusive():
        found = usage(begin)
    assert found is not None
    assert (found.waiting, found.per_second, found.blocked_for) == (2, 3.0, 0.0)
    limit.throttled(time.monotonic(), 60)
    found = usage(begin)
    assert found is not None and 50 < found.blocked_for <= 60
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    content = path.read_bytes()
    path.write_bytes(b"\0" * len(content))
    damaged = usage(begin)
    assert damaged is None or (damaged.waiting, damaged.per_second) == (0, 0.0)
    assert path.read_bytes() == b"\0" * len(content), "who looks mends nothing"


@pytest.mark.parametrize("variable", ["AWX_HOST", "AWX_PRIVATE_DATA_DIR", "AWX_ISOLATED_DATA_DIR"])
def test_a_job_of_awx_is_told_by_its_environment(variable: str) -> None:
    assert chosen("auto", {variable: "x"}) == "off"
    assert chosen("plain", {variable: "x"}) == "plain"
    assert chosen("auto", {variable: "", "TERM": "xterm"}) != "off"


def test_what_nobody_foresaw_ends_the_progress_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    callback = CallbackModule()
    warnings: list[str] = []
    monkeypatch.setattr(callback._display, "warning", warnings.append)
    callback._shown = closed = Closed()  # type: ignore[assignment]
    callback.v2_playbook_on_play_start(object())
    assert callback.disabled and closed.closed
    assert warnings == [
        "polyv.live.progress: an unexpected AttributeError, so there is no more progress. The run goes on. Please report it."
    ]


class Closed:
    """A display that knows whether it was closed."""

    closed = False
    lock: Any = threading.RLock()

    def close(self) -> None:
        self.closed = True
