# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An item of the result `settings` of polyv_account, for people: as its task labels it in messages and diffs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def setting_label(setting: Mapping[str, Any]) -> str:
    """The setting, and its channel by the name under which it was given, or by its id."""
    name = setting.get("channel")
    channel = setting.get("channel_id") if name is None else repr(name)
    if channel is None:
        return str(setting["setting"])
    if setting["setting"] == "channel":
        return f"channel {channel}"
    return f"{setting['setting']} of channel {channel}"
