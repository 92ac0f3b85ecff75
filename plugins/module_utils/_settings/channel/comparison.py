# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wanted of a channel beside what a read tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import fields
from .lookup import Channel


class Comparison:
    """Compares channels with the fields that are `given`. `by_name` says that a name tells which channel is meant."""

    def __init__(self, given: fields.Values, by_name: bool) -> None:
        self._given = given
        # Beside a name, the category says which channel is meant; it moves none.
        self._wanted = {
            option: value for option, value in given.items() if option != "category_id" or not by_name
        }

    def differing(self, channel: Channel) -> dict[str, Any]:
        """What is wanted, and reads as something else."""
        shown = channel.values
        return {
            option: value
            for option, value in self._wanted.items()
            if option in shown and shown[option] != value
        }

    def unread(self, channel: Channel) -> dict[str, Any]:
        """What is wanted, and does not read."""
        return {option: value for option, value in self._wanted.items() if option not in channel.values}

    def shown(self, channel: Channel, options: Iterable[str]) -> dict[str, Any]:
        """Some values of a channel, in which no secret is shown: a password only by whether it is the one given."""
        shown = {option: channel.values[option] for option in options if option in channel.values}
        if shown.get(fields.PASSWORD) is not None:
            same = shown[fields.PASSWORD] == self._given.get(fields.PASSWORD)
            shown[fields.PASSWORD] = "(as given)" if same else "(another one)"
        return shown
