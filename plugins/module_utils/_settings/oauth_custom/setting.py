# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom authorization: the URL that viewers are sent to, of one channel or of every one. Source: see conditions.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from ..._api.channels import ChannelRef, channel_ref, some_of
from ..._engine.definition import Context, Definition, one_setting
from ..._engine.each_channel import reasons, write_each
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options import urls
from ..._options.in_so_many_words import in_so_many_words
from . import conditions
from .conditions import WatchCondition

# From so many channels on, one call for the whole account replaces a call for each (docs/architecture.md).
ACCOUNT_WIDE_FROM = 20

Channels = dict[str, WatchCondition]


class OauthCustom(Setting[Channels]):
    """The state is the channels concerned: one, or all of the account."""

    newer_module = "polyv_watch_condition"

    def __init__(self, context: Context, read: Callable[[], Channels] | None = None) -> None:
        self._context = context
        self._custom_uri = urls.authorization_url("custom_uri", context.options["custom_uri"])
        self._channel = _target(context)
        self._read = read or self._read_from_api

    def read(self) -> Channels:
        return self._read()

    def desired(self, current: Channels) -> Channels:
        self._announce(current)
        return {
            channel: replace(condition, custom_uri=self._custom_uri) for channel, condition in current.items()
        }

    def reflects(self, read: Channels, written: Channels) -> bool:
        # A channel made in the meantime was never written, one that was deleted can't return anything.
        return not self._differing(
            {channel: condition for channel, condition in read.items() if channel in written}
        )

    def confirm_account(self) -> None:
        self._context.identity.confirm()

    def write(self, current: Channels, desired: Channels) -> Channels:
        user_id = self._context.identity.confirm()
        differing = self._differing(current)
        if self._takes_one_call(differing):
            keys = conditions.write(self._context.client, user_id, self._custom_uri, None)
        else:
            keys = self._write_each(user_id, differing)
        return {
            channel: replace(condition, secret_key=keys.get(channel) or condition.secret_key)
            for channel, condition in desired.items()
        }

    def merged(self, read: Channels, written: Channels) -> Channels:
        # The answer of the write names the newest key; a read may lag behind it.
        keys = {channel: condition.secret_key for channel, condition in written.items()}
        return {
            channel: replace(condition, secret_key=keys.get(channel) or condition.secret_key)
            for channel, condition in read.items()
        }

    def _announce(self, current: Channels) -> None:
        """Warns before one call for the whole account, in check mode as well."""
        differing = self._differing(current)
        if not self._takes_one_call(differing):
            return
        same = len(current) - len(differing)
        self._context.warn(
            f"{len(differing)} of {len(current)} channels differ; one call for the whole account sets them. It writes the "
            f"{same} channels again that already agree, and the key of a channel may change when it is written."
        )

    def notes(self, before: Channels, after: Channels, written: bool) -> Iterable[str]:
        following = [channel for channel, condition in after.items() if condition.follows_account]
        if following:
            yield (
                "A custom_uri of its own may have no effect on a channel that follows the settings of the account "
                f"(globalSettingEnabled is Y): {some_of(following)}."
            )
        idle = [channel for channel, condition in after.items() if not condition.active]
        if idle:
            yield (
                "Custom authorization is not the active watch condition; polyv_watch_condition switches it on (auth_type "
                f"must be custom and enabled true): {some_of(idle)}."
            )

    def not_applied(self, read: Channels, written: Channels) -> str:
        late = [channel for channel in self._differing(read) if channel in written]
        return (
            f"The API accepted custom_uri {self._custom_uri!r}, but still shows {read[late[0]].custom_uri!r}. "
            f"{reasons(late, lambda channel: read[channel].follows_account)}"
        )

    def result(self, state: Channels) -> dict[str, Any]:
        with_secrets = bool(self._context.options["return_secrets"])
        return {"channels": [condition.described(with_secrets=with_secrets) for condition in state.values()]}

    def view(self, state: Channels) -> dict[str, Any]:
        return {
            "channels": {
                channel: {"custom_uri": condition.custom_uri} for channel, condition in state.items()
            }
        }

    def _differing(self, channels: Channels) -> list[str]:
        return [
            channel for channel, condition in channels.items() if condition.custom_uri != self._custom_uri
        ]

    def _takes_one_call(self, differing: list[str]) -> bool:
        return self._channel is None and len(differing) >= ACCOUNT_WIDE_FROM

    def _read_from_api(self) -> Channels:
        client = self._context.client
        if self._channel is None:
            return conditions.read_all_channels(client)
        return {self._channel.id: conditions.read_channel(client, self._channel.id)}

    def _write_each(self, user_id: str, channels: list[str]) -> dict[str, str]:
        keys: dict[str, str] = {}

        def write_one(channel: str) -> None:
            answered = conditions.write(self._context.client, user_id, self._custom_uri, channel)
            if set(answered) - {channel}:
                self._context.warn(
                    f"The call for channel {channel} was answered for: {some_of(list(answered))}."
                )
            keys.update(answered)

        write_each(channels, write_one)
        return keys


def _target(context: Context) -> ChannelRef | None:
    """The channel, or None for all channels, which must be asked for in so many words."""
    everything = in_so_many_words("all_channels", context.options["all_channels"])
    channel = channel_ref(context.channels, context.options)
    if channel is None and not everything:
        raise InputError(
            "channel_id",
            "must be given, or all_channels must be true to change every channel of the account, or channel, the name of one",
        )
    if channel is not None and everything:
        raise InputError(
            "all_channels",
            "got true together with a channel, must be only one of channel_id, channel and all_channels",
        )
    return channel


OAUTH_CUSTOM = Definition(
    options={
        "custom_uri": {"type": "str", "required": True},
        "channel_id": {"type": "str"},
        "channel": {"type": "str"},
        # Not a boolean: what Ansible takes for true, such as 1 or "yes", may be a template that slipped.
        "all_channels": {"type": "raw"},
        "return_secrets": {"type": "bool", "default": False},
    },
    prepare=one_setting(OauthCustom),
)
