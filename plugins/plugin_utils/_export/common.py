# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all accounts have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .text import dumped


def in_common(accounts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The variables that each of the accounts has, with the same value."""
    first, others = accounts[0], accounts[1:]
    # As text, which tells a reference to a variable from a text of the same letters, and 1 from true.
    return {
        name: value
        for name, value in first.items()
        if all(name in other and dumped(other[name]) == dumped(value) for other in others)
    }
