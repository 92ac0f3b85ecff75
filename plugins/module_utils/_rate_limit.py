# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request budget for all workers of a machine, and one mark that stops them all once the API throttles.

The vendor blocks an IP for five minutes after 1500 requests in 10 s, over all accounts (contract section 2).

Every request takes a slot: the moment from which it may be sent. The last slots stand in a small file that every worker
maps, so that a worker sees without asking anybody when the slot `limit` places back was, and may go 10 s after it. Slots
are handed out in the order in which workers ask. A worker that dies leaves at worst a slot unused.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ansible_collections.polyv.live.plugins.module_utils._machine import locked, open_shared

# Half a second more than the vendor's 10: a worker that the machine wakes up late must not fall into the next window.
WINDOW = 10.5
FIRST_BLOCK = 2.0
LONGEST_BLOCK = 300.0

_CAPACITY = 1500
_HEADER = struct.Struct("=Qdd")  # slots handed out; blocked until; length of the block
_SLOT = struct.Struct("=d")
_SIZE = _HEADER.size + _CAPACITY * _SLOT.size
# The clock starts anew with the machine, the file may not: a slot further ahead than this is from before.
_IMPLAUSIBLE = LONGEST_BLOCK + 10 * WINDOW


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
        with self._memory.exclusive() as table:
            now = time.monotonic()
            table.forget_if_implausible(now)
            slot = max(now, table.blocked_until, table.next_free(self._limit))
            if slot > now and not may_wait(slot - now):
                raise TooLong(slot - now)
            if self._limit:
                table.hand_out(slot)
        return slot - now

    def blocked_for(self) -> float:
        """The seconds for which a throttle mark still stops all requests, 0 without one."""
        with self._memory.exclusive() as table:
            return max(0.0, table.blocked_until - time.monotonic())

    def throttled(self, sent: float, at_least: float) -> None:
        """The API throttled a request that was sent at `sent` (monotonic seconds): stop everyone for a while.

        2 s at first, doubled each time the API still throttles after the pause, 5 minutes at most, `at_least` seconds
        if the server asked for that.
        """
        with self._memory.exclusive() as table:
            now = time.monotonic()
            if sent >= table.blocked_until:
                table.block_length = min(max(FIRST_BLOCK, 2 * table.block_length), LONGEST_BLOCK)
            pause = min(max(table.block_length, at_least), LONGEST_BLOCK)
            table.blocked_until = max(table.blocked_until, now + pause)

    def served(self, sent: float) -> None:
        """The API served a request sent at `sent`: if that was after the pause, the next one starts small again."""
        with self._memory.exclusive() as table:
            if table.block_length and sent >= table.blocked_until:
                table.block_length = 0.0


class _Table:
    """The shared bytes, by name. Times are monotonic seconds."""

    def __init__(self, memory: mmap.mmap | bytearray) -> None:
        self._memory = memory

    @property
    def blocked_until(self) -> float:
        return self._header()[1]

    @blocked_until.setter
    def blocked_until(self, value: float) -> None:
        count, unused, length = self._header()
        _HEADER.pack_into(self._memory, 0, count, value, length)

    @property
    def block_length(self) -> float:
        return self._header()[2]

    @block_length.setter
    def block_length(self, value: float) -> None:
        count, until, unused = self._header()
        _HEADER.pack_into(self._memory, 0, count, until, value)

    def next_free(self, limit: int) -> float:
        """The earliest slot that keeps to `limit`, and to the order of asking."""
        count = self._header()[0]
        if not limit or not count:
            return 0.0
        newest = self._slot(count - 1)
        return newest if count < limit else max(newest, self._slot(count - limit) + WINDOW)

    def hand_out(self, slot: float) -> None:
        """Records a slot. The slot goes first: a worker killed in between has taken nothing."""
        count, until, length = self._header()
        _SLOT.pack_into(self._memory, self._offset(count), slot)
        _HEADER.pack_into(self._memory, 0, count + 1, until, length)

    def forget_if_implausible(self, now: float) -> None:
        """Starts anew where the file is older than the clock, or holds no numbers."""
        count, until, unused = self._header()
        newest = self._slot(count - 1) if count else 0.0
        horizon = now + _IMPLAUSIBLE
        if not (until <= horizon and newest <= horizon):  # so that a NaN counts, too
            _HEADER.pack_into(self._memory, 0, 0, 0.0, 0.0)

    def _header(self) -> tuple[int, float, float]:
        count, until, length = _HEADER.unpack_from(self._memory, 0)
        return count, until, length

    def _slot(self, index: int) -> float:
        value: float = _SLOT.unpack_from(self._memory, self._offset(index))[0]
        return value

    def _offset(self, index: int) -> int:
        return _HEADER.size + index % _CAPACITY * _SLOT.size


class _Memory:
    """Where a table lies, and how one worker at a time gets at it."""

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._table = _Table(bytearray(_SIZE))

    @contextmanager
    def exclusive(self) -> Iterator[_Table]:
        """The table, for one thread of this process at a time."""
        with self._threads:
            yield self._table


class _SharedMemory(_Memory):
    """The table in the file that all workers of this user on this machine map."""

    def __init__(self) -> None:
        super().__init__()
        self._descriptor = open_shared("requests-1")
        with locked(self._descriptor):
            if os.fstat(self._descriptor).st_size != _SIZE:
                os.ftruncate(self._descriptor, _SIZE)
        self._table = _Table(mmap.mmap(self._descriptor, _SIZE))

    @contextmanager
    def exclusive(self) -> Iterator[_Table]:
        """The table, for one thread of one process at a time: threads share a file lock, so they have one of their own."""
        with self._threads, locked(self._descriptor):
            yield self._table


_memories: dict[tuple[int, bool], _Memory] = {}
_opening = threading.Lock()


def rate_limit(limit: int) -> RateLimit:
    """The limiter of this machine, for `limit` requests in 10 s; with 0 none, and the throttle mark of this process."""
    # Per process: a lock on a descriptor inherited through a fork would be shared with the parent.
    key = (os.getpid(), limit > 0)
    with _opening:
        if key not in _memories:
            _memories[key] = _SharedMemory() if limit > 0 else _Memory()
        return RateLimit(limit, _memories[key])
