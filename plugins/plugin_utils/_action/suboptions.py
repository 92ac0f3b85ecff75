# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options with options of their own, given as text: AWX and the command line hand over mappings and lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.validation import check_type_dict

from .._untagged import untagged


def structured(arguments: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with text read where the argument spec `options` wants mappings, or lists of them.

    What can't be read stays as it is, for the check of the arguments to refuse.
    """
    read = dict(arguments)
    for name, spec in options.items():
        for given in (name, *spec.get("aliases", ())):
            if "options" in spec and read.get(given) is not None:
                read[given] = _read(read[given], spec)
    return read


def _read(value: Any, spec: Mapping[str, Any]) -> Any:
    if spec["type"] == "dict":
        return _mapping(value, spec["options"])
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return value
    if not isinstance(value, (list, tuple)):
        return value
    return [_mapping(item, spec["options"]) for item in value]


def _mapping(value: Any, options: Mapping[str, Any]) -> Any:
    read = value if isinstance(value, Mapping) else untagged(value)
    if isinstance(read, str):
        try:
            read = check_type_dict(read.strip())
        except (TypeError, ValueError, SyntaxError, RecursionError):
            return value
    return structured(read, options) if isinstance(read, Mapping) else value
