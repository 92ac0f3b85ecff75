# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as AWX can keep it: what needs somebody, in few enough letters, and back again.

AWX drops the artifacts of a job that are longer than 700,000 letters of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .findings import State
from .report import Report, assembled

MOST_LETTERS = 600_000
_LEFT_OUT = ("before", "after")

Accounts = list[dict[str, Any]]


def artifact(found: Report, most: int = MOST_LETTERS) -> dict[str, Any]:
    """The totals, and each account that is not as wanted, with what is not.

    `left_out` says what had to go for the size: null, "values", "findings" or "accounts".
    """
    others = [one for one in found["accounts"] if not _is_plain(one)]
    reductions: tuple[tuple[str | None, Callable[[Accounts], Accounts]], ...] = (
        (None, lambda accounts: accounts),
        ("values", lambda accounts: [_without_values(one) for one in accounts]),
        ("findings", lambda accounts: [{**one, "findings": [], "other_channels": None} for one in accounts]),
        ("accounts", lambda accounts: []),
    )
    drifted = [_reduced(one) for one in others]
    for left_out, reduce in reductions:
        same = [] if left_out == "accounts" else _alike(found)
        made = {**_head(found), "left_out": left_out, "accounts": reduce(drifted), "same_accounts": same}
        if len(json.dumps(made)) <= most:
            break
    return made


def _head(found: Report) -> dict[str, Any]:
    return {name: found[name] for name in ("format", "time", "totals", "settings")}


def _reduced(one: Mapping[str, Any]) -> dict[str, Any]:
    findings = [finding for finding in one["findings"] if finding["state"] != State.SAME.word]
    return {**one, "findings": findings, "same": _same_settings(one)}


def _same_settings(one: Mapping[str, Any]) -> list[str]:
    return list(
        dict.fromkeys(item["setting"] for item in one["findings"] if item["state"] == State.SAME.word)
    )


def _without_values(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "findings": [{**item, **dict.fromkeys(_LEFT_OUT)} for item in one["findings"]]}


def _is_plain(one: Mapping[str, Any]) -> bool:
    """Whether there is nothing to say of an account but that it is as wanted."""
    return one["state"] == State.SAME.word and not one["other_channels"]


def _alike(found: Report) -> list[dict[str, Any]]:
    """The accounts of which there is nothing to say, by what was compared."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found["accounts"]:
        if _is_plain(one):
            groups.setdefault(tuple(_same_settings(one)), []).append(one["name"])
    return [{"settings": list(settings), "names": names} for settings, names in groups.items()]


def restored(made: Mapping[str, Any]) -> Report:
    """The report of an artifact, as far as it has it. A report that is whole comes back as it is."""
    if "same_accounts" not in made:
        return dict(made)
    same = [
        {
            "name": name,
            "user_id": None,
            "state": State.SAME.word,
            "msg": None,
            "findings": [_same(setting) for setting in group["settings"]],
            "other_channels": None,
        }
        for group in made["same_accounts"]
        for name in group["names"]
    ]
    others = [
        {
            **{name: value for name, value in one.items() if name != "same"},
            "findings": [*one["findings"], *(_same(setting) for setting in one["same"])],
        }
        for one in made["accounts"]
    ]
    whole = assembled([*others, *same], made["time"], made["settings"])
    return (
        {**whole, "totals": dict(made["totals"]), "left_out": made["left_out"]} if made["left_out"] else whole
    )


def _same(setting: str) -> dict[str, Any]:
    return {
        "setting": setting,
        "channel_id": None,
        "channel": None,
        "state": State.SAME.word,
        **dict.fromkeys((*_LEFT_OUT, "msg")),
    }
