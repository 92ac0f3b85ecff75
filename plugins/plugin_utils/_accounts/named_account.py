# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credentials of a task that names an account: from an accounts file, read on the controller when the task runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.parsing.dataloader import DataLoader

from ...module_utils._errors import CredentialsError
from ...module_utils._options.credentials import ENVIRONMENT
from .._paths import from_working_directory
from .accounts_file import load_accounts_file

SOURCE = "accounts_file"
FILE_VARIABLE = "POLYV_ACCOUNTS_FILE"

_OPTIONS = ("accounts_file", "account")


def names_account(arguments: Mapping[str, Any]) -> bool:
    """Whether the credentials come from an accounts file: the task names an account, and gives no credentials itself."""
    own = any(arguments.get(name) is not None for name in ENVIRONMENT)
    return not own and any(arguments.get(name) is not None for name in _OPTIONS)


def with_credentials(
    arguments: Mapping[str, Any], environ: Mapping[str, str], before: Callable[[str], str], loader: DataLoader
) -> dict[str, Any]:
    """The arguments with the entry's credentials and address in the place of its name. Raises CredentialsError.

    `before` finds what a relative path meant before release 2.0.0, `loader` decrypts the file.
    """
    name, path = (arguments.get(option) for option in reversed(_OPTIONS))
    if name is None or not str(name).strip():
        raise CredentialsError(
            "account: must name the entry of the accounts file to use, and is blank or missing."
        )
    if path is None:
        path = environ.get(FILE_VARIABLE, "").strip() or None
    if path is None or not str(path).strip():
        raise CredentialsError(
            f"accounts_file: account {str(name)!r} is given, but no file to find it in. Give accounts_file or set {FILE_VARIABLE}."
        )
    entry = load_accounts_file(loader, from_working_directory(str(path), before)).entry(str(name))
    found = {
        "app_id": entry.app_id,
        "app_secret": entry.app_secret,
        "user_id": entry.user_id,
        "api_url": entry.api_url,
    }
    others = {option: value for option, value in arguments.items() if option not in _OPTIONS}
    return {**others, **{option: value for option, value in found.items() if value is not None}}
