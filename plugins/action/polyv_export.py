# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_export: the data of the role `account` from what live accounts have. It has no module: files and passwords stay here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible import constants as C

from ..module_utils._errors import InputError
from ..plugin_utils._action.argument_types import check_path
from ..plugin_utils._action.controller_action import ControllerAction, validated
from ..plugin_utils._export.files import Files
from ..plugin_utils._export.run import GROUP, Export
from ..plugin_utils._export.summary import summary
from ..plugin_utils._vault_file.keys import Keys

OPTIONS: dict[str, dict[str, Any]] = {
    # Not no_log: ansible-core 2.22 would mask each value in all output of the run, be it "1" or the name of a channel.
    "accounts": {"type": "dict", "required": True},
    "directory": {"type": "path", "required": True},
    "images": {"type": "path"},
    "force": {"type": "bool", "default": False},
    "common": {"type": "bool", "default": False},
    "vault_id": {"type": "str"},
}


class ActionModule(ControllerAction):
    """Exports, and sums up."""

    def work(self, arguments: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The result. It holds no secret."""
        accounts = arguments.get("accounts")
        if not isinstance(accounts, Mapping):
            # Ansible's own words would quote it, secrets included.
            raise InputError("accounts", "must be a mapping of hosts to results of polyv_account_info")
        options = validated(OPTIONS, arguments)
        keys = self._keys(options["vault_id"])
        hostvars = task_vars.get("hostvars") or {}
        everyone = {str(host) for host in (task_vars.get("groups") or {}).get(GROUP, ())}
        check = bool(self._task.check_mode)
        export = Export(
            Files(_path("directory", options["directory"]), keys, options["force"]),
            options["accounts"],
            None if options["images"] is None else _images(options["images"], task_vars),
            vault=keys is not None,
            force=options["force"],
            variables_of=lambda host: hostvars.get(host, {}) if host in everyone else {},
        )
        outcome = export.run(common=options["common"], everyone=everyone, check=check)
        return {"changed": bool(outcome.files), "summary": summary(outcome, check)}

    def _keys(self, vault_id: str | None) -> Keys | None:
        secrets = self._loader._vault.secrets or []
        usual = C.config.get_config_value("DEFAULT_VAULT_ENCRYPT_IDENTITY")
        return Keys(secrets, vault_id, usual) if secrets else None


def _images(given: str, task_vars: Mapping[str, Any]) -> str:
    path = _path("images", given)
    for source in task_vars.get("ansible_inventory_sources") or ():
        if os.path.isdir(source) and _is_read(os.path.relpath(path, os.path.realpath(source))):
            raise InputError(
                "images",
                f"got {given!r}, which is in the inventory directory {source}: Ansible would take each image for an inventory. Give a "
                "directory beside it.",
            )
    return path


def _is_read(inner: str) -> bool:
    """Whether Ansible reads the files of a directory of an inventory directory as inventories."""
    return inner.split(os.sep)[0] not in (os.pardir, "host_vars", "group_vars")


def _path(option: str, given: str) -> str:
    """The absolute path. A relative one starts at the working directory."""
    check_path(option, given)
    return os.path.realpath(given)
