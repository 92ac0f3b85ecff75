# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sub-accounts (子账号): who may work in the console of an account. Source: docs/api.md §7.6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from ..._api.endpoint import Access, Carrier, Endpoint
from ..._engine.creation import Creation, Words, created_once
from ..._engine.definition import Context, Definition, Work
from ..._engine.setting import Setting
from ..._errors import CallError, Failure, InputError, Kind, PolyvError
from ..._options import checks
from .account import FROZEN, LIST, SubAccount, listed
from .roles import Roles
from .wanted import OPTIONS, wanted

_PATH = "/live/v4/user/children/"
CREATE = Endpoint("children-create", "POST", _PATH + "create", Access.CREATE, Carrier.JSON)
UPDATE = Endpoint("children-update", "POST", _PATH + "update", Access.WRITE, Carrier.JSON)
DELETE = Endpoint("children-delete", "POST", _PATH + "delete", Access.WRITE, Carrier.QUERY)

# The fields that a write carries, by their names here.
_SENT = {
    "name": "childName",
    "role_id": "roleId",
    "organization_id": "organizationId",
    "telephone": "telephone",
    "description": "description",
}
_FIELDS = ("name", "role", "role_id", "organization_id", "telephone", "description")
_GONE = "not found user children"


class SubAccountSetting(Setting[SubAccount | None]):
    """The state is the sub-account, None where there is none."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._wanted = wanted(context.options)
        self._roles = Roles(context.client)
        email = self._wanted.email
        words = Words("email", f"creating {email}", "the sub-account", f"{email} may or may not exist")
        self.creation = Creation(context.client, f"sub-account {email.lower()}", words)
        self._wrote = self._was_deleted = False

    def read(self) -> SubAccount | None:
        return self._find() if self._wrote else self.creation.certain(self._find)

    def desired(self, current: SubAccount | None) -> SubAccount | None:
        wanted = self._wanted
        if not wanted.present:
            return None
        if current is None:
            return self._new()
        if current.status == FROZEN:
            raise PolyvError(
                f"The sub-account {wanted.email} is frozen (status {FROZEN}), and the API has no call to unfreeze it. Do so in "
                "Polyv's console, or delete it with state: absent.",
                Failure(Kind.INACTIVE, endpoint=LIST.name),
            )
        changes = self._changes(current)
        if changes or wanted.always_password or wanted.force:
            changes = self._written(current)
        return replace(current, **changes, sets_password=wanted.always_password)

    def confirm_account(self) -> None:
        self._context.identity.confirm()

    def write(self, current: SubAccount | None, desired: SubAccount | None) -> SubAccount | None:
        self._wrote = True
        if desired is None:
            self._delete(current)
        elif current is None:
            return self._create(desired)
        else:
            self._context.client.call(UPDATE, json=self._body(current.email, self._written(current), desired))
        return desired

    def reflects(self, read: SubAccount | None, written: SubAccount | None) -> bool:
        if read is None or written is None:
            return read is written
        return not self._changes(read)

    def merged(self, read: SubAccount | None, written: SubAccount | None) -> SubAccount | None:
        if written is None:
            return read
        return written if read is None else replace(read, sets_password=written.sets_password)

    def notes(self, before: SubAccount | None, after: SubAccount | None, written: bool) -> Iterable[str]:
        known = before if before is not None else (after if written else None)
        unread = self._unread(known) if self._wanted.present and known is not None else []
        if unread:
            shown = f"No read shows {', '.join(unread)} of {self._wanted.email}, so it"
            if written or before != after:
                yield f"{shown} goes along without being compared or read back."
            else:
                yield f"{shown} was neither compared nor sent. It goes along with another change, or with force: true."

    def result(self, state: SubAccount | None) -> dict[str, Any]:
        return {"sub_account": (state or SubAccount(self._wanted.email)).described()}

    def view(self, state: SubAccount | None) -> dict[str, Any]:
        if state is None:
            return {}
        shown: dict[str, Any] = self.result(state)["sub_account"]
        return {**shown, "password": "set anew"} if state.sets_password else shown

    def _new(self) -> SubAccount:
        wanted = self._wanted
        missing = [name for name in ("name", "password") if getattr(wanted, name) is None]
        if not self._asks_for_role():
            missing.append("role")
        if missing:
            raise InputError(
                missing[0],
                f"must be given to create {wanted.email}, which does not exist yet: it takes name, password, and role or "
                "role_id",
            )
        new = SubAccount(wanted.email)
        return replace(new, **self._changes(new))

    def _create(self, desired: SubAccount) -> SubAccount:
        body = self._body(desired.email, asdict(desired), replace(desired, sets_password=True))
        try:
            created, lost = self.creation.create(
                lambda sending: self._context.client.call(CREATE, json=body, sending=sending),
                lambda answer: desired,
                self._find,
            )
        except CallError as error:
            raise self._explained(error) from None
        if lost:
            self._context.warn(
                f"The answer to the creation of {desired.email} was lost; the sub-account was found by reading."
            )
        return created

    def _explained(self, error: CallError) -> CallError:
        if error.failure.kind is not Kind.REJECTED or not self._was_deleted:
            return error
        return error.with_msg(
            f"{error.msg} A sub-account of this address was deleted before, and the API may not take the address again."
        )

    def _delete(self, current: SubAccount | None) -> None:
        email = current.email if current else self._wanted.email
        try:
            self._context.client.call(DELETE, {"childEmail": email}, expected=_is_gone)
        except CallError as error:
            # An earlier attempt whose answer was lost, or somebody else, has deleted it.
            if not _is_gone(error.failure):
                raise
        self.creation.withdraw()

    def _body(self, email: str, values: dict[str, Any], written: SubAccount) -> dict[str, str]:
        body = {sent: values[name] for name, sent in _SENT.items() if values.get(name)}
        if written.sets_password and self._wanted.password:
            body["password"] = self._wanted.password
        return {"childEmail": email, **body}

    def _changes(self, current: SubAccount) -> dict[str, Any]:
        """The fields that differ from what was asked for, with the values asked for."""
        unread = self._unread(current)
        changes: dict[str, Any] = {}
        for name in self._asked():
            if name in unread:
                continue
            if name in ("role", "role_id"):
                changes.update(self._role(current))
            elif getattr(self._wanted, name) != getattr(current, name):
                changes.update(self._value(name))
        return changes

    def _written(self, current: SubAccount) -> dict[str, Any]:
        """What a write carries: the changes, and along with them what no read shows."""
        changes = self._changes(current)
        for name in self._unread(current):
            changes.update(self._value(name))
        return changes

    def _asked(self) -> list[str]:
        return [name for name in _FIELDS if getattr(self._wanted, name) is not None]

    def _unread(self, current: SubAccount) -> list[str]:
        """What was asked for, and is not in the read at all. The name of a role can be told by its id as well."""
        unread = current.unread
        return [name for name in self._asked() if name in unread and (name != "role" or "role_id" in unread)]

    def _value(self, name: str) -> dict[str, Any]:
        """The value asked for of a field. Where it is an id, the name that belonged to the old one goes."""
        value = getattr(self._wanted, name)
        if name == "organization_id":
            return {name: value, "organization": None}
        if name == "role":
            return {"role_id": self._roles.id_of(value), name: value}
        return {name: value, "role": None} if name == "role_id" else {name: value}

    def _role(self, current: SubAccount) -> dict[str, Any]:
        """The role asked for, where it differs. A name is looked up only where the read does not say the same."""
        wanted = self._wanted
        if wanted.role is not None and wanted.role == current.role:
            return {}
        value = self._value("role_id" if wanted.role is None else "role")
        return {} if value["role_id"] == current.role_id else value

    def _asks_for_role(self) -> bool:
        return self._wanted.role is not None or self._wanted.role_id is not None

    def _find(self) -> SubAccount | None:
        found, self._was_deleted = listed(self._context.client, self._wanted.email)
        return found


def _is_gone(failure: Failure) -> bool:
    return (failure.message or "").strip().rstrip(".").lower() == _GONE


def prepare(context: Context) -> Work:
    """Checks the options."""
    setting = SubAccountSetting(context)
    return created_once(setting, setting.creation, context)


SUB_ACCOUNT = Definition(
    options=OPTIONS,
    prepare=prepare,
    as_given={
        ("telephone",): checks.mobile_as_given,
        **{(name,): checks.text_as_given for name in ("name", "password", "role", "description")},
    },
    exact=("sub_account",),
)
