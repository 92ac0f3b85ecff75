# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of single values. Each returns the value or raises an InputError that names the option."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from .._errors import InputError
from . import hosts
from .characters import READ_AS_NUMBER, invisible, looks_rewritten, unreadable
from .quoting import got
from .types import is_number

_CHANNEL_ID = re.compile(r"[0-9]{1,20}", re.ASCII)
_USER_ID = re.compile(r"[0-9A-Za-z]{1,64}", re.ASCII)
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(\.{_ATOM})*", re.ASCII)
_MOST_LOCAL_PART, _MOST_EMAIL = 64, 254
_MOBILE = re.compile(r"\+?[0-9]([ -]*[0-9]){0,19}", re.ASCII)
# Stricter than Decimal itself, which takes blanks, underscores, NaN and digits of every script.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_MOST_NAME = 200


def name(option: str, value: str, most: int = _MOST_NAME) -> str:
    """Text that people read: on one line, not blank, without characters that nobody sees; blanks around it are dropped."""
    unseen = unreadable(value)
    if unseen:
        raise InputError(option, f"{got(value)}, must be a text on one line, and has {unseen}")
    if not value.strip():
        raise InputError(option, f"{got(value)}, must not be blank")
    found = value.strip()
    if len(found) > most:
        raise InputError(option, f"{got(value)}, must be at most {most} characters")
    return found


def password(option: str, value: str, low: int, high: int) -> str:
    """A password of `low` to `high` characters. It is never quoted."""
    if not low <= len(value) <= high:
        raise InputError(option, f"got {len(value)} characters, must be {low} to {high}")
    unseen = invisible(value)
    if unseen:
        raise InputError(option, f"holds {unseen}, which nobody can type")
    return value


def mixed_password(option: str, value: str, low: int, high: int) -> str:
    """The same with letters and digits."""
    found = password(option, value, low, high)
    if not (any(map(str.isalpha, found)) and any(map(str.isdigit, found))):
        raise InputError(option, "must have both letters and digits")
    return found


def channel_id(option: str, value: str) -> str:
    """Digits, not zero: an empty or zero id would address every channel of the account (docs/api.md §4).

    Zeros in front are dropped, so that one channel has one id.
    """
    found = value.lstrip("0")
    if not _CHANNEL_ID.fullmatch(value) or not found:
        raise _bad_id(option, value, "must be the number of a channel: digits only, and not zero")
    return found


def user_id(option: str, value: str) -> str:
    """Letters and digits: the id becomes part of a path."""
    if not _USER_ID.fullmatch(value):
        raise _bad_id(option, value, "must be the id of a live account: letters and digits only")
    return value


def email(option: str, value: str) -> str:
    """One address, shaped like one; whether it exists is the API's to say."""
    local, _at, host = value.rpartition("@")
    labels = host.split(".")
    good = (
        _LOCAL_PART.fullmatch(local)
        and len(local) <= _MOST_LOCAL_PART
        and len(value) <= _MOST_EMAIL
        and host.isascii()
        and len(labels) > 1
        and labels[-1]
        and "_" not in host
        and hosts.problem(host) is None
        and hosts.address_of(host) is None
    )
    if not good:
        raise InputError(
            option, f"{_with_unseen(value)}, must be one email address such as live@example.com, in ASCII"
        )
    return value


def mobile(option: str, value: str) -> str:
    """A number for people to dial, as it was written: blanks and hyphens stand between digits only."""
    number = value.strip(" ")
    if looks_rewritten(number):
        raise InputError(option, f"{got(value)}, {READ_AS_NUMBER}")
    if not _MOBILE.fullmatch(number):
        problem = "must be up to 20 digits, with a leading + and blanks and hyphens between them at most"
        raise InputError(option, f"{_with_unseen(value)}, {problem}")
    return number


def mobile_as_given(option: str, value: Any) -> None:
    """Refuses a number that YAML may have changed: with a zero in front it reads digits as octal."""
    is_mobile = isinstance(value, int) and 10**10 <= value < 2 * 10**10
    if is_number(value) and not is_mobile:
        raise InputError(option, f"{got(value)}, {READ_AS_NUMBER}")


def text_as_given(option: str, value: Any) -> None:
    """Refuses every number where a text is meant that nobody can correct afterwards."""
    if is_number(value):
        raise InputError(option, f"got a number, must be a text: it {READ_AS_NUMBER}")


def decimal(option: str, value: str, low: int, high: int | None = None) -> Decimal:
    """A finite decimal number from `low` to `high`, both included; no upper bound without `high`. -0 is 0."""
    allowed = f"a number of at least {low}" if high is None else f"a number from {low} to {high}"
    number = Decimal(value) if _DECIMAL.fullmatch(value) else None
    if number is None or number < low or (high is not None and number > high):
        raise InputError(option, f"{_with_unseen(value)}, must be {allowed}")
    return abs(number) if number.is_zero() else number


def decimal_text(number: Decimal) -> str:
    """A decimal as the API takes it: digits and a point, never an exponent, and no sign before a zero."""
    return format(number.copy_abs() if number.is_zero() else number, "f")


def _bad_id(option: str, value: str, allowed: str) -> InputError:
    if looks_rewritten(value):
        return InputError(option, f"{got(value)}, {allowed}; it {READ_AS_NUMBER}")
    return InputError(option, f"{_with_unseen(value)}, {allowed}")


def _with_unseen(value: str) -> str:
    """What was got, with the name of a character that nobody sees or that looks like another one."""
    found = invisible(value) or _foreign_form(value)
    return got(value) + (f" with {found}" if found else "")


def _foreign_form(value: str) -> str | None:
    """The first character that stands for an ASCII one, such as a full-width digit."""
    for index, character in enumerate(value):
        mapped = unicodedata.normalize("NFKC", character).replace("\u3002", ".")
        if not character.isascii() and mapped.isascii():
            return f"U+{ord(character):04X} {unicodedata.name(character, '')} at position {index + 1}"
    return None
