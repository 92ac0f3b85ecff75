# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was there before this machine last sent a creation, so that what has come since is not made a second time.

The API may make something and not put it where it was asked to. Then it is not found where it is looked for, and whoever
only looked there would make another one on each run.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterable
from contextlib import suppress

from .._api.client import Client
from .._api.shared_files import open_shared, read_at, remove_old, write_at
from .._errors import LocalError
from .creation import shared_name

_PREFIX = "before-"
_KEPT = 86400.0  # s
_NOTED = struct.Struct("=I")  # how many ids are noted and one more; 0 for nothing noted
_DIGEST = 8  # bytes


class Before:
    """The note of one thing under one account, for a day at most. `key` says what was asked for.

    To be used by one task of the machine at a time, see Creation.exclusive. The methods raise LocalError.
    """

    def __init__(self, client: Client, key: str) -> None:
        self._name = shared_name(_PREFIX, client, key)

    def note(self, ids: Iterable[str]) -> None:
        """Notes, before a creation is sent, what is there."""
        remove_old(_PREFIX, _KEPT)
        digests = [_digest(one) for one in ids]
        self._write(_NOTED.pack(len(digests) + 1) + b"".join(digests))

    def since(self, ids: Iterable[str]) -> list[str]:
        """Those of the ids that were not there at the last note; none where nothing is noted."""
        remove_old(_PREFIX, _KEPT)
        descriptor = open_shared(self._name)
        try:
            header = read_at(descriptor, _NOTED.size, 0)
            count = _NOTED.unpack(header)[0] - 1 if len(header) == _NOTED.size else -1
            if count < 0:
                return []
            noted = read_at(descriptor, count * _DIGEST, _NOTED.size)
        finally:
            os.close(descriptor)
        there = {noted[start : start + _DIGEST] for start in range(0, len(noted), _DIGEST)}
        return [one for one in ids if _digest(one) not in there]

    def forget(self) -> None:
        """To be called when nothing was made, or what was made shows where it belongs."""
        with suppress(LocalError):  # an outcome that is known must not get lost for this
            self._write(_NOTED.pack(0))

    def _write(self, content: bytes) -> None:
        descriptor = open_shared(self._name)
        try:
            write_at(descriptor, content, 0)
        finally:
            os.close(descriptor)


def _digest(one: str) -> bytes:
    """Not the id itself: the shared directory holds no account data."""
    return hashlib.sha256(one.encode()).digest()[:_DIGEST]
