# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter `without_channels`: a host pattern without the hosts that are channels, for plays about accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from ..plugin_utils._accounts.inventory_names import CHANNELS_GROUP


def without_channels(pattern: Any, groups: Collection[str]) -> list[str]:
    """The parts of a pattern, text or a list at any depth, and where there are channels one more that leaves them out.

    Only where there are: Ansible warns of a pattern that matches nothing, or fails.
    """
    excluded = [f"!{CHANNELS_GROUP}"] if CHANNELS_GROUP in groups else []
    return [*_flat(pattern), *excluded]


def _flat(pattern: Any) -> list[str]:
    if isinstance(pattern, (list, tuple)):
        return [part for each in pattern for part in _flat(each)]
    return [str(pattern)]


class FilterModule:
    """Ansible's way to find the filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by name."""
        return {"without_channels": without_channels}
