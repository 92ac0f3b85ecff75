# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watch conditions of channels: endpoints, and how they are read and written. Source: docs/api.md §7.2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._api import answers, paging
from ..._api.client import Client
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._api.shared_reads import AUTH_GET as READ
from ..._api.shared_reads import LIST_DETAIL as READ_ALL
from .condition import Condition, condition

# `channelId` is never left out: without it the call changes the whole account.
UPDATE = Endpoint("auth-update", "POST", "/live/v3/channel/auth/update", Access.WRITE, Carrier.JSON)
SWITCH_OFF = Endpoint(
    "set-auth-type", "POST", "/live/v2/channelSetting/{channelId}/set-auth-type", Access.WRITE
)


@dataclass(frozen=True)
class OfChannel:
    """Both conditions of a channel, and whether it follows those of its account."""

    primary: Condition
    secondary: Condition
    follows_account: bool

    @property
    def both(self) -> tuple[Condition, Condition]:
        """The conditions by rank."""
        return self.primary, self.secondary

    def described(self, channel_id: str, *, with_secrets: bool) -> list[dict[str, Any]]:
        """Both conditions as a module returns them."""
        about = {"channel_id": channel_id, "follows_account": self.follows_account}
        return [{**about, **one.described(with_secrets=with_secrets)} for one in self.both]


def read(client: Client, channel_id: str) -> OfChannel:
    """The conditions of one channel."""
    return _of_channel(READ, client.call(READ, {"channelId": channel_id}))


def read_all(client: Client) -> dict[str, OfChannel]:
    """Those of every channel of the account by channel id, one request per 1000 channels."""
    return paging.read_all(client, READ_ALL, listed)


def update(client: Client, channel_id: str, conditions: Sequence[Condition]) -> None:
    """Writes conditions of one channel, each with every value of its type."""
    client.call(UPDATE, {"channelId": channel_id}, json={"authSettings": [_sent(one) for one in conditions]})


def switch_off(client: Client, channel_id: str) -> None:
    """Switches the primary condition of a channel off, by the documented way."""
    client.call(SWITCH_OFF, {"authType": "none"}, path={"channelId": channel_id})


def _sent(one: Condition) -> dict[str, Any]:
    if not one.enabled:
        return {"rank": one.rank, "enabled": "N"}
    return {"rank": one.rank, "enabled": "Y", "authType": one.type, **one.sent()}


def listed(entry: Any) -> tuple[str, OfChannel]:
    """Those of an entry of the listing of all channels, with the id of the channel."""
    described = answers.mapping(READ_ALL, entry, "a list of channels")
    channel_id = answers.text(READ_ALL, described.get("channelId"))
    if channel_id is None:
        raise answers.unexpected(READ_ALL, "a list of channels with a channelId each")
    return channel_id, _of_channel(READ_ALL, described.get("authSetting"))


def _of_channel(endpoint: Endpoint, data: Any) -> OfChannel:
    items = [
        answers.mapping(endpoint, item, "a list of watch conditions")
        for item in answers.sequence(endpoint, data, "a list of watch conditions")
    ]
    by_rank: dict[str, Mapping[str, Any]] = {
        # Without a rank it is the position.
        str(item.get("rank") or position): item
        for position, item in enumerate(items, start=1)
    }
    primary, secondary = (condition(endpoint, rank, by_rank.get(str(rank), {}), "enabled") for rank in (1, 2))
    return OfChannel(
        primary, secondary, any(answers.switch(item.get("globalSettingEnabled")) for item in items)
    )
