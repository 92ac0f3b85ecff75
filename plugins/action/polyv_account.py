# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_account inside the worker of the controller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..module_utils._settings.account.setting import ACCOUNT
from ..plugin_utils._action.from_role import FromRoleAction
from ..plugin_utils._action.role_variables import role_arguments


class ActionModule(FromRoleAction):
    """See FromRoleAction."""

    definition = ACCOUNT

    def of_role(self, variables: Mapping[str, Any]) -> dict[str, Any] | None:
        """The arguments that the variables of the role ask for."""
        return role_arguments(variables, self._templar.template)
