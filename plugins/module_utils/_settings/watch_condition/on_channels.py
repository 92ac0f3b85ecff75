# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watch conditions of one channel, or of every channel of the account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._api.channels import ChannelRef, some_of
from ..._engine.definition import Context
from ..._engine.each_channel import reasons, write_each
from ..._engine.follow_account import follow, stop_following
from ..._engine.setting import Setting
from ..._errors import InputError, PolyvError
from . import channels
from .channels import OfChannel
from .condition import Condition, Wanted, check_together, wanted

Channels = Mapping[str, OfChannel]


class OnChannels(Setting[Channels]):
    """The state is the conditions by channel id. `channel` is the one concerned, or None for all but those of `others`."""

    def __init__(
        self, context: Context, channel: ChannelRef | None, others: Sequence[ChannelRef] = ()
    ) -> None:
        options = context.options
        self._context = context
        self._channel = channel
        self._others = others
        self._wanted: tuple[Wanted, ...] = wanted(options, template=False)
        self._follow: bool | None = options["follow_account"]
        if not self._wanted and self._follow is None:
            raise InputError(
                "primary", "must be given, or secondary, or follow_account: there is nothing to set"
            )
        if self._wanted and self._follow:
            raise InputError(
                self._wanted[0].option,
                "must be left out with follow_account=true: the channel then has the conditions of its account",
            )

    def read(self) -> Channels:
        client = self._context.client
        if self._channel is not None:
            return {self._channel.id: channels.read(client, self._channel.id)}
        apart = {one.known_id for one in self._others if _is_there(one)}
        return {
            channel: found for channel, found in channels.read_all(client).items() if channel not in apart
        }

    def desired(self, current: Channels) -> Channels:
        return {channel: self._applied(channel, found) for channel, found in current.items()}

    def _applied(self, channel: str, current: OfChannel) -> OfChannel:
        by_rank = {one.rank: one for one in current.both}
        for one in self._wanted:
            try:
                by_rank[one.rank] = one.applied(by_rank[one.rank])
            except InputError as error:
                raise error.with_msg(f"{error.msg} (channel {channel}).") from None
        if any(one.enabled for one in self._wanted):
            try:
                check_together(by_rank[1], by_rank[2])
            except InputError as error:
                raise error.with_msg(f"{error.msg} (channel {channel}).") from None
        follows = current.follows_account if self._follow is None else self._follow
        return OfChannel(by_rank[1], by_rank[2], follows)

    def confirm_account(self) -> None:
        if self._channel is None:
            self._context.identity.confirm()

    def reflects(self, read: Channels, written: Channels) -> bool:
        return not self._late(read, written)

    def _late(self, read: Channels, written: Channels) -> list[str]:
        """The channels that don't show what was written; one that was made or deleted in the meantime does not count."""
        return [
            channel
            for channel, found in read.items()
            if channel in written
            and (
                self._follow not in (None, found.follows_account)
                or not all(one.reflected(found.both[one.rank - 1]) for one in self._wanted)
            )
        ]

    def write(self, current: Channels, desired: Channels) -> Channels:
        differing = [channel for channel in desired if desired[channel] != current[channel]]
        written = dict(desired)

        def write_one(channel: str) -> None:
            written[channel] = self._write_one(channel, current[channel], desired[channel])

        write_each(differing, write_one)
        return written

    def _write_one(self, channel: str, current: OfChannel, desired: OfChannel) -> OfChannel:
        client = self._context.client
        if current.follows_account and not desired.follows_account:
            # What was read until now were the account's conditions.
            current = stop_following(client, channel, "auth", lambda: channels.read(client, channel))
            desired = self._applied(channel, current)
        elif current.follows_account != desired.follows_account:
            follow(client, channel, "auth", desired.follows_account)
        differing = [new for old, new in zip(current.both, desired.both, strict=True) if old != new]
        # The API takes no primary condition that is off (docs/api.md §7.2).
        updates = [one for one in differing if one.rank == 2 or one.enabled]
        if updates:
            self._context.hide(*(key for one in current.both for key in one.secrets))
            channels.update(client, channel, updates)
        if len(updates) < len(differing):
            channels.switch_off(client, channel)
        return desired

    def not_applied(self, read: Channels, written: Channels) -> str:
        late = self._late(read, written)
        sent, shown = (self.view({late[0]: state[late[0]]}) for state in (written, read))
        return (
            f"The API accepted the watch conditions {sent['channels'][late[0]]}, but still shows "
            f"{shown['channels'][late[0]]}. {reasons(late, lambda channel: read[channel].follows_account)}"
        )

    def notes(self, before: Channels, after: Channels, written: bool) -> Iterable[str]:
        following = [channel for channel, found in after.items() if found.follows_account]
        if following and self._follow is None:
            yield (
                "Watch conditions of its own may have no effect on a channel that follows those of its account "
                f"(globalSettingEnabled is Y); see follow_account: {some_of(following)}."
            )

    def result(self, state: Channels) -> dict[str, Any]:
        with_secrets = bool(self._context.options["return_secrets"])
        return {
            "watch_conditions": [
                described
                for channel, found in state.items()
                for described in found.described(channel, with_secrets=with_secrets)
            ]
        }

    def view(self, state: Channels) -> dict[str, Any]:
        return {"channels": {channel: self._view(found) for channel, found in state.items()}}

    def _view(self, found: OfChannel) -> dict[str, Any]:
        by_rank: dict[int, Condition] = {one.rank: one for one in found.both}
        shown: dict[str, Any] = {one.option: one.view(by_rank[one.rank]) for one in self._wanted}
        return shown if self._follow is None else {**shown, "follows_account": found.follows_account}


def _is_there(channel: ChannelRef) -> bool:
    """Whether the channel is known, or can be found: of one that can't, its own settings say so."""
    try:
        return bool(channel.id)
    except PolyvError:
        return False
