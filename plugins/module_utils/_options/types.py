# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Python takes for a number: to it, true and false are integers."""

from __future__ import annotations

from typing import Any


def is_int(value: Any) -> bool:
    """Whether the value is an integer, and no boolean."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Whether the value is an integer or a float, and no boolean."""
    return is_int(value) or isinstance(value, float)
