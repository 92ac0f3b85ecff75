# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary of an export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .run import Outcome


def summary(outcome: Outcome, check: bool) -> dict[str, Any]:
    """The summary as data; `text` is its form for people, a list of lines."""
    found = {
        "check": check,
        "exported": sorted(outcome.lacking),
        "incomplete": {
            host: [f"{what} ({count})" for what, count in lacking.items()]
            for host, lacking in sorted(outcome.lacking.items())
            if lacking
        },
        "left_alone": sorted(outcome.left_alone),
        "failed": dict(sorted(outcome.failed.items())),
        "common": outcome.common,
        "files": outcome.files,
    }
    return {**found, "text": list(_lines(found, outcome.not_common))}


def _lines(found: Mapping[str, Any], not_common: str | None) -> Iterator[str]:
    verb = "would be exported" if found["check"] else "exported"
    everyone = len(found["exported"]) + len(found["left_alone"]) + len(found["failed"])
    yield f"Accounts: {everyone}" + (" (check mode, no file was written)" if found["check"] else "")
    counts = {
        verb: len(found["exported"]),
        "  of these incomplete": len(found["incomplete"]),
        "left alone": len(found["left_alone"]),
        "failed": len(found["failed"]),
    }
    width = max(map(len, counts))
    for label, count in counts.items():
        yield f"  {label:<{width}}  {count}"
    yield from _named("Incomplete", {host: "; ".join(what) for host, what in found["incomplete"].items()})
    yield from _named(
        "Left alone, because their files are there (polyv_export_force replaces them)",
        dict.fromkeys(found["left_alone"], ""),
    )
    yield from _named("Failed", found["failed"])
    if found["common"]:
        yield f"Common to all: {', '.join(found['common'])}"
    if not_common:
        yield not_common


def _named(label: str, notes: Mapping[str, str]) -> Iterator[str]:
    if notes:
        yield f"{label}:"
    for name, note in notes.items():
        yield f"  {name}  {note}".rstrip()
