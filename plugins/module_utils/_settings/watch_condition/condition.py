# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One watch condition: as it is, and as it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..._api import answers
from ..._api.endpoint import Endpoint
from ..._errors import InputError
from ..._secrets import secret
from .fields import FIELDS, SECRETS, TYPE_OF, TYPES, Field

_LONGEST_SHORT = 10  # characters
RANKS = {"primary": 1, "secondary": 2}
OPTIONS: dict[str, dict[str, Any]] = {
    "type": {"type": "str", "choices": list(TYPES)},
    "enabled": {"type": "bool", "default": True},
    **{option: one.spec for option, one in FIELDS.items()},
}


@dataclass(frozen=True)
class Condition:
    """A watch condition. `values` are those of the fields of all types, by option: they stay stored whichever is active."""

    rank: int
    type: str | None = None
    enabled: bool = False
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its type."""
        return TYPES.get(self.type or "", ())

    @property
    def secrets(self) -> list[str]:
        """Its secrets that are stored, whichever type is active."""
        return [self.values[name] for name in SECRETS if self.values.get(name)]

    def sent(self) -> dict[str, Any]:
        """Every value of its type that is set, as the API takes it."""
        return {
            one.api: one.sent(self.values[one.option])
            for one in self.fields
            if self.values.get(one.option) is not None
        }

    def described(self, *, with_secrets: bool) -> dict[str, Any]:
        """The condition as a module returns it: with the fields of its type."""
        return {
            "rank": self.rank,
            "type": self.type,
            "enabled": self.enabled,
            **{
                one.option: one.shown(self.values.get(one.option))
                for one in self.fields
                if with_secrets or not one.secret
            },
        }


def condition(endpoint: Endpoint, rank: int, item: Mapping[str, Any], enabled: str) -> Condition:
    """The condition of an answer; `enabled` is the name under which it says so."""
    values = {option: one.read(endpoint, item) for option, one in FIELDS.items()}
    for option in SECRETS:
        # Ansible would mask a short one wherever its text stands: a code of six digits, in the id of a channel.
        if len(values[option] or "") > _LONGEST_SHORT:
            secret(values[option])
    return Condition(
        rank, answers.text(endpoint, item.get("authType")), answers.switch(item.get(enabled)), values
    )


class Wanted:
    """A condition as the options `primary` or `secondary` ask for it: a type with some of its fields, or off."""

    def __init__(self, option: str, given: Mapping[str, Any], *, template: bool) -> None:
        self.option = option
        self.rank = RANKS[option]
        self.type: str | None = given["type"]
        self.enabled: bool = given["enabled"]
        self._template = template
        self._check_type()
        named = {name: given[name] for name in FIELDS if given[name] is not None}
        for name in named:
            if TYPE_OF[name] != self.type:
                said = f"type={self.type}" if self.type else "enabled=false"
                raise InputError(
                    f"{option}.{name}", f"must be left out with {said}: it is a field of type={TYPE_OF[name]}"
                )
        self.values = {
            name: FIELDS[name].checked(f"{option}.{name}", value, template=template)
            for name, value in named.items()
        }

    def _check_type(self) -> None:
        if self.enabled and self.type is None:
            raise InputError(
                f"{self.option}.type", "must be given, or enabled must be false to switch the condition off"
            )
        if not self.enabled and self.type is not None:
            raise InputError(f"{self.option}.type", f"got {self.type!r}, must be left out with enabled=false")

    def applied(self, current: Condition) -> Condition:
        """The condition with what is asked for. Raises InputError where its type lacks a value that it needs."""
        if not self.enabled:
            return replace(current, enabled=False)
        wanted = replace(current, type=self.type, enabled=True, values={**current.values, **self.values})
        for one in wanted.fields:
            needed = one.needed_in_template if self._template else one.needed
            if needed and not wanted.values.get(one.option):
                raise InputError(
                    f"{self.option}.{one.option}", f"must be given with type={self.type}: none is set yet"
                )
        return wanted

    def reflected(self, read: Condition) -> bool:
        """Whether a condition is as asked for."""
        if not self.enabled:
            return not read.enabled
        return (
            read.enabled
            and read.type == self.type
            and all(read.values.get(name) == value for name, value in self.values.items())
        )

    def view(self, state: Condition) -> dict[str, Any]:
        """The condition for a diff. Of a secret it says only whether it is the one asked for."""
        secrets = {
            one.option: self._secret_view(one.option, state.values.get(one.option))
            for one in state.fields
            if one.secret
        }
        return {**state.described(with_secrets=False), **secrets}

    def _secret_view(self, option: str, value: Any) -> str | None:
        if not value:
            return None
        if option not in self.values:
            return "(hidden)"
        return "(as asked for)" if value == self.values[option] else "(another one)"


def wanted(options: Mapping[str, Any], *, template: bool) -> tuple[Wanted, ...]:
    """The conditions asked for. Raises InputError, also where the API would refuse the two together."""
    found = tuple(
        Wanted(option, options[option], template=template) for option in RANKS if options[option] is not None
    )
    if len(found) == 2:
        primary, secondary = found
        check_together(
            Condition(1, primary.type, primary.enabled), Condition(2, secondary.type, secondary.enabled)
        )
    return found


def check_together(primary: Condition, secondary: Condition) -> None:
    """Raises InputError for two conditions that the API refuses together (docs/api.md §7.2)."""
    if secondary.enabled and not primary.enabled:
        raise InputError("secondary", "can't be on while the primary condition is off")
    if secondary.enabled and secondary.type == primary.type:
        raise InputError(
            "secondary.type", f"got {secondary.type!r}, which is the type of the primary condition too"
        )
