# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The channels of an account by name, and the channel that a task is about. Source: docs/api.md §5, §7.5."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._errors import Failure, InputError, Kind, PolyvError
from .._options import checks
from . import answers, paging
from .client import Client
from .endpoint import Access, Endpoint
from .identity import Identity

LIST = Endpoint("management-list", "GET", "/live/v3/channel/management/list", Access.READ)

_NAMED = 10  # ids that a message lists


@dataclass(frozen=True)
class Listed:
    """A channel as the listing shows it, None for what it does not show. The password is empty where it shows that there is none."""

    channel_id: str
    name: str | None
    category_id: str | None = None
    scene: str | None = None
    password: str | None = field(default=None, repr=False)
    watch_status: str | None = None
    watch_url: str | None = None


class ChannelDirectory:
    """The channels of one account: listed once a task, one request for each 1000. Safe to use from several threads.

    With `filters` they are those that the API lists for these parameters: `categoryId`, `watchStatus` (docs/api.md §5).
    """

    def __init__(self, client: Client, identity: Identity, filters: Mapping[str, str] | None = None) -> None:
        self._client = client
        self._identity = identity
        self._filters = filters
        self._listed: dict[str, Listed] | None = None
        self._failed: PolyvError | None = None
        self._lock = threading.Lock()

    def all(self) -> Mapping[str, Listed]:
        """Every channel by its id. A listing that failed is not tried again for each channel."""
        with self._lock:
            if self._failed is not None:
                raise self._failed
            if self._listed is None:
                try:
                    self._listed = paging.read_all(self._client, LIST, _listed, self._filters)
                except PolyvError as error:
                    self._failed = error
                    raise
            return self._listed

    def forget(self) -> None:
        """The next question lists the channels anew."""
        with self._lock:
            self._listed = self._failed = None

    def named(self, name: str, category_id: str | None = None) -> list[Listed]:
        """The channels of a name, within a category where one is given.

        Raises PolyvError where the listing does not show the category of such a channel.
        """
        found = [channel for channel in self.all().values() if channel.name == name]
        unclear = [channel.channel_id for channel in found if channel.category_id is None]
        if category_id is not None and unclear:
            raise PolyvError(
                f"category_id: got {category_id}, and the API does not show the category of {some_of(unclear)}, named {name!r}. "
                "Give channel_id instead.",
                Failure(Kind.AMBIGUOUS_CHANNEL, endpoint=LIST.name),
            )
        return [channel for channel in found if category_id in (None, channel.category_id)]

    def only(self, option: str, name: str, category_id: str | None = None) -> str:
        """The id of the only channel of a name. Raises PolyvError where there is none, or more than one."""
        found = self.named(name, category_id)
        if len(found) == 1:
            return found[0].channel_id
        raise self.none_of(option, name) if not found else self.several_of(option, name, found)

    def none_of(self, option: str, name: str) -> PolyvError:
        """The error for a name that no channel has."""
        return PolyvError(
            f"{option}: got {name!r}, and the account {self._identity.user_id} has no channel of that name.",
            Failure(Kind.UNKNOWN_CHANNEL, endpoint=LIST.name),
        )

    def several_of(self, option: str, name: str, found: Sequence[Listed]) -> PolyvError:
        """The error for a name that several channels have."""
        return PolyvError(
            f"{option}: got {name!r}, and the account {self._identity.user_id} has {len(found)} channels of that name: "
            f"{some_of([channel.channel_id for channel in found])}. Give channel_id instead.",
            Failure(Kind.AMBIGUOUS_CHANNEL, endpoint=LIST.name),
        )


class ChannelRef:
    """The channel that a task is about, by its id or by its name. A name is looked up when the id is first needed.

    `option` is what gave the name, which counts within a category where one is given. `to_be_made` says that there is no such
    channel yet, and that there will be.
    """

    def __init__(
        self,
        directory: ChannelDirectory,
        channel_id: str | None = None,
        name: str | None = None,
        category_id: str | None = None,
        option: str = "channel",
    ) -> None:
        self._directory = directory
        self.known_id = channel_id
        self.name = name
        self.category_id = category_id
        self.option = option
        self.to_be_made = False
        self._lost: PolyvError | None = None

    @property
    def id(self) -> str:
        """The id. Raises PolyvError where the name is not that of exactly one channel."""
        if self.known_id is None:
            if self._lost is not None:
                raise self._lost
            self.known_id = self._directory.only(self.option, self.name or "", self.category_id)
        return self.known_id

    def found(self, channel_id: str) -> None:
        """Takes note of the id of the channel, which was found or made."""
        self.known_id = channel_id
        self.to_be_made = False

    def lose(self, error: PolyvError) -> None:
        """Takes note that the channel was neither found nor made: who asks for its id from now on gets an error."""
        if self.known_id is None:
            self._lost = PolyvError(
                f"The channel {self} was neither found nor made: {error.failure.kind.value}.", error.failure
            )

    def __str__(self) -> str:
        return repr(self.name) if self.known_id is None or self.name else self.known_id


def channel_ref(directory: ChannelDirectory, options: Mapping[str, Any]) -> ChannelRef | None:
    """The channel that the options `channel_id` or `channel` name; None where neither is given. Raises InputError.

    `channel` may be a ChannelRef already, of settings that share one.
    """
    channel_id, name = options.get("channel_id"), options.get("channel")
    if isinstance(name, ChannelRef):
        return name
    if channel_id is not None and name is not None:
        raise InputError("channel", "got a name together with channel_id, must be only one of the two")
    if channel_id is not None:
        return ChannelRef(directory, checks.channel_id("channel_id", channel_id))
    return None if name is None else ChannelRef(directory, name=checks.name("channel", name))


def needed_channel(directory: ChannelDirectory, options: Mapping[str, Any]) -> ChannelRef:
    """The same where a channel must be given."""
    found = channel_ref(directory, options)
    if found is None:
        raise InputError("channel_id", "must be given, or channel, the name of a channel")
    return found


def some_of(channels: Sequence[str]) -> str:
    """The channels for a message that must not get too long."""
    more = len(channels) - _NAMED
    return ", ".join(channels[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _listed(entry: Any) -> tuple[str, Listed]:
    described = answers.mapping(LIST, entry, "a list of channels")
    channel_id = answers.text(LIST, described.get("channelId"))
    if channel_id is None:
        raise answers.unexpected(LIST, "a list of channels with a channelId each")
    keys = ("name", "categoryId", "scene", "channelPasswd", "watchStatus", "watchUrl")
    name, category, scene, password, status, url = (answers.text(LIST, described.get(key)) for key in keys)
    if password is None and "channelPasswd" in described:
        password = ""
    return channel_id, Listed(channel_id, name, category, scene, password, status, url)
