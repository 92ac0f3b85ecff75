# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of every account of a rollout, for machines, and in a few lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# More would scroll the failures out of sight; the file has them all.
MOST_NAMES = 20
_MOST_CHARACTERS = 200


def rollout_summary(record: Mapping[str, Any]) -> dict[str, Any]:
    """The summary of a record; `text` is its form for people, a list of lines."""
    groups = {
        "changed": {name: list(record["changed"][name]) for name in sorted(record["changed"])},
        "same": sorted(record["same"]),
        "skipped": sorted(record["skipped"]),
        "failed": {name: dict(record["failed"][name]) for name in sorted(record["failed"])},
    }
    reached = {name for group in groups.values() for name in group}
    groups["not_reached"] = sorted(name for name in record["everyone"] if name not in reached)
    summary = {
        "check": record["check"],
        "stopped": record["stopped"],
        "counts": {
            "accounts": len(record["everyone"]),
            **{kind: len(group) for kind, group in groups.items()},
        },
        **groups,
    }
    return {**summary, "text": list(_lines(summary))}


def _lines(summary: Mapping[str, Any]) -> Iterable[str]:
    labels = _labels(summary)
    yield f"Accounts: {summary['counts']['accounts']}" + (
        " (check mode, nothing was written)" if summary["check"] else ""
    )
    width = max(map(len, labels.values()))
    digits = len(str(summary["counts"]["accounts"]))
    for kind, label in labels.items():
        yield f"  {label:<{width}}  {summary['counts'][kind]:>{digits}}"
    if summary["stopped"]:
        yield f"Stopped: {summary['stopped']}."
    yield from _named(labels["changed"], {name: ", ".join(what) for name, what in summary["changed"].items()})
    yield from _named(labels["failed"], {name: what["reason"] for name, what in summary["failed"].items()})
    yield from _named(labels["not_reached"], dict.fromkeys(summary["not_reached"], ""))


def _labels(summary: Mapping[str, Any]) -> dict[str, str]:
    labels = {
        "changed": "would change" if summary["check"] else "changed",
        "same": "same",
        "skipped": "nothing selected",
        "failed": "failed",
        "not_reached": "not reached",
    }
    # Only a run with tags, or an account without settings, knows this one.
    return {kind: label for kind, label in labels.items() if kind != "skipped" or summary["skipped"]}


def _named(label: str, notes: Mapping[str, str]) -> Iterable[str]:
    if not notes:
        return
    yield f"{label.capitalize()}:"
    listed = list(notes)[:MOST_NAMES]
    width = max(map(len, listed))
    for name in listed:
        yield f"  {name:<{width}}  {_short(notes[name])}".rstrip()
    if len(notes) > len(listed):
        yield f"  and {len(notes) - len(listed)} more"


def _short(note: str) -> str:
    return note if len(note) <= _MOST_CHARACTERS else f"{note[: _MOST_CHARACTERS - 1]}…"
