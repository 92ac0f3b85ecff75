# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a channel follows its account in one area of its settings. Source: docs/api.md §7.8.

The read of an area says it as `globalSettingEnabled`. Channels of Polyv's new backend refuse the write.
"""

from __future__ import annotations

from .._api.client import Client
from .._api.endpoint import Access, Endpoint

WRITE = Endpoint(
    "update-global-enabled", "POST", "/live/v3/channel/common/update-global-enabled", Access.WRITE
)
OPTION = "follow_account"


def follow(client: Client, channel_id: str, area: str, enabled: bool) -> None:
    """Lets a channel follow its account in an area such as `donate`, or no longer. Raises CallError."""
    parameters = {
        "channelId": channel_id,
        "globalEnabledType": area,
        "enabled": "Y" if enabled else "N",
    }
    client.call(WRITE, parameters)
