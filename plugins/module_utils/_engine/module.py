# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ordinary module: a setting behind AnsibleModule."""

from __future__ import annotations

from . import python_version  # noqa: F401 first: it may end the module  # pylint: disable=unused-import

# isort: split
import os
from collections.abc import Mapping
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule

from .._errors import Failure, Kind
from .._options.connection import COMMON_OPTIONS
from .._secrets import without_secrets, worth_hiding
from .definition import HIDDEN_EVERYWHERE, Definition, shown_arguments, spec_for_ansible
from .task import execute


class _Module(AnsibleModule):
    """An AnsibleModule whose own complaints about arguments carry a `failure` like every other error.

    `spec` is the whole argument spec, which tells of every secret: those that Ansible is not told of are hidden here.
    """

    def __init__(self, definition: Definition, spec: Mapping[str, Any], **arguments: Any) -> None:
        self._definition = definition
        self._spec = spec
        super().__init__(argument_spec=spec_for_ansible(spec), **arguments)

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        """Ends the process with a failed result."""
        self.hide_secrets()
        super().fail_json(msg, **{"failure": Failure(Kind.INVALID_INPUT).as_dict(), **result})

    def hide_secrets(self) -> None:
        """What Ansible shows of the arguments from now on is without secrets. The task must be over."""
        self.params = shown_arguments(self._definition, self._spec, self.params)

    def _log_invocation(self) -> None:
        given = self.params
        self.hide_secrets()
        super()._log_invocation()
        self.params = given


def run(definition: Definition) -> None:
    """Runs the task that Ansible has handed to this process, and ends the process."""
    spec = {**COMMON_OPTIONS, **definition.options}
    module = _Module(definition, spec, supports_check_mode=True, **definition.rules)
    module.no_log_values = worth_hiding(
        str(value) for name in HIDDEN_EVERYWHERE if (value := module.params.get(name))
    )
    result = execute(
        definition,
        module.params,
        check=module.check_mode,
        hidden=module.no_log,
        environ=os.environ,
        warn=module.warn,
    )
    module.hide_secrets()
    exact = definition.unmasked(module.params)
    if exact:
        # AnsibleModule masks everything alike, so it is left nothing to mask. Warnings have no secret in them any more.
        result["invocation"] = {"module_args": module.params}
        result = without_secrets(result, module.no_log_values, exact)
        module.no_log_values = set()
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
