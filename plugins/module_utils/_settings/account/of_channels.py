# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of single channels in polyv_account: one line for each, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._engine.definition import Context
from ..._engine.many_settings import NamedSetting
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options import checks
from ..donate.setting import DONATE, donate
from ..function_switches import FUNCTION_SWITCHES, FunctionSwitches
from ..oauth_custom.bulk_read import BulkRead
from ..oauth_custom.setting import OAUTH_CUSTOM, OauthCustom
from .parts import Part, made, nested, with_options

_CHANNEL = ("channel_id", "channel")


def _oauth_custom(context: Context, bulk: BulkRead) -> OauthCustom:
    complete = with_options(context, {"all_channels": None, "return_secrets": False})
    return OauthCustom(complete, read=lambda: bulk.read(context.options["channel_id"]))


def _switches(context: Context, _bulk: BulkRead) -> FunctionSwitches:
    return FunctionSwitches(with_options(context, {"account_wide": None}))


PARTS: dict[str, Part[Callable[[Context, BulkRead], Setting[Any]]]] = {
    "oauth_custom": Part(nested(OAUTH_CUSTOM, (*_CHANNEL, "all_channels", "return_secrets")), _oauth_custom),
    "donate": Part(nested(DONATE, _CHANNEL), lambda context, _bulk: donate(context)),
    "function_switches": Part(nested(FUNCTION_SWITCHES, (*_CHANNEL, "account_wide")), _switches),
}
OPTIONS: dict[str, Any] = {
    "channel_id": {"type": "str", "required": True},
    **{name: part.spec for name, part in PARTS.items()},
}


def settings_of_channels(context: Context) -> list[NamedSetting]:
    """Those that are given, channel by channel. Raises InputError."""
    channels = _checked(context.options["channels"] or [], context.options["oauth_custom"] is not None)
    bulk = BulkRead(
        context.client, [item["channel_id"] for item in channels if item["oauth_custom"] is not None]
    )
    return [
        one
        for index, channel in enumerate(channels)
        for one in _settings_of(context, channel, f"channels[{index}]", bulk)
    ]


def _settings_of(
    context: Context, channel: Mapping[str, Any], where: str, bulk: BulkRead
) -> list[NamedSetting]:
    def setting(name: str) -> Setting[Any]:
        options = {**channel[name], "channel_id": channel["channel_id"]}
        return made(lambda context: PARTS[name].make(context, bulk), context, options, f"{where}.{name}")

    return [
        NamedSetting(name, channel["channel_id"], setting(name))
        for name in PARTS
        if channel[name] is not None
    ]


def _checked(channels: list[Mapping[str, Any]], account_wide: bool) -> list[Mapping[str, Any]]:
    """The channels with one spelling of each id."""
    seen: dict[str, Mapping[str, Any]] = {}
    for index, channel in enumerate(channels):
        option = f"channels[{index}].channel_id"
        channel_id = checks.channel_id(option, channel["channel_id"])
        if channel_id in seen:
            raise InputError(option, f"got {channel_id!r} a second time, must be given once")
        seen[channel_id] = {**channel, "channel_id": channel_id}
        if account_wide and channel["oauth_custom"] is not None:
            raise InputError(
                f"channels[{index}].oauth_custom",
                "must be left out where oauth_custom of the account is given: that one sets every channel",
            )
    return list(seen.values())
