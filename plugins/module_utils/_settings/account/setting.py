# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired state of one account: any of its settings in one task, by the same code as the single modules."""

from __future__ import annotations

from ..._engine.definition import Context, Definition, Work
from ..._engine.many_settings import converge_together
from ..donate import goods
from . import of_account, of_channels

#: Read by the action plugin, on the controller; a module never sees it given.
FROM_ROLE_VARIABLES = "from_role_variables"
OF_CHANNELS = tuple(of_channels.PARTS)
OF_THE_ACCOUNT = tuple(of_account.PARTS)


def prepare(context: Context) -> Work:
    """Checks every setting that is given; the work brings them to the desired state."""
    parts = [*of_account.settings_of_account(context), *of_channels.settings_of_channels(context)]
    return lambda: converge_together(parts, context)


ACCOUNT = Definition(
    options={
        FROM_ROLE_VARIABLES: {"type": "bool", "default": False},
        **{name: part.spec for name, part in of_account.PARTS.items()},
        "channels": {"type": "list", "elements": "dict", "options": of_channels.OPTIONS},
    },
    prepare=prepare,
    files=(("channels", "donate", "goods", "image"),),
    as_given={("channels", "donate", "goods"): goods.check_count},
)
