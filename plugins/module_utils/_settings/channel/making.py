# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel made at most once, whatever becomes of the answer. Source: docs/api.md §7.5: a creation is not idempotent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._api import answers
from ..._api.channels import ChannelRef, Listed
from ..._engine.before import Before
from ..._engine.creation import Creation, Words
from ..._engine.definition import Context
from ..._engine.setting import ReadAgain
from ..._errors import CallError, NotAppliedError
from . import fields
from .lookup import instead_of


@dataclass(frozen=True)
class Made:
    """A channel that was made, and the password that it has, as far as it is known."""

    channel_id: str
    password: str | None = field(repr=False)


class Making:
    """The creation of a channel that is told by its name, within a category where one is given.

    Whether the creation puts the channel there is open (docs/api.md §7.5). So what was made is looked for by its name alone.
    """

    def __init__(self, context: Context, channel: ChannelRef) -> None:
        self._context = context
        self._channel = channel
        self._name = name = channel.name or ""
        words = Words(
            channel.option,
            f"making a channel named {name!r}",
            "a new channel of that name",
            f"a channel named {name!r} may or may not have been made",
        )
        self._creation = Creation(context.client, f"channel\n{name}", words)
        self._before = Before(context.client, f"channel\n{name}\n{channel.category_id or ''}")

    def make(self, body: Mapping[str, Any]) -> Made:
        """Makes the channel.

        Raises ReadAgain where somebody else has made it, NotAppliedError where an earlier task of this machine may have made it in
        another category, OutcomeUnknownError where nobody knows.
        """
        client = self._context.client
        with self._creation.exclusive():
            if self._creation.certain(self._where_it_belongs):
                raise ReadAgain
            elsewhere = self._context.channels.named(self._name)
            self._refuse_second(elsewhere)
            known = set(self._context.channels.all())
            self._before.note(one.channel_id for one in elsewhere)
            try:
                made, lost = self._creation.create(
                    lambda sending: client.call(fields.CREATE, json=body, sending=sending),
                    _made,
                    lambda: self._only_new(known),
                )
            except CallError:
                self._before.forget()
                raise
        if lost:
            self._context.warn(
                f"The answer to the creation of a channel named {self._name!r} was lost; channel {made.channel_id} was found by "
                "reading."
            )
        return made

    def shown(self) -> None:
        """To be called when the list shows the channel under its name and in its category."""
        self._before.forget()

    def _where_it_belongs(self) -> list[Listed] | None:
        self._context.channels.forget()
        return self._context.channels.named(self._name, self._channel.category_id) or None

    def _refuse_second(self, elsewhere: list[Listed]) -> None:
        """Raises NotAppliedError where a channel of the name has come since the last attempt to make this one."""
        since = self._before.since(one.channel_id for one in elsewhere)
        found = [
            f"channel {one.channel_id}, named {self._name!r}, {instead_of(one, self._name, self._channel.category_id)}"
            for one in elsewhere
            if one.channel_id in since
        ]
        if found:
            raise NotAppliedError(
                f"Since a task of this machine last made a channel like this one, the list of channels shows {'; '.join(found)}. So "
                f"none was made. Give its channel_id, which together with category_id moves it."
            )

    def _only_new(self, known: set[str]) -> Made | None:
        self._context.channels.forget()
        category = self._channel.category_id
        new = [one for one in self._context.channels.named(self._name) if one.channel_id not in known]
        new = [one for one in new if category in (None, one.category_id)] or new
        if len(new) > 1:
            raise self._context.channels.several_of(self._channel.option, self._name, new)
        return Made(new[0].channel_id, new[0].password or None) if new else None


def _made(answer: Any) -> Made:
    data = answers.mapping(fields.CREATE, answer, "a new channel")
    channel_id = answers.text(fields.CREATE, data.get("channelId"))
    if channel_id is None:
        raise answers.unexpected(fields.CREATE, "a new channel with a channelId")
    return Made(channel_id, answers.text(fields.CREATE, data.get("channelPasswd")))
