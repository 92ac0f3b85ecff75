# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine of every setting: read, compare, write, read back. It knows no HTTP and no Ansible."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .._errors import PolyvError, as_polyv_error

State = TypeVar("State")

# Seconds between the reads after a write, 15 in all: quick first, then slower. The vendor's own tests poll a read up to
# eight times, 1.5 s apart (docs/api.md §2).
LAG_PAUSES = (0.0, 0.2, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.9, 3.5)


class Setting(ABC, Generic[State]):
    """One setting of an account, as the engine needs it. `State` is an immutable value that compares with `==`."""

    @abstractmethod
    def read(self) -> State:
        """The current state, from the API."""

    @abstractmethod
    def desired(self, current: State) -> State:
        """The state asked for: `current` with what the user gave, and nothing else, replaced."""

    @abstractmethod
    def write(self, current: State, desired: State) -> State:
        """Makes it so. Returns `desired`, completed by what only the answer tells, such as a new key."""

    @abstractmethod
    def result(self, state: State) -> dict[str, Any]:
        """What the module returns of a state."""

    @abstractmethod
    def view(self, state: State) -> dict[str, Any]:
        """What the diff shows of a state: no secret."""

    def differs(self, current: State, desired: State) -> bool:
        """Whether a write is due."""
        return current != desired

    def authorize(self) -> None:
        """Called before a write, and before one is predicted: raises where it would hit the wrong account."""

    def shows(self, read: State, written: State) -> bool:
        """Whether a read after the write shows what was written."""
        return not self.differs(read, written)

    def readable(self, current: State) -> bool:
        """Whether there is anything to read back."""
        return True

    def merged(self, read: State, written: State) -> State:
        """The state after the call, from what reads back and what the write's answer told."""
        return read

    def planned(self, current: State, desired: State) -> Iterable[str]:
        """What the user should know before a write is done, or would be in check mode."""
        return ()

    def remarks(self, before: State, after: State, written: bool) -> Iterable[str]:
        """What the user should know of the state that the task ends with."""
        return ()

    def exclusive(self) -> AbstractContextManager[None]:
        """Held from the read to the end of the write, where two tasks must not do that at the same time."""
        return nullcontext()

    def unverified(self, error: PolyvError, written: State) -> State:
        """The state where the write succeeded and reading back fails; by default that fails the task."""
        raise error

    def not_shown(self, read: State, written: State) -> str:
        """The warning for a write that never showed: what was sent, what reads back, why that may be."""
        return f"The API accepted {self.view(written)}, but still shows {self.view(read)}. It may need more time."


@dataclass(frozen=True)
class Outcome:
    """What became of a setting: `result` is its return value, `before` and `after` are its diff."""

    changed: bool
    result: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]


class Course(Generic[State]):
    """One setting on its way: `read`, `write`, `read_back`, `finish`, in this order.

    The steps are apart so that many settings can be read at the same time and written one after the other. With `check`
    the setting is only read. `warn` takes a sentence for the user.
    """

    def __init__(
        self,
        setting: Setting[State],
        *,
        check: bool,
        verify: bool,
        warn: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setting = setting
        self._check = check
        self._verify = verify
        self._warn = warn
        self._sleep = sleep
        self.due = False

    def read(self) -> None:
        """Reads the current state and finds out whether a write is due."""
        self._before = self._setting.read()
        self._after = self._desired = self._setting.desired(self._before)
        self.due = self._setting.differs(self._before, self._desired)
        if not self.due:
            self._after = self._before

    def write(self) -> None:
        """Writes what differs; in check mode only makes sure that it could be."""
        if not self.due:
            return
        self._setting.authorize()
        self._tell(self._setting.planned(self._before, self._desired))
        if not self._check:
            self._after = self._setting.write(self._before, self._desired)

    def read_back(self) -> None:
        """Reads until what was written shows. Warns if it never does."""
        if not self.due or self._check or not self._verify or not self._setting.readable(self._before):
            return
        written = self._after
        try:
            shown = settled(self._setting.read, lambda read: self._setting.shows(read, written), self._sleep)
        except Exception as error:  # whatever it is, what was written must not get lost for it
            self._after = self._setting.unverified(as_polyv_error(error), written)
            return
        if not self._setting.shows(shown, written):
            self._warn(self._setting.not_shown(shown, written))
        self._after = self._setting.merged(shown, written)

    def finish(self) -> Outcome:
        """What became of the setting."""
        setting = self._setting
        self._tell(setting.remarks(self._before, self._after, self.due and not self._check))
        return Outcome(
            self.due, setting.result(self._after), setting.view(self._before), setting.view(self._after)
        )

    def _tell(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self._warn(sentence)


def converge(setting: Setting[State], *, check: bool, verify: bool, warn: Callable[[str], None]) -> Outcome:
    """Brings one setting to the desired state; with `check` only says what would change. Errors pass through."""
    course = Course(setting, check=check, verify=verify, warn=warn)
    with nullcontext() if check else setting.exclusive():
        course.read()
        course.write()
        course.read_back()
    return course.finish()


def settled(
    read: Callable[[], State], good: Callable[[State], bool], sleep: Callable[[float], None] = time.sleep
) -> State:
    """Reads until the state is `good`, for at most the time that reads may lag; the last state read."""
    for pause in LAG_PAUSES:
        sleep(pause)
        state = read()
        if good(state):
            break
    return state
