# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles that a sub-account can have, by name. Source: docs/api.md §7.6."""

from __future__ import annotations

from typing import Any

from ..._api import answers
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint
from ..._errors import InputError

LIST = Endpoint("children-role-list", "GET", "/live/v4/user/children/role/list", Access.READ)

_NAMED = 20  # roles that a message lists


class Roles:
    """The roles of an account, read when one is first asked for."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._listed: list[tuple[str, str | None]] | None = None

    def id_of(self, name: str) -> str:
        """The id of the role of a name. Raises InputError, with the roles there are, where that is not exactly one."""
        if self._listed is None:
            self._listed = [_role(entry) for entry in answers.sequence(LIST, self._client.call(LIST))]
        found = [role_id for role_id, known in self._listed if known == name]
        if len(found) == 1:
            return found[0]
        if found:
            problem = (
                f"the account has {len(found)} roles of that name: {', '.join(found)}. Give role_id instead"
            )
        else:
            problem = f"the account has no such role. It has {_described(self._listed)}"
        raise InputError("role", f"got {name!r}, and {problem}")


def _role(entry: Any) -> tuple[str, str | None]:
    described = answers.mapping(LIST, entry, "a list of roles")
    role_id = answers.text(LIST, described.get("id"))
    if role_id is None:
        raise answers.unexpected(LIST, "a list of roles with an id each")
    return role_id, answers.text(LIST, described.get("name"))


def _described(roles: list[tuple[str, str | None]]) -> str:
    more = len(roles) - _NAMED
    named = ", ".join(f"{name!r} (role_id {role_id})" for role_id, name in roles[:_NAMED]) or "none"
    return named + (f" and {more} more" if more > 0 else "")
