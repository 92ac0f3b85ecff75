# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_rollout_summary: the summary of a rollout. It has no module: a process for one file would take a second."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ..module_utils._errors import InputError
from ..plugin_utils._action.argument_types import check_path
from ..plugin_utils._action.controller_action import ControllerAction, validated
from ..plugin_utils._report_file import write_report
from ..plugin_utils._rollout_summary import rollout_summary

OPTIONS: dict[str, dict[str, Any]] = {
    "record": {"type": "dict", "required": True},
    "path": {"type": "path", "required": True},
}


class ActionModule(ControllerAction):
    """Sums up, hands the summary to the next job, and writes it."""

    def work(self, arguments: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The result of the task, which never changes an account. Of a dry run the file is written, too: it is a report."""
        return _summed_up(arguments)


def _summed_up(arguments: dict[str, Any]) -> dict[str, Any]:
    options = validated(OPTIONS, arguments)
    check_path("path", options["path"])
    try:
        summary = rollout_summary(options["record"])
    except (KeyError, TypeError, AttributeError, ValueError):
        problem = "got no record of a rollout, must be what the filter polyv.live.rollout_batch returns"
        raise InputError("record", problem) from None
    path = os.path.realpath(options["path"])
    return {
        "changed": False,
        "summary": summary,
        "path": path,
        "not_written": write_report(
            path, json.dumps(summary, ensure_ascii=False, indent=4, sort_keys=True) + "\n"
        ),
        # What set_stats does.
        "ansible_stats": {"data": {"polyv_summary": summary}, "per_host": False, "aggregate": False},
    }
