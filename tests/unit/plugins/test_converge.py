"""The engine, on a setting of its own: what it reads, writes and says, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._engine.converge import (
    LAG_PAUSES,
    Convergence,
    Outcome,
    converge,
)
from ansible_collections.polyv.live.plugins.module_utils._engine.setting import ReadAgain, Setting, Unreadable
from ansible_collections.polyv.live.plugins.module_utils._errors import Failure, Kind, PolyvError


class Number(Setting[int]):
    """A number at the API. `lag` reads after the write still show the old one; `log` holds what happened."""

    def __init__(self, current: int, wanted: int, lag: int = 0) -> None:
        self._current = self._shown = current
        self._wanted = wanted
        self._lag = lag
        self.log: list[str] = []

    def read(self) -> int:
        self.log.append("read")
        if self._shown != self._current:
            self._lag -= 1
            if self._lag < 0:
                self._shown = self._current
        return self._shown

    def desired(self, current: int) -> int:
        return self._wanted

    def confirm_account(self) -> None:
        self.log.append("confirm")

    def write(self, current: int, desired: int) -> int:
        self.log.append("write")
        self._current = desired
        return desired

    def result(self, state: int) -> dict[str, Any]:
        return {"number": state}

    def view(self, state: int) -> dict[str, Any]:
        return {"shown": state}

    def notes(self, before: int, after: int, written: bool) -> Iterable[str]:
        yield f"note {before} {after} {written}"


def unheard(sentence: str) -> None:
    """Takes a warning that a test does not look at."""


def run(
    setting: Number, *, check: bool = False, verify: str = "warn", warn: Callable[[str], None] = unheard
) -> Outcome:
    return converge(setting, check=check, verify=verify, warn=warn)


def run_with_lag(
    setting: Number,
    *,
    warn: Callable[[str], None] = unheard,
    sleep: Callable[[float], None] = lambda seconds: None,
) -> Outcome:
    """The same without the waiting."""
    convergence = Convergence(setting, check=False, verify="warn", warn=warn, sleep=sleep)
    convergence.read()
    convergence.write()
    convergence.read_back()
    return convergence.finish()


def test_a_difference_is_written_and_read_back() -> None:
    setting = Number(1, 2)
    outcome = run(setting)
    assert outcome == Outcome(True, {"number": 2}, {"shown": 1}, {"shown": 2})
    assert setting.log == ["read", "confirm", "write", "read"]


def test_without_a_difference_nothing_but_one_read_happens() -> None:
    setting = Number(2, 2)
    outcome = run(setting)
    assert outcome == Outcome(False, {"number": 2}, {"shown": 2}, {"shown": 2})
    assert setting.log == ["read"]


def test_check_mode_predicts_what_the_change_then_shows() -> None:
    assert run(Number(1, 2), check=True) == run(Number(1, 2))


def test_check_mode_reads_and_confirms_the_account() -> None:
    setting = Number(1, 2)
    run(setting, check=True)
    assert setting.log == ["read", "confirm"]


@pytest.mark.parametrize("check", [True, False])
def test_a_write_to_the_wrong_account_is_stopped_before_it_is_sent_or_predicted(check: bool) -> None:
    class Foreign(Number):
        def confirm_account(self) -> None:
            raise PolyvError("wrong account", Failure(Kind.WRONG_ACCOUNT))

    setting = Foreign(1, 2)
    with pytest.raises(PolyvError, match="wrong account"):
        run(setting, check=check)
    assert "write" not in setting.log


def test_a_read_that_fails_fails_the_task_without_a_write() -> None:
    class Broken(Number):
        def read(self) -> int:
            raise PolyvError("no answer", Failure(Kind.UNAVAILABLE))

    setting = Broken(1, 2)
    with pytest.raises(PolyvError, match="no answer"):
        run(setting)
    assert "write" not in setting.log


def test_reading_back_goes_on_until_the_value_shows() -> None:
    setting = Number(1, 2, lag=3)
    said: list[str] = []
    assert run_with_lag(setting, warn=said.append).after == {"shown": 2}
    assert setting.log.count("read") == 1 + 4
    assert not [sentence for sentence in said if "still shows" in sentence]


def test_a_value_that_never_shows_is_a_warning_with_both_values() -> None:
    said: list[str] = []
    outcome = run_with_lag(Number(1, 2, lag=99), warn=said.append)
    assert "The API accepted {'shown': 2}, but still shows {'shown': 1}. It may need more time." in said
    assert outcome.changed
    assert outcome.result == {"number": 1}


def test_reading_back_waits_15_seconds_in_all_and_longer_each_time() -> None:
    slept: list[float] = []
    run_with_lag(Number(1, 2, lag=99), sleep=slept.append)
    assert slept == list(LAG_PAUSES) == sorted(slept)
    assert sum(slept) == pytest.approx(15)


def test_without_verify_nothing_is_read_back() -> None:
    setting = Number(1, 2)
    assert run(setting, verify="off").result == {"number": 2}
    assert setting.log.count("read") == 1


def test_what_can_not_be_read_is_written_without_comparing_and_without_reading_back() -> None:
    class Hidden(Number):
        def read(self) -> int:
            super().read()
            raise Unreadable("It can't be read.", -1)

    setting = Hidden(2, 2)
    said: list[str] = []
    outcome = run(setting, warn=said.append)
    assert outcome == Outcome(True, {"number": 2}, {"shown": -1}, {"shown": 2})
    assert setting.log == ["read", "confirm", "write"]
    assert said[0] == "It can't be read."


def test_a_fault_while_reading_back_fails_the_task() -> None:
    class BreaksAfterWrite(Number):
        def read(self) -> int:
            if "write" in self.log:
                raise PolyvError("no answer", Failure(Kind.UNAVAILABLE))
            return super().read()

    with pytest.raises(PolyvError, match="no answer"):
        run(BreaksAfterWrite(1, 2))


@pytest.mark.parametrize(
    ("setting", "check", "note"),
    [
        (Number(1, 2), False, "note 1 2 True"),
        (Number(1, 2), True, "note 1 2 False"),
        (Number(2, 2), False, "note 2 2 False"),
        (Number(2, 2), True, "note 2 2 False"),
    ],
    ids=["change", "check", "no change", "check of no change"],
)
def test_notes_are_given_whether_or_not_something_was_written(
    setting: Number, check: bool, note: str
) -> None:
    heard: list[str] = []
    run(setting, check=check, warn=heard.append)
    assert heard == [note]


class Taken(Number):
    """Somebody else writes `other` right before the first write."""

    def __init__(self, current: int, wanted: int, other: int) -> None:
        super().__init__(current, wanted)
        self._other: int | None = other

    def write(self, current: int, desired: int) -> int:
        if self._other is not None:
            self._current = self._shown = self._other
            self._other = None
            raise ReadAgain
        return super().write(current, desired)


def test_what_somebody_else_wrote_meanwhile_is_no_change_of_ours() -> None:
    setting = Taken(1, 2, other=2)
    outcome = converge(setting, check=False, verify="strict", warn=unheard)
    assert (outcome.changed, outcome.before, outcome.after) == (False, {"shown": 2}, {"shown": 2})
    assert setting.log == ["read", "confirm", "read"]


def test_what_somebody_else_wrote_meanwhile_is_compared_anew() -> None:
    setting = Taken(1, 2, other=3)
    outcome = converge(setting, check=False, verify="strict", warn=unheard)
    assert (outcome.changed, outcome.before, outcome.after) == (True, {"shown": 3}, {"shown": 2})
    assert setting.log == ["read", "confirm", "read", "write", "read"]
