# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""polyv_vault_file: an encrypted file of variables on the controller. It has no module: the passwords stay here."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ansible import constants as C
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase

from ansible_collections.polyv.live.plugins.module_utils._secrets import Masker
from ansible_collections.polyv.live.plugins.plugin_utils import _vault_file
from ansible_collections.polyv.live.plugins.plugin_utils._plain import plain
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file import Keys, VaultFileError

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
        # Through JSON, because to ansible-core 2.16 a copy of unsafe text is unsafe text, which YAML can't represent.
        arguments = json.loads(json.dumps(plain(self._task.args)))
        validated = ArgumentSpecValidator(OPTIONS).validate(arguments)
        if validated.error_messages:
            text = remove_values(
                validated.errors.msg, validated._no_log_values | _texts(arguments.get("variables"))
            )
            return {**result, "failed": True, "msg": text}
        options = validated.validated_parameters
        try:
            outcome = self._kept(options)
        except VaultFileError as error:
            outcome = {"failed": True, "msg": str(error)}
        except OSError as error:
            outcome = {"failed": True, "msg": f"{error.filename or options['path']}: {error.strerror}."}
        revealed = {name: outcome.pop(name) for name in ("revealed",) if name in outcome}
        masked: dict[str, Any] = Masker([options["vault_password"]]).mask_all(outcome)
        return {**result, **masked, **revealed}  # values are data: they are never masked

    def _kept(self, options: Mapping[str, Any]) -> dict[str, Any]:
        mode = _mode(options["directory_mode"])
        keys = self._keys(options)
        # A link stays one: what it points to is replaced.
        path = os.path.realpath(self._loader.path_dwim(options["path"]))
        _vault_file.check_place(path)
        stored = _vault_file.read(path, keys)
        keys.encrypts(stored.vault_id)  # fails in check mode as well where no password fits
        wanted = _vault_file.merged(
            stored.variables, options["variables"], options["keep"], options["identity"], options["purge"]
        )
        _check_names(path, options["required"], wanted)
        result = {
            "path": path,
            "variables": sorted(wanted),
            "revealed": {name: wanted[name] for name in options["reveal"] if name in wanted},
            "diff": _vault_file.diff(path, stored, wanted),
        }
        text = _vault_file.dumped(wanted)
        if stored is _vault_file.NOTHING or _vault_file.dumped(stored.variables) != text:
            ciphertext = keys.encrypt(text.encode(), stored.vault_id)
            backup = options["backup"] and _vault_file.loses(stored.variables, wanted)
            return {
                **result,
                "changed": True,
                **self._written(path, ciphertext, mode, stored if backup else None),
            }
        return {**result, "changed": self._mode_corrected(path, stored)}

    def _keys(self, options: Mapping[str, Any]) -> Keys:
        vault_id = options["vault_id"]
        if vault_id is not None and not vault_id.strip():
            raise VaultFileError("vault_id: the option is blank. Leave it out or name a vault id.")
        if options["vault_password"] is not None:
            return Keys.of_password(options["vault_password"], vault_id)
        return Keys(
            self._loader._vault.secrets or [],
            vault_id,
            C.config.get_config_value("DEFAULT_VAULT_ENCRYPT_IDENTITY"),
        )

    def _written(
        self, path: str, ciphertext: bytes, directory_mode: int, old: _vault_file.Stored | None
    ) -> dict[str, Any]:
        if self._task.check_mode:
            return {}
        _vault_file.make_directories(os.path.dirname(path), directory_mode)
        result = {"backup_file": _vault_file.back_up(path, old.ciphertext)} if old else {}
        _vault_file.write(path, ciphertext)
        return result

    def _mode_corrected(self, path: str, stored: _vault_file.Stored) -> bool:
        if stored.mode == _vault_file.FILE_MODE:
            return False
        if not self._task.check_mode:
            os.chmod(path, _vault_file.FILE_MODE)
        return True


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
        raise VaultFileError(
            f"directory_mode: got {value!r}, must be an octal mode that lets the owner in, such as '0700'"
        )
    return int(mode)


def _check_names(path: str, required: list[str], wanted: Mapping[str, Any]) -> None:
    missing = [name for name in required if name not in wanted]
    if missing:
        raise VaultFileError(
            f"{path} would lack {', '.join(missing)}: neither the task nor the file has it. Nothing was written."
        )
