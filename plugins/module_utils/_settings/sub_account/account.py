# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sub-account as the API lists it. Source: docs/api.md §7.6; the keys of role and organization are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..._api import answers, paging
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint

LIST = Endpoint("children-list", "GET", "/live/v4/user/children/list", Access.READ)

_DELETED = "DELETE"
FROZEN = "FROZEN"


@dataclass(frozen=True)
class SubAccount:
    """A sub-account. `sets_password` is no state of it, but says that a password is written that no read shows."""

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
    role_id, role = _referred(described, "role")
    organization_id, organization = _referred(described, "organization")
    name, child_user_id, status, telephone, description = (
        answers.text(LIST, described.get(key))
        for key in ("childName", "childUserId", "status", "telephone", "description")
    )
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
    )
    return "\n".join((email, child_user_id or "", account.status or "")), account


def _referred(described: Mapping[str, Any], what: str) -> tuple[str | None, str | None]:
    """Id and name of a role or an organization: side by side with the rest, or in an object of their own."""
    inner = described.get(what)
    if isinstance(inner, dict):
        return answers.text(LIST, inner.get("id")), answers.text(LIST, inner.get("name"))
    return (
        answers.text(LIST, described.get(f"{what}Id")),
        answers.text(LIST, described.get(f"{what}Name")),
    )
