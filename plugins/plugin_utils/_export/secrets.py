# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of an export: each becomes a variable of a vault file, or a commented line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from .exported import Channel, Exported, Note, Secret
from .text import Reference

_PREFIX = "vault_polyv"
_SLUG = re.compile(r"[^a-z0-9]+")
LACKS_PASSWORD = "secrets, which need a vault password"


def into_variables(account: Exported) -> dict[str, str]:
    """Puts references to variables in the place of the secrets; the variables.

    Named by channel and field, so that accounts with the same channels have the same names.
    """
    variables: dict[str, str] = {}

    def refer(names: Iterable[str], secret: Secret) -> Reference:
        name = "_".join((_PREFIX, *names))
        variables[name] = str.__str__(secret)
        return Reference(name)

    account.settings = {name: _replaced(value, (name,), refer) for name, value in account.settings.items()}
    for channel, key in _keys(account.channels):
        channel.options = _replaced(channel.options, (key,), refer)
    return variables


def into_comments(account: Exported) -> None:
    """Takes the secrets out, with a note on each."""
    for name, setting in account.settings.items():
        account.notes += _taken_out(setting, (name,))
    for channel in account.channels:
        channel.notes += _taken_out(channel.options, ())


def _replaced(value: Any, names: tuple[str, ...], refer: Any) -> Any:
    if isinstance(value, Secret):
        return refer((name for name in names if name != "watch_condition"), value)
    if isinstance(value, dict):
        return {name: _replaced(item, (*names, name), refer) for name, item in value.items()}
    return value


def _taken_out(options: dict[str, Any], names: tuple[str, ...]) -> list[Note]:
    notes: list[Note] = []
    for name, value in list(options.items()):
        if isinstance(value, Secret):
            del options[name]
            told = ".".join((*names, name))
            notes.append(
                Note(f"{told}: a secret, left out because there is no vault password.", LACKS_PASSWORD)
            )
        elif isinstance(value, dict):
            notes += _taken_out(value, (*names, name))
    return notes


def _keys(channels: Iterable[Channel]) -> list[tuple[Channel, str]]:
    """The channels with a word for each, of its name where that has letters of ASCII, and no other has the same."""
    channels = list(channels)
    words = [_word(channel) for channel in channels]
    return [
        (channel, word if words.count(word) == 1 else f"{word}_{channel.channel_id}")
        for channel, word in zip(channels, words, strict=True)
    ]


def _word(channel: Channel) -> str:
    name = channel.options.get("channel")
    if name is None:
        return str(channel.channel_id)
    slug = _SLUG.sub("_", name.lower()).strip("_")
    # Of a name without letters of ASCII nothing would be left, of another one too little.
    return slug if name.isascii() and slug else hashlib.sha256(name.encode()).hexdigest()[:8]
