# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that `verify_writes` had in release 1.0.0, a boolean then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from .connection import VERIFY_WRITES

OPTION = "verify_writes"


def as_choice(value: Any) -> Any:
    """A boolean, also as text, as the choice that means the same: true is `warn`, false is `off`. All else as it is."""
    if value is None or (isinstance(value, str) and value in VERIFY_WRITES):
        return value
    try:
        return "warn" if boolean(value, strict=True) else "off"
    except TypeError:
        return value


def with_choice(arguments: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """The arguments of a task with the choice in place of a boolean, and the deprecations that this is worth."""
    given = arguments.get(OPTION)
    choice = as_choice(given)
    if choice is given:
        return arguments, []
    msg = (
        f"{OPTION}: got {given!r}, which release 1.0.0 took. Write '{choice}' instead, in quotes, or '{VERIFY_WRITES[0]}' to "
        "have a task fail whose write never shows."
    )
    deprecation = {"msg": msg, "version": "3.0.0", "collection_name": "polyv.live"}
    return {**arguments, OPTION: choice}, [deprecation]
