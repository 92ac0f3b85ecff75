# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the progress, in numbers only: no name, no value, so nothing that could be a secret."""

from __future__ import annotations

from ...module_utils._api.rate_limit_usage import Usage
from .counts import Counts


def figures(counts: Counts, usage: Usage | None, seconds_left: float | None) -> list[str]:
    """The parts of a line of progress after the accounts that are done."""
    parts = [f"{counts.changed} changed", f"{counts.failed} failed"]
    if usage is not None:
        if usage.waiting:
            parts.append(f"{usage.waiting} waiting for the rate limit")
        if usage.blocked_for:
            parts.append(f"Polyv throttles for {clock(usage.blocked_for)}")
        parts.append(f"{usage.per_second:.1f} requests/s")
    if seconds_left is not None:
        parts.append(f"{clock(seconds_left)} left")
    return parts


def line(counts: Counts, usage: Usage | None, seconds_left: float | None) -> str:
    """A whole line, such as `Polyv: 37 of 100 accounts done, 12 changed, 1 failed, 41.3 requests/s, 1:23 left`."""
    accounts = f"{counts.done} of {counts.total} account{'' if counts.total == 1 else 's'} done"
    return "Polyv: " + ", ".join([accounts, *figures(counts, usage, seconds_left)])


def last_line(counts: Counts, seconds: float) -> str:
    """The line at the end of a play that took so many `seconds`."""
    return f"{line(counts, None, None)}, in {clock(seconds)}"


def clock(seconds: float) -> str:
    """A time as 1:23 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
