# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Function switches of a channel, or of the account. Source: docs/api.md §7.4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._api import answers
from .._api.channels import ChannelRef, channel_ref
from .._api.client import Client
from .._api.endpoint import Access, Endpoint
from .._engine.definition import Context, Definition, one_setting
from .._engine.setting import Setting
from .._errors import InputError
from .._options.in_so_many_words import in_so_many_words

READ = Endpoint("switch-get", "GET", "/live/v3/channel/switch/get", Access.READ)
WRITE = Endpoint("switch-update", "POST", "/live/v3/channel/switch/update", Access.WRITE)

# The API's type of each switch by its name here.
TYPES = {
    "preview": "isClosePreview",
    "chat_list": "closeChaterList",
    "danmu": "closeDanmu",
    "mobile_watch": "mobileWatch",
    "mobile_audio": "mobileAudio",
    "auto_play": "autoPlay",
    "booking": "booking",
    "red_pack": "redPack",
    "share_button": "shareBtnEnabled",
    "chat": "chat",
    "consulting_menu": "consultingMenu",
    "praise": "praise",
    "welcome": "welcome",
    "viewer_send_image": "viewerSendImgEnabled",
}
# Their types say that something is closed: Y is off.
INVERTED = frozenset({"preview", "chat_list", "danmu"})
ACCOUNT_WIDE = "it sets the switches of the account itself, which every channel that follows it has"

Switches = Mapping[str, "bool | None"]


def read(client: Client, channel_id: str | None) -> Switches:
    """The switches of a channel, with None those of the account."""
    listed = answers.sequence(READ, client.call(READ, _place(channel_id)), "a list of switches")
    items = [answers.mapping(READ, item, "a list of switches") for item in listed]
    values = {item.get("type"): item.get("enabled") for item in items}
    return {name: _meant(name, values.get(kind)) for name, kind in TYPES.items()}


class FunctionSwitches(Setting[Switches]):
    """The state is every switch by its name, None for one that the API does not list."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._client = context.client
        self._channel = _target(context)
        asked = context.options["switches"]
        self._asked = {name: value for name, value in asked.items() if value is not None}
        if not self._asked:
            raise InputError("switches", "must have at least one switch")

    def read(self) -> Switches:
        return read(self._client, self._channel_id)

    def desired(self, current: Switches) -> Switches:
        return {**current, **self._asked}

    def confirm_account(self) -> None:
        if self._channel is None:
            self._context.identity.confirm()

    def write(self, current: Switches, desired: Switches) -> Switches:
        # One switch a call.
        for name, value in self._asked.items():
            if value != current[name]:
                enabled = "Y" if value != (name in INVERTED) else "N"
                self._client.call(
                    WRITE, {"type": TYPES[name], "enabled": enabled, **_place(self._channel_id)}
                )
        return desired

    def reflects(self, read: Switches, written: Switches) -> bool:
        return all(read[name] == value for name, value in self._asked.items())

    def not_applied(self, read: Switches, written: Switches) -> str:
        late = {name: value for name, value in self._asked.items() if read[name] != value}
        shown = {name: read[name] for name in late}
        where = "the account" if self._channel is None else f"channel {self._channel.id}"
        return (
            f"The API accepted the switches {late} of {where}, but still shows {shown}. It may need more time, or the channel may "
            "follow its account."
        )

    def result(self, state: Switches) -> dict[str, Any]:
        return {"switches": dict(state), "channel_id": self._channel_id}

    def view(self, state: Switches) -> dict[str, Any]:
        return {name: state[name] for name in self._asked}

    @property
    def _channel_id(self) -> str | None:
        return None if self._channel is None else self._channel.id


def _place(channel_id: str | None) -> dict[str, str | None]:
    return {} if channel_id is None else {"channelId": channel_id}


def _meant(name: str, enabled: Any) -> bool | None:
    return None if enabled not in ("Y", "N") else (enabled == "Y") != (name in INVERTED)


def _target(context: Context) -> ChannelRef | None:
    """The channel, or None for the account, which must be asked for in so many words."""
    account_wide = in_so_many_words("account_wide", context.options["account_wide"], ACCOUNT_WIDE)
    channel = channel_ref(context.channels, context.options)
    if (channel is None) != account_wide:
        problem = (
            "must be given, or channel, the name of one, or account_wide must be true"
            if channel is None
            else (
                "got a channel together with account_wide, must be only one of channel_id, channel and account_wide"
            )
        )
        raise InputError("channel_id", problem)
    return channel


FUNCTION_SWITCHES = Definition(
    options={
        "channel_id": {"type": "str"},
        "channel": {"type": "str"},
        # Not a boolean: what Ansible takes for true, such as 1 or "yes", may be a template that slipped.
        "account_wide": {"type": "raw"},
        "switches": {
            "type": "dict",
            "required": True,
            "options": {name: {"type": "bool"} for name in TYPES},
        },
    },
    prepare=one_setting(FunctionSwitches),
)
