# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An encrypted file of variables on its way to what it shall hold: planned, then written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from . import disk, stored_file
from .keys import Keys, VaultFileError
from .stored_file import Plan


def planned(path: str, keys: Keys, options: Mapping[str, Any]) -> Plan:
    """What is to be done, by what lies there now. Nothing is written. Raises VaultFileError or InputError.

    `options` are `variables`, and with the meaning of the options of polyv_vault_file `keep`, `identity`, `purge` and `required`.
    """
    disk.check_place(path)
    stored = stored_file.read(path, keys)
    keys.encryption_id(stored.vault_id)  # fails in check mode as well where no password fits
    plan = stored_file.planned(
        path, stored, options["variables"], options["keep"], options["identity"], options["purge"]
    )
    missing = [name for name in options["required"] if name not in plan.wanted]
    if missing:
        raise VaultFileError(
            f"{path} would lack {', '.join(missing)}: neither the task nor the file has it. Nothing was written."
        )
    if plan.changed and stored.raw:
        disk.check_owner(path, stored.raw[1], plan.document is not None)
    return plan


def written(path: str, keys: Keys, plan: Plan, backup: bool) -> dict[str, Any]:
    """Makes the file what was planned, and returns what there is to tell of it. The directory must be there and locked."""
    if plan.document is None:
        if plan.changed:
            os.chmod(path, disk.FILE_MODE)
        return {}
    plaintext = plan.document.text.encode()
    ciphertext = keys.encrypt(plaintext, plan.stored.vault_id)
    copy = disk.replace(path, ciphertext, plan.stored.raw, backup, lambda made: keys.opens(made, plaintext))
    return {"backup_file": copy} if copy else {}
