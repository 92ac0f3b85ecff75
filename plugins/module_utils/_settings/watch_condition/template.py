# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watch conditions that new channels copy. Source: docs/api.md §7.3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._api import answers
from ..._api.client import Client
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._engine.definition import Context
from ..._engine.setting import Setting
from ..._errors import InputError
from .condition import Condition, check_together, condition, wanted

READ = Endpoint("global-auth-get", "GET", "/live/v4/global/auth/get", Access.READ)
WRITE = Endpoint("global-auth-update", "POST", "/live/v4/global/auth/update", Access.WRITE, Carrier.JSON)

Both = tuple[Condition, Condition]
Items = list[Mapping[str, Any]]


def read(client: Client) -> tuple[Both, Items]:
    """Both conditions, and the items of the answer, which a write must send complete."""
    listed = answers.sequence(READ, client.call(READ), "a list of watch conditions")
    if len(listed) != 2:
        raise answers.unexpected(READ, "a list of exactly two watch conditions")
    items = [answers.mapping(READ, item, "a list of watch conditions") for item in listed]
    primary, secondary = (
        condition(READ, rank, item, "authEnabled") for rank, item in enumerate(items, start=1)
    )
    return (primary, secondary), items


def described(both: Both, *, with_secrets: bool) -> list[dict[str, Any]]:
    """Both conditions as a module returns them."""
    about = {"channel_id": None, "follows_account": None}
    return [{**about, **one.described(with_secrets=with_secrets)} for one in both]


class ForNewChannels(Setting[Both]):
    """The state is both conditions."""

    def __init__(self, context: Context) -> None:
        options = context.options
        self._context = context
        if options["follow_account"] is not None:
            raise InputError(
                "follow_account", "must be left out with for_new_channels: there is no channel yet"
            )
        self._wanted = wanted(options, template=True)
        if not self._wanted:
            raise InputError("primary", "must be given, or secondary: there is nothing to set")
        self._items: Items = []

    def read(self) -> Both:
        both, self._items = read(self._context.client)
        return both

    def desired(self, current: Both) -> Both:
        by_rank = {one.rank: one for one in current}
        for one in self._wanted:
            by_rank[one.rank] = one.applied(by_rank[one.rank])
        if (by_rank[1], by_rank[2]) != current:
            check_together(by_rank[1], by_rank[2])
        return by_rank[1], by_rank[2]

    def confirm_account(self) -> None:
        self._context.identity.confirm()

    def reflects(self, read: Both, written: Both) -> bool:
        return all(one.reflected(read[one.rank - 1]) for one in self._wanted)

    def write(self, current: Both, desired: Both) -> Both:
        self._context.hide(*(key for one in current for key in one.secrets))
        # Both complete: whether the API merges or replaces is not known.
        complete = [_complete(item, new) for item, new in zip(self._items, desired, strict=True)]
        self._context.client.call(WRITE, json=complete)
        return desired

    def result(self, state: Both) -> dict[str, Any]:
        with_secrets = bool(self._context.options["return_secrets"])
        return {"watch_conditions": described(state, with_secrets=with_secrets)}

    def view(self, state: Both) -> dict[str, Any]:
        return {"for_new_channels": {one.option: one.view(state[one.rank - 1]) for one in self._wanted}}


def _complete(item: Mapping[str, Any], new: Condition) -> dict[str, Any]:
    """An item as it was read, with what is asked for."""
    kept = {name: value for name, value in item.items() if value is not None and name != "privacyParam"}
    kind = {"authType": new.type} if new.type else {}
    return {
        **kept,
        **new.sent(),
        **kind,
        "authEnabled": "Y" if new.enabled else "N",
        **_privacy(item, new.type),
    }


def _privacy(item: Mapping[str, Any], kind: str | None) -> dict[str, Any]:
    """The privacy text of the type: the read has a list by type, the write takes that of its own type as text and switch."""
    entries = item.get("privacyParam")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("authType") == kind:
            return {
                "privacyParamEnabled": "Y" if answers.switch(entry.get("status")) else "N",
                "privacyParam": entry.get("content") or "",
            }
    return {}
