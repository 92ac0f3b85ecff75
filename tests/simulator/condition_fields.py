"""The fields of a watch condition: their checks, what a type requires, how a read shows them (docs/api.md §7.2, §7.3).

A condition keeps the values of all types, whichever is active.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from . import errors, presentation
from .accounts import Item
from .json_values import Check, amount, checked, flag, one_of, text
from .switches import Answers

#: Those that a write may choose.
TYPES: Final = ("pay", "code", "phone", "info", "custom", "external", "direct", "public", "wx")
#: What a write that enables a type must carry.
REQUIRED: Final[Mapping[str, Collection[str]]] = {
    "code": ("authCode",),
    "external": ("externalKey", "externalUri"),
    "custom": ("customKey", "customUri"),
    "direct": ("directKey",),
}
#: The texts of a condition; the type is one of them.
TEXTS: Final = (
    "authType",
    *("authCode", "qcodeTips", "qcodeImg"),
    *("authTips", "whiteListEntryText"),
    *("infoAuthTips", "infoDesc", "infoEntryText"),
    *("payAuthTips", "watchEndTime"),
    *("externalKey", "externalUri", "externalRedirectUri", "externalEntryText"),
    *("customKey", "customUri"),
    "directKey",
    "wxAuthExpireValue",
)
#: Empty, they read as unset.
_MAY_BE_UNSET: Final = frozenset({*TEXTS, "codeAuthTips", "infoFields"})
_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_INFO_CHECKS: Final[Mapping[str, Check]] = {
    "name": text(1, 8),
    "type": one_of("name", "text", "mobile", "number", "option"),
    "options": lambda _name, value: value,
    "placeholder": text(0, 8),
    "sms": flag,
}


def custom_uri(_name: str, value: Any) -> str:
    """A web address without question mark, and of no local host (docs/api.md §4); empty clears."""
    try:
        parts = urlsplit(text()("", value))
    except ValueError as error:
        raise errors.invalid_parameters() from error
    is_web_address = parts.scheme in ("http", "https") and parts.hostname
    if value and ("?" in value or not is_web_address or parts.hostname in _LOCAL_HOSTS):
        raise errors.invalid_parameters()
    return str(value)


def _end_time(name: str, value: Any) -> str:
    """`yyyy-MM-dd HH:mm`; empty clears."""
    given: str = text()(name, value)
    try:
        if given and datetime.strptime(given, "%Y-%m-%d %H:%M").strftime("%Y-%m-%d %H:%M") != given:
            raise errors.invalid_parameters()
    except ValueError as error:
        raise errors.invalid_parameters() from error
    return given


def _expiry(name: str, value: Any) -> str:
    """Days or hours, such as `3d`; empty clears."""
    given: str = text()(name, value)
    if not re.fullmatch(r"([0-9]+[dh])?", given):
        raise errors.invalid_parameters()
    return given


def _info_fields(most: int) -> Check:
    def check(_name: str, value: Any) -> list[Item]:
        if (
            not isinstance(value, list)
            or len(value) > most
            or not all(isinstance(entry, dict) for entry in value)
        ):
            raise errors.invalid_parameters()
        return [checked(entry, _INFO_CHECKS, ("name", "type")) for entry in value]

    return check


def checks(limits: Mapping[str, int], info_fields: int) -> Mapping[str, Check]:
    """The checks of a condition's values, but of its type, under the limits of one endpoint."""
    return {
        **{name: text(0, limits.get(name)) for name in TEXTS if name != "authType"},
        "customUri": _both(text(0, limits.get("customUri")), custom_uri),
        "watchEndTime": _end_time,
        "wxAuthExpireValue": _expiry,
        "infoFields": _info_fields(info_fields),
        "price": amount,
        "validTimePeriod": lambda _name, value: value,
    }


def _both(first: Check, second: Check) -> Check:
    return lambda name, value: second(name, first(name, value))


def require(sent: Item, required: Mapping[str, Collection[str]]) -> None:
    """Refuse what enables a type without what the type needs; stored values don't help."""
    for name in required.get(sent.get("authType", ""), ()):
        if not sent.get(name):
            raise errors.empty_parameter(name)


def conflict(types_of_enabled: Mapping[int, str | None]) -> str | None:
    """Why the API would call conditions an error together, from the types of those that are on, by rank."""
    if set(types_of_enabled) == {2}:
        return "rank 2 is enabled while rank 1 is not"
    if len(types_of_enabled) > 1 and types_of_enabled[1] == types_of_enabled[2]:
        return f"both ranks are enabled with the authType {types_of_enabled[1]!r}"
    return None


def shown(switches: Answers, item: Item, more_texts: Collection[str] = ()) -> Item:
    """A condition as a read shows it: the values of all types, and whatever else is kept of it."""
    form, price = switches["unset_text"], item.get("price")
    texts = () if form == "missing" else (*TEXTS, *more_texts)
    return {
        "infoFields": [],
        "validTimePeriod": None,
        **dict.fromkeys(texts, presentation.unset(form)),
        **{name: value for name, value in item.items() if value or name not in _MAY_BE_UNSET},
        "price": None if price is None else presentation.price(switches, price),
    }
