# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The channels that polyv_account is given: each by its id or by its name, and none of them twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._api.channels import ChannelDirectory, ChannelRef, Listed
from ..._engine.definition import Context
from ..._errors import InputError, PolyvError
from ..._options import checks
from ..channel import fields


@dataclass(frozen=True)
class ListedChannel:
    """One item of the option `channels`: `where` is its place, such as `channels[0]`."""

    where: str
    channel: ChannelRef
    options: Mapping[str, Any]


def listed_channels(context: Context) -> list[ListedChannel]:
    """The items of the option. Raises InputError, also where two name the same channel alike."""
    channels = []
    seen = set()
    for index, options in enumerate(context.options["channels"] or []):
        where = f"channels[{index}]"
        channel = _channel(context.channels, where, options)
        key = (channel.known_id, channel.name, channel.category_id)
        if key in seen:
            raise _twice(where, channel)
        seen.add(key)
        if context.options["oauth_custom"] is not None and options["oauth_custom"] is not None:
            raise InputError(
                f"{where}.oauth_custom",
                "must be left out where oauth_custom of the account is given: that one sets every channel",
            )
        channels.append(ListedChannel(where, channel, options))
    return channels


def _channel(directory: ChannelDirectory, where: str, options: Mapping[str, Any]) -> ChannelRef:
    channel_id, name, category = options["channel_id"], options["channel"], options["category_id"]
    if (channel_id is None) == (name is None):
        problem = "must be given, or channel, the name of one"
        raise InputError(
            f"{where}.channel_id", problem if name is None else "must be left out where channel is given"
        )
    try:
        if channel_id is not None:
            return ChannelRef(directory, checks.channel_id("channel_id", channel_id))
        return ChannelRef(
            directory,
            name=fields.name("channel", name),
            category_id=None if category is None else str(category),
        )
    except InputError as error:
        raise error.within(where) from None


def check_distinct(directory: ChannelDirectory, channels: Sequence[ListedChannel]) -> None:
    """Raises InputError where an id and a name, or a name with and without a category, are the same channel.

    It takes the listing that the names need anyway.
    """
    seen = {one.channel.known_id for one in channels if one.channel.known_id is not None}
    named = [one for one in channels if one.channel.name is not None]
    if not named or not (seen or any(one.channel.category_id for one in named)):
        return
    for one in named:
        try:
            found = directory.named(one.channel.name or "", one.channel.category_id)
        except PolyvError:
            continue  # the settings of the channel say so
        if len(found) == 1 and found[0].channel_id in seen:
            raise _twice(one.where, one.channel, f", which is channel {found[0].channel_id},")
        seen.update(channel.channel_id for channel in found if len(found) == 1)


def other_channels(directory: ChannelDirectory, channels: Sequence[ListedChannel]) -> dict[str, Any]:
    """The part of the result with the channels that nobody named, null where they can't be listed, with why.

    It takes the listing that names need, one request for each 1000 channels.
    """
    try:
        listed = directory.all()
    except PolyvError as error:
        return {
            "other_channels": None,
            "other_channels_failure": {"msg": error.msg, **error.failure.as_dict()},
        }
    others = [one for one in listed.values() if not any(_names(named.channel, one) for named in channels)]
    return {
        "other_channels": [
            {"channel_id": one.channel_id, "name": one.name, "scene": one.scene} for one in others
        ],
        "other_channels_failure": None,
    }


def _names(ref: ChannelRef, channel: Listed) -> bool:
    """Whether a channel is named: by its id, or by its name, of which there may be more than one."""
    if ref.known_id is not None:
        return ref.known_id == channel.channel_id
    return ref.name == channel.name and ref.category_id in (None, channel.category_id)


def _twice(where: str, channel: ChannelRef, which: str = "") -> InputError:
    option, got = ("channel_id", channel.known_id) if channel.name is None else ("channel", channel.name)
    return InputError(f"{where}.{option}", f"got {got!r}{which} a second time, must be given once")
