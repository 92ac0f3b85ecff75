# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One registration of an email at a time on this machine, and a note of the last one.

The note is written before each attempt and again when it has ended. While it is fresh, the API may still carry the attempt
out, or carry it out without showing it: a user that does not show may be registered all the same. After the end of the
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
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..._api.client import Client
from ..._api.shared_files import is_current, open_shared, read_at, remove_old, try_lock, write_at
from ..._api.transport import longest_exchange
from ..._engine.converge import LAG_PAUSES
from ..._errors import Failure, Kind, LocalError, PolyvError

_PREFIX = "register-"
_NOTE = struct.Struct("=ddd")  # since when, by both clocks, and for how many seconds
_DAY = 86400.0  # no note stays fresh for longer
_LAG = sum(LAG_PAUSES)
_POLL = 0.1  # s


class Registration:
    """The lock of one email under one account."""

    def __init__(self, client: Client, email: str) -> None:
        self._max_wait = client.connection.max_wait
        self._longest = longest_exchange(client.connection.timeout)
        # A digest: the shared directory holds no account data.
        identity = "\n".join((client.connection.api_url, client.credentials.app_id, email.lower()))
        self._name = _PREFIX + hashlib.sha256(identity.encode()).hexdigest()[:32]
        self._email = email
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
                    raise PolyvError(
                        f"email: another task on this machine has been registering {self._email} for {self._max_wait:g} s. "
                        "Nothing was sent; run again when it has ended.",
                        Failure(Kind.BUSY),
                    )
                time.sleep(_POLL)
            yield
        finally:
            self._release()

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

    def pauses(self) -> Iterator[float]:
        """The seconds between reads while the note is fresh."""
        return itertools.chain(LAG_PAUSES[1:], itertools.repeat(LAG_PAUSES[-1]))

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
