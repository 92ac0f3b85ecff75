# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state of one account: any of its settings in one task, by the same code as the single modules."""

from __future__ import annotations

from typing import Any

from ..._engine.definition import Context, Definition, Work
from ..._engine.many_settings import converge_together
from ..._options import checks
from ..donate import goods
from ..watch_condition.setting import as_given
from . import of_account, of_channels
from .channels import check_distinct, listed_channels, other_channels

#: Read by the action plugin, on the controller; a module never sees it given.
FROM_ROLE_VARIABLES = "from_role_variables"
#: Whether the result names the channels of the account that `channels` does not.
REPORT_OTHER_CHANNELS = "report_other_channels"
#: The channels themselves, and their settings.
OF_CHANNELS = ("channel", *of_channels.PARTS)
OF_THE_ACCOUNT = tuple(of_account.PARTS)


def prepare(context: Context) -> Work:
    """Checks every setting that is given; the work brings them to the desired state."""
    channels = listed_channels(context)
    reports_others = context.options[REPORT_OTHER_CHANNELS]
    parts = [
        *of_account.settings_of_account(context, channels),
        *of_channels.settings_of_channels(context, channels),
    ]

    def work() -> dict[str, Any]:
        check_distinct(context.channels, channels)
        result = converge_together(parts, context)
        return {**result, **other_channels(context.channels, channels)} if reports_others else result

    return work


ACCOUNT = Definition(
    options={
        FROM_ROLE_VARIABLES: {"type": "bool", "default": False},
        **{name: part.spec for name, part in of_account.PARTS.items()},
        REPORT_OTHER_CHANNELS: {"type": "bool", "default": False},
        "channels": {"type": "list", "elements": "dict", "options": of_channels.OPTIONS},
    },
    prepare=prepare,
    files=(("channels", "donate", "goods", "image"),),
    as_given={
        ("channels", "donate", "goods"): goods.check_count,
        # A number that YAML has changed would be another channel, or another password.
        ("channels", "channel"): checks.text_as_given,
        ("channels", "channel_passwd"): checks.text_as_given,
        **as_given("watch_condition"),
        **as_given("new_channel_watch_condition"),
        **as_given("channels", "watch_condition"),
    },
)
