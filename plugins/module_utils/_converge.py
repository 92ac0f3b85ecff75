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

from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError

State = TypeVar("State")

# Seconds between the reads after a write, 15 in all: quick first, then slower. The vendor's own tests poll a read up to
# eight times, 1.5 s apart (contract section 2).
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


def converge(
    setting: Setting[State],
    *,
    check: bool,
    verify: bool,
    warn: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Brings a setting to the desired state; with `check` only says what would change. Errors pass through."""
    if check:
        return _converge(setting, check, verify, warn, sleep)
    with setting.exclusive():
        return _converge(setting, check, verify, warn, sleep)


def _converge(
    setting: Setting[State],
    check: bool,
    verify: bool,
    warn: Callable[[str], None],
    sleep: Callable[[float], None],
) -> Outcome:
    before = setting.read()
    desired = setting.desired(before)
    due = setting.differs(before, desired)
    after = desired if due else before
    if due:
        setting.authorize()
        _tell(warn, setting.planned(before, desired))
        if not check:
            after = setting.write(before, desired)
            if verify and setting.readable(before):
                after = _verified(setting, after, warn, sleep)
    _tell(warn, setting.remarks(before, after, due and not check))
    return Outcome(due, setting.result(after), setting.view(before), setting.view(after))


def _verified(
    setting: Setting[State], written: State, warn: Callable[[str], None], sleep: Callable[[float], None]
) -> State:
    try:
        shown = settled(setting.read, lambda read: setting.shows(read, written), sleep)
    except PolyvError as error:
        return setting.unverified(error, written)
    if not setting.shows(shown, written):
        warn(setting.not_shown(shown, written))
    return setting.merged(shown, written)


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


def _tell(warn: Callable[[str], None], sentences: Iterable[str]) -> None:
    for sentence in sentences:
        warn(sentence)
