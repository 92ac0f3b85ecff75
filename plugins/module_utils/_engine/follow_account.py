# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a channel follows its account in one area of its settings. Source: docs/api.md §7.8.

The read of an area says it as `globalSettingEnabled`. Channels of Polyv's new backend refuse the write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from .._api.client import Client
from .._api.endpoint import Access, Endpoint
from .._errors import NotAppliedError
from .converge import read_until


class _Following(Protocol):
    @property
    def follows_account(self) -> bool:
        """Whether the channel follows its account."""


State = TypeVar("State", bound=_Following)


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


def stop_following(client: Client, channel_id: str, area: str, read: Callable[[], State]) -> State:
    """Lets a channel no longer follow its account, and returns the state of its own, which shows only then.

    Reads lag: as long as the channel seems to follow, what `read` shows are the values of the account, which must not become those
    of the channel. Raises NotAppliedError where that never ends, and CallError.
    """
    follow(client, channel_id, area, False)
    state = read_until(read, lambda found: not found.follows_account)
    if state.follows_account:
        raise NotAppliedError(
            f"The API accepted that channel {channel_id} no longer follows the settings of its account, but still shows that it "
            "follows them. Nothing more was sent to it, because its own values are not known. Run again later."
        )
    return state
