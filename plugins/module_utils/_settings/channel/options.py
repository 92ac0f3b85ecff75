# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..._options import checks
from . import fields

OPTIONS: dict[str, dict[str, Any]] = {
    "channel_id": {"type": "str"},
    "name": {"type": "str"},
    "category_id": {"type": "int"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "scene": {"type": "str", "choices": fields.SCENES},
    "template": {"type": "str", "choices": fields.TEMPLATES},
    "channel_passwd": {"type": "str", "no_log": True},
    "seminar_host_password": {"type": "str", "no_log": True},
    "seminar_attendee_password": {"type": "str", "no_log": True},
    "pure_rtc_enabled": {"type": "bool"},
    "type": {"type": "str", "choices": fields.TYPES},
    "publisher": {"type": "str"},
    "start_time": {"type": "int"},
    "end_time": {"type": "int"},
    "desc": {"type": "str"},
    "max_viewer": {"type": "int"},
    "max_viewer_restrict": {"type": "bool"},
    "link_mic_limit": {"type": "int"},
    "force": {"type": "bool", "default": False},
    "return_secrets": {"type": "bool", "default": False},
}

# A number that YAML has changed, such as 012345, would be another password, or the name of another channel.
AS_GIVEN: dict[tuple[str, ...], Callable[[str, Any], None]] = {
    (option,): checks.text_as_given
    for option in ("name", "channel_passwd", "seminar_host_password", "seminar_attendee_password")
}
