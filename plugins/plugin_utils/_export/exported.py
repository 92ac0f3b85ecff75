# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a live account: the settings of the role `account`, and notes on what is not among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


class Secret(str):
    """A password, a code or a key. It never stands in a file in clear."""

    __slots__ = ()


@dataclass(frozen=True)
class Note:
    """A sentence for whoever reads the file. `lacks` says, in a few words, what makes the export incomplete, if it does."""

    text: str
    lacks: str | None = None


@dataclass
class Channel:
    """A channel: its item of `account_channels`, and the notes beside it."""

    channel_id: str
    options: dict[str, Any]
    notes: list[Note] = field(default_factory=list)


@dataclass
class Exported:
    """An account: its settings by their names in the role without the prefix, its channels, and the notes."""

    user_id: str | None
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def all_notes(self) -> Iterator[Note]:
        """Those of the account and of its channels."""
        yield from self.notes
        for channel in self.channels:
            yield from channel.notes

    def lacking(self) -> dict[str, int]:
        """What makes the export incomplete, and how often."""
        found: dict[str, int] = {}
        for note in self.all_notes():
            if note.lacks:
                found[note.lacks] = found.get(note.lacks, 0) + 1
        return found
