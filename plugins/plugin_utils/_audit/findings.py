# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check run of polyv_account says of one account: which of its settings differ from what is wanted."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._setting_label import setting_label


class State(enum.Enum):
    """How an account, or one of its settings, compares with what is wanted. The later, the more it needs somebody."""

    SKIPPED = "there is nothing to compare"
    SAME = "it is as wanted"
    UNREADABLE = "the API does not let it be read"
    DRIFTED = "it differs from what is wanted"
    FAILED = "it could not be compared"

    @property
    def word(self) -> str:
        """The state as the report writes it."""
        return self.name.lower()


STATES = tuple(state.word for state in State)


def account(name: str, result: Any) -> dict[str, Any]:
    """The entry of a report for an account, from the result of its task. A result that is none counts as failed."""
    if not isinstance(result, Mapping) or not result:
        return _entry(name, State.FAILED, "There is no result for it.")
    if result.get("skipped"):
        return _entry(name, State.SKIPPED)
    settings = [item for item in result.get("settings") or [] if isinstance(item, Mapping)]
    findings = list(_findings(settings, result.get("diff")))
    broken = bool(result.get("failed") or result.get("unreachable"))
    state = (
        State.FAILED
        if broken
        else max((_state(item) for item in settings), key=_severity, default=State.SKIPPED)
    )
    others, unlisted = result.get("other_channels"), result.get("other_channels_failure")
    told = result.get("msg") if broken else unlisted.get("msg") if isinstance(unlisted, Mapping) else None
    user = result.get("account")
    return {
        **_entry(name, state, _sentence(told)),
        "user_id": user.get("user_id") if isinstance(user, Mapping) else None,
        "findings": findings,
        "other_channels": [dict(channel) for channel in others] if isinstance(others, list) else None,
    }


def worst(states: Sequence[str]) -> str:
    """The one of several states that needs somebody most."""
    return max(states, key=STATES.index, default=State.SKIPPED.word)


def _entry(name: str, state: State, msg: str | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "user_id": None,
        "state": state.word,
        "msg": msg,
        "findings": [],
        "other_channels": None,
    }


def _severity(state: State) -> int:
    return STATES.index(state.word)


def _state(setting: Mapping[str, Any]) -> State:
    if setting.get("failed"):
        return State.FAILED
    if setting.get("unreadable"):
        return State.UNREADABLE
    return State.DRIFTED if setting.get("changed") else State.SAME


def _findings(settings: Sequence[Mapping[str, Any]], diff: Any) -> Iterator[dict[str, Any]]:
    """Each setting with its state. The diff has the settings that differ, in the same order, each under its label."""
    differences = [item for item in diff or [] if isinstance(item, Mapping)]
    for setting in settings:
        before = after = None
        if (
            setting.get("changed")
            and differences
            and differences[0].get("before_header") == setting_label(setting)
        ):
            difference = differences.pop(0)
            before, after = _sides(difference)
        yield {
            "setting": str(setting.get("setting")),
            "channel_id": setting.get("channel_id"),
            "channel": setting.get("channel"),
            "state": _state(setting).word,
            "before": before,
            "after": after,
            "msg": _sentence(setting.get("msg") or setting.get("unreadable")),
        }


def _sides(difference: Mapping[str, Any]) -> tuple[Any, Any]:
    """Both sides without what is alike in them: only the keys that differ."""
    before, after = (_parsed(difference.get(side)) for side in ("before", "after"))
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return before, after
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return tuple({name: side.get(name) for name in names} for side in (before, after))  # type: ignore[return-value]


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def _sentence(msg: Any) -> str | None:
    return " ".join(str(msg).split()) if msg else None
