# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel as the inventory and its cache know it: plain text, without its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...module_utils._api import answers
from ...module_utils._api.channels import LIST, Listed
from ...module_utils._errors import InputError
from ...module_utils._options import checks

# By the name of a field, None where the listing does not show it.
Channel = Mapping[str, "str | None"]

FIELDS = ("channel_id", "name", "category_id", "scene", "watch_status", "watch_url")
# JSON can write one half of a pair, and nothing can print it.
_HALF = re.compile("[\ud800-\udfff]")


def plain(listed: Listed) -> Channel:
    """A listed channel without its password. Raises CallError for an id that can be part of no host's name."""
    try:
        channel_id = checks.channel_id("channelId", listed.channel_id)
    except InputError:
        raise answers.unexpected(LIST, "a list of channels with a channelId of digits each") from None
    texts = {name: getattr(listed, name) for name in FIELDS[1:]}
    return {
        "channel_id": channel_id,
        **{name: text and _HALF.sub("\ufffd", text) for name, text in texts.items()},
    }


def from_cache(value: Any) -> list[Channel] | None:
    """The channels that a cache holds, None where it holds anything else."""
    if not isinstance(value, list) or not all(map(_is_channel, value)):
        return None
    return value


def _is_channel(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(FIELDS)
        and all(text is None or isinstance(text, str) for text in value.values())
        and bool(re.fullmatch("[1-9][0-9]{0,19}", value["channel_id"] or "", re.ASCII))
    )
