# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the watch conditions of several channels at once, instead of one request for each."""

from __future__ import annotations

import threading

from ..._api.client import Client
from ..._errors import CallError, Kind
from . import conditions
from .conditions import WatchCondition


class BulkRead:
    """The first read of each channel comes from one listing of the account; reads after a write ask for the channel.

    `channels` is how many will be read.
    """

    def __init__(self, client: Client, channels: int) -> None:
        self._client = client
        # One channel alone is cheaper to ask for than a listing of all.
        self._lists = channels > 1
        self._asked: set[str] = set()
        self._listing: dict[str, WatchCondition] | None = None
        self._lock = threading.Lock()

    def read(self, channel: str) -> dict[str, WatchCondition]:
        """The watch condition of a channel, by its id."""
        with self._lock:
            listed = self._listed(channel) if self._lists and channel not in self._asked else None
            self._asked.add(channel)
        return {channel: listed or conditions.read_channel(self._client, channel)}

    def _listed(self, channel: str) -> WatchCondition | None:
        if self._listing is None:
            try:
                self._listing = conditions.read_all_channels(self._client)
            except CallError as error:
                if error.failure.kind is not Kind.UNEXPECTED_DATA:
                    raise
                self._listing = {}  # each channel can be asked for by itself
        return self._listing.get(channel)
