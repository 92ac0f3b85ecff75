# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of single values. Each returns the value or raises an InputError that names the option."""

from __future__ import annotations

import ipaddress
import re
from decimal import Decimal
from urllib.parse import SplitResult, urlsplit

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError

_CHANNEL_ID = re.compile(r"[0-9]+", re.ASCII)
_USER_ID = re.compile(r"[0-9A-Za-z]+", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
# Stricter than Decimal itself, which takes blanks, underscores, NaN and digits of every script.
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_BLANK_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")


def not_blank(option: str, value: str) -> str:
    """Any text but the empty or blank one."""
    if not value.strip():
        raise InputError(option, f"got {value!r}, must not be blank")
    return value


def channel_id(option: str, value: str) -> str:
    """Digits, not zero: an empty or zero id would address every channel of the account (seed 001)."""
    if not _CHANNEL_ID.fullmatch(value) or not value.strip("0"):
        raise InputError(option, f"got {value!r}, must be the number of a channel: digits only, and not zero")
    return value


def user_id(option: str, value: str) -> str:
    """Letters and digits: the id becomes part of a path."""
    if not _USER_ID.fullmatch(value):
        raise InputError(option, f"got {value!r}, must be the id of a live account: letters and digits only")
    return value


def email(option: str, value: str) -> str:
    """One address, shaped like one; whether it exists is the API's to say."""
    if not _EMAIL.fullmatch(value):
        raise InputError(option, f"got {value!r}, must be one email address such as live@example.com")
    return value


def url(option: str, value: str) -> str:
    """An absolute http or https URL with a host and no blanks, otherwise unchanged to the byte."""
    parts = _split(option, value)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or _BLANK_OR_CONTROL.search(value):
        raise _bad_url(option, value)
    return value


def authorization_url(option: str, value: str) -> str:
    """The URL of a custom authorization page: no query and not on localhost (contract section 4)."""
    host = urlsplit(url(option, value)).hostname or ""
    if "?" in value:
        raise InputError(option, f"got {value!r}, must not contain '?': Polyv appends the query itself")
    if is_loopback(host):
        raise InputError(option, f"got {value!r}, must not point at localhost: viewers are sent there")
    return value


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def decimal(option: str, value: str, low: int, high: int | None = None) -> Decimal:
    """A finite decimal number from `low` to `high`, both included; no upper bound without `high`."""
    allowed = f"a number of at least {low}" if high is None else f"a number from {low} to {high}"
    number = Decimal(value) if _DECIMAL.fullmatch(value) else None
    if number is None or number < low or (high is not None and number > high):
        raise InputError(option, f"got {value!r}, must be {allowed}")
    return number


def plain(number: Decimal) -> str:
    """A decimal as the API takes it: digits and a point, never an exponent."""
    return format(number, "f")


def _split(option: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (a bad port is only found when it is asked for)
    except ValueError:
        raise _bad_url(option, value) from None
    return parts


def _bad_url(option: str, value: str) -> InputError:
    return InputError(
        option, f"got {value!r}, must be an absolute http:// or https:// URL with a host and without blanks"
    )
