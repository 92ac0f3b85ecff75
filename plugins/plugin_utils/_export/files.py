# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of an export: each as a whole, and none over one that is there unless that is wanted."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping

from ...module_utils._errors import InputError, LocalError
from .._vault_file import disk, stored_file
from .._vault_file.keeping import planned, written
from .._vault_file.keys import Keys

_DIRECTORY_MODE = 0o700
_NOT_IN_A_NAME = ("/", "\0", "{{", "{%", "{#")


class Files:
    """The files below one directory. `keys` are the vault passwords, None where there are none."""

    def __init__(self, directory: str, keys: Keys | None, force: bool) -> None:
        self._directory = directory
        self._keys = keys
        self._force = force

    def of_host(self, host: str) -> tuple[str, str]:
        """The files of variables of a host, in clear and encrypted. Raises InputError for a host that has no directory."""
        if any(part in host for part in _NOT_IN_A_NAME) or host in ("", ".", ".."):
            raise InputError(
                "accounts", f"got {host!r}, must be the name of a host that can name a directory"
            )
        inner = os.path.join(self._directory, "host_vars", host)
        return os.path.join(inner, "polyv.yml"), os.path.join(inner, "polyv_vault.yml")

    def of_group(self, group: str) -> str:
        """The file of variables of a group."""
        return os.path.join(self._directory, "group_vars", group, "polyv.yml")

    def left_alone(self, *paths: str) -> bool:
        """Whether one of the files is there, and must stay as it is."""
        return not self._force and any(os.path.lexists(path) for path in paths)

    def check(self, path: str) -> None:
        """Raises PolyvError where a file could not be written."""
        disk.check_place(path)

    def check_vault(self, path: str, variables: Mapping[str, str]) -> None:
        """Raises PolyvError where the variables could not be kept in the encrypted file."""
        disk.check_place(path)
        planned(path, self._given(), _options(variables))

    def write(self, path: str, text: str) -> None:
        """Writes a file in clear."""
        disk.make_directories(os.path.dirname(path), _DIRECTORY_MODE)
        descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".polyv_export.")
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(temporary, 0o644)
            self._put(temporary, path)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)

    def write_vault(self, path: str, variables: Mapping[str, str]) -> None:
        """Writes an encrypted file, which then holds these variables and no others."""
        directory = os.path.dirname(path)
        disk.make_directories(directory, _DIRECTORY_MODE)
        with disk.locked(directory):
            plan = planned(path, self._given(), _options(variables))
            written(path, self._given(), plan, False)

    def copy(self, source: str, target: str) -> None:
        """Puts an image in its place."""
        disk.make_directories(os.path.dirname(target), _DIRECTORY_MODE)
        descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".polyv_export.")
        os.close(descriptor)
        try:
            shutil.copyfile(source, temporary)
            os.chmod(temporary, 0o644)
            os.replace(temporary, target)
        except OSError:
            os.unlink(temporary)
            raise

    def _given(self) -> Keys:
        if self._keys is None:
            raise LocalError("There is no vault password.")
        return self._keys

    def _put(self, temporary: str, path: str) -> None:
        if self._force:
            os.replace(temporary, os.path.realpath(path))
            return
        try:
            os.link(temporary, path)  # fails where somebody else has written it meanwhile
        except FileExistsError:
            raise LocalError(f"{path} came into being meanwhile, and was left as it is.") from None


def _options(variables: Mapping[str, str]) -> dict[str, object]:
    stored_file.check_values(variables)
    return {"variables": dict(variables), "keep": [], "identity": [], "required": [], "purge": True}
