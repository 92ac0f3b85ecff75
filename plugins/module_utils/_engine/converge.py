# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine of every setting: read, compare, write, read back. It knows no HTTP and no Ansible."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from .._errors import NotAppliedError
from .setting import ReadAgain, Setting, State, Unreadable

Value = TypeVar("Value")

# Seconds between the reads after a write, 15 in all: quick first, then slower. The vendor's own tests poll a read up to
# eight times, 1.5 s apart (docs/api.md §2).
LAG_PAUSES = (0.0, 0.2, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.9, 3.5)


@dataclass(frozen=True)
class Outcome:
    """What became of a setting: `result` is its return value, `before` and `after` are its diff."""

    changed: bool
    result: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]


class Convergence(Generic[State]):
    """One setting on its way to the desired state: `read`, `write`, `read_back`, `finish`, in this order.

    The steps are apart so that many settings can be read at the same time and written one after the other. With `check`
    the setting is only read. `verify` says what a write is that no read shows: `strict` a failure, `warn` a warning; with
    `off` nothing is read back. `warn` takes a sentence for the user. `unreadable` is why the current state can't be read, None
    where it can.
    """

    def __init__(
        self,
        setting: Setting[State],
        *,
        check: bool,
        verify: str,
        warn: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setting = setting
        self._check = check
        self._verify = verify
        self._warn = warn
        self._sleep = sleep
        # Set by `read`, which comes first.
        self._before = self._after = cast(State, None)
        self._needs_write = False
        self.unreadable: str | None = None

    def read(self) -> None:
        """Reads the current state and finds out whether it must be written."""
        try:
            self._before = self._setting.read()
        except Unreadable as unreadable:
            self._before, self._verify = unreadable.assumed, "off"
            self.unreadable = unreadable.reason
            self._warn(unreadable.reason)
        self._after = self._setting.desired(self._before)
        self._needs_write = self._after != self._before
        if not self._needs_write:
            self._after = self._before

    def write(self) -> None:
        """Writes what differs; in check mode only makes sure that it could be."""
        if not self._needs_write:
            return
        self._setting.confirm_account()
        if self._check:
            return
        try:
            self._after = self._setting.write(self._before, self._after)
        except ReadAgain:
            self.read()
            if self._needs_write:
                self._after = self._setting.write(self._before, self._after)

    def read_back(self) -> None:
        """Reads until what was written shows. Warns, or raises NotAppliedError, if it never does."""
        if not self._needs_write or self._check or self._verify == "off":
            return
        setting, written = self._setting, self._after
        read = read_until(setting.read, lambda state: setting.reflects(state, written), self._sleep)
        if not setting.reflects(read, written):
            self._not_applied(setting.not_applied(read, written))
        self._after = setting.merged(read, written)

    def _not_applied(self, sentence: str) -> None:
        if self._verify == "warn" or not self._setting.must_show:
            return self._warn(sentence)
        newer = self._setting.newer_module
        instead = f" {newer} sets the same by a newer call." if newer else ""
        raise NotAppliedError(
            f"{sentence}{instead} Set verify_writes: warn to go on all the same, with this as a warning."
        )

    def finish(self) -> Outcome:
        """What became of the setting."""
        setting = self._setting
        for note in setting.notes(self._before, self._after, self._needs_write and not self._check):
            self._warn(note)
        return Outcome(
            self._needs_write,
            setting.result(self._after),
            setting.view(self._before),
            setting.view(self._after),
        )


def converge(setting: Setting[State], *, check: bool, verify: str, warn: Callable[[str], None]) -> Outcome:
    """Brings one setting to the desired state; with `check` only says what would change. Errors pass through."""
    convergence = Convergence(setting, check=check, verify=verify, warn=warn)
    convergence.read()
    convergence.write()
    convergence.read_back()
    return convergence.finish()


def read_until(
    read: Callable[[], Value], good: Callable[[Value], bool], sleep: Callable[[float], None] = time.sleep
) -> Value:
    """Reads until the value is `good`, for at most the time that reads may lag; the last value read."""
    for pause in LAG_PAUSES:
        sleep(pause)
        value = read()
        if good(value):
            break
    return value
