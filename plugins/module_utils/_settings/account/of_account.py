# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of the account in polyv_account: one line for each, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._engine.definition import Context
from ..._engine.many_settings import NamedSetting
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options.in_so_many_words import needs_so_many_words
from ..callbacks import CALLBACKS, callbacks
from ..function_switches import ACCOUNT_WIDE, FUNCTION_SWITCHES, FunctionSwitches
from ..oauth_custom.setting import OAUTH_CUSTOM, OauthCustom
from ..record_callback import RECORD_CALLBACK, record_callback
from ..weixin_share import WEIXIN_SHARE, WeixinShare
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


PARTS: dict[str, Part[Callable[[Context], Setting[Any]]]] = {
    "weixin_share": Part(nested(WEIXIN_SHARE), WeixinShare),
    "record_callback": Part(nested(RECORD_CALLBACK), record_callback),
    "callbacks": Part(nested(CALLBACKS), callbacks),
    "oauth_custom": Part(
        nested(OAUTH_CUSTOM, (*_CHANNEL, "return_secrets"), {"all_channels": _REQUIRED}), _on_every_channel
    ),
    "function_switches": Part(
        nested(FUNCTION_SWITCHES, _CHANNEL, {"account_wide": _REQUIRED}), _switches_of_the_account
    ),
}


def settings_of_account(context: Context) -> list[NamedSetting]:
    """Those that are given. Raises InputError."""
    _check_record_url(context.options)
    return [
        NamedSetting(name, None, made(part.make, context, context.options[name], name))
        for name, part in PARTS.items()
        if context.options[name] is not None
    ]


def _check_record_url(options: Mapping[str, Any]) -> None:
    others = options["callbacks"] or {}
    twice = others.get("record_url") is not None or "record_url" in (others.get("cleared") or [])
    if options["record_callback"] is not None and twice:
        raise InputError(
            "callbacks.record_url", "must be left out where record_callback is given: both set the same URL"
        )
