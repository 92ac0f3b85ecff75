# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The channel that a task is about, by its id or as the only one of its name, and what reads tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..._api.channels import ChannelRef, Listed
from ..._engine.converge import read_until
from ..._engine.definition import Context
from ..._errors import CallError, Kind
from . import fields
from .shown import read_values


@dataclass(frozen=True)
class Channel:
    """A channel. `channel_id` is None for one that is yet to be made; `values` lacks what no read tells.

    `scene` comes from the list, `listed` is False where that was asked and does not show the channel yet, `listed_as` is
    how it does.
    """

    channel_id: str | None
    values: fields.Values = field(repr=False)
    scene: str | None = None
    listed: bool = True
    listed_as: Listed | None = field(default=None, repr=False)

    def elsewhere(self, name: str | None, category_id: str | None) -> str:
        """Where else the list shows it than under that name and in that category, in words; empty for nowhere else.

        A category that the list does not show is the one of the other read.
        """
        listed, category = self.listed_as, self.values.get("category_id")
        if listed is None:
            return ""
        if listed.category_id is None and category is not None:
            listed = replace(listed, category_id=str(category))
        return instead_of(listed, name, category_id)


def instead_of(listed: Listed, name: str | None, category_id: str | None) -> str:
    """How a channel is listed otherwise than under that name and in that category, in words. None counts as right."""
    different = []
    if None not in (name, listed.name) and name != listed.name:
        different.append(f"as {listed.name!r} instead of {name!r}")
    if None not in (category_id, listed.category_id) and category_id != listed.category_id:
        different.append(f"in category {listed.category_id} instead of {category_id}")
    return " and ".join(different)


class Lookup:
    """Finds and reads one channel. With `lists` its password and scene are read, too, which the list alone shows."""

    def __init__(self, context: Context, channel: ChannelRef, lists: bool) -> None:
        self._context = context
        self._channel = channel
        self._lists = lists or channel.known_id is None

    def read(self, anew: bool) -> Channel | None:
        """The channel; `anew` lists the channels again. None where there is none of that name.

        Raises CallError with the kind unknown_channel where there is none of that id.
        """
        if anew:
            self._context.channels.forget()
        known = self._channel.known_id
        return self._by_name() if known is None else self._basic(known)

    def _by_name(self) -> Channel | None:
        found, unknown = self._listed_and_read()
        if unknown:
            found, unknown = read_until(self._listed_and_read, lambda read: read[1] is None)
        if unknown:
            raise unknown
        if found and found.channel_id:
            self._channel.found(found.channel_id)
        return found

    def _listed_and_read(self) -> tuple[Channel | None, CallError | None]:
        """The channel, or the error of one that is listed and can't be read.

        It was just made, or just deleted: either read may lag (docs/api.md §2), so the next one lists anew.
        """
        listed = self._only()
        try:
            return (self._basic(listed.channel_id) if listed else None), None
        except CallError as error:
            if error.failure.kind is not Kind.UNKNOWN_CHANNEL:
                raise
            self._context.channels.forget()
            return None, error

    def _only(self) -> Listed | None:
        directory, name = self._context.channels, self._channel.name or ""
        found = directory.named(name, self._channel.category_id)
        if len(found) > 1:
            raise directory.several_of(self._channel.option, name, found)
        return found[0] if found else None

    def _basic(self, channel_id: str) -> Channel:
        values = read_values(self._context.client, channel_id)
        listed = self._context.channels.all().get(channel_id) if self._lists else None
        if listed and listed.password is not None:
            values[fields.PASSWORD] = listed.password or None
        return Channel(
            channel_id,
            values,
            listed.scene if listed else None,
            listed is not None or not self._lists,
            listed,
        )
