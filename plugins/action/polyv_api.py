# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_api inside the worker of the controller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..module_utils._settings.api.call import API
from ..module_utils._settings.api.files import with_filename
from ..plugin_utils._action.in_process import InProcessAction
from ..plugin_utils._action.suboptions import structured


class ActionModule(InProcessAction):
    """See InProcessAction."""

    definition = API

    def arguments(self, task_vars: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The arguments of the task. A file is sent under the name that the user knows, wherever it is copied to."""
        arguments = structured(self._task.args, self.definition.options)
        if isinstance(arguments.get("files"), list):
            arguments["files"] = [with_filename(file) for file in arguments["files"]]
        return arguments
