# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A JSON body: data that means the same however the task runs. Source: docs/api.md §6."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from ..._errors import InputError
from .parameters import check_name, is_own

MOST_LEVELS = 50
_NO_JSON = {date: "a date", time: "a time", bytes: "binary data", set: "a set"}


def as_given(option: str, value: Any) -> None:
    """Refuses what the two ways of running a task would send differently: dates, sets, keys that are no text."""
    _walk(option, value, 0)


def check(value: Any) -> Any:
    """The body as it is. Raises InputError."""
    if value is None:
        return None
    if isinstance(value, str):
        raise InputError("json", "got a text, must be a mapping or a list; leave to_json out")
    if not isinstance(value, (dict, list)):
        raise InputError("json", "got a number or a boolean, must be a mapping or a list")
    for name in value if isinstance(value, dict) else ():
        if is_own(name):
            check_name("json", name)
    _walk("json", value, 0)
    return value


def _walk(label: str, value: Any, level: int) -> None:
    if level > MOST_LEVELS:
        raise InputError(label.split(".")[0].split("[")[0], f"must have at most {MOST_LEVELS} levels")
    if isinstance(value, Mapping):
        for name, item in value.items():
            if not isinstance(name, str):
                raise InputError(label, f"has the key {name!r}, must be a text; put it in quotes")
            _walk(f"{label}.{name}" if len(name) < 100 else label, item, level + 1)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _walk(f"{label}[{index}]", item, level + 1)
    else:
        _check_scalar(label, value)


def _check_scalar(label: str, value: Any) -> None:
    for kind, words in _NO_JSON.items():
        if isinstance(value, kind):
            raise InputError(label, f"got {words}, must be a text; put it in quotes")
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(label, f"got {value}, must be a finite number")
    if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(label, "has half of a pair of characters, must be a text")
