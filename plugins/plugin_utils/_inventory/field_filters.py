# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option `filters` of the inventory: which channels, by fields of their listing (docs/api.md §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils._api.channels import LIST
from ...module_utils._errors import Failure, InputError, Kind, PolyvError
from ...module_utils._options.quoting import got
from ...module_utils._options.types import is_int
from ...module_utils._settings.channel.fields import SCENES
from .listed_channels import Channel

WATCH_STATUSES = ("live", "playback", "end", "waiting")
# What the API filters by itself, and its name there. Of `keyword` it is not known what it matches, so it is never sent.
_ASKED = {"category_id": "categoryId", "watch_status": "watchStatus"}
_CHOICES = {"watch_status": WATCH_STATUSES, "scene": tuple(SCENES)}
_KEYWORD = "keyword"
_ALLOWED = ("category_id", "watch_status", "scene", _KEYWORD)
_CATEGORY_ID = re.compile(r"[0-9]{1,20}", re.ASCII)


@dataclass(frozen=True)
class FieldFilters:
    """`values` are those that a field may have; a `keyword` is part of the name, in any case."""

    values: Mapping[str, tuple[str, ...]]
    keyword: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """What the API is asked for: it takes one value of a field."""
        return {
            _ASKED[field]: values[0]
            for field, values in self.values.items()
            if field in _ASKED and len(values) == 1
        }

    def keeps(self, channel: Channel) -> bool:
        """Whether a channel is wanted. Raises PolyvError where its listing does not show what that depends on."""
        return self.keyword in (channel["name"] or "").casefold() and all(
            self._has_one_of(channel, field, values) for field, values in self.values.items()
        )

    def _has_one_of(self, channel: Channel, field: str, values: tuple[str, ...]) -> bool:
        shown = channel[field]
        if shown is not None:
            return shown in values
        if _ASKED.get(field) in self.parameters:
            return True  # the API has been asked for this value only
        raise PolyvError(
            f"filters.{field}: the API does not show it of channel {channel['channel_id']}.",
            Failure(Kind.UNEXPECTED_DATA, endpoint=LIST.name),
        )


def checked_filters(given: Any) -> FieldFilters:
    """The filters of an inventory file. Raises InputError."""
    if given is None:
        return FieldFilters({})
    if not isinstance(given, Mapping):
        raise InputError("filters", f"{got(given)}, must be a mapping of {', '.join(_ALLOWED)}")
    for field in given:
        if field not in _ALLOWED:
            raise InputError("filters", f"{got(field)}, must be {', '.join(_ALLOWED[:-1])} or {_ALLOWED[-1]}")
    values = {field: _values(field, value) for field, value in given.items() if field != _KEYWORD}
    keyword = given.get(_KEYWORD, "")
    if _KEYWORD in given and not (isinstance(keyword, str) and keyword.strip()):
        raise InputError(f"filters.{_KEYWORD}", f"{got(keyword)}, must be text and not blank")
    return FieldFilters(values, str(keyword).casefold())


def _values(field: str, given: Any) -> tuple[str, ...]:
    values = tuple(
        str(value) if is_int(value) else value for value in (given if isinstance(given, list) else [given])
    )
    allowed = _CHOICES.get(field)
    for value in values:
        if allowed and value not in allowed:
            raise InputError(f"filters.{field}", f"{got(value)}, must be one or more of {', '.join(allowed)}")
        if not allowed and not (isinstance(value, str) and _CATEGORY_ID.fullmatch(value)):
            raise InputError(
                f"filters.{field}", f"{got(value)}, must be the number of a category, or a list of them"
            )
    if not values:
        raise InputError(f"filters.{field}", "got an empty list, which no channel passes")
    return tuple(dict.fromkeys(map(str, values)))
