# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task asks for of a sub-account, checked. Source: docs/api.md §7.6."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._errors import InputError
from ..._options import checks
from ..._options.quoting import got

_MOST_NAME = 50
_MOST_DESCRIPTION = 100
_PASSWORD_LENGTH = (8, 16)
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)

OPTIONS: dict[str, dict[str, Any]] = {
    "email": {"type": "str", "required": True},
    "name": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "update_password": {
        "type": "str",
        "choices": ["on_create", "always"],
        "default": "on_create",
        "no_log": False,
    },
    "role": {"type": "str"},
    "role_id": {"type": "str"},
    "organization_id": {"type": "str"},
    "telephone": {"type": "str"},
    "description": {"type": "str"},
    "force": {"type": "bool", "default": False},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
}


@dataclass(frozen=True)
class Wanted:
    """The options of a task; None is not given."""

    email: str
    name: str | None
    password: str | None = field(repr=False)
    always_password: bool
    role: str | None
    role_id: str | None
    organization_id: str | None
    telephone: str | None
    description: str | None
    force: bool
    present: bool


def wanted(options: Mapping[str, Any]) -> Wanted:
    """The options, each checked. Raises InputError."""
    password = _checked(_password, "password", options)
    if options["role"] is not None and options["role_id"] is not None:
        raise InputError("role", "got a name together with role_id, must be only one of the two")
    always = options["update_password"] == "always"
    if always and password is None and options["state"] == "present":
        raise InputError("password", "must be given with update_password: always")
    return Wanted(
        email=checks.email("email", options["email"]),
        name=_checked(_name, "name", options),
        password=password,
        always_password=always,
        role=_checked(checks.name, "role", options),
        role_id=_checked(_id, "role_id", options),
        organization_id=_checked(_id, "organization_id", options),
        telephone=_checked(checks.mobile, "telephone", options),
        description=_checked(_description, "description", options),
        force=bool(options["force"]),
        present=options["state"] == "present",
    )


def _checked(check: Any, option: str, options: Mapping[str, Any]) -> str | None:
    value = options[option]
    return None if value is None else str(check(option, value))


def _password(option: str, value: str) -> str:
    return checks.mixed_password(option, value, *_PASSWORD_LENGTH)


def _name(option: str, value: str) -> str:
    return checks.name(option, value, _MOST_NAME)


def _description(option: str, value: str) -> str:
    return checks.name(option, value, _MOST_DESCRIPTION)


def _id(option: str, value: str) -> str:
    if not _ID.fullmatch(value):
        raise InputError(
            option, f"{got(value)}, must be an id: letters, digits, hyphens and underscores only"
        )
    return value
