# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watch conditions as the role takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...module_utils._settings.watch_condition.condition import RANKS
from ...module_utils._settings.watch_condition.fields import FIELDS, TYPES
from .exported import Note, Secret

_BY_RANK = {number: option for option, number in RANKS.items()}


def options(items: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], list[Note]]:
    """The option of both conditions, as `polyv_account_info` shows them, and what is not in it."""
    items = list(items)
    if any(item["follows_account"] for item in items):
        return {"follow_account": True}, []
    found: dict[str, Any] = {}
    notes: list[Note] = []
    for item in items:
        rank = _BY_RANK[item["rank"]]
        if not item["enabled"]:
            found[rank] = {"enabled": False}
        elif item["type"] not in TYPES:
            text = f"{rank} watch condition: its type {item['type']} is none that can be set."
            notes.append(Note(text, "watch conditions of a type that can't be set"))
        else:
            found[rank] = {"type": item["type"], **_values(item)}
            notes += [
                Note(f"{one.option}: it was read without return_secrets.", "secrets that were not read")
                for one in TYPES[item["type"]]
                if one.secret and one.option not in item
            ]
    return found, notes


def is_custom(option: Mapping[str, Any]) -> bool:
    """Whether one of the conditions is custom authorization, whose URL is then a field of it."""
    return any(option.get(rank, {}).get("type") == "custom" for rank in RANKS)


def _values(item: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: item[name] for name in FIELDS if item.get(name) is not None}
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if FIELDS[name].secret:
        return Secret(value)
    if FIELDS[name].kind == "info":
        # What is unset of a field of a form can't be given as null or as an empty list.
        return [{key: part for key, part in entry.items() if part not in (None, [], ())} for entry in value]
    return value
