# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sub-account as the API lists it. Source: docs/api.md §7.6; the keys of role and organization are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..._api import answers, paging
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint

LIST = Endpoint("children-list", "GET", "/live/v4/user/children/list", Access.READ)

# The fields that stand in a read by themselves, by their names here. Those of role and organization are below.
_KEYS = {
    "name": "childName",
    "child_user_id": "childUserId",
    "status": "status",
    "telephone": "telephone",
    "description": "description",
}
_DELETED = "DELETE"
_NOT_SHOWN = ("sets_password", "unread")
FROZEN = "FROZEN"


@dataclass(frozen=True)
class SubAccount:
    """A sub-account. `sets_password` is no state of it, but says that a password is written that no read shows.

    `unread` are the fields that the read does not carry at all, and of which nothing is known. One that reads as empty is unset.
    """

    email: str
    name: str | None = None
    child_user_id: str | None = None
    status: str | None = None
    role: str | None = None
    role_id: str | None = None
    organization: str | None = None
    organization_id: str | None = None
    telephone: str | None = None
    description: str | None = None
    sets_password: bool = False
    unread: frozenset[str] = frozenset()

    def described(self) -> dict[str, Any]:
        """The sub-account as a module returns it."""
        return {name: value for name, value in asdict(self).items() if name not in _NOT_SHOWN}


def read_all(client: Client) -> list[SubAccount]:
    """Every sub-account, one request per 1000, without those that were deleted and are still listed."""
    found = paging.read_all(client, LIST, _entry, page_name="pageNumber")
    return [account for account in found.values() if account.status != _DELETED]


def listed(client: Client, email: str) -> tuple[SubAccount | None, bool]:
    """The sub-account of an address, None for none, and whether one that was deleted is listed.

    Raises CallError, also where several that are not deleted have the address.
    """
    found = paging.read_all(client, LIST, _entry, {"childEmail": email}, page_name="pageNumber")
    # The letter case of an address makes no difference, and a filter may match in part.
    own = [account for account in found.values() if account.email.lower() == email.lower()]
    living = [account for account in own if account.status != _DELETED]
    if len(living) > 1:
        raise answers.unexpected(LIST, "a list with one sub-account for each address")
    return (living[0] if living else None), len(own) > len(living)


def _entry(entry: Any) -> tuple[str, SubAccount]:
    described = answers.mapping(LIST, entry, "a list of sub-accounts")
    email = answers.text(LIST, described.get("childEmail"))
    if email is None:
        raise answers.unexpected(LIST, "a list of sub-accounts with a childEmail each")
    role_id, role, no_role = _referred(described, "role")
    organization_id, organization, no_organization = _referred(described, "organization")
    name, child_user_id, status, telephone, description = (
        answers.text(LIST, described.get(key)) for key in _KEYS.values()
    )
    missing = {field for field, key in _KEYS.items() if key not in described}
    account = SubAccount(
        email,
        name,
        child_user_id,
        status.upper() if status else None,
        role,
        role_id,
        organization,
        organization_id,
        telephone,
        description,
        unread=frozenset(missing | no_role | no_organization),
    )
    return "\n".join((email, child_user_id or "", account.status or "")), account


def _referred(described: Mapping[str, Any], what: str) -> tuple[str | None, str | None, set[str]]:
    """Id and name of a role or an organization, and which of them is not there at all.

    They stand side by side with the rest, or in an object of their own, which null stands for as well.
    """
    inner = described.get(what)
    found, keys = described, (f"{what}Id", f"{what}Name")
    if isinstance(inner, dict):
        found, keys = inner, ("id", "name")
    elif inner is None and what in described and not any(key in described for key in keys):
        return None, None, set()
    own_id, name = (answers.text(LIST, found.get(key)) for key in keys)
    fields = {f"{what}_id": keys[0], what: keys[1]}
    return own_id, name, {field for field, key in fields.items() if key not in found}
