# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What describes a channel: how each field is checked, read and written. Source: docs/api.md §5, §7.5."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._api import answers
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._errors import CallError, InputError
from ..._options import checks
from ..._options.characters import invisible
from ..._options.quoting import got

READ = Endpoint("basic-get", "GET", "/live/v4/channel/basic/get", Access.READ)
UPDATE = Endpoint("basic-update", "POST", "/live/v3/channel/basic/update", Access.WRITE, Carrier.JSON)
CREATE = Endpoint("channel-create", "POST", "/live/v4/channel/create", Access.CREATE, Carrier.JSON)
DELETE = Endpoint(
    "channel-delete", "POST", "/live/v2/channels/{channelId}/delete", Access.WRITE, Carrier.QUERY
)

SCENES = ["topclass", "double", "train", "alone", "seminar", "guide"]
TEMPLATES = ["ppt", "portrait_ppt", "alone", "portrait_alone", "topclass", "portrait_topclass", "seminar"]
TYPES = ["normal", "transmit", "receive"]
PASSWORD = "channel_passwd"

MOST_NAME = 100
PASSWORD_LENGTH = (6, 16)
LINK_MIC_RANGE = (-1, 16)
_MOST_NUMBER = 10**15

# A value in clear, None for a text that is unset. What no read tells has no key at all.
Values = Mapping[str, Any]


def name(option: str, value: str) -> str:
    """The name of a channel."""
    return checks.name(option, value, MOST_NAME)


def password(option: str, value: str) -> str:
    """A password that viewers or hosts type, without blanks. Never quoted."""
    found = checks.password(option, value, *PASSWORD_LENGTH)
    if " " in found:
        raise InputError(option, "holds a blank, which viewers would not see")
    return found


def text(option: str, value: str) -> str:
    """A text of several lines at most, not blank."""
    if not value.strip():
        raise InputError(option, f"{got(value)}, must not be blank")
    unseen = next((seen for line in value.splitlines() if (seen := invisible(line.replace("\t", " ")))), None)
    if unseen:
        raise InputError(option, f"{got(value)}, must be a text, and has {unseen}")
    return value


def number(low: int, high: int = _MOST_NUMBER) -> Callable[[str, int], int]:
    """The check of a whole number from `low` to `high`."""

    def check(option: str, value: int) -> int:
        if not low <= value <= high:
            allowed = f"at least {low}" if high == _MOST_NUMBER else f"from {low} to {high}"
            raise InputError(option, f"{got(value)}, must be {allowed}")
        return value

    return check


def _flag(option: str, value: bool) -> bool:
    return value


def _read_text(value: Any) -> str | None:
    return answers.text(READ, value, "a channel whose texts are text")


def _read_number(value: Any) -> int | None:
    found = answers.number(READ, value, "a channel whose numbers are numbers")
    return None if found is None else int(found)


@dataclass(frozen=True)
class Field:
    """One field of `basic/update`, by option. `sent_as` is its name in the API, reads and writes alike.

    `unset` is what it means when it reads as unset. With `always_shown` a read without it says that it is unset; without,
    that it can't be read. `at_creation` says whether the creation takes it.
    """

    option: str
    sent_as: str
    check: Callable[[str, Any], Any]
    shown: Callable[[Any], Any]
    unset: Any = None
    always_shown: bool = True
    at_creation: bool = False

    def sent(self, value: Any) -> Any:
        """The value as the API takes it."""
        return ("Y" if value else "N") if isinstance(value, bool) else value


FIELDS = (
    Field("name", "name", name, _read_text, at_creation=True),
    Field("publisher", "publisher", checks.name, _read_text),
    Field("start_time", "startTime", number(0), _read_number, unset=0, at_creation=True),
    Field("category_id", "categoryId", number(0), _read_number, at_creation=True),
    Field("max_viewer", "maxViewer", number(0), _read_number, unset=0),
    # These are in none of the lists of what a read shows, so a read without them says nothing.
    Field("end_time", "endTime", number(0), _read_number, unset=0, always_shown=False),
    Field("max_viewer_restrict", "maxViewerRestrict", _flag, answers.switch, False, always_shown=False),
    Field(
        "link_mic_limit",
        "linkMicLimit",
        number(*LINK_MIC_RANGE),
        _read_number,
        always_shown=False,
        at_creation=True,
    ),
    Field("desc", "desc", text, _read_text),
    Field(PASSWORD, "channelPasswd", password, _read_text, at_creation=True),
)
OPTIONS = tuple(field.option for field in FIELDS)
# The options whose values a result shows beside id, name and scene.
SHOWN = tuple(field.option for field in FIELDS if field.option not in ("name", PASSWORD))
# What only a new channel takes.
_NEW = {
    "seminar_host_password": "seminarHostPassword",
    "seminar_attendee_password": "seminarAttendeePassword",
    "pure_rtc_enabled": "pureRtcEnabled",
    "type": "type",
}


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the options give, checked. Raises InputError."""
    return {
        field.option: field.check(field.option, value)
        for field in FIELDS
        if (value := options.get(field.option)) is not None
    }


def given_for_new(options: Mapping[str, Any]) -> dict[str, Any]:
    """What the options give for a new channel alone, as the creation sends it. Raises InputError."""
    body = {}
    for option, sent_as in _NEW.items():
        value = options.get(option)
        if value is not None:
            checked = password(option, value) if option.endswith("password") else value
            body[sent_as] = ("Y" if checked else "N") if isinstance(checked, bool) else checked
    return body


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that an answer of the read shows. A `desc` that is set may read as empty (docs/api.md §5): that shows nothing.

    Neither does a value of another form than the known one, which concerns nobody who does not set it.
    """
    values = {}
    for field in FIELDS:
        if field.option == PASSWORD or (field.sent_as not in data and not field.always_shown):
            continue
        try:
            value = field.shown(data.get(field.sent_as))
        except CallError:
            continue
        if field.option != "desc" or value is not None:
            values[field.option] = field.unset if value is None else value
    return values


def sent(values: Values) -> dict[str, Any]:
    """The fields as the API takes them."""
    return {field.sent_as: field.sent(values[field.option]) for field in FIELDS if field.option in values}


def of_creation(values: Values) -> dict[str, Any]:
    """Those of the fields that a creation takes."""
    return {
        field.option: values[field.option] for field in FIELDS if field.at_creation and field.option in values
    }
