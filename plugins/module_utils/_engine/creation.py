# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be created at most once: one task at a time on this machine, a note of the last attempt, a search after a lost answer.

The note is written before each attempt and again when it has ended. While it is fresh, the API may still carry the attempt
out, or carry it out without showing it: what does not show may have been created all the same. After the end of the
attempt that lasts as long as reads lag. Where nobody noted the end, because the task was killed, it lasts from the start
for the longest that an exchange takes and that time on top.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .._api.client import Client
from .._api.shared_files import is_current, open_shared, read_at, remove_old, try_lock, write_at
from .._api.transport import longest_exchange
from .._errors import (
    CallError,
    Delivery,
    Failure,
    Kind,
    LocalError,
    OutcomeUnknownError,
    PolyvError,
    as_polyv_error,
)
from .converge import LAG_PAUSES, read_until
from .definition import Context, Work, converged
from .setting import Setting

Value = TypeVar("Value")

_PREFIX = "register-"
_NOTE = struct.Struct("=ddd")  # since when, by both clocks, and for how many seconds
_DAY = 86400.0  # no note stays fresh for longer
_LAG = sum(LAG_PAUSES)
_POLL = 0.1  # s


@dataclass(frozen=True)
class Words:
    """How messages speak of a creation: of `email`, for example, "registering a@b.example", "the user", "a@b.example may be registered"."""

    option: str
    doing: str
    what: str
    done: str


def shared_name(prefix: str, client: Client, key: str) -> str:
    """The name of the shared file of one thing under one account. A digest: the shared directory holds no account data."""
    identity = "\n".join((client.connection.api_url, client.credentials.app_id, key))
    return prefix + hashlib.sha256(identity.encode()).hexdigest()[:32]


class Creation:
    """The lock and the note of one thing under one account. `key` tells it from all others that are created like this."""

    def __init__(self, client: Client, key: str, words: Words) -> None:
        self._max_wait = client.connection.max_wait
        self._longest = longest_exchange(client.connection.timeout)
        self._name = shared_name(_PREFIX, client, key)
        self._words = words
        self._descriptor = -1

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Held by one task of this machine; others wait, `max_wait` at the most."""
        remove_old(_PREFIX, _DAY)
        deadline = time.monotonic() + self._max_wait
        try:
            while not self._holds_current_file():
                self._release()
                if time.monotonic() >= deadline:
                    raise self._busy()
                time.sleep(_POLL)
            yield
        finally:
            self._release()

    def certain(self, read: Callable[[], Value | None]) -> Value | None:
        """What `read` finds, None for nothing.

        Somebody may just have created it, and a read that lags must not create it twice. So that nothing is there is certain
        only of a read that began when that was over.
        """
        for pause in self._pauses():
            is_certain = not self.is_fresh()
            found = read()
            if found is not None or is_certain:
                break
            time.sleep(pause)
        return found

    def create(
        self,
        call: Callable[[Callable[[], None]], Any],
        made: Callable[[Any], Value],
        find: Callable[[], Value | None],
    ) -> tuple[Value, CallError | None]:
        """What was created, and the error of an answer that was lost, where it was found by reading.

        `call` sends the creation, and gets what it must call right before; `made` reads its answer, `find` looks for what was
        created. Raises CallError where the API did not take it, OutcomeUnknownError where nobody knows.
        """
        try:
            answer = call(self.begin)
        except CallError as error:
            if error.delivery is not Delivery.UNKNOWN:
                self.withdraw()
                raise
            return self._found(find, error), error
        try:
            created = made(answer)
        except CallError as error:
            return self._found(find, error), error
        self.end()
        return created, None

    def begin(self) -> None:
        """Notes that an attempt is about to be sent."""
        self._note(self._longest + _LAG)

    def end(self) -> None:
        """Notes that the attempt has ended: it was answered, or given up."""
        with suppress(
            LocalError
        ):  # the note of its start says enough, and an answer must not get lost for this
            self._note(_LAG)

    def withdraw(self) -> None:
        """Notes that the API did not take it."""
        with suppress(LocalError):
            self._note(0.0)

    def is_fresh(self) -> bool:
        """Whether an attempt may still be carried out, or carried out and not show yet. Never without the lock."""
        content = read_at(self._descriptor, _NOTE.size, 0) if self._descriptor >= 0 else b""
        if not content:
            return False
        age, lasting = _age(content)
        if age is None:
            # Nobody can say how old it is. The safe side is to take the attempt for one that starts now.
            self.begin()
            return True
        return age < lasting

    def _pauses(self) -> Iterator[float]:
        """The seconds between reads while the note is fresh."""
        return itertools.chain(LAG_PAUSES[1:], itertools.repeat(LAG_PAUSES[-1]))

    def _found(self, find: Callable[[], Value | None], lost: CallError) -> Value:
        self.end()
        try:
            found = read_until(find, lambda value: value is not None)
        except Exception as error:
            why = f"Reading whether it happened failed as well ({as_polyv_error(error).msg})"
            raise self._unknown(lost, why) from None
        if found is None:
            raise self._unknown(lost, f"Reads did not show {self._words.what} within {_LAG:g} s")
        return found

    def _unknown(self, lost: CallError, why: str) -> OutcomeUnknownError:
        failure = replace(lost.failure, kind=Kind.OUTCOME_UNKNOWN)
        return OutcomeUnknownError(
            f"{lost.msg} {why}: {self._words.done} now. Running again is safe, it reads first.", failure
        )

    def _busy(self) -> PolyvError:
        words = self._words
        return PolyvError(
            f"{words.option}: another task on this machine has been {words.doing} for {self._max_wait:g} s. "
            "Nothing was sent; run again when it has ended.",
            Failure(Kind.BUSY),
        )

    def _note(self, lasting: float) -> None:
        write_at(self._descriptor, _NOTE.pack(time.time(), time.monotonic(), lasting), 0)

    def _holds_current_file(self) -> bool:
        self._descriptor = open_shared(self._name)
        # Somebody may have removed the file between opening and locking: then others would lock another one.
        return try_lock(self._descriptor) and is_current(self._name, self._descriptor)

    def _release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)  # and with it the lock
            self._descriptor = -1


def created_once(setting: Setting[Any], creation: Creation, context: Context) -> Work:
    """The work of a module whose setting makes something: from the read to the end of the write it has the creation to itself.

    Check mode makes nothing, and waits for nobody.
    """

    def work() -> dict[str, Any]:
        with nullcontext() if context.check else creation.exclusive():
            return converged(setting, context)

    return work


def _age(content: bytes) -> tuple[float | None, float]:
    """The age of a note, None where that can't be told, and the seconds for which it is fresh.

    The wall clock may be set while the note is fresh, and the monotonic one begins anew with the machine. So both are
    asked: a note of the future is wrong, and of two ages the smaller one is the safe one.
    """
    if len(content) != _NOTE.size:
        return None, 0.0
    wall, monotonic, lasting = _NOTE.unpack(content)
    ages = [age for age in (time.time() - wall, time.monotonic() - monotonic) if 0 <= age < math.inf]
    return (min(ages) if ages and 0 <= lasting <= _DAY else None), lasting
