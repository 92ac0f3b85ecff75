# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a watch condition by its type, as a table. Source: docs/api.md §7.2 (channels), §7.3 (what new ones copy)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..._api import answers
from ..._api.endpoint import Endpoint
from ..._errors import InputError
from ..._options import checks, urls
from ..._options.characters import unreadable
from ..._options.quoting import got
from . import info_fields

_EXPIRY = re.compile(r"[1-9][0-9]{0,3}[dh]", re.ASCII)
_TIME = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Field:
    """One field: its option, its name in the API, its check, and the most characters of a channel's and of a template's.

    `check` gets the option and the value, and returns the value to compare and to send. A field that `needs` a value must have one
    where its type is switched on, by the user or from before.
    """

    option: str
    api: str
    check: Callable[[str, Any], Any]
    most: int | None = None
    most_in_template: int | None = None
    needed: bool = False
    needed_in_template: bool = False
    secret: bool = False
    kind: str = "str"

    @property
    def spec(self) -> dict[str, Any]:
        """Its argument spec."""
        if self.kind == "info":
            return {"type": "list", "elements": "dict", "options": info_fields.OPTIONS}
        # Without no_log said either way, Ansible would guess by the name.
        return {"type": "str", "no_log": True} if self.secret else {"type": "str"}

    def checked(self, option: str, value: Any, *, template: bool) -> Any:
        """The value asked for. Raises InputError, which never quotes a secret."""
        most = self.most_in_template if template else self.most
        if isinstance(value, str) and most is not None and len(value) > most:
            raise InputError(option, f"got {len(value)} characters, must be at most {most}")
        if self.kind == "info":
            return info_fields.checked(option, value, 10 if template else 5)
        return self.check(option, value)

    def read(self, endpoint: Endpoint, item: Mapping[str, Any]) -> Any:
        """The value that is set, None for unset."""
        value = item.get(self.api)
        if self.kind == "info":
            return info_fields.read(endpoint, value)
        if self.kind == "price":
            return answers.number(endpoint, value, f"a {self.api} that is a number")
        return answers.text(endpoint, value, f"a {self.api} that is text")

    def sent(self, value: Any) -> Any:
        """The value as the API takes it."""
        if self.kind == "info":
            return info_fields.sent(value)
        return checks.decimal_text(value) if isinstance(value, Decimal) else value

    def shown(self, value: Any) -> Any:
        """The value as the module returns it."""
        if isinstance(value, Decimal):
            return checks.decimal_text(value.normalize())
        return [dict(entry) for entry in value] if isinstance(value, tuple) else value


def _text(option: str, value: str) -> str:
    unseen = unreadable(value)
    if unseen:
        raise InputError(option, f"{got(value)}, must be a text on one line, and has {unseen}")
    if not value.strip():
        raise InputError(option, f"{got(value)}, must not be blank")
    return value


def _secret(option: str, value: str) -> str:
    if not value.strip() or unreadable(value):
        raise InputError(
            option,
            f"got {len(value)} characters, must be a text without blanks alone and characters that nobody sees",
        )
    return value


def _price(option: str, value: str) -> Decimal:
    return checks.decimal(option, value, 0)


def _time(option: str, value: str) -> str:
    try:
        good = datetime.strptime(value, _TIME).strftime(_TIME) == value
    except ValueError:
        good = False
    if not good:
        raise InputError(option, f"{got(value)}, must be a time such as 2026-12-31 23:59")
    return value


def _expiry(option: str, value: str) -> str:
    if not _EXPIRY.fullmatch(value):
        raise InputError(option, f"{got(value)}, must be days or hours such as 3d or 12h")
    return value


TYPES: dict[str, tuple[Field, ...]] = {
    "public": (),
    "code": (
        Field("auth_code", "authCode", _secret, 8, 64, needed=True, needed_in_template=True, secret=True),
        Field("qcode_tips", "qcodeTips", _text),
        Field("qcode_img", "qcodeImg", urls.url),
    ),
    "phone": (
        Field("auth_tips", "authTips", _text, None, 20, needed_in_template=True),
        Field("white_list_entry_text", "whiteListEntryText", _text, None, 64, needed_in_template=True),
    ),
    "info": (
        Field("info_fields", "infoFields", _text, kind="info"),
        Field("info_auth_tips", "infoAuthTips", _text),
        Field("info_desc", "infoDesc", _text),
        Field("info_entry_text", "infoEntryText", _text),
    ),
    "pay": (
        Field("pay_auth_tips", "payAuthTips", _text),
        Field("price", "price", _price, kind="price"),
        Field("watch_end_time", "watchEndTime", _time),
        Field("valid_time_period", "validTimePeriod", _text),
    ),
    "external": (
        Field(
            "external_key",
            "externalKey",
            _secret,
            None,
            64,
            needed=True,
            needed_in_template=True,
            secret=True,
        ),
        Field("external_uri", "externalUri", urls.url, None, 128, needed=True, needed_in_template=True),
        Field("external_redirect_uri", "externalRedirectUri", urls.url, None, 350),
        Field("external_entry_text", "externalEntryText", _text, None, 24),
    ),
    "custom": (
        Field("custom_key", "customKey", _secret, 10, 64, needed=True, needed_in_template=True, secret=True),
        Field(
            "custom_uri", "customUri", urls.authorization_url, None, 128, needed=True, needed_in_template=True
        ),
    ),
    "direct": (
        Field(
            "direct_key", "directKey", _secret, None, 64, needed=True, needed_in_template=True, secret=True
        ),
    ),
    "wx": (Field("wx_auth_expire_value", "wxAuthExpireValue", _expiry),),
}
FIELDS: dict[str, Field] = {field.option: field for fields in TYPES.values() for field in fields}
TYPE_OF: dict[str, str] = {field.option: kind for kind, fields in TYPES.items() for field in fields}
SECRETS = tuple(option for option, field in FIELDS.items() if field.secret)
