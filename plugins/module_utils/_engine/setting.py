# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine needs of a setting."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar

State = TypeVar("State")


class Setting(ABC, Generic[State]):
    """One setting of an account. `State` is an immutable value that compares with `==`.

    `newer_module` is the module that sets the same by a newer endpoint. `must_show` is False where a write that no read shows
    is no failure of the task, because its result must not get lost.
    """

    newer_module: str | None = None
    must_show: ClassVar[bool] = True

    @abstractmethod
    def read(self) -> State:
        """The current state, from the API. Raises Unreadable where the API does not let it be read."""

    @abstractmethod
    def desired(self, current: State) -> State:
        """The state asked for: `current` with what the user gave, and nothing else, replaced. Equal means no write."""

    @abstractmethod
    def write(self, current: State, desired: State) -> State:
        """Makes it so. Returns `desired`, completed by what only the answer tells, such as a new key.

        Raises ReadAgain, before anything was written, where what was read no longer holds.
        """

    @abstractmethod
    def result(self, state: State) -> dict[str, Any]:
        """What the module returns of a state."""

    @abstractmethod
    def view(self, state: State) -> dict[str, Any]:
        """What the diff shows of a state: no secret."""

    def confirm_account(self) -> None:
        """Called before a write, and before one is predicted: raises where it would hit the wrong account."""

    def reflects(self, read: State, written: State) -> bool:
        """Whether a read after the write returned what was written."""
        return read == written

    def merged(self, read: State, written: State) -> State:
        """The state after the call, from what reads back and what the answer to the write says."""
        return read

    def not_applied(self, read: State, written: State) -> str:
        """The sentence for a write that no read returned: what was sent, what reads back, why that may be."""
        return f"The API accepted {self.view(written)}, but still shows {self.view(read)}. It may need more time."

    def notes(self, before: State, after: State, written: bool) -> Iterable[str]:
        """Warnings about the state that the task ends with."""
        return ()


class ReadAgain(Exception):
    """What was read no longer holds: somebody else has written it meanwhile. The engine reads and compares anew, once."""


class Unreadable(Exception):
    """The API does not let a setting be read, which is no fault: it is written without comparing and reading back.

    `reason` is a sentence for the user, `assumed` the state that stands for the unknown one and equals no desired one.
    """

    def __init__(self, reason: str, assumed: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.assumed = assumed
