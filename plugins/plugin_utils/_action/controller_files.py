# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the options that name files of the controller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def replaced(arguments: Any, paths: Iterable[tuple[str, ...]], locate: Callable[[str], str]) -> Any:
    """A copy of `arguments` with each file name at one of the `paths` replaced by what `locate` makes of it.

    A path is the names of options from the outside in; lists on the way are gone through. Whatever does not have the
    expected form is left for the validation to complain about.
    """
    for path in paths:
        arguments = _replaced(arguments, path, locate)
    return arguments


def _replaced(value: Any, path: tuple[str, ...], locate: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_replaced(item, path, locate) for item in value]
    if not path:
        return locate(value) if isinstance(value, str) and value.strip() else value
    if not isinstance(value, dict) or path[0] not in value:
        return value
    return {**value, path[0]: _replaced(value[path[0]], path[1:], locate)}
