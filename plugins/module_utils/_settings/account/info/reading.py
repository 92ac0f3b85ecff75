# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the subsets of one account, as far as they can be read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ...._engine.definition import Context
from ...._engine.each_channel import REFUSED_ALIKE, alike
from ...._engine.pool import Pool
from ...._errors import Kind, PolyvError
from ...channel.shown import from_lists
from . import subsets
from .refusals import Refusals, of_one_read
from .source import Source
from .subsets import Entries

_NO_DETAILS = (
    "What only the detailed list shows of channels, such as publisher and start_time, is null in `channels`."
)


class Reading:
    """The reads of a task. `refusals` are those that failed."""

    def __init__(self, context: Context) -> None:
        self.refusals = Refusals()
        self._source = Source(context)

    def gather(self, chosen: Sequence[str]) -> dict[str, Any]:
        """The subsets by name, None for one that can't be read. Raises PolyvError where all reads would end the same way."""
        return {name: self._read(name) for name in chosen}

    def _read(self, name: str) -> Any:
        try:
            if name in subsets.OF_THE_ACCOUNT:
                return subsets.OF_THE_ACCOUNT[name](self._source)
            if name == subsets.CHANNELS:
                return self._channels()
            if name in subsets.FROM_DETAILS:
                return self._from_details(name)
            return self._each_channel(name)
        except PolyvError as error:
            self.refusals.note(name, error)
            return None

    def _channels(self) -> Entries:
        listed = self._source.channels()
        details: Mapping[str, Mapping[str, Any]] = {}
        try:
            details = self._source.details()
        except PolyvError as error:
            self.refusals.note(subsets.CHANNELS, error.with_msg(f"{error.msg} {_NO_DETAILS}"))
        return [
            from_lists(one, details.get(channel, {}), with_secrets=self._source.with_secrets)
            for channel, one in listed.items()
        ]

    def _from_details(self, name: str) -> Entries:
        read = subsets.FROM_DETAILS[name]
        found: Entries = []
        for channel, entry in self._source.details().items():
            try:
                found += read(self._source, channel, entry)
            except PolyvError as error:
                self.refusals.note(name, error, channel)
        return found

    def _each_channel(self, name: str) -> Entries:
        read = subsets.EACH_CHANNEL[name]
        reads = _Reads(lambda channel: read(self._source, channel), list(self._source.channels()))
        reads.run()
        for channel, error in reads.refused():
            self.refusals.note(name, error, channel)
        return reads.entries()


class _Reads:
    """One read for each channel, several at the same time."""

    def __init__(self, read: Callable[[str], Entries], channels: Sequence[str]) -> None:
        self._read = read
        self._channels = channels
        self._found: dict[str, Entries] = {}
        self._refused: dict[str, PolyvError] = {}
        self._stopped = threading.Event()

    def run(self) -> None:
        """Raises PolyvError: what would stop every read, and what the first channels are all refused by."""
        first, others = self._channels[:REFUSED_ALIKE], self._channels[REFUSED_ALIKE:]
        with Pool(len(self._channels)) as pool:
            pool.run([self._job(channel) for channel in first])
            if others and self._refused_alike(first):
                # It is not the channel that is refused, and others need not be asked for.
                raise self._refused[first[0]]
            pool.run([self._job(channel) for channel in others])

    def entries(self) -> Entries:
        """What was read, in the order of the channels."""
        return [entry for channel in self._channels for entry in self._found.get(channel, ())]

    def refused(self) -> Iterable[tuple[str, PolyvError]]:
        """The channels that were refused, in their order."""
        return [(channel, self._refused[channel]) for channel in self._channels if channel in self._refused]

    def _job(self, channel: str) -> Callable[[], None]:
        def job() -> None:
            if self._stopped.is_set():
                return
            try:
                self._found[channel] = self._read(channel)
            except PolyvError as error:
                if not of_one_read(error):
                    self._stopped.set()
                    raise
                self._refused[channel] = error

        return job

    def _refused_alike(self, channels: Sequence[str]) -> bool:
        errors = [self._refused[channel] for channel in channels if channel in self._refused]
        gone = any(error.failure.kind is Kind.UNKNOWN_CHANNEL for error in errors)
        return len(errors) == len(channels) and alike(errors) and not gone
