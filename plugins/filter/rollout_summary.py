# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter `rollout_summary`: what became of every account, for machines, and in a few lines for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils._rollout_summary import rollout_summary


class FilterModule:
    """Ansible's way to find the filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by name."""
        return {"rollout_summary": rollout_summary}
