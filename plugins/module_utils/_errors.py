# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One tree of errors. Each knows its message for a person and its `failure` for a machine."""

from __future__ import annotations

import enum
import os
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Failure:
    """The machine-readable side of an error, returned as `failure`."""

    kind: str
    code: int | None = None
    message: str | None = None
    endpoint: str | None = None
    http_status: int | None = None
    request_id: str | None = None
    attempts: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, as the module returns them."""
        return asdict(self)


class PolyvError(Exception):
    """Anything this collection fails with. `msg` says what to do; `failure` is for machines."""

    def __init__(self, msg: str, failure: Failure) -> None:
        super().__init__(msg)
        self.msg = msg
        self.failure = failure


class InputError(PolyvError):
    """A bad value, found before any request. Names the option, what it got and what is allowed."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option}: {problem}", Failure("invalid_input"))
        self.option = option
        self.problem = problem

    def within(self, outer: str) -> InputError:
        """The same error with the option's name given from further out, such as `channels[0].donate`."""
        return InputError(f"{outer}.{self.option}", self.problem)


class CredentialsError(PolyvError):
    """No set of credentials, half of one, or a blank one. Never quotes a value."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure("credentials"))


class LocalError(PolyvError):
    """This machine stands in the way: a missing library, or a state directory that can't be trusted."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure("local"))


class WrongAccountError(PolyvError):
    """`user_id` is not the account that `app_id` belongs to."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure("wrong_account"))


class OutcomeUnknownError(PolyvError):
    """A registration may or may not have happened: its answer was lost and the account doesn't show."""


class Delivery(enum.Enum):
    """What is known of a call that failed; it decides who may be sent again."""

    REFUSED = "the API answered and said no"
    NOT_TAKEN = "the API surely did not take the call"
    UNKNOWN = "the API may have carried the call out"


class UnexpectedError(PolyvError):
    """An exception that nothing foresaw. Its text is not quoted: nobody knows what it holds."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"An unexpected {type(error).__name__}{_place(error)}. This is a fault of the collection polyv.live: please report "
            "it with this message. Whether something had been written before is what `changed` says.",
            Failure("unexpected"),
        )


def as_polyv_error(error: Exception) -> PolyvError:
    """Any exception as an error of this collection."""
    return error if isinstance(error, PolyvError) else UnexpectedError(error)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    # The innermost line of our own says more than one of a library below it.
    ours = [frame for frame in frames if os.path.join("polyv", "live", "plugins") in frame.filename]
    frame = next(reversed(ours or frames), None)
    return f" in {os.path.basename(frame.filename)}, line {frame.lineno}" if frame else ""


class CallError(PolyvError):
    """One attempt of a call failed. `headers` are those of the answer, if there was one.

    `final` says that another attempt would end the same way, whatever became of this one.
    """

    def __init__(
        self,
        msg: str,
        failure: Failure,
        delivery: Delivery,
        headers: Mapping[str, str] | None = None,
        *,
        final: bool = False,
    ) -> None:
        super().__init__(msg, failure)
        self.delivery = delivery
        self.headers = headers or {}
        self.final = final

    def given_up(self, text: str) -> CallError:
        """The same error, with a sentence about why nothing more was tried."""
        return CallError(f"{self.msg} {text}", self.failure, self.delivery, self.headers, final=True)

    @property
    def throttled(self) -> bool:
        """Whether the API, or the limiter of this machine, asked for fewer requests."""
        return self.failure.kind == "throttled"
