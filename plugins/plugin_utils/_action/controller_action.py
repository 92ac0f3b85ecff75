# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An action that works on the controller only, such as one that writes a report: it has no module."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ...module_utils._errors import Failure, Kind, PolyvError, as_polyv_error
from .._untagged import untagged


class ControllerAction(ActionBase):
    """An action whose result is that of `work`. It runs in check mode, too, and knows what to do there."""

    TRANSFERS_FILES = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task, or `failed`, `msg` and `failure`. It holds no `invocation`."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            return {**result, **self.work(untagged(self._task.args), task_vars or {})}
        except Exception as error:
            return {**result, **as_polyv_error(error).as_result()}

    @abstractmethod
    def work(self, arguments: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The result from the arguments, which are not validated yet. Raises PolyvError, and whatever nobody foresaw."""


def validated(options: Mapping[str, Any], arguments: Mapping[str, Any], **rules: Any) -> dict[str, Any]:
    """The arguments by an argument spec and its rules, such as `mutually_exclusive`. Raises PolyvError."""
    found = ArgumentSpecValidator(options, **rules).validate(arguments)
    if found.error_messages:
        raise PolyvError(found.errors.msg, Failure(Kind.INVALID_INPUT))
    parameters: dict[str, Any] = found.validated_parameters
    return parameters
