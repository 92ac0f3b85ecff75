# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Channels as a module returns them, from the lists of an account and from the read of one. Source: docs/api.md §5, §7.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._api import answers
from ..._api.channels import Listed
from ..._api.client import Client
from . import fields

# What a list shows beside id, name, scene, category and password, where it is the detailed one.
_LISTED = ("publisher", "start_time")


def read_values(client: Client, channel_id: str) -> dict[str, Any]:
    """The fields of one channel that its read shows."""
    data = client.call(fields.READ, {"channelId": channel_id})
    return fields.read(answers.mapping(fields.READ, data, "a channel"))


def described(
    channel_id: str | None, scene: str | None, values: fields.Values, *, with_secrets: bool
) -> dict[str, Any]:
    """A channel as a module returns it, with null for what no read shows."""
    found = {
        "channel_id": channel_id,
        "name": values.get("name"),
        "scene": scene,
        **{option: values.get(option) for option in fields.SHOWN},
    }
    return {**found, fields.PASSWORD: values.get(fields.PASSWORD)} if with_secrets else found


def from_lists(listed: Listed, details: Mapping[str, Any], *, with_secrets: bool) -> dict[str, Any]:
    """What the lists show of a channel. `details` is its entry of the detailed list, or empty."""
    shown = fields.read(details)
    found = {
        "channel_id": listed.channel_id,
        "name": listed.name,
        "scene": listed.scene,
        "category_id": _number(listed.category_id),
        **{
            one.option: shown.get(one.option) if one.sent_as in details else None
            for one in fields.FIELDS
            if one.option in _LISTED
        },
    }
    return {**found, fields.PASSWORD: listed.password or None} if with_secrets else found


def from_read(client: Client, listed: Listed, *, with_secrets: bool) -> dict[str, Any]:
    """A channel by its own read, with the scene and the password that the list alone shows."""
    values = read_values(client, listed.channel_id)
    values[fields.PASSWORD] = listed.password or None
    return described(listed.channel_id, listed.scene, values, with_secrets=with_secrets)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
