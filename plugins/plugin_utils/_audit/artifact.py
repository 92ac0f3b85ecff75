# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as AWX can keep it: what needs somebody, in few enough letters, and back again.

AWX drops the artifacts of a job that are longer than 700,000 letters of JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from .findings import State
from .report import Report, assembled

MOST_LETTERS = 600_000

Accounts = list[dict[str, Any]]


def artifact(found: Report, most: int = MOST_LETTERS) -> dict[str, Any]:
    """The totals, and each account of which there is something to say, with what is not as wanted.

    `left_out` says what had to go for the size: null, "values", "findings" (but for setting and state) or "accounts".
    """
    told = [_reduced(one) for one in found["accounts"] if not _is_plain(one)]
    reductions: tuple[tuple[str | None, Callable[[Accounts], Accounts]], ...] = (
        (None, lambda accounts: accounts),
        ("values", lambda accounts: _without(accounts, "before", "after")),
        ("findings", lambda accounts: _without(accounts, "before", "after", "msg", "channel", "channel_id")),
        ("accounts", lambda accounts: []),
    )
    for left_out, reduce in reductions:
        same = [] if left_out == "accounts" else _alike(found)
        made = {**_head(found), "left_out": left_out, "accounts": reduce(told), "same_accounts": same}
        if len(json.dumps(made)) <= most:
            break
    return made


def _head(found: Report) -> dict[str, Any]:
    return {name: found[name] for name in ("format", "time", "totals", "settings")}


def _reduced(one: Mapping[str, Any]) -> dict[str, Any]:
    findings = [finding for finding in one["findings"] if finding["state"] != State.SAME.word]
    return {**one, "findings": findings, "same": _same_settings(one)}


def _same_settings(one: Mapping[str, Any]) -> dict[str, int]:
    """How often each setting is as wanted: once, or in so many channels."""
    return dict(Counter(item["setting"] for item in one["findings"] if item["state"] == State.SAME.word))


def _without(accounts: Accounts, *names: str) -> Accounts:
    return [
        {**one, "findings": [{**item, **dict.fromkeys(names)} for item in one["findings"]]}
        for one in accounts
    ]


def _is_plain(one: Mapping[str, Any]) -> bool:
    """Whether there is nothing to say of an account but that it is as wanted."""
    return one["state"] == State.SAME.word and not one["other_channels"] and not one["msg"]


def _alike(found: Report) -> list[dict[str, Any]]:
    """The accounts of which there is nothing to say, by what was compared."""
    groups: dict[str, dict[str, Any]] = {}
    for one in filter(_is_plain, found["accounts"]):
        compared = {"same": _same_settings(one), "lists_channels": one["other_channels"] is not None}
        groups.setdefault(json.dumps(compared), {**compared, "names": []})["names"].append(one["name"])
    return list(groups.values())


def restored(made: Mapping[str, Any]) -> Report:
    """The report of an artifact, as far as it has it. A report that is whole comes back as it is."""
    if "same_accounts" not in made:
        return dict(made)
    same = [_plain(name, group) for group in made["same_accounts"] for name in group["names"]]
    others = [
        {
            **{name: value for name, value in one.items() if name != "same"},
            "findings": [*one["findings"], *_same(one["same"])],
        }
        for one in made["accounts"]
    ]
    whole = assembled([*others, *same], made["time"], made["settings"])
    if made["left_out"] == "accounts":
        whole["totals"] = dict(made["totals"])
    return {**whole, "left_out": made["left_out"]} if made["left_out"] else whole


def _plain(name: str, group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "user_id": None,
        "state": State.SAME.word,
        "msg": None,
        "findings": _same(group["same"]),
        "other_channels": [] if group["lists_channels"] else None,
    }


def _same(settings: Mapping[str, int]) -> list[dict[str, Any]]:
    nothing = dict.fromkeys(("channel_id", "channel", "before", "after", "msg"))
    return [
        {"setting": setting, "state": State.SAME.word, **nothing}
        for setting, count in settings.items()
        for _unused in range(count)
    ]
