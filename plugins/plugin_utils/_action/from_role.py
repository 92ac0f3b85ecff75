# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The in-process action of a module that can take its options from the variables of the role account."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from ...module_utils._settings.account.setting import FROM_ROLE_VARIABLES
from .in_process import InProcessAction


class FromRoleAction(InProcessAction):
    """The action plugin of such a module. A subclass says which options the variables give."""

    def arguments(self, task_vars: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The arguments of the task; from the variables of the role where the task says so, as far as they are set."""
        if not _is_true(self._task.args.get(FROM_ROLE_VARIABLES)):
            return super().arguments(task_vars)
        own = {name: value for name, value in self._task.args.items() if name != FROM_ROLE_VARIABLES}
        found = self.of_role(task_vars)
        return None if found is None else {**own, **found}

    @abstractmethod
    def of_role(self, variables: Mapping[str, Any]) -> dict[str, Any] | None:
        """The arguments that the variables of the host ask for; None where there is nothing to do."""


def _is_true(value: Any) -> bool:
    try:
        return bool(boolean(value, strict=True))
    except TypeError:
        return False  # what is no boolean either, the validation refuses
