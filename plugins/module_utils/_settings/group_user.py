# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live accounts registered under a group account (集团账号 2.0). Create-only, and the keys read back. Source: docs/api.md §7.7."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._api import answers, paging
from .._api.absence import Absence
from .._api.endpoint import Access, Carrier, Endpoint
from .._engine.definition import Context, Definition
from .._engine.registered_user import RegisteredUser, User, one_user, user_of
from .._errors import CallError, Failure, InputError, Kind, PolyvError
from .._options import checks

LIST = Endpoint("group-user-package-list", "GET", "/live/v4/group/user/package/list", Access.READ)
CREATE = Endpoint("group-user-create", "POST", "/live/v4/group/user/create", Access.CREATE, Carrier.JSON)

PASSWORD_LENGTH = (8, 32)
_PAGE_SIZE = 100
_NEEDED = ("password", "contacts", "phone", "max_channels")
_INACTIVE = {"expired": "has expired", "frozen": "is frozen"}
# Whole numbers of at least 0, by the names that the API has for them.
_AMOUNTS = {
    "max_channels": "maxChannels",
    "minutes": "minutes",
    "concurrent": "concurrent",
    "link_mic_minutes": "linkMicMinutes",
    "link_mic_limit": "linkMicLimit",
}


@dataclass(frozen=True)
class _Listed:
    """An account as the group lists it."""

    email: str
    user: User
    status: str | None
    max_channels: str | None


class GroupUser(RegisteredUser):
    """See RegisteredUser. The API has no name of an account."""

    endpoint = CREATE

    def __init__(self, context: Context) -> None:
        options = context.options
        super().__init__(context, checks.email("email", options["email"]))
        self._absence = Absence(options["not_found_messages"])
        self._body = _body(self._email, options)
        self._missing = [name for name in _NEEDED if options[name] is None]
        self._found: _Listed | None = None

    def find(self) -> User | None:
        try:
            listed = paging.read_all(
                self._context.client,
                LIST,
                _entry,
                {"emails": self._email},
                page_name="pageNumber",
                page_size=_PAGE_SIZE,
                expected=self._absence.means_absent,
            )
        except CallError as error:
            if self._absence.means_absent(error.failure):
                return None
            raise self._absence.explained(error, self._email) from None
        # A filter may match in part.
        own = [item for item in listed.values() if item.email.lower() == self._email.lower()]
        if len(own) > 1:
            raise answers.unexpected(LIST, "a list with one account for each address")
        self._found = own[0] if own else None
        return self._found.user if self._found else None

    def desired(self, current: User | None) -> User | None:
        if current is None and self._missing:
            raise InputError(
                self._missing[0],
                f"must be given to register {self._email}, which is not registered yet: it takes password, contacts, phone "
                "and max_channels",
            )
        status = self._found.status if self._found else None
        if current is not None and status in _INACTIVE:
            raise PolyvError(
                f"The account {self._email} (user_id {current.user_id}) {_INACTIVE[status]} (status {status}), and the API has "
                "no call to change that. Ask Polyv.",
                Failure(Kind.INACTIVE, endpoint=LIST.name),
            )
        return super().desired(current)

    def register(self, sending: Callable[[], None]) -> Any:
        return self._context.client.call(CREATE, json=self._body, sending=sending)

    def notes(self, before: User | None, after: User | None, written: bool) -> Iterable[str]:
        yield from super().notes(before, after, written)
        wanted, has = self._body.get("maxChannels"), self._found.max_channels if self._found else None
        if wanted is not None and has is not None and str(wanted) != has:
            yield (
                f"{self._email} is registered with max_channels {has}; the API has no call to change it to {wanted}."
            )


def _body(email: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The checked fields of a registration. Raises InputError."""
    if options["minutes"] is not None and options["concurrent"] is not None:
        raise InputError("minutes", "got a number together with concurrent, must be only one of the two")
    body = {
        "email": email,
        "password": _checked(_password, "password", options),
        "contacts": _checked(checks.name, "contacts", options),
        "phone": _checked(checks.mobile, "phone", options),
        **{sent: _checked(_amount, name, options) for name, sent in _AMOUNTS.items()},
    }
    return {name: value for name, value in body.items() if value is not None}


def _checked(check: Callable[[str, Any], Any], option: str, options: Mapping[str, Any]) -> Any:
    return None if options[option] is None else check(option, options[option])


def _password(option: str, value: str) -> str:
    return checks.mixed_password(option, value, *PASSWORD_LENGTH)


def _amount(option: str, value: int) -> int:
    if not 0 <= value <= 10**9:
        raise InputError(option, f"got {value}, must be a whole number from 0 to 1000000000")
    return value


def _entry(entry: Any) -> tuple[str, _Listed]:
    described = answers.mapping(LIST, entry, "a list of accounts")
    email, user = answers.text(LIST, described.get("email")), user_of(LIST, described)
    if email is None or user.user_id is None:
        raise answers.unexpected(LIST, "a list of accounts with email and userId each")
    status, most = (answers.text(LIST, described.get(key)) for key in ("status", "maxChannels"))
    return user.user_id, _Listed(email, user, status.lower() if status else None, most)


GROUP_USER = Definition(
    options={
        "email": {"type": "str", "required": True},
        "password": {"type": "str", "no_log": True},
        "contacts": {"type": "str"},
        "phone": {"type": "str"},
        **{name: {"type": "int"} for name in _AMOUNTS},
        "not_found_messages": {"type": "list", "elements": "str"},
    },
    prepare=one_user(GroupUser),
    # Nobody can correct them afterwards, so no number is guessed to be the text that was meant.
    as_given={
        ("phone",): checks.mobile_as_given,
        ("password",): checks.text_as_given,
        ("contacts",): checks.text_as_given,
    },
    exact=("user", "api_url"),
)
