# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_vault_file: an encrypted file of variables on the controller. It has no module: the passwords stay here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from ansible import constants as C
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase

from ..module_utils._errors import Failure, InputError, Kind, LocalError, PolyvError, as_polyv_error
from ..module_utils._secrets import Masker
from ..plugin_utils._action.argument_types import check_path
from ..plugin_utils._untagged import untagged
from ..plugin_utils._vault_file import disk, stored_file
from ..plugin_utils._vault_file.keeping import planned, written
from ..plugin_utils._vault_file.keys import Keys
from ..plugin_utils._vault_file.stored_file import Plan

# A playbook that lies there is one that is called by its name, or could be.
_COLLECTION = re.compile(r"/ansible_collections/[^/]+/[^/]+(/|\Z)")
_TOO_DEEP = InputError(
    "variables", "a number of thousands of digits, or a value of hundreds of levels, can't be stored."
)

OPTIONS: dict[str, dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    # Not no_log: ansible-core 2.22 would mask each value in all output of the run, be it "1" or an email address.
    # Nothing but `reveal` returns a value.
    "variables": {"type": "dict", "required": True},
    "keep": {"type": "list", "elements": "str", "default": []},
    "identity": {"type": "list", "elements": "str", "default": []},
    "required": {"type": "list", "elements": "str", "default": []},
    "reveal": {"type": "list", "elements": "str", "default": []},
    "purge": {"type": "bool", "default": False},
    "backup": {"type": "bool", "default": False},
    "vault_password": {"type": "str", "no_log": True},
    "vault_id": {"type": "str"},
    "directory_mode": {"type": "raw", "default": "0700"},
}


class ActionModule(ActionBase):
    """Reads, merges, compares and, where they differ, writes."""

    TRANSFERS_FILES = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task. It holds no `invocation`, and values of variables only in `revealed`."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            # Through JSON, because to ansible-core 2.16 a copy of unsafe text is unsafe text, which is no plain type.
            arguments = json.loads(json.dumps(untagged(self._task.args)))
        except (ValueError, RecursionError):
            return {**result, **_TOO_DEEP.as_result()}
        validated = ArgumentSpecValidator(OPTIONS).validate(arguments)
        if validated.error_messages:
            text = remove_values(
                validated.errors.msg, validated._no_log_values | _texts(arguments.get("variables"))
            )
            return {**result, **PolyvError(text, Failure(Kind.INVALID_INPUT)).as_result()}
        options = validated.validated_parameters
        try:
            outcome = self._kept(options)
        except RecursionError:
            outcome = _TOO_DEEP.as_result()
        except OSError as error:
            outcome = LocalError(f"{error.filename or options['path']}: {error.strerror}.").as_result()
        except Exception as error:
            outcome = as_polyv_error(error).as_result()
        revealed = {name: outcome.pop(name) for name in ("revealed",) if name in outcome}
        masked: dict[str, Any] = Masker([options["vault_password"]]).mask_all(outcome)
        return {**result, **masked, **revealed}  # values are data: they are never masked

    def _kept(self, options: Mapping[str, Any]) -> dict[str, Any]:
        mode = _mode(options["directory_mode"])
        keys = self._keys(options)
        path = self._path(options["path"])
        stored_file.check_values(options["variables"])
        plan = planned(path, keys, options)
        if not plan.changed or self._task.check_mode:
            return _result(path, plan, options["reveal"])
        directory = os.path.dirname(path)
        disk.make_directories(directory, mode)
        with disk.locked(directory):
            plan = planned(path, keys, options)  # another task may have written meanwhile
            return {**_result(path, plan, options["reveal"]), **written(path, keys, plan, options["backup"])}

    def _path(self, given: str) -> str:
        check_path("path", given)
        directory = os.path.abspath(self._loader.get_basedir())
        if not os.path.isabs(given) and _COLLECTION.search(directory):
            raise InputError(
                "path",
                f"got {given!r}, which starts at the directory of the playbook. That is {directory}, in a collection whose "
                "next update deletes the file. Give an absolute path, such as one below inventory_dir.",
            )
        # A link stays one: what it points to is replaced.
        return os.path.realpath(self._loader.path_dwim(given))

    def _keys(self, options: Mapping[str, Any]) -> Keys:
        vault_id = options["vault_id"]
        if vault_id is not None and not vault_id.strip():
            raise InputError("vault_id", "the option is blank. Leave it out or name a vault id.")
        if options["vault_password"] is not None:
            return Keys.of_password(options["vault_password"], vault_id)
        return Keys(
            self._loader._vault.secrets or [],
            vault_id,
            C.config.get_config_value("DEFAULT_VAULT_ENCRYPT_IDENTITY"),
        )


def _result(path: str, plan: Plan, reveal: list[str]) -> dict[str, Any]:
    warnings = {"warnings": plan.warnings} if plan.warnings else {}
    return {
        "path": path,
        "variables": sorted(plan.wanted),
        "revealed": {name: untagged(plan.variables[name]) for name in reveal if name in plan.variables},
        "diff": stored_file.diff(path, plan),
        "changed": plan.changed,
        **warnings,
    }


def _texts(value: Any) -> set[str]:
    """The text somewhere in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return {text for item in value for text in _texts(item)}
    return {value} if isinstance(value, str) and value else set()


def _mode(value: Any) -> int:
    """YAML reads an unquoted 0700 as the number 448, which is the mode already; text is octal."""
    try:
        mode = value if isinstance(value, int) else int(str(value), 8)
    except ValueError:
        mode = -1
    if isinstance(value, bool) or not 0o700 <= mode <= 0o7777 or mode & 0o700 != 0o700:
        raise InputError(
            "directory_mode", f"got {value!r}, must be an octal mode that lets the owner in, such as '0700'"
        )
    return int(mode)
