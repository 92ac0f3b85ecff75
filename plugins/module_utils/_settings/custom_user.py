# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom users: live accounts registered under a reseller's. Create-only. Source: docs/api.md §4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._api import answers
from .._api.absence import Absence
from .._api.endpoint import Access, Endpoint
from .._engine.definition import Context, Definition
from .._engine.registered_user import RegisteredUser, User, one_user, user_of
from .._errors import CallError, InputError
from .._options import checks

READ = Endpoint("get-custom-user", "GET", "/live/v2/app/get-custom-user", Access.READ)
CREATE = Endpoint("add-custom-user", "POST", "/live/v2/app/add-custom-user", Access.CREATE)

PASSWORD_LENGTH = (5, 16)


class CustomUser(RegisteredUser):
    """See RegisteredUser."""

    endpoint = CREATE

    def __init__(self, context: Context) -> None:
        options = context.options
        super().__init__(context, checks.email("email", options["email"]), _name("name", options))
        self._absence = Absence(options["not_found_messages"])
        self._parameters = {
            "email": self._email,
            "mobile": checks.mobile("mobile", options["mobile"]),
            "passwd": checks.password("password", options["password"], *PASSWORD_LENGTH),
            "name": self._name,
            "industry": _name("industry", options),
            "saleId": _sale_id(options["sale_id"]),
        }

    def find(self) -> User | None:
        client = self._context.client
        try:
            data = client.call(READ, {"email": self._email}, expected=self._absence.means_absent)
        except CallError as error:
            if self._absence.means_absent(error.failure):
                return None
            raise self._absence.explained(error, self._email) from None
        if data in (None, "", [], {}):
            return None
        user = user_of(READ, answers.mapping(READ, data, "a user"))
        if user.user_id is None:
            raise answers.unexpected(READ, "a user with a userId")
        return user

    def register(self, sending: Callable[[], None]) -> Any:
        return self._context.client.call(CREATE, self._parameters, sending=sending)


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
    prepare=one_user(CustomUser),
    # Nobody can correct them afterwards, so no number is guessed to be the text that was meant.
    as_given={
        ("mobile",): checks.mobile_as_given,
        ("password",): checks.text_as_given,
        ("name",): checks.text_as_given,
        ("industry",): checks.text_as_given,
    },
    exact=("user", "api_url"),
)
