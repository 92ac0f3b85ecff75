# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a message says that an option got: enough to find it, never the whole of something huge."""

from __future__ import annotations

from typing import Any

_MOST_SHOWN = 200


def got(value: Any) -> str:
    """`got 'x'`, or how long it is: a part of it could be half a secret, which no masking finds."""
    if isinstance(value, int) and value.bit_length() > 4 * _MOST_SHOWN:
        return "got a number of hundreds of digits"
    if isinstance(value, (dict, list, tuple)):
        return f"got {'a mapping' if isinstance(value, dict) else 'a list'} of {len(value)}"
    if isinstance(value, str) and len(value) > _MOST_SHOWN:
        return f"got {len(value)} characters"
    return f"got {value!r}"
