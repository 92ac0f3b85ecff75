# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that select settings of an account by the tags of a run, for a task that has all settings in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils._action.selection import by_tags, channels_with


class FilterModule:
    """Ansible's way to find the filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by name."""
        return {"by_tags": by_tags, "channels_with": channels_with}
