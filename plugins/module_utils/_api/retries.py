# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a task may wait, and for how many tries."""

from __future__ import annotations

import random
import threading
import time

from .._errors import CallError
from .libraries import Retry, urllib3

_BACKOFF_FACTOR = 0.5  # s: at once, then 1, 2, 4, 8 … s
_MOST_DIGITS = 9  # of a number of seconds: some thirty years are as good as for ever
_BACKOFF_JITTER = 0.25  # s, so that many workers don't come back at the same moment


class Budget:
    """The seconds that a task may spend waiting, for retries and the rate limit together.

    Waits of several threads that overlap count once: it is the task that waits.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._covered_until = 0.0
        self._lock = threading.Lock()

    def take(self, seconds: float) -> bool:
        """Books a wait that starts now. False, with nothing booked, where the budget does not allow it."""
        with self._lock:
            now = time.monotonic()
            fresh = max(0.0, now + seconds - max(now, self._covered_until))
            if fresh > self._left:
                return False
            self._left -= fresh
            self._covered_until = max(self._covered_until, now + seconds)
            return True


class Tries:
    """Counts the attempts of one call and says how long to wait before the next; urllib3's Retry is the policy."""

    def __init__(self, retries: int) -> None:
        self._retry = _policy(retries)
        self._started = time.monotonic()

    def seconds(self) -> float:
        """Seconds since the first attempt began."""
        return time.monotonic() - self._started

    def next_wait(self, error: CallError) -> float | None:
        """Seconds until the next attempt, or None when there is none left."""
        try:
            self._retry = self._retry.increment()
        except urllib3.exceptions.MaxRetryError:
            return None
        backoff = self._retry.get_backoff_time()
        # By hand: urllib3 1.26 knows no jitter.
        return max(asked_for(error), backoff and backoff + random.uniform(0, _BACKOFF_JITTER))


def asked_for(error: CallError) -> float:
    """The seconds that the server asked to wait in `Retry-After`, 0 where it didn't, or not in a way that can be read."""
    header = error.headers.get("Retry-After", "").strip()
    if header.isascii() and header.isdigit():
        return float(header[:_MOST_DIGITS])
    try:
        return float(Retry().parse_retry_after(header)) if header else 0.0
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return 0.0


def _policy(retries: int) -> Retry:
    return Retry(total=retries, allowed_methods=None, backoff_factor=_BACKOFF_FACTOR)
