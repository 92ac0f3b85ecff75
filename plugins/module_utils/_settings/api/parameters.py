# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text parameters of a call: what may be signed and sent. Source: docs/api.md §1, §2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._errors import InputError
from ..._options import checks
from ..._options.characters import READ_AS_NUMBER, looks_rewritten
from ..._options.types import is_number

# What this collection adds by itself, in no spelling.
_OWN = ("appid", "appsecret", "sign", "signaturemethod", "signaturenonce", "timestamp")
_NAME = re.compile(r"[A-Za-z_][0-9A-Za-z_.\[\]-]{0,99}", re.ASCII)
_MOST_NAMES = 1000
_MOST_DIGITS = 40
CHANNEL = "channelId"


def check(option: str, given: Mapping[str, Any] | None) -> dict[str, str]:
    """The parameters of `query` or `form` as text. Raises InputError, without quoting a value: it may be a secret."""
    if len(given or ()) > _MOST_NAMES:
        raise InputError(option, f"got {len(given or ())} parameters, must be at most {_MOST_NAMES}")
    return {name: _text(check_name(option, name), name, value) for name, value in (given or {}).items()}


def check_name(option: str, name: str) -> str:
    """Where a parameter stands, such as `query.channelId`. Raises InputError for a name that is not the user's to give."""
    if not _NAME.fullmatch(name):
        raise InputError(option, f"has the name {name[:100]!r}, must be ASCII letters, digits and _ . - [ ]")
    if is_own(name):
        raise InputError(
            f"{option}.{name}",
            "must be left out: every call is signed by this collection, from app_id and app_secret",
        )
    return f"{option}.{name}"


def is_own(name: str) -> bool:
    """Whether a parameter is one that the collection adds."""
    return name.lower() in _OWN


def _text(label: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        raise InputError(
            label, f"got the boolean {str(value).lower()}, must be a text; flags are 'Y' and 'N'"
        )
    if value is None:
        raise InputError(label, "got null, must be a text; leave it out where there is no value")
    if isinstance(value, (Mapping, list, tuple)):
        raise InputError(label, "got a list or a mapping, must be a text; the API takes lists as a,b,c")
    text = _number(label, value) if is_number(value) else str(value)
    if not text.strip():
        problem = "must not be blank: it is not known whether such a value is signed; leave it out"
        raise InputError(label, f"got {'blanks' if text else 'an empty text'}, {problem}")
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError(label, "has a character that no text has")
    if name == CHANNEL:
        # An empty or zero one would address every channel of the account (docs/api.md §4).
        checks.channel_id(label, text)
    return text


def _number(label: str, value: float) -> str:
    if isinstance(value, int) and value.bit_length() > _MOST_DIGITS * 4:
        raise InputError(label, f"got a number of more than {_MOST_DIGITS} digits, must be a text")
    text = str(value)
    if looks_rewritten(text) and not re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        raise InputError(label, f"got {text}, {READ_AS_NUMBER}")
    return text
