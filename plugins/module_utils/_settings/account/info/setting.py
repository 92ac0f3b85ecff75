# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything of an account that the collection can set, read and shown. Nothing is written."""

from __future__ import annotations

from typing import Any

from ...._engine.definition import Context, Definition, Work
from ...._errors import PolyvError
from ..setting import FROM_ROLE_VARIABLES
from .reading import Reading
from .refusals import of_one_read
from .subsets import chosen


def prepare(context: Context) -> Work:
    """Checks the options; the work reads."""
    wanted = chosen("gather_subset", context.options["gather_subset"])

    def work() -> dict[str, Any]:
        if context.options["return_secrets"] and not context.hidden:
            context.warn(
                "The result holds passwords, codes and keys of the account in clear. Set no_log: true on the task to hide them."
            )
        reading = Reading(context)
        found = reading.gather(wanted)
        _confirm(context, any(value is not None for value in found.values()))
        return {"changed": False, "account_info": found, "unreadable": reading.refusals.as_result()}

    return work


def _confirm(context: Context, was_read: bool) -> None:
    """Raises PolyvError where what was read is not of the account that was named, or no API answers at all."""
    try:
        context.identity.confirm()
    except PolyvError as error:
        if not (was_read and of_one_read(error)):
            raise
        context.warn(f"Whether app_id belongs to the account user_id can't be confirmed. {error.msg}")


ACCOUNT_INFO = Definition(
    options={
        FROM_ROLE_VARIABLES: {"type": "bool", "default": False},
        "gather_subset": {"type": "list", "elements": "str", "default": ["bulk"]},
        "return_secrets": {"type": "bool", "default": False},
    },
    prepare=prepare,
    exact=("account_info",),
    read_only=True,
)
