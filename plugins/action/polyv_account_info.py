# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_account_info inside the worker of the controller."""

from __future__ import annotations

from ..module_utils._settings.account.info.setting import ACCOUNT_INFO
from ..plugin_utils._action.in_process import InProcessAction


class ActionModule(InProcessAction):
    """See InProcessAction."""

    definition = ACCOUNT_INFO
