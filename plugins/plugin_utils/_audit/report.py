# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of an audit, as data: every account with its findings, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from .findings import STATES, account

FORMAT = 1
# What a report may lack for its size, the worse the later.
LEFT_OUT = (None, "values", "findings", "accounts")
Report = dict[str, Any]


def report(results: Mapping[str, Any], now: datetime) -> Report:
    """The report of an audit over these hosts, from the result of each one's task. `now` knows its zone."""
    return assembled([account(str(host), result) for host, result in results.items()], _written(now))


def assembled(
    accounts: Sequence[Mapping[str, Any]], time: str, settings: Sequence[str] | None = None
) -> Report:
    """A report of these accounts, in the order of their names. `settings` are the columns where they are known."""
    ordered = sorted(accounts, key=lambda one: str(one["name"]))
    return {
        "format": FORMAT,
        "time": time,
        "totals": totals(ordered),
        "settings": _settings(ordered) if settings is None else list(settings),
        "accounts": ordered,
    }


def totals(accounts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many accounts there are, how many of each state, and how many channels no data names."""
    found = {"accounts": 0, **dict.fromkeys(STATES, 0), "other_channels": 0}
    for one in accounts:
        found["accounts"] += 1
        found[one["state"]] += 1
        found["other_channels"] += len(one.get("other_channels") or [])
    return found


def _settings(accounts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns: every setting that any account has, those of the account before those of channels."""
    seen: dict[str, bool] = {}
    for one in accounts:
        for finding in one["findings"]:
            of_channel = finding.get("channel_id") is not None or finding.get("channel") is not None
            seen[finding["setting"]] = seen.get(finding["setting"], True) and of_channel
    return [name for wanted in (False, True) for name, of_channel in seen.items() if of_channel is wanted]


def merged(reports: Sequence[Report]) -> Report:
    """One report of several, such as those of the slices of a job. The time is that of the last.

    Of an account that is in more than one the last counts, unless one of them has no accounts left: then the totals are summed.
    """
    accounts: dict[str, Mapping[str, Any]] = {}
    for one in sorted(reports, key=lambda one: str(one["time"])):
        accounts.update({str(entry["name"]): entry for entry in one["accounts"]})
    settings = dict.fromkeys(name for one in reports for name in one["settings"])
    whole = assembled(list(accounts.values()), max(str(one["time"]) for one in reports), list(settings))
    lost = max((one.get("left_out") for one in reports), key=LEFT_OUT.index)
    if lost == "accounts":
        whole["totals"] = {name: sum(one["totals"][name] for one in reports) for name in whole["totals"]}
    return {**whole, "left_out": lost} if lost else whole


def text(found: Report) -> list[str]:
    """The report in a few lines for people."""
    lines = [f"Accounts: {found['totals']['accounts']} (nothing was written)"]
    lines += [
        f"  {state:<10}  {found['totals'][state]}"
        for state in STATES
        if found["totals"][state] or state == "same"
    ]
    if found["totals"]["other_channels"]:
        lines.append(f"Channels that no data names: {found['totals']['other_channels']}")
    return lines


def _written(now: datetime) -> str:
    return now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
