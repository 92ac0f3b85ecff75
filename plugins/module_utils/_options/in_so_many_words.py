# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that widen a task to a whole account: a template that slipped must never switch one on."""

from __future__ import annotations

from typing import Any

from .._errors import InputError
from .quoting import got


def in_so_many_words(option: str, value: Any, what: str = "it changes every channel of the account") -> bool:
    """Whether the value is true. Ansible's other words for it, such as 1 or "yes", may be a template that slipped."""
    if value is not None and str(value) not in ("True", "true", "False", "false"):
        raise InputError(option, f"{got(value)}, must be true or left out: {what}")
    return str(value).lower() == "true"


def needs_so_many_words(option: str, value: Any, what: str) -> None:
    """Raises InputError where the value is not true. `what` says what the setting is for."""
    if not in_so_many_words(option, value):
        raise InputError(option, f"got {'null' if value is None else 'false'}, must be true: {what}")
