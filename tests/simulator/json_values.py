"""Checks of the values in a JSON body, with the errors of docs/api.md §3."""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

from . import errors
from .errors import ApiError

#: Takes a field's name and value; returns the value as it is kept, or raises the API's error.
Check = Callable[[str, Any], Any]


def checked(
    body: Mapping[str, Any], checks: Mapping[str, Check], required: Collection[str] = ()
) -> dict[str, Any]:
    """The known fields of a body that are not null; unknown ones are ignored."""
    for name in required:
        if body.get(name) in (None, ""):
            raise errors.empty_parameter(name)
    return {name: check(name, body[name]) for name, check in checks.items() if body.get(name) is not None}


def text(shortest: int = 0, longest: int | None = None) -> Check:
    """Text of some length."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise errors.invalid_parameters()
        if len(value) < shortest or (longest is not None and len(value) > longest):
            raise ApiError(f"param length is incorrect: {name}")
        return value

    return check


def password(shortest: int, longest: int) -> Check:
    """Text of some length with letters and digits."""
    check_length = text(shortest, longest)

    def check(name: str, value: Any) -> str:
        secret: str = check_length(name, value)
        if not any(map(str.isalpha, secret)) or not any(map(str.isdigit, secret)):
            raise errors.invalid_parameters()
        return secret

    return check


def email(name: str, value: Any) -> str:
    """Something like an address."""
    given: str = text(3, 100)(name, value)
    if "@" not in given:
        raise errors.invalid_parameters()
    return given


def one_of(*values: str) -> Check:
    """One of some texts."""

    def check(_name: str, value: Any) -> str:
        if value not in values:
            raise errors.invalid_parameters()
        return str(value)

    return check


flag = one_of("Y", "N")


def integer(least: int, most: int | None = None) -> Check:
    """A whole number, also as text."""

    def check(_name: str, value: Any) -> int:
        try:
            number = int(value) if isinstance(value, str) else value
        except ValueError as error:
            raise errors.invalid_parameters() from error
        if isinstance(number, bool) or not isinstance(number, int):
            raise errors.invalid_parameters()
        if number < least or (most is not None and number > most):
            raise errors.invalid_parameters()
        return number

    return check


def amount(_name: str, value: Any) -> int | float:
    """An amount of money, also as text."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError) as error:
        raise errors.invalid_parameters() from error
    if not math.isfinite(number) or number < 0:
        raise errors.invalid_parameters()
    return int(number) if number.is_integer() else number
