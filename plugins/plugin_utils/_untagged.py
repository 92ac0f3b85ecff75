# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments as an ordinary module would get them: plain JSON types, without the tags of ansible-core 2.19 and newer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def untagged(value: Any) -> Any:
    """A deep copy of `value` from plain types; vaulted text is decrypted."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value + 0
    if isinstance(value, str):
        # Not `value + ""`: unsafe text of ansible-core 2.16 would stay what it is.
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {untagged(key): untagged(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [untagged(item) for item in value]
    # What is left is text in disguise, such as a vaulted value of ansible-core 2.16, which is a Sequence of its letters.
    return str.__str__(str(value))
