# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the `data` of an answer apart without guessing: what is not of the known form is an error.

Source: docs/api.md §3. Unset text reads back as null, as "" or not at all; an id is a number on some pages and text on others.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from .._errors import CallError, Delivery, Failure, Kind
from .._options.types import is_int
from .endpoint import Endpoint

_MOST_DIGITS = 30


def unexpected(endpoint: Endpoint, expected: str) -> CallError:
    """The error for a success whose `data` is not of the known form. Never quotes the data, which may hold secrets."""
    msg = (
        f"{endpoint.name}: the API reported success, but its data is not {expected}. Nothing is concluded from it; please "
        "report this with the name of the endpoint."
    )
    return CallError(
        msg, Failure(Kind.UNEXPECTED_DATA, code=200, endpoint=endpoint.name, attempts=1), Delivery.REFUSED
    )


def mapping(endpoint: Endpoint, value: Any, what: str = "an object") -> Mapping[str, Any]:
    """`value` as a JSON object."""
    if not isinstance(value, dict):
        raise unexpected(endpoint, what)
    return value


def sequence(endpoint: Endpoint, value: Any, what: str = "a list") -> list[Any]:
    """`value` as a JSON list; null and "" are the empty one."""
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise unexpected(endpoint, what)
    return value


def text(endpoint: Endpoint, value: Any, what: str = "a text") -> str | None:
    """`value` as text, or None for unset. Numbers become text: ids are strings here."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) and not is_int(value):
        raise unexpected(endpoint, what)
    return str(value)


def switch(value: Any) -> bool:
    """A `Y` or `N` of the API as a boolean; anything but `Y` is off."""
    return bool(value == "Y")


def number(endpoint: Endpoint, value: Any, what: str = "a number") -> Decimal | None:
    """`value` as a decimal, or None for unset."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) > 2 * _MOST_DIGITS:
        raise unexpected(endpoint, what)
    try:
        # Through text: a JSON 66.6 must become the decimal that people read, not the float's neighbour of it.
        result = Decimal(str(value))
    except InvalidOperation:
        raise unexpected(endpoint, what) from None
    # The bound is far beyond any price, and keeps out what takes gigabytes to write down, such as 1e99999999.
    if (
        isinstance(value, bool)
        or not result.is_finite()
        or not -_MOST_DIGITS < result.adjusted() < _MOST_DIGITS
    ):
        raise unexpected(endpoint, what)
    return result
