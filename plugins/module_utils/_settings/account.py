# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state of one account: any of its settings in one task, by the same code as the single modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._engine.definition import Context, Definition, Work
from .._engine.many_settings import NamedSetting, converge_together
from .._engine.setting import Setting
from .._errors import InputError
from .._options import checks
from .._options.in_so_many_words import needs_so_many_words
from .callbacks import CALLBACKS, callbacks
from .donate import goods
from .donate.setting import DONATE, donate
from .function_switches import ACCOUNT_WIDE, FUNCTION_SWITCHES, FunctionSwitches
from .oauth_custom.bulk_read import BulkRead
from .oauth_custom.setting import OAUTH_CUSTOM, OauthCustom
from .record_callback import RECORD_CALLBACK, record_callback
from .weixin_share import WEIXIN_SHARE, WeixinShare

# Settings of the account that are taken as their modules take them: the options, and what makes the setting.
_ACCOUNT_WIDE: dict[str, tuple[Definition, Callable[[Context], Setting[Any]]]] = {
    "weixin_share": (WEIXIN_SHARE, WeixinShare),
    "record_callback": (RECORD_CALLBACK, record_callback),
    "callbacks": (CALLBACKS, callbacks),
}
# Further settings of the account: one for every channel, and one beside that of each channel.
_IN_SO_MANY_WORDS = ("oauth_custom", "function_switches")


def prepare(context: Context) -> Work:
    """Checks every setting that is given; the work brings them to the desired state."""
    _check_record_url(context.options)
    parts = [*_account_wide(context), *_of_channels(context)]
    return lambda: converge_together(parts, context)


def _check_record_url(options: Mapping[str, Any]) -> None:
    others = options["callbacks"] or {}
    twice = others.get("record_url") is not None or "record_url" in (others.get("cleared") or [])
    if options["record_callback"] is not None and twice:
        raise InputError(
            "callbacks.record_url", "must be left out where record_callback is given: both set the same URL"
        )


def _account_wide(context: Context) -> list[NamedSetting]:
    makers = {name: make for name, (_definition, make) in _ACCOUNT_WIDE.items()}
    makers["oauth_custom"] = _on_every_channel
    makers["function_switches"] = _switches_of_the_account
    given = ((name, make) for name, make in makers.items() if context.options[name] is not None)
    return [
        NamedSetting(name, None, _made(make, context, context.options[name], name)) for name, make in given
    ]


def _on_every_channel(context: Context) -> OauthCustom:
    needs_so_many_words(
        "all_channels", context.options["all_channels"], "the setting is for every channel of the account"
    )
    return OauthCustom(_with(context, {"channel_id": None, "return_secrets": False}))


def _switches_of_the_account(context: Context) -> FunctionSwitches:
    needs_so_many_words("account_wide", context.options["account_wide"], ACCOUNT_WIDE)
    return FunctionSwitches(_with(context, {"channel_id": None}))


def _of_channels(context: Context) -> list[NamedSetting]:
    channels = _checked(context.options["channels"] or [], context.options["oauth_custom"] is not None)
    bulk = BulkRead(
        context.client, [item["channel_id"] for item in channels if item["oauth_custom"] is not None]
    )
    parts = []
    for index, channel in enumerate(channels):
        of_channel = _OfChannel(context, f"channels[{index}]", channel, bulk)
        parts += of_channel.parts()
    return parts


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


@dataclass(frozen=True)
class _OfChannel:
    context: Context
    where: str
    channel: Mapping[str, Any]
    bulk: BulkRead

    def parts(self) -> list[NamedSetting]:
        makers: dict[str, Callable[[Context], Setting[Any]]] = {
            "oauth_custom": self._oauth_custom,
            "donate": donate,
            "function_switches": lambda context: FunctionSwitches(_with(context, {"account_wide": None})),
        }
        return [
            NamedSetting(
                name,
                self.channel["channel_id"],
                _made(
                    make,
                    self.context,
                    {**self.channel[name], "channel_id": self.channel["channel_id"]},
                    f"{self.where}.{name}",
                ),
            )
            for name, make in makers.items()
            if self.channel[name] is not None
        ]

    def _oauth_custom(self, context: Context) -> OauthCustom:
        complete = _with(context, {"all_channels": None, "return_secrets": False})
        return OauthCustom(complete, read=lambda: self.bulk.read(self.channel["channel_id"]))


def _made(
    make: Callable[[Context], Setting[Any]], context: Context, options: Mapping[str, Any], where: str
) -> Setting[Any]:
    try:
        return make(replace(context, options=options))
    except InputError as error:
        raise error.within(where) from None


def _with(context: Context, more: Mapping[str, Any]) -> Context:
    return replace(context, options={**context.options, **more})


def _nested(
    definition: Definition, without: tuple[str, ...] = (), instead: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The options of a module as the suboptions of one here; `instead` are other specs for some of them."""
    options = {name: spec for name, spec in definition.options.items() if name not in without}
    return {"type": "dict", "options": {**options, **(instead or {})}, **definition.rules}


#: Read by the action plugin, on the controller; a module never sees it given.
FROM_ROLE_VARIABLES = "from_role_variables"

_CHANNEL_OPTIONS: dict[str, dict[str, Any]] = {
    "oauth_custom": _nested(OAUTH_CUSTOM, ("channel_id", "channel", "all_channels", "return_secrets")),
    "donate": _nested(DONATE, ("channel_id", "channel")),
    "function_switches": _nested(FUNCTION_SWITCHES, ("channel_id", "channel", "account_wide")),
}
OF_CHANNELS = tuple(_CHANNEL_OPTIONS)
OF_THE_ACCOUNT = (*_ACCOUNT_WIDE, *_IN_SO_MANY_WORDS)

ACCOUNT = Definition(
    options={
        FROM_ROLE_VARIABLES: {"type": "bool", "default": False},
        **{name: _nested(definition) for name, (definition, _make) in _ACCOUNT_WIDE.items()},
        "oauth_custom": _nested(
            OAUTH_CUSTOM,
            ("channel_id", "channel", "return_secrets"),
            {"all_channels": {"type": "raw", "required": True}},
        ),
        "function_switches": _nested(
            FUNCTION_SWITCHES,
            ("channel_id", "channel"),
            {"account_wide": {"type": "raw", "required": True}},
        ),
        "channels": {
            "type": "list",
            "elements": "dict",
            "options": {"channel_id": {"type": "str", "required": True}, **_CHANNEL_OPTIONS},
        },
    },
    prepare=prepare,
    files=(("channels", "donate", "goods", "image"),),
    as_given={("channels", "donate", "goods"): goods.check_count},
)
