# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One tree of errors. Each knows its message for a person and its `failure` for a machine."""

from __future__ import annotations

import enum
import os
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

_Error = TypeVar("_Error", bound="PolyvError")


class Kind(enum.Enum):
    """What kind of failure it is, and when it comes up. A result says `word`."""

    INVALID_INPUT = "an option has a value that it can't have"
    CREDENTIALS = "there is no set of credentials, half a set, or one that can't be right"
    LOCAL = "something is in the way on the machine that runs the task"
    BUSY = "another task of this machine is registering the same email, or creating the same channel or sub-account"
    UNREACHABLE = "the connection failed, or broke before an answer arrived"
    CERTIFICATE = "the certificate of the server is not trusted"
    REDIRECTED = "the server redirects elsewhere, which is not followed"
    UNKNOWN_ENDPOINT = "the server has no such address"
    UNREADABLE = "the answer is none of the API"
    UNKNOWN_APPLICATION = "the API knows no such app_id"
    INVALID_SIGNATURE = "the API refuses the signature"
    INVALID_TIMESTAMP = "the API refuses the time of this machine"
    FORBIDDEN = "the account may not call the endpoint"
    WRONG_ACCOUNT = "app_id does not belong to the account user_id"
    UNKNOWN_CHANNEL = "the account has no such channel"
    AMBIGUOUS_CHANNEL = "the account has more than one channel of that name"
    INACTIVE = "what the task is about is frozen or has expired"
    THROTTLED = "the API, or the request limit of this machine, allows no more requests now"
    UNAVAILABLE = "the API is out of order"
    REJECTED = "the API answered with another error"
    NOT_APPLIED = "the API accepted a write that no read shows"
    UNEXPECTED_DATA = "the API reported success with data of an unknown form"
    OUTCOME_UNKNOWN = (
        "a registration, or the creation of a channel or a sub-account, may or may not have happened"
    )
    UNEXPECTED = "an exception came up that nothing foresaw; please report it"

    @property
    def word(self) -> str:
        """The kind as a module returns it."""
        return self.name.lower()


@dataclass(frozen=True)
class Failure:
    """The machine-readable side of an error, returned as `failure`."""

    kind: Kind
    code: int | None = None
    message: str | None = None
    endpoint: str | None = None
    http_status: int | None = None
    request_id: str | None = None
    attempts: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, as the module returns them."""
        return {**asdict(self), "kind": self.kind.word}


class PolyvError(Exception):
    """Anything this collection fails with. `msg` says what to do; `failure` is for machines."""

    def __init__(self, msg: str, failure: Failure) -> None:
        super().__init__(msg)
        self.msg = msg
        self.failure = failure

    def as_result(self) -> dict[str, Any]:
        """What a task returns that ends with this error."""
        return {"failed": True, "msg": self.msg, "failure": self.failure.as_dict()}

    def with_msg(self: _Error, msg: str) -> _Error:
        """The same error with another message."""
        return self._changed(msg=msg)

    def with_attempts(self: _Error, attempts: int) -> _Error:
        """The same error after so many attempts of the call."""
        return self._changed(failure=replace(self.failure, attempts=attempts))

    def _changed(self: _Error, **attributes: Any) -> _Error:
        # Without the initializers of subclasses, which make messages of their own.
        copy = self.__class__.__new__(self.__class__, *self.args)
        vars(copy).update({**vars(self), **attributes})
        return copy


class InputError(PolyvError):
    """A bad value, found before any request. Names the option, what it got and what is allowed."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option}: {problem}", Failure(Kind.INVALID_INPUT))
        self.option = option
        self.problem = problem

    def within(self, outer: str) -> InputError:
        """The same error with the option's name given from further out, such as `channels[0].donate`."""
        return InputError(f"{outer}.{self.option}", self.problem)


class CredentialsError(PolyvError):
    """No set of credentials, half of one, or a blank one. Never quotes a value."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure(Kind.CREDENTIALS))


class LocalError(PolyvError):
    """This machine stands in the way: a missing library, or a state directory that can't be trusted."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure(Kind.LOCAL))


class WrongAccountError(PolyvError):
    """`user_id` is not the account that `app_id` belongs to."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure(Kind.WRONG_ACCOUNT))


class NotAppliedError(PolyvError):
    """The API accepted a write, and what reads back is something else."""

    def __init__(self, msg: str) -> None:
        super().__init__(msg, Failure(Kind.NOT_APPLIED))


class OutcomeUnknownError(PolyvError):
    """A creation may or may not have happened: its answer was lost and what it creates doesn't show."""


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
            Failure(Kind.UNEXPECTED),
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
        return self._changed(msg=f"{self.msg} {text}", final=True)

    @property
    def throttled(self) -> bool:
        """Whether the API, or the limiter of this machine, asked for fewer requests."""
        return self.failure.kind is Kind.THROTTLED
