# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A setting that is a set of text fields behind one read and one write, written down as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._api import answers
from .._api.client import Client
from .._api.endpoint import Endpoint
from .definition import Context
from .setting import Setting

Fields = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Field:
    """One field. `option` is its name here, `check` gets it and a value, returns the value to send or raises InputError.

    `read_as` is its name in the answer of the read, None where the answer is nothing but the value; `write_as` is the
    parameter of the write. `unset` is what a field means that reads as unset, `spelled` gives values that mean the same one
    spelling, `shown` is the value as the module returns it.
    """

    option: str
    read_as: str | None
    write_as: str
    check: Callable[[str, Any], str]
    unset: str | None = None
    spelled: Callable[[str], str] = str
    shown: Callable[[str | None], Any] = lambda value: value


@dataclass(frozen=True)
class Table:
    """A setting: `name` is the key of its result, `newer_module` sets the same by a newer endpoint.

    A write carries every field, and leaves out one that is unset. One that `merges` has a JSON body of the fields that
    differ, where "" clears.
    """

    name: str
    read: Endpoint
    write: Endpoint
    fields: tuple[Field, ...]
    merges: bool = False
    newer_module: str | None = None


def read_table(table: Table, client: Client) -> Fields:
    """The values that the API shows, by option."""
    data = client.call(table.read)
    return {field.option: _value(table.read, field, data) for field in table.fields}


def shown(table: Table, state: Fields) -> dict[str, Any]:
    """The values as a module returns them."""
    return {field.option: field.shown(state[field.option]) for field in table.fields}


class TableSetting(Setting[Fields]):
    """The setting of a table. The state is the values by option, None for unset.

    `values` are those asked for, by option; a field without one stays as it is read.
    """

    def __init__(self, table: Table, context: Context, values: Mapping[str, Any]) -> None:
        self._table = table
        self.newer_module = table.newer_module
        self._context = context
        self._values = {
            field.option: self._checked(field, values[field.option])
            for field in table.fields
            if field.option in values
        }

    def read(self) -> Fields:
        return read_table(self._table, self._context.client)

    def desired(self, current: Fields) -> Fields:
        return {**current, **self._values}

    def confirm_account(self) -> None:
        self._context.identity.confirm()

    def write(self, current: Fields, desired: Fields) -> Fields:
        client, table = self._context.client, self._table
        if table.merges:
            client.call(table.write, json=self._differing(current, desired))
            return desired
        path = {"userId": self._context.identity.confirm()} if table.write.names_user else None
        parameters = {field.write_as: desired[field.option] for field in table.fields}
        client.call(table.write, parameters, path=path)
        return desired

    def result(self, state: Fields) -> dict[str, Any]:
        return {self._table.name: self.view(state)}

    def view(self, state: Fields) -> dict[str, Any]:
        return shown(self._table, state)

    def _differing(self, current: Fields, desired: Fields) -> dict[str, str]:
        return {
            field.write_as: desired[field.option] or ""
            for field in self._table.fields
            if desired[field.option] != current[field.option]
        }

    def _checked(self, field: Field, value: Any) -> str | None:
        checked = None if value is None else field.check(field.option, value)
        self._context.warn_of_secret(field.option, checked)
        return checked


def _value(endpoint: Endpoint, field: Field, data: Any) -> str | None:
    if field.read_as is None:
        return answers.text(endpoint, data)
    found = answers.text(
        endpoint, answers.mapping(endpoint, data).get(field.read_as), f"a {field.read_as} that is text"
    )
    return field.unset if found is None else field.spelled(found)
