# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can't be read: named with its reason, so that it stops nothing else."""

from __future__ import annotations

from typing import Any

from ...._errors import Kind, PolyvError

# What may concern one read alone. Anything else, such as bad credentials or a broken connection, would end the same way for
# the next one.
_OF_ONE_READ = frozenset(
    {
        Kind.FORBIDDEN,
        Kind.REJECTED,
        Kind.UNKNOWN_CHANNEL,
        Kind.UNEXPECTED_DATA,
        Kind.UNKNOWN_ENDPOINT,
        Kind.UNREADABLE,
        Kind.UNAVAILABLE,
    }
)


def of_one_read(error: PolyvError) -> bool:
    """Whether an error says nothing about other reads."""
    return error.failure.kind in _OF_ONE_READ


class Refusals:
    """The reads that failed, each with its subset, and its channel where it concerns one alone."""

    def __init__(self) -> None:
        self._entries: list[dict[str, Any]] = []

    def note(self, subset: str, error: PolyvError, channel_id: str | None = None) -> None:
        """Takes note of an error. Raises it where it would make the other reads useless, too."""
        if not of_one_read(error):
            raise error
        self._entries.append(
            {
                "subset": subset,
                "channel_id": channel_id,
                "msg": error.msg,
                "failure": error.failure.as_dict(),
            }
        )

    def as_result(self) -> list[dict[str, Any]]:
        """The entries, in the order in which they came."""
        return list(self._entries)
