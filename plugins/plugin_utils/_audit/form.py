# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether data from a file can be a report, or an artifact of one: the page and the merging rely on its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .findings import STATES
from .report import FORMAT, LEFT_OUT, totals

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_MOST = 10**6

Check = Callable[[Any], bool]


def is_report(value: Any) -> bool:
    """Whether the data has the form of a report or of an artifact."""
    return _has(
        value,
        format=lambda found: found == FORMAT,
        time=lambda found: isinstance(found, str) and bool(_TIME.fullmatch(found)),
        totals=lambda found: _has(found, **dict.fromkeys(totals([]), _is_count)),
        settings=_texts,
        accounts=_list_of(_is_account),
    ) and ("same_accounts" not in value or _is_artifact(value))


def _is_artifact(value: Mapping[str, Any]) -> bool:
    groups = _list_of(lambda group: _has(group, same=_counts, names=_texts, lists_channels=_is_bool))
    return (
        groups(value["same_accounts"])
        and value.get("left_out") in LEFT_OUT
        and all(_counts(one.get("same")) for one in value["accounts"])
    )


def _is_account(value: Any) -> bool:
    return _has(
        value,
        name=_is_text,
        user_id=_is_text_or_null,
        state=lambda found: found in STATES,
        msg=_is_text_or_null,
        findings=_list_of(_is_finding),
        other_channels=lambda found: found is None or _list_of(_is_channel)(found),
    )


def _is_finding(value: Any) -> bool:
    return _has(
        value,
        setting=_is_text,
        channel_id=_is_text_or_null,
        channel=_is_text_or_null,
        state=lambda found: found in STATES,
        before=lambda found: True,
        after=lambda found: True,
        msg=_is_text_or_null,
    )


def _is_channel(value: Any) -> bool:
    return _has(value, channel_id=_is_text, name=_is_text_or_null)


def _has(value: Any, **checks: Check) -> bool:
    return isinstance(value, Mapping) and all(
        name in value and check(value[name]) for name, check in checks.items()
    )


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_or_null(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= _MOST


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _counts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_is_text, value)) and all(map(_is_count, value.values()))


_texts = _list_of(_is_text)
