# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The in-process action: a module's task inside the worker of the controller, where nothing asks for another process.

An ordinary module costs a new Python process, about half a second of CPU; the same code in the worker costs some
milliseconds. What AnsibleModule does for an ordinary module is done here for the worker: validation and its messages,
warnings, `invocation`, masking. What only core can do (`until`, `loop`, `ignore_errors`, `timeout`) it does for both.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ansible import constants as C
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ...module_utils._api.libraries import IMPORT_ERROR
from ...module_utils._engine.definition import Definition
from ...module_utils._engine.task import execute
from ...module_utils._errors import as_polyv_error
from ...module_utils._options.connection import COMMON_OPTIONS
from ...module_utils._options.verify_writes import with_choice
from .._accounts.named_account import SOURCE, names_account, with_credentials
from .._untagged import untagged
from .argument_types import check_form
from .controller_files import replaced
from .exposure_warnings import exposures
from .suboptions import structured
from .validation import Validation

SWITCH = "polyv_in_process"


class InProcessAction(ActionBase):
    """The action plugin of a module. A subclass names the setting in `definition`."""

    definition: ClassVar[Definition]

    _supports_async = True
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task, inside the worker or as an ordinary module."""
        task_vars = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            arguments = self.arguments(task_vars)
            if arguments is None:
                return {**result, "changed": False, "skipped": True, "skip_reason": "The tags select nothing"}
            result.update(self._run(arguments, task_vars))
        except AnsibleError:
            raise  # its own, which it knows how to show
        except Exception as error:
            return {**result, **as_polyv_error(error).as_result()}
        return self._with_warnings(result, list(exposures(self._task, task_vars, arguments, self.definition)))

    def _with_warnings(self, result: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
        if self._task.async_val:
            # Of an asynchronous task, ansible-core before 2.19 returns the result of the module and nothing of this one.
            for warning in warnings:
                self._display.warning(warning)
        elif warnings:
            result["warnings"] = [*result.get("warnings", []), *warnings]
        return result

    def arguments(self, task_vars: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The arguments of the task, None where there is nothing to do."""
        arguments: Mapping[str, Any] = self._task.args
        return arguments

    def _run(self, given: Mapping[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        given, deprecations = with_choice(given)
        result = self._on_account(given, task_vars)
        if deprecations:
            result["deprecations"] = [*result.get("deprecations", []), *deprecations]
        return result

    def _on_account(self, given: Mapping[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        enter = self._in_worker if self._may_stay(task_vars) else self._as_module
        arguments = structured(given, self.definition.options)
        check_form(self.definition, COMMON_OPTIONS, arguments)
        if not names_account(arguments):
            return enter(arguments, task_vars)
        arguments = with_credentials(arguments, self._environ(), self._on_controller, self._loader)
        return _from_accounts_file(enter(arguments, task_vars))

    def _may_stay(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether nothing asks for a process of its own."""
        return (
            self._switched_on(task_vars)
            and self._connection.transport == "local"
            # However it was set: a variable leaves the task's own keyword untouched.
            and not self._connection.become
            and not self._task.async_val
            # [{}] is what no environment looks like.
            and not any(self._task.environment or ())
            and IMPORT_ERROR is None
        )

    def _switched_on(self, task_vars: Mapping[str, Any]) -> bool:
        # Variables come untemplated, and as text from the command line: "false" and "{{ false }}" would both be true.
        value = self._templar.template(task_vars.get(SWITCH, True))
        try:
            return bool(boolean(value, strict=True))
        except TypeError:
            raise AnsibleActionFail(f"{SWITCH}: got {value!r}, must be a boolean") from None

    def _environ(self) -> dict[str, str]:
        """The environment of this process with the `environment` of the task, its block and its play."""
        given: dict[str, Any] = {}
        self._compute_environment_string(given)
        return {**os.environ, **{str(name): str(value) for name, value in given.items()}}

    def _in_worker(self, task_arguments: Mapping[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        arguments = replaced(untagged(task_arguments), self.definition.files, self._on_controller)
        validation = Validation(self._task.action, self.definition, arguments)
        result = validation.failure or execute(
            self.definition,
            validation.parameters,
            check=bool(self._task.check_mode),
            hidden=bool(self._task.no_log),
            environ=os.environ,
            warn=validation.warnings.append,
        )
        return validation.finished(result, with_invocation=_shows_invocation(task_vars))

    def _as_module(self, task_arguments: Mapping[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        locate: Callable[[str], str] = self._on_controller
        if self._connection.transport != "local":
            locate = self._on_target
        arguments = replaced(task_arguments, self.definition.files, locate)
        wrap_async = bool(self._task.async_val)
        result: dict[str, Any] = self._execute_module(
            module_args=arguments, task_vars=task_vars, wrap_async=wrap_async
        )
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _on_controller(self, path: str) -> str:
        """The file as Ansible finds files, in `files/` of the role or beside the play; else the path itself."""
        try:
            return str(self._find_needle("files", path))
        except AnsibleError:
            return path  # the check of the option says what is wrong with it

    def _on_target(self, path: str) -> str:
        """A copy of the controller's file on the host that runs the module."""
        source = self._on_controller(path)
        if not os.path.isfile(source):
            return path
        if self._connection._shell.tmpdir is None:
            self._make_tmp_path()
        directory = self._connection._shell.tmpdir
        # Numbered by its place on the controller: two files may have the same name.
        name = f"{abs(hash(source)):x}-{os.path.basename(source)}"
        target: str = self._transfer_file(source, self._connection._shell.join_path(directory, name))
        self._fixup_perms2((directory, target))
        return target


def _from_accounts_file(result: dict[str, Any]) -> dict[str, Any]:
    # To both ways of running it the credentials came as options.
    if "account" in result:
        result["account"] = {**result["account"], "source": SOURCE}
    return result


def _shows_invocation(task_vars: Mapping[str, Any]) -> bool:
    try:
        return bool(C.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
    except (AnsibleError, KeyError):
        return True  # before ansible-core 2.21 modules always return it, and callbacks leave it out
