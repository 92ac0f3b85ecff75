# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A look at the request budget of this machine from outside: it locks nobody out and writes nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .rate_limit import look

_LOOK_BACK = 10.0  # seconds


@dataclass(frozen=True)
class Usage:
    """What all tasks of this user on this machine do with the budget, whichever run they belong to.

    `waiting` requests have a slot that lies ahead, `per_second` were sent in the last seconds, and for `blocked_for` seconds the
    API takes none.
    """

    waiting: int
    per_second: float
    blocked_for: float


def usage(since: float) -> Usage | None:
    """The usage now, with the requests since `since` (monotonic seconds) counted; None where nothing is known of any."""
    table = look()
    if table is None:
        return None
    now = time.monotonic()
    begin = max(since, now - _LOOK_BACK)
    slots = table.slots_after(begin)
    waiting = sum(slot > now for slot in slots)
    seconds = max(now - begin, 1.0)
    return Usage(waiting, (len(slots) - waiting) / seconds, max(0.0, table.blocked_until - now))
