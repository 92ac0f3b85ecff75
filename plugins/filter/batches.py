# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter `batches`: the value of `serial`, from a list, a number, or text as a survey gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ansible.errors import AnsibleFilterError

# One account shows that the standard works before all others get it.
CANARY_FIRST = ["1", "100%"]

_SIZE = re.compile(r"[1-9][0-9]*|([1-9][0-9]?|100)%")


def batches(value: Any) -> list[str]:
    """The sizes of the batches. Nothing, or a blank text, means one account first and then all others."""
    sizes = [size for size in map(_text, _items(value)) if size]
    for size in sizes:
        if not _SIZE.fullmatch(size):
            raise AnsibleFilterError(
                f"batches: got {size!r}, must be numbers of accounts or percentages, such as 1,10,100%"
            )
    return sizes or list(CANARY_FIRST)


def _items(value: Any) -> Iterable[Any]:
    if value is None:
        return []
    if isinstance(value, str):
        return value.strip("[] ").split(",")
    return value if isinstance(value, (list, tuple)) else [value]


def _text(item: Any) -> str:
    return str(item).strip(" '\"")


class FilterModule:
    """Ansible's way to find the filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by name."""
        return {"batches": batches}
