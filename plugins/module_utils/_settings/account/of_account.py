# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of the account in polyv_account: one line for each, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._engine.definition import Context
from ..._engine.many_settings import NamedSetting, Phase
from ..._engine.setting import Setting
from ..._options.in_so_many_words import needs_so_many_words
from ..callbacks import CALLBACKS, callbacks
from ..function_switches import ACCOUNT_WIDE, FUNCTION_SWITCHES, FunctionSwitches
from ..oauth_custom.setting import OAUTH_CUSTOM, OauthCustom
from ..record_callback import RECORD_CALLBACK, record_callback
from ..watch_condition.on_channels import OnChannels
from ..watch_condition.setting import WATCH_CONDITION
from ..watch_condition.template import ForNewChannels
from ..weixin_share import WEIXIN_SHARE, WeixinShare
from .channels import ListedChannel
from .one_way import check_custom_uri, check_record_url
from .parts import Part, made, nested, with_options

_CHANNEL = ("channel_id", "channel")
# What must be said in so many words, because there is no channel beside it.
_REQUIRED = {"type": "raw", "required": True}


def _on_every_channel(context: Context) -> OauthCustom:
    needs_so_many_words(
        "all_channels", context.options["all_channels"], "the setting is for every channel of the account"
    )
    return OauthCustom(with_options(context, {"channel_id": None, "return_secrets": False}))


def _switches_of_the_account(context: Context) -> FunctionSwitches:
    needs_so_many_words("account_wide", context.options["account_wide"], ACCOUNT_WIDE)
    return FunctionSwitches(with_options(context, {"channel_id": None}))


def _watch_condition(context: Context) -> Setting[Any]:
    needs_so_many_words(
        "all_channels", context.options["all_channels"], "the setting is for every channel of the account"
    )
    apart = context.options["apart"]
    given = {"channel_id": None, "channel": None, "for_new_channels": None, "return_secrets": False}
    return OnChannels(with_options(context, given), None, apart)


def _for_new_channels(context: Context) -> Setting[Any]:
    return ForNewChannels(with_options(context, {"follow_account": None, "return_secrets": False}))


_FOR_CHANNELS = (*_CHANNEL, "all_channels", "for_new_channels", "return_secrets")
PARTS: dict[str, Part[Callable[[Context], Setting[Any]]]] = {
    "weixin_share": Part(nested(WEIXIN_SHARE), WeixinShare),
    "record_callback": Part(nested(RECORD_CALLBACK), record_callback),
    "callbacks": Part(nested(CALLBACKS), callbacks),
    "new_channel_watch_condition": Part(
        nested(WATCH_CONDITION, (*_FOR_CHANNELS, "follow_account")), _for_new_channels
    ),
    "oauth_custom": Part(
        nested(OAUTH_CUSTOM, (*_CHANNEL, "return_secrets"), {"all_channels": _REQUIRED}), _on_every_channel
    ),
    "watch_condition": Part(
        nested(
            WATCH_CONDITION, (*_CHANNEL, "for_new_channels", "return_secrets"), {"all_channels": _REQUIRED}
        ),
        _watch_condition,
    ),
    "function_switches": Part(
        nested(FUNCTION_SWITCHES, _CHANNEL, {"account_wide": _REQUIRED}), _switches_of_the_account
    ),
}
#: The older call of `oauth_custom` may switch the type of a watch condition (docs/api.md §4).
PHASES = {"new_channel_watch_condition": Phase.FIRST, "watch_condition": Phase.LAST}


def settings_of_account(context: Context, channels: Sequence[ListedChannel]) -> list[NamedSetting]:
    """Those that are given. Raises InputError."""
    check_record_url(context.options)
    check_custom_uri(context.options, channels)
    # A watch condition of its own wins over the one for every channel.
    apart = [one.channel for one in channels if one.options["watch_condition"] is not None]
    settings = []
    for name, part in PARTS.items():
        options = context.options[name]
        if options is not None:
            setting = made(part.make, context, {**options, "apart": apart}, name)
            settings.append(NamedSetting(name, None, setting, PHASES.get(name, Phase.USUAL)))
    return settings
