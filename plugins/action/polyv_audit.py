# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_audit: the report of an audit. It has no module: it works on the controller only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..module_utils._errors import InputError
from ..plugin_utils._action.argument_types import check_path
from ..plugin_utils._action.controller_action import ControllerAction, validated
from ..plugin_utils._audit.artifact import artifact
from ..plugin_utils._audit.files import earlier_reports, keep_earlier, read_reports
from ..plugin_utils._audit.page import page
from ..plugin_utils._audit.report import Report, merged, report, text
from ..plugin_utils._report_file import write_report

OPTIONS: dict[str, dict[str, Any]] = {
    "results": {"type": "dict"},
    "from": {"type": "list", "elements": "path"},
    "path": {"type": "path"},
    "page": {"type": "path"},
}
_ONE_OF = ("results", "from")


class ActionModule(ControllerAction):
    """Makes the report, hands it to the next job, and writes it as data and as a page."""

    def work(self, arguments: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The result of the task, which never changes an account. In check mode the files are written, too: they are a report."""
        return _reported(arguments)


def _reported(arguments: dict[str, Any]) -> dict[str, Any]:
    options = validated(OPTIONS, arguments, mutually_exclusive=[_ONE_OF], required_one_of=[_ONE_OF])
    for option in ("path", "page"):
        if options[option] is not None:
            check_path(option, options[option])
    found = _found(options)
    return {
        "changed": False,
        "totals": found["totals"],
        "text": text(found),
        "drifted": [one["name"] for one in found["accounts"] if one["state"] == "drifted"],
        "not_written": _written(found, options["path"], options["page"], _beside(options)),
        # What set_stats does.
        "ansible_stats": {"data": {"polyv_audit": artifact(found)}, "per_host": False, "aggregate": False},
    }


def _found(options: dict[str, Any]) -> Report:
    if options["from"] is None:
        return report(options["results"], datetime.now(timezone.utc))
    reports = [one for path in options["from"] for one in read_reports(path)]
    if not reports:
        raise InputError("from", "got an empty list, must name a report of an audit, or artifacts with one")
    return merged(reports)


def _beside(options: dict[str, Any]) -> str | None:
    """The file beside which the reports of earlier runs lie: the one to write, or the only one to read."""
    named = options["from"] or []
    only = named[0] if len(named) == 1 and os.path.isfile(named[0]) else None
    path: str | None = options["path"] or only
    return path


def _written(found: Report, path: str | None, page_path: str | None, beside: str | None) -> list[str]:
    """Writes the files, whose paths start at the working directory. The reasons where that can't be done."""
    reasons: list[str | None] = []
    earlier = earlier_reports(os.path.realpath(beside)) if beside else []
    earlier = [one for one in earlier if one["time"] != found["time"]]
    if path is not None:
        place = os.path.realpath(path)
        reasons.append(keep_earlier(place))
        reasons.append(write_report(place, json.dumps(found, ensure_ascii=False, indent=1) + "\n"))
    if page_path is not None:
        reasons.append(write_report(os.path.realpath(page_path), page(found, earlier)))
    return [reason for reason in reasons if reason is not None]
