# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom users: live accounts registered under a reseller's. Create-only. Source: docs/api.md §4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from typing import Any

from ..._api import answers
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint
from ..._engine.creation import Creation, Words
from ..._engine.definition import Context, Definition, Work, converged
from ..._engine.setting import Setting
from ..._errors import CallError, InputError, as_polyv_error
from ..._options import checks
from ..._options.characters import invisible
from ..._options.connection import COMMON_OPTIONS
from ..._secrets import secret
from .absence import Absence

READ = Endpoint("get-custom-user", "GET", "/live/v2/app/get-custom-user", Access.READ)
CREATE = Endpoint("add-custom-user", "POST", "/live/v2/app/add-custom-user", Access.CREATE)

PASSWORD_LENGTH = (5, 16)


@dataclass(frozen=True)
class User:
    """A registered user, as far as the API says."""

    name: str | None
    app_id: str | None
    app_secret: str | None = field(repr=False)
    user_id: str | None


class CustomUser(Setting[User | None]):
    """The state is the user, or None where the API says that the email is not registered."""

    must_show = False  # a failed task would lose the keys that the answer gave

    def __init__(self, context: Context) -> None:
        options = context.options
        self._context = context
        self._email = checks.email("email", options["email"])
        self._name = _name("name", options)
        self._absence = Absence(options["not_found_messages"])
        self._parameters = {
            "email": self._email,
            "mobile": checks.mobile("mobile", options["mobile"]),
            "passwd": _password(options["password"]),
            "name": self._name,
            "industry": _name("industry", options),
            "saleId": _sale_id(options["sale_id"]),
        }
        self.registration = registration(context.client, self._email)
        self._registered: User | None = None

    def read(self) -> User | None:
        if self._registered is None:
            return self.registration.certain(self._read_once)
        try:
            return self._read_once()
        except (
            Exception
        ) as error:  # the keys may never be readable again: whatever it is, it must not lose them
            self._context.warn(
                f"{self._email} was registered, but reading it back failed: {as_polyv_error(error).msg}"
            )
            return self._registered

    def desired(self, current: User | None) -> User | None:
        return current or User(self._name, None, None, None)

    def reflects(self, read: User | None, written: User | None) -> bool:
        return read is not None

    def write(self, current: User | None, desired: User | None) -> User | None:
        self._registered = self._register()
        return self._registered

    def _register(self) -> User | None:
        user, lost = self.registration.create(
            lambda sending: self._context.client.call(CREATE, self._parameters, sending=sending),
            lambda answer: _user(CREATE, answers.mapping(CREATE, answer, "the keys of a new user")),
            self._read_once,
        )
        if lost:
            self._context.warn(
                f"The answer to the registration of {self._email} was lost; the user was found by reading."
            )
        return user

    def merged(self, read: User | None, written: User | None) -> User | None:
        # The read wins, so that every later run returns the same; what it does not show is taken from the answer.
        if read is None or written is None:
            return read or written
        known = {item.name: getattr(read, item.name) or getattr(written, item.name) for item in fields(User)}
        return User(**known)

    def notes(self, before: User | None, after: User | None, written: bool) -> Iterable[str]:
        if before is not None and self._name and before.name and self._name != before.name:
            yield (
                f"{self._email} is registered with the name {before.name!r}; the API has no call to change it to "
                f"{self._name!r}."
            )
        if after is not None and after.app_secret and not self._context.hidden:
            yield "The result holds the user's app_secret in clear. Set no_log: true on this task."
        if after is not None and not after.app_secret and (before is not None or written):
            yield f"The API does not show the app_secret of {self._email}."

    def not_applied(self, read: User | None, written: User | None) -> str:
        return f"{self._email} was registered, but reads do not show it yet."

    def result(self, state: User | None) -> dict[str, Any]:
        described = {item.name: getattr(state, item.name, None) for item in fields(User)}
        url = self._context.client.connection.api_url
        return {
            "user": {"email": self._email, **described},
            "api_url": None if url == COMMON_OPTIONS["api_url"]["default"] else url,
        }

    def view(self, state: User | None) -> dict[str, Any]:
        if state is None:
            return {}
        return {"email": self._email, "name": state.name, "app_id": state.app_id, "user_id": state.user_id}

    def _read_once(self) -> User | None:
        client = self._context.client
        try:
            data = client.call(READ, {"email": self._email}, expected=self._absence.means_absent)
        except CallError as error:
            if self._absence.means_absent(error.failure):
                return None
            raise self._absence.explained(error, self._email) from None
        if data in (None, "", [], {}):
            return None
        user = _user(READ, answers.mapping(READ, data, "a user"))
        if user.user_id is None:
            raise answers.unexpected(READ, "a user with a userId")
        return user


def registration(client: Client, email: str) -> Creation:
    """The registration of an email, whose letter case makes no difference."""
    words = Words("email", f"registering {email}", "the user", f"{email} may or may not be registered")
    return Creation(client, email.lower(), words)


def prepare(context: Context) -> Work:
    """Checks the options. The work has the email's registration to itself from the read to the end of the write."""
    user = CustomUser(context)

    def work() -> dict[str, Any]:
        with nullcontext() if context.check else user.registration.exclusive():
            return converged(user, context)

    return work


def _user(endpoint: Endpoint, data: Any) -> User:
    return User(
        name=answers.text(endpoint, data.get("name")),
        app_id=answers.text(endpoint, data.get("appId")),
        app_secret=secret(answers.text(endpoint, data.get("appSecret"))),
        user_id=answers.text(endpoint, data.get("userId")),
    )


def _password(value: str) -> str:
    low, high = PASSWORD_LENGTH
    if not low <= len(value) <= high:
        # Its length says enough; the password itself is never quoted.
        raise InputError("password", f"got {len(value)} characters, must be {low} to {high}")
    unseen = invisible(value)
    if unseen:
        raise InputError("password", f"holds {unseen}, which nobody can type")
    return value


def _name(option: str, options: Mapping[str, Any]) -> str | None:
    return None if options[option] is None else checks.name(option, options[option])


def _sale_id(value: int | None) -> str | None:
    if value is not None and value < 0:
        raise InputError("sale_id", f"got {value}, must be at least 0")
    return None if value is None else str(value)


CUSTOM_USER = Definition(
    options={
        "email": {"type": "str", "required": True},
        "mobile": {"type": "str", "required": True},
        "password": {"type": "str", "required": True, "no_log": True, "aliases": ["passwd"]},
        "name": {"type": "str"},
        "industry": {"type": "str"},
        "sale_id": {"type": "int"},
        "not_found_messages": {"type": "list", "elements": "str"},
    },
    prepare=prepare,
    # Nobody can correct them afterwards, so no number is guessed to be the text that was meant.
    as_given={
        ("mobile",): checks.mobile_as_given,
        ("password",): checks.text_as_given,
        ("name",): checks.text_as_given,
        ("industry",): checks.text_as_given,
    },
    exact=("user", "api_url"),
)
