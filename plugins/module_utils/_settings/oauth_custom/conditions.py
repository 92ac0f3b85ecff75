# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watch condition of channels, as far as custom authorization is concerned: endpoints, and how they are read.

Source: docs/api.md §4, and the vendor's page live/api/web/watch-condition/get_watch_condition for the
value `custom` of `authType`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._api import answers, paging
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint
from ..._api.shared_reads import AUTH_GET as READ
from ..._api.shared_reads import LIST_DETAIL as READ_ALL
from ..._secrets import secret

WRITE = Endpoint("oauth-custom", "POST", "/live/v2/channelSetting/{userId}/oauth-custom", Access.WRITE)


@dataclass(frozen=True)
class WatchCondition:
    """The primary watch condition (rank 1) of a channel. A stored `custom_uri` does not mean that it is active."""

    channel_id: str
    custom_uri: str | None
    auth_type: str | None
    enabled: bool
    follows_account: bool
    secret_key: str | None = field(default=None, repr=False)

    @property
    def active(self) -> bool:
        """Whether viewers really go through custom authorization."""
        return self.enabled and self.auth_type == "custom"

    def described(self, *, with_secrets: bool) -> dict[str, Any]:
        """The condition as a module returns it."""
        shown = {
            "channel_id": self.channel_id,
            "custom_uri": self.custom_uri,
            "auth_type": self.auth_type,
            "enabled": self.enabled,
        }
        return {**shown, "secret_key": self.secret_key} if with_secrets else shown


def read_channel(client: Client, channel_id: str) -> WatchCondition:
    """The watch condition of one channel."""
    items = answers.sequence(READ, client.call(READ, {"channelId": channel_id}))
    return _primary(READ, channel_id, items)


def read_all_channels(client: Client) -> dict[str, WatchCondition]:
    """The watch condition of every channel of the account by channel id, one request per 1000 channels.

    Raises CallError where the listing contradicts itself: an incomplete one must not pass for all channels.
    """
    return paging.read_all(client, READ_ALL, listed)


def write(client: Client, user_id: str, custom_uri: str, channel_id: str | None) -> dict[str, str]:
    """Sets the URI of one channel, or with None of EVERY channel of the account. The new keys by channel id."""
    parameters = {"customUri": custom_uri, "channelId": channel_id}
    answer = client.call(WRITE, parameters, path={"userId": user_id})
    keys = {}
    for item in answers.sequence(WRITE, answer, "a list of channels with their keys"):
        channel = answers.mapping(WRITE, item)
        keys[_id(WRITE, channel)] = secret(answers.text(WRITE, channel.get("secretKey"))) or ""
    return keys


def listed(channel: Any) -> tuple[str, WatchCondition]:
    """The condition of an entry of the listing of all channels, with the id of the channel."""
    described = answers.mapping(READ_ALL, channel, "a list of channels")
    items = answers.sequence(READ_ALL, described.get("authSetting"), "channels with a list of authSetting")
    channel_id = _id(READ_ALL, described)
    return channel_id, _primary(READ_ALL, channel_id, items)


def _id(endpoint: Endpoint, channel: Mapping[str, Any]) -> str:
    channel_id = answers.text(endpoint, channel.get("channelId"))
    if channel_id is None:
        raise answers.unexpected(endpoint, "a list of channels with a channelId each")
    return channel_id


def _primary(endpoint: Endpoint, channel_id: str, items: list[Any]) -> WatchCondition:
    conditions = [answers.mapping(endpoint, item, "a list of watch conditions") for item in items]
    # Rank 1 is the primary condition; the first, if none says so.
    first = next(
        (item for item in conditions if str(item.get("rank")) == "1"), conditions[0] if conditions else {}
    )
    return WatchCondition(
        channel_id=channel_id,
        custom_uri=answers.text(endpoint, first.get("customUri")),
        auth_type=answers.text(endpoint, first.get("authType")),
        enabled=answers.switch(first.get("enabled")),
        follows_account=answers.switch(first.get("globalSettingEnabled")),
        secret_key=secret(answers.text(endpoint, first.get("customKey"))),
    )
