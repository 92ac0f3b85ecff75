# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a setting of polyv_account is made of: the options of its module, and what makes it of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from ..._engine.definition import Context, Definition
from ..._engine.setting import Setting
from ..._errors import InputError

Maker = TypeVar("Maker")


@dataclass(frozen=True)
class Part(Generic[Maker]):
    """One setting: `spec` is its option here, `make` makes it."""

    spec: Mapping[str, Any]
    make: Maker


def nested(
    definition: Definition, without: tuple[str, ...] = (), instead: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The options of a module as the suboptions of one here; `instead` are other specs for some of them."""
    options = {name: spec for name, spec in definition.options.items() if name not in without}
    return {"type": "dict", "options": {**options, **(instead or {})}, **definition.rules}


def with_options(context: Context, more: Mapping[str, Any]) -> Context:
    """The context with more options, such as those of a module that can't be given here."""
    return replace(context, options={**context.options, **more})


def made(
    make: Callable[[Context], Setting[Any]], context: Context, options: Mapping[str, Any], where: str
) -> Setting[Any]:
    """The setting of these options. Raises InputError, which names the option as it stands in polyv_account."""
    try:
        return make(replace(context, options=options))
    except InputError as error:
        raise error.within(where) from None
