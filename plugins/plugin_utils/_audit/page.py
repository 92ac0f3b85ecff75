# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one page that needs nothing else: styles, script, texts and data are inside it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .findings import STATES, State, worst
from .report import Report

_FILES = Path(__file__).parent / "page_files"
# As people want to see them. The last two are left out where there are none.
_ORDER = (State.SAME, State.DRIFTED, State.FAILED, State.UNREADABLE, State.SKIPPED)
_ALWAYS = _ORDER[:3]
_EARLY = Markup('document.documentElement.classList.add("scripted");')


def page(found: Report, earlier: Sequence[Report] = ()) -> str:
    """The page as HTML. `earlier` are the reports of earlier runs, the newest first.

    Names come from people, and every text is escaped: the template engine does it for all but the files of this package.
    """
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_FILES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False}
    runs = (found, *earlier)
    library, script = _inlined("dataTables.min.js"), _inlined("page.js")
    return environment.get_template("page.html.j2").render(
        report=found,
        states=[
            state.word
            for state in _ORDER
            if state in _ALWAYS or any(run["totals"][state.word] for run in runs)
        ],
        severity={state: number for number, state in enumerate(STATES)},
        rows=[_row(one, found["settings"]) for one in found["accounts"]],
        details={one["name"]: _details(one) for one in found["accounts"] if _needs_details(one)},
        runs=[{"time": one["time"], "totals": one["totals"]} for one in runs] if earlier else [],
        texts=json.loads((_FILES / "texts.json").read_text(encoding="utf-8")),
        style=_inlined("style.css"),
        early=_EARLY,
        library=library,
        licence=_inlined("dataTables.LICENSE.txt"),
        script=script,
        # These run and nothing else does, whatever a text turns out to be.
        hashes=Markup(" ".join(map(_hash, (_EARLY, library, script)))),
    )


def _hash(script: str) -> str:
    """A script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _inlined(name: str) -> Markup:
    """A file of this package as it is: it is no data."""
    return Markup((_FILES / name).read_text(encoding="utf-8"))


def _row(one: Mapping[str, Any], settings: Sequence[str]) -> dict[str, Any]:
    by_setting: dict[str, list[str]] = {}
    for finding in one["findings"]:
        by_setting.setdefault(finding["setting"], []).append(finding["state"])
    return {
        **one,
        "others": len(one["other_channels"] or []),
        "cells": [_cell(name, by_setting.get(name, [])) for name in settings],
    }


def _cell(setting: str, states: Sequence[str]) -> dict[str, Any]:
    """One field of the matrix: the state that needs somebody most, and in how many of how many channels."""
    state = worst(states) if states else None
    return {
        "setting": setting,
        "state": state,
        "count": sum(one == state for one in states),
        "all": len(states),
    }


def _needs_details(one: Mapping[str, Any]) -> bool:
    return one["state"] != State.SAME.word or bool(one["other_channels"] or one["msg"])


def _details(one: Mapping[str, Any]) -> dict[str, Any]:
    findings = [finding for finding in one["findings"] if finding["state"] != State.SAME.word]
    return {**one, "findings": findings}
