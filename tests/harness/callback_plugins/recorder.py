"""Writes every result, as a callback of Ansible sees it, as one JSON object a line."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorder
type: notification
short_description: Records results for the tests
description:
  - Writes results to the file that the environment variable RECORDER_FILE names.
"""


class CallbackModule(CallbackBase):
    """One line for each result of a task, and of an item of a loop."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record("failed", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._record("unreachable", result)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._record("item_ok", result)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._record("item_failed", result)

    def _record(self, status: str, result: Any) -> None:
        entry = {
            "status": status,
            "task": result._task.get_name(),
            "host": result._host.get_name(),
            "result": result._result,
        }
        with open(os.environ["RECORDER_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, default=str) + "\n")
