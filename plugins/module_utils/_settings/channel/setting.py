# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Channels: made, described, deleted. Told by their id, or by being the only one of their name. Source: docs/api.md §7.5."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..._api.channels import ChannelRef
from ..._engine.converge import read_until
from ..._engine.definition import Context, Definition, one_setting
from ..._engine.setting import Setting
from ..._errors import CallError, InputError, Kind, PolyvError
from ..._options import checks
from . import fields
from .comparison import Comparison
from .lookup import Channel, Lookup
from .making import Making
from .options import AS_GIVEN, OPTIONS
from .shown import described

_NOT_BY_NAME = "do not run this again by name: it could make a second one. Give channel_id."
_WHILE_IT_LASTS = f"As long as that lasts, {_NOT_BY_NAME}"
_UNTIL_LISTED = f"Until the list of channels shows it, {_NOT_BY_NAME}"


class ChannelSetting(Setting[Channel | None]):
    """The state is the channel, or None where there is none.

    `channel` is the channel of the options, where others have to know what becomes of it.
    """

    def __init__(self, context: Context, channel: ChannelRef | None = None) -> None:
        options = context.options
        self._context = context
        self._absent = options["state"] == "absent"
        self._given = fields.given(options)
        self._new = fields.given_for_new(options)
        self._channel = channel or self._channel_of_options()
        self._compared = Comparison(self._given, by_name=self._channel.known_id is None)
        lists = fields.PASSWORD in self._given or bool(options["return_secrets"])
        self._lookup = Lookup(context, self._channel, lists)
        self._found: Channel | None = None
        self._making: Making | None = None  # where the channel was made
        self._shows_in_list = False  # whether the list has to show what was written

    def _channel_of_options(self) -> ChannelRef:
        given, name, category = self._context.options["channel_id"], self._given.get("name"), None
        channel_id = None if given is None else checks.channel_id("channel_id", given)
        if channel_id is None and name is None:
            raise InputError("name", "must be given, or channel_id")
        if self._absent and channel_id is not None and name is not None:
            raise InputError(
                "name", "must be left out with channel_id and state=absent: one of them says what goes"
            )
        if channel_id is None and "category_id" in self._given:
            category = str(self._given["category_id"])
        return ChannelRef(self._context.channels, channel_id, name, category, option="name")

    def read(self) -> Channel | None:
        try:
            found = self._lookup.read(anew=self._shows_in_list)
        except PolyvError as error:
            # To a channel that was made this is lag, up to 15 s.
            if error.failure.kind is Kind.UNKNOWN_CHANNEL and (self._absent or self._making):
                return None
            if self._making:
                raise self._half_done(error, "reading it failed") from None
            raise
        self._found = found or self._found
        return found

    def desired(self, current: Channel | None) -> Channel | None:
        if self._absent:
            return None
        if current is None:
            self._check_complete()
            self._channel.to_be_made = True
            return Channel(None, self._given, self._context.options["scene"])
        changes, unread = self._compared.differing(current), self._compared.unread(current)
        if changes or (unread and self._context.options["force"]):
            return replace(current, values={**current.values, **changes, **unread})
        return current

    def confirm_account(self) -> None:
        if self._absent or self._channel.known_id is None:
            self._context.identity.confirm()

    def write(self, current: Channel | None, desired: Channel | None) -> Channel | None:
        if desired is None:
            self._delete()
            return None
        if current is None:
            return self._make(desired)
        changes = {
            option: value
            for option, value in desired.values.items()
            if option not in current.values or current.values[option] != value
        }
        self._update(changes)
        self._shows_in_list = fields.PASSWORD in changes
        return desired

    def reflects(self, read: Channel | None, written: Channel | None) -> bool:
        if read is None or written is None:
            return read is written
        return read.listed and not self._elsewhere(read) and not self._compared.differing(read)

    def merged(self, read: Channel | None, written: Channel | None) -> Channel | None:
        if read is None or written is None:
            return read or written
        if self._making and self.reflects(read, written):
            self._making.shown()
        # The answer to the creation told the password, which the list may not show.
        password = {option: value for option, value in written.values.items() if option == fields.PASSWORD}
        return replace(read, values={**password, **read.values})

    def not_applied(self, read: Channel | None, written: Channel | None) -> str:
        channel = f"channel {self._channel.known_id}"
        if written is None:
            return f"The API accepted the deletion of {channel}, but still shows it."
        if read is None or not read.listed:
            where = "no read shows it" if read is None else "the list of channels does not show it"
            if not self._making:
                return f"The API changed {channel}, but {where}."
            return f"The API made {channel} named {self._channel.name!r}, but {where}. {_WHILE_IT_LASTS}"
        elsewhere = self._elsewhere(read)
        if elsewhere:
            shown = f"the list of channels shows it {elsewhere}"
            return f"The API made {channel} named {self._channel.name!r}, but {shown}. {_WHILE_IT_LASTS}"
        late = self._compared.differing(read)
        sent, still = self._compared.shown(written, late), self._compared.shown(read, late)
        what = f"The API accepted {sent} of {channel}, but still shows {still}. It may need more time."
        return f"{what} {_WHILE_IT_LASTS}" if self._making and "name" in late else what

    def notes(self, before: Channel | None, after: Channel | None, written: bool) -> Iterable[str]:
        if before is None or after is None:
            return
        scene = self._context.options["scene"]
        if scene and before.scene and scene != before.scene:
            yield (
                f"Channel {before.channel_id} has the scene {before.scene}; the API has no call to change it to {scene}."
            )
        unread = self._compared.unread(before)
        if unread and not written and before == after:
            yield (
                f"No read shows {', '.join(unread)} of channel {before.channel_id}, so it was neither compared nor sent. It goes "
                "along with another change, or with force: true."
            )

    def result(self, state: Channel | None) -> dict[str, Any]:
        shown = state or self._found
        values = shown.values if shown else {}
        found = described(
            self._channel.known_id,
            shown.scene if shown else None,
            {"name": self._given.get("name"), **values},
            with_secrets=bool(self._context.options["return_secrets"]),
        )
        return {"channel": found}

    def view(self, state: Channel | None) -> dict[str, Any]:
        if state is None:
            return {}
        return {
            "channel_id": state.channel_id,
            **self._compared.shown(state, ["name", *fields.SHOWN, *self._given]),
        }

    def _elsewhere(self, channel: Channel) -> str:
        """Where the list shows a channel that was made, if not where the next run looks for it; in words."""
        return channel.elsewhere(self._channel.name, self._channel.category_id) if self._making else ""

    def _check_complete(self) -> None:
        if self._context.options["state"] is None:
            raise self._context.channels.none_of(self._channel.option, self._channel.name or "")
        missing = [option for option in ("scene", "template") if self._context.options[option] is None]
        if missing:
            raise InputError(
                missing[0],
                f"must be given{', and template,' if len(missing) > 1 else ''} to make a channel named {self._channel.name!r}, "
                "which the account does not have",
            )

    def _make(self, desired: Channel) -> Channel:
        at_once = fields.of_creation(self._given)
        body = {
            **fields.sent(at_once),
            "newScene": self._context.options["scene"],
            "template": self._context.options["template"],
            **self._new,
        }
        making = Making(self._context, self._channel)
        made = making.make(body)
        self._channel.found(made.channel_id)
        self._making, self._shows_in_list = making, True
        more = {option: value for option, value in self._given.items() if option not in at_once}
        if more:
            self._describe(more)
        elif self._context.verify == "off":
            read_until(self.read, lambda channel: channel is not None)  # for what follows
        password = {} if made.password is None else {fields.PASSWORD: made.password}
        return replace(desired, channel_id=made.channel_id, values={**password, **desired.values})

    def _describe(self, values: dict[str, Any]) -> None:
        """What a creation does not take, for a channel that was just made: not to be found is lag, up to 15 s."""
        without = f"without {', '.join(values)}"

        def update() -> CallError | None:
            try:
                self._update(values)
            except CallError as error:
                if error.failure.kind is Kind.UNKNOWN_CHANNEL:
                    return error
                raise self._half_done(error, without) from None
            return None

        late = read_until(update, lambda error: error is None)
        if late:
            raise self._half_done(late, without)

    def _half_done(self, error: PolyvError, what: str) -> PolyvError:
        """The error of a call after the creation. It names the channel, which a run by name might not find."""
        made = f"Channel {self._channel.known_id} named {self._channel.name!r} was made, but {what}."
        return error.with_msg(f"{made} {error.msg} {_UNTIL_LISTED}")

    def _update(self, values: dict[str, Any]) -> None:
        parameters = {"channelId": self._channel.known_id}
        self._context.client.call(fields.UPDATE, parameters, json={"basicSetting": fields.sent(values)})

    def _delete(self) -> None:
        path = {"channelId": self._channel.known_id or ""}
        try:
            self._context.client.call(fields.DELETE, {"userId": self._context.identity.confirm()}, path=path)
        except CallError as error:
            # Of an answer that was lost, the second one says that it is gone.
            if error.failure.kind is not Kind.UNKNOWN_CHANNEL:
                raise


CHANNEL = Definition(options=OPTIONS, prepare=one_setting(ChannelSetting), as_given=AS_GIVEN)
