# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listings of channels in Ansible's cache of inventories, one key for each account, and no secret in any of them."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import MutableMapping, Sequence
from typing import Any

from .._untagged import untagged
from .listed_channels import Channel, from_cache


class CachedListings:
    """What a cache holds for one inventory file.

    `cache` is None where nothing is cached; with `reads` false it is only filled. `prefix` and `parts` tell this inventory
    and what it asks for from others. `lifetime` is in seconds, 0 for ever: a cache that writes all of its keys together would
    make an old one young again.
    """

    def __init__(
        self,
        cache: MutableMapping[str, Any] | None,
        reads: bool,
        prefix: str,
        parts: Sequence[Any],
        lifetime: float,
    ) -> None:
        self._cache = cache
        self._reads = reads
        self._prefix = prefix
        self._parts = list(parts)
        self._lifetime = lifetime

    def get(self, api_url: str, app_id: str) -> list[Channel] | None:
        """The channels of an account, None where they must be read."""
        if self._cache is None or not self._reads:
            return None
        try:
            found = untagged(self._cache[self._key(api_url, app_id)])
        except Exception:  # whatever a cache raises for what is not there, or what it can't read
            return None
        return from_cache(found["channels"]) if self._is_fresh(found) else None

    def put(self, api_url: str, app_id: str, channels: Sequence[Channel]) -> None:
        """Keeps the channels of an account."""
        if self._cache is not None:
            self._cache[self._key(api_url, app_id)] = {
                "read": time.time(),
                "channels": [dict(channel) for channel in channels],
            }

    def _is_fresh(self, found: Any) -> bool:
        if not isinstance(found, dict) or set(found) != {"read", "channels"}:
            return False
        read = found["read"]
        if isinstance(read, bool) or not isinstance(read, (int, float)):
            return False
        return not self._lifetime or 0 <= time.time() - read <= self._lifetime

    def _key(self, api_url: str, app_id: str) -> str:
        text = json.dumps([*self._parts, api_url, app_id])
        return f"{self._prefix}_{hashlib.sha256(text.encode('utf-8')).hexdigest()[:32]}"
