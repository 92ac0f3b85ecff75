# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_account inside the worker of the controller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from ..module_utils._settings.account.setting import ACCOUNT, FROM_ROLE_VARIABLES
from ..plugin_utils._action.in_process import InProcessAction
from ..plugin_utils._action.role_variables import role_arguments


class ActionModule(InProcessAction):
    """See InProcessAction."""

    definition = ACCOUNT

    def arguments(self, task_vars: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The arguments of the task; from the variables of the role where the task says so, as far as they are set."""
        if not _is_true(self._task.args.get(FROM_ROLE_VARIABLES)):
            return super().arguments(task_vars)
        own = {name: value for name, value in self._task.args.items() if name != FROM_ROLE_VARIABLES}
        found = role_arguments(task_vars, self._templar.template)
        return None if found is None else {**own, **found}


def _is_true(value: Any) -> bool:
    try:
        return bool(boolean(value, strict=True))
    except TypeError:
        return False  # what is no boolean either, the validation refuses
