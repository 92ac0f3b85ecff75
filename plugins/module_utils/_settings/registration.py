# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One registration of an email at a time on this machine, and a memory of the last one for as long as reads may lag."""

from __future__ import annotations

import hashlib
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ansible_collections.polyv.live.plugins.module_utils._client import Client
from ansible_collections.polyv.live.plugins.module_utils._converge import LAG_PAUSES
from ansible_collections.polyv.live.plugins.module_utils._errors import Failure, PolyvError
from ansible_collections.polyv.live.plugins.module_utils._machine import open_shared, try_lock

_STAMP = struct.Struct("=d")
_POLL = 0.1  # s


class Registration:
    """The lock of one email under one account."""

    def __init__(self, client: Client, email: str) -> None:
        self._max_wait = client.connection.max_wait
        # A digest: the shared directory holds no account data.
        identity = "\n".join((client.connection.api_url, client.credentials.app_id, email.lower()))
        self._name = "register-" + hashlib.sha256(identity.encode()).hexdigest()[:32]
        self._email = email
        self._descriptor = -1

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Held by one task of this machine; others wait, `max_wait` at the most."""
        self._descriptor = open_shared(self._name)
        try:
            self._wait_for_lock()
            yield
        finally:
            os.close(self._descriptor)  # releases the lock
            self._descriptor = -1

    def begin(self) -> None:
        """Notes that a registration is about to be sent."""
        self._stamp(time.time())

    def withdraw(self) -> None:
        """Notes that the API did not take it."""
        self._stamp(0.0)

    def recent(self) -> bool:
        """Whether a registration was sent so short ago that reads may not show it yet. Never without the lock."""
        if self._descriptor < 0:
            return False
        stamp = os.pread(self._descriptor, _STAMP.size, 0)
        return len(stamp) == _STAMP.size and 0 <= time.time() - _STAMP.unpack(stamp)[0] <= sum(LAG_PAUSES)

    def _stamp(self, value: float) -> None:
        os.pwrite(self._descriptor, _STAMP.pack(value), 0)

    def _wait_for_lock(self) -> None:
        deadline = time.monotonic() + self._max_wait
        while not try_lock(self._descriptor):
            if time.monotonic() >= deadline:
                raise PolyvError(
                    f"email: another task on this machine has been registering {self._email} for {self._max_wait:g} s. "
                    "Nothing was sent; run again when it has ended.",
                    Failure("busy"),
                )
            time.sleep(_POLL)
