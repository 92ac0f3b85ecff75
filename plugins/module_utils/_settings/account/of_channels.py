# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of single channels in polyv_account: one line for each, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._api.channels import ChannelRef
from ..._engine.definition import Context
from ..._engine.many_settings import NamedSetting, Phase
from ..._engine.setting import Setting
from ..channel import fields
from ..channel.setting import CHANNEL, ChannelSetting
from ..donate.setting import DONATE, donate
from ..function_switches import FUNCTION_SWITCHES, FunctionSwitches
from ..oauth_custom.bulk_read import BulkRead
from ..oauth_custom.setting import OAUTH_CUSTOM, OauthCustom
from ..watch_condition.on_channels import OnChannels
from ..watch_condition.setting import WATCH_CONDITION
from .channels import ListedChannel
from .of_account import PHASES
from .parts import Part, made, nested, with_options

_CHANNEL = ("channel_id", "channel")
#: What tells which channel is meant, and what describes the channel itself: it is the setting `channel`.
IDENTITY = ("channel_id", "channel", "category_id")
ITSELF = (
    "state",
    "scene",
    "template",
    *(name for name in fields.OPTIONS if name not in ("name", "category_id")),
)


def _oauth_custom(context: Context, bulk: BulkRead) -> OauthCustom:
    complete = with_options(context, {"all_channels": None, "return_secrets": False})
    channel: ChannelRef = context.options["channel"]
    return OauthCustom(complete, read=lambda: bulk.read(channel.id))


def _watch_condition(context: Context, _bulk: BulkRead) -> OnChannels:
    channel: ChannelRef = context.options["channel"]
    return OnChannels(with_options(context, {"return_secrets": False}), channel)


def _switches(context: Context, _bulk: BulkRead) -> FunctionSwitches:
    return FunctionSwitches(with_options(context, {"account_wide": None}))


# Each gets a ChannelRef as its option `channel`, which is found or made by then.
PARTS: dict[str, Part[Callable[[Context, BulkRead], Setting[Any]]]] = {
    "oauth_custom": Part(nested(OAUTH_CUSTOM, (*_CHANNEL, "all_channels", "return_secrets")), _oauth_custom),
    "donate": Part(nested(DONATE, _CHANNEL), lambda context, _bulk: donate(context)),
    "watch_condition": Part(
        nested(WATCH_CONDITION, (*_CHANNEL, "all_channels", "for_new_channels", "return_secrets")),
        _watch_condition,
    ),
    "function_switches": Part(nested(FUNCTION_SWITCHES, (*_CHANNEL, "account_wide")), _switches),
}
OPTIONS: dict[str, Any] = {
    "channel_id": {"type": "str"},
    "channel": {"type": "str"},
    "category_id": CHANNEL.options["category_id"],
    # No default: a name that is mistyped must not make a channel. Nor absent: what is left out of a list is not to be deleted.
    "state": {"type": "str", "choices": ["present"]},
    **{name: CHANNEL.options[name] for name in ITSELF if name != "state"},
    **{name: part.spec for name, part in PARTS.items()},
}


def settings_of_channels(context: Context, channels: Sequence[ListedChannel]) -> list[NamedSetting]:
    """Those that are given, channel by channel. Raises InputError."""
    bulk = BulkRead(context.client, sum(one.options["oauth_custom"] is not None for one in channels))
    return [
        setting for one in channels for setting in (*_itself(context, one), *_settings_of(context, one, bulk))
    ]


def _itself(context: Context, one: ListedChannel) -> list[NamedSetting]:
    """The setting of what describes the channel, and of its state."""
    by_id = one.channel.known_id is not None
    given = {name: one.options[name] for name in ITSELF if one.options[name] is not None}
    category = one.options["category_id"]
    if not set(given) - {"scene", "template"} and (category is None or not by_id):
        return []
    options = {
        **dict.fromkeys(CHANNEL.options),
        "state": None,
        **given,
        "name": one.channel.name,
        "category_id": category,
    }
    setting = made(lambda context: ChannelSetting(context, one.channel), context, options, one.where)
    return [NamedSetting("channel", one.channel, setting, Phase.FIRST)]


def _settings_of(context: Context, one: ListedChannel, bulk: BulkRead) -> list[NamedSetting]:
    def setting(name: str) -> Setting[Any]:
        options = {**one.options[name], "channel_id": None, "channel": one.channel}
        return made(lambda context: PARTS[name].make(context, bulk), context, options, f"{one.where}.{name}")

    return [
        NamedSetting(name, one.channel, setting(name), PHASES.get(name, Phase.USUAL))
        for name in PARTS
        if one.options[name] is not None
    ]
