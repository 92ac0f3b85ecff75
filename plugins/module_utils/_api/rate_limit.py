# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request budget for all workers of a machine, and one mark that stops them all once the API throttles.

The vendor blocks an IP for five minutes after 1500 requests in 10 s, over all accounts (docs/api.md §2).

Every request takes a slot: the moment from which it may be sent. The last slots stand in a small file that every worker
reads, so that a worker sees without asking anybody when the slot `limit` places back was, and may go 10 s after it. Slots
are handed out in the order in which workers ask. A worker that dies leaves at worst a slot unused.

Nothing that the file says is believed unless its check sum is right, its times are possible and it is from this start of
the machine. Otherwise the table starts anew, and as if it had been in full use: together with what may have been sent
before, the requests stay below the vendor's limit.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .._options.connection import VENDOR_LIMIT
from .shared_files import locked, open_shared, read_at, read_shared, write_at

# Half a second more than the vendor's 10: a worker that the machine wakes up late must not fall into the next window.
WINDOW = 10.5
FIRST_BLOCK = 2.0
LONGEST_BLOCK = 300.0

_FILE = (
    "requests-2"  # a new number for a new layout: workers of two versions must not rewrite each other's file
)
_HEADER = struct.Struct(
    "=16sQdd"
)  # start of the machine; slots handed out; blocked until; length of the block
_SLOT = struct.Struct("=d")
_CHECK = struct.Struct("=I")
_HEADER_SIZE, _SLOT_SIZE = _HEADER.size + _CHECK.size, _SLOT.size + _CHECK.size
_MOST_SLOTS = 1 << 62
# No task waits longer for its slot.
_FURTHEST_SLOT = 86400.0


class TooLong(Exception):
    """The next slot is further away than the task may wait; `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class RateLimit:
    """At most `limit` requests in any 10 s over all workers that share the memory. 0 keeps only the throttle mark."""

    def __init__(self, limit: int, memory: _Memory) -> None:
        self._limit = limit
        self._memory = memory

    def reserve(self, may_wait: Callable[[float], bool]) -> float:
        """Takes the next slot and returns the seconds until it.

        `may_wait` is asked before a slot that lies ahead is taken; where it says no, TooLong is raised and none is.
        """
        with self._table() as table:
            now = time.monotonic()
            slot = max(now, table.blocked_until, table.next_free(self._limit))
            if slot > now and (slot > now + _FURTHEST_SLOT or not may_wait(slot - now)):
                raise TooLong(slot - now)
            if self._limit:
                table.hand_out(slot)
        return slot - now

    def blocked_for(self) -> float:
        """The seconds for which a throttle mark still stops all requests, 0 without one."""
        with self._table() as table:
            return max(0.0, table.blocked_until - time.monotonic())

    def throttled(self, sent: float, at_least: float) -> None:
        """The API throttled a request that was sent at `sent` (monotonic seconds): stop everyone for a while.

        2 s at first, doubled each time the API still throttles after the pause, 5 minutes at most, `at_least` seconds
        if the server asked for that.
        """
        with self._table() as table:
            now = time.monotonic()
            if sent >= table.blocked_until:
                table.block_length = min(max(FIRST_BLOCK, 2 * table.block_length), LONGEST_BLOCK)
            pause = min(max(table.block_length, at_least), LONGEST_BLOCK)
            table.blocked_until = max(table.blocked_until, now + pause)
            table.save()

    def served(self, sent: float) -> None:
        """The API served a request sent at `sent`: if that was after the pause, the next one starts small again."""
        with self._table() as table:
            if table.block_length and sent >= table.blocked_until:
                table.block_length = 0.0
                table.save()

    @contextmanager
    def _table(self) -> Iterator[_Table]:
        with self._memory.exclusive():
            yield _Table(self._memory, self._limit)


class _Table:
    """The shared bytes, by name. Times are monotonic seconds. `limit` is the one of the worker that reads them."""

    def __init__(self, memory: _Memory, limit: int) -> None:
        self._memory = memory
        self._count, self.blocked_until, self.block_length = 0, 0.0, 0.0
        content = memory.read(_HEADER_SIZE, 0)
        header = _checked(content)
        now = time.monotonic()
        if header is not None:
            boot, count, until, length = _HEADER.unpack(header)
            # From another start of the machine nothing counts: it takes longer than the 10 s that matter.
            if boot == _BOOT:
                self._count, self.blocked_until, self.block_length = count, until, length
        if content and (header is None or not self._is_plausible(limit, now)):
            self._start_anew(limit, now)

    def next_free(self, limit: int) -> float:
        """The earliest slot that keeps to `limit`, and to the order of asking."""
        if not limit or not self._count:
            return 0.0
        newest = self._slot(self._count - 1) or 0.0
        return (
            newest if self._count < limit else max(newest, (self._slot(self._count - limit) or 0.0) + WINDOW)
        )

    def slots_after(self, moment: float) -> list[float]:
        """The slots later than `moment`, newest first; those of the last round at most."""
        found: list[float] = []
        for index in range(self._count - 1, max(self._count - VENDOR_LIMIT, 0) - 1, -1):
            slot = self._slot(index)
            if slot is None or slot <= moment:
                break
            found.append(slot)
        return found

    def hand_out(self, slot: float) -> None:
        """Records a slot. The slot goes first: a worker killed in between has taken nothing."""
        self._put(self._count, slot)
        self._count += 1
        self.save()

    def save(self) -> None:
        """Records what else has changed."""
        header = _HEADER.pack(_BOOT, self._count, self.blocked_until, self.block_length)
        self._memory.write(header + _check(header), 0)

    def _is_plausible(self, limit: int, now: float) -> bool:
        # Written so that a NaN is implausible, too.
        if not (self.blocked_until <= now + LONGEST_BLOCK and 0.0 <= self.block_length <= LONGEST_BLOCK):
            return False
        if self._count >= _MOST_SLOTS:
            return False
        looked_at = {self._count - 1, self._count - limit} if limit and self._count else set()
        slots = [self._slot(index) for index in looked_at if index >= 0]
        return all(slot is not None and slot <= now + _FURTHEST_SLOT for slot in slots)

    def _start_anew(self, limit: int, now: float) -> None:
        # Up to `limit` requests may have been sent a moment ago, so of the first 10 s only what the vendor allows beyond
        # them is free; the rest counts as sent just now.
        self._count, self.blocked_until, self.block_length = 0, 0.0, 0.0
        for _unused in range(limit - min(limit, VENDOR_LIMIT - limit)):
            self._put(self._count, now)
            self._count += 1
        self.save()

    def _slot(self, index: int) -> float | None:
        content = self._memory.read(_SLOT_SIZE, self._offset(index))
        slot = _checked(content, index)
        return None if slot is None else float(_SLOT.unpack(slot)[0])

    def _put(self, index: int, slot: float) -> None:
        content = _SLOT.pack(slot)
        self._memory.write(content + _check(content, index), self._offset(index))

    def _offset(self, index: int) -> int:
        return _HEADER_SIZE + index % VENDOR_LIMIT * _SLOT_SIZE


def _check(content: bytes, index: int = 0) -> bytes:
    # With the number of the slot, so that one from an earlier round does not pass.
    return _CHECK.pack(zlib.crc32(content, index & 0xFFFFFFFF))


def _checked(content: bytes, index: int = 0) -> bytes | None:
    """What stands before the check sum, or None where that is wrong or missing."""
    kept = content[: len(content) - _CHECK.size]
    return kept if content and content == kept + _check(kept, index) else None


def _this_start() -> bytes:
    """What tells this start of the machine from every other: monotonic time begins anew with each.

    Only Linux says it. Elsewhere a mark from before may be believed for LONGEST_BLOCK.
    """
    try:
        with open("/proc/sys/kernel/random/boot_id", "rb") as file:
            return hashlib.md5(file.read(64), usedforsecurity=False).digest()
    except OSError:
        return bytes(16)


_BOOT = _this_start()


class _Memory:
    """Where a table lies, and how one worker at a time gets at it: here in the memory of this process."""

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._bytes = bytearray()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Held by one thread of this process at a time."""
        with self._threads:
            yield

    def read(self, size: int, offset: int) -> bytes:
        """What lies at `offset`, less than `size` bytes at the end."""
        return bytes(self._bytes[offset : offset + size])

    def write(self, content: bytes, offset: int) -> None:
        """Puts `content` there."""
        self._bytes.extend(bytes(max(0, offset - len(self._bytes))))
        self._bytes[offset : offset + len(content)] = content


class _SharedMemory(_Memory):
    """In the file of all workers of this user on this machine. Not mapped: a file cut short would kill who maps it."""

    def __init__(self) -> None:
        super().__init__()
        self._descriptor = open_shared(_FILE)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Held by one thread of one process at a time: threads share a file lock, so they have one of their own."""
        with self._threads, locked(self._descriptor):
            yield

    def read(self, size: int, offset: int) -> bytes:
        return read_at(self._descriptor, size, offset)

    def write(self, content: bytes, offset: int) -> None:
        write_at(self._descriptor, content, offset)


_memories: dict[tuple[int, bool], _Memory] = {}
_opening = threading.Lock()


def shared_rate_limit(limit: int) -> RateLimit:
    """The limiter of this machine, for `limit` requests in 10 s; with 0 none, and the throttle mark of this process."""
    # Per process: a lock on a descriptor inherited through a fork would be shared with the parent.
    key = (os.getpid(), limit > 0)
    with _opening:
        if key not in _memories:
            _memories[key] = _SharedMemory() if limit > 0 else _Memory()
        return RateLimit(limit, _memories[key])


def look() -> _Table | None:
    """The table of this machine as it is now, for who only looks: a copy, and nobody is locked out. None where there is none."""
    content = read_shared(_FILE, _HEADER_SIZE + VENDOR_LIMIT * _SLOT_SIZE)
    if not content:
        return None
    memory = _Memory()
    memory.write(content, 0)
    return _Table(memory, 0)
