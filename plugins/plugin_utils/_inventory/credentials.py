# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""With which credentials the channels of an account are read."""

from __future__ import annotations

from collections.abc import Mapping

from ...module_utils._errors import CredentialsError
from ...module_utils._options.credentials import Credentials, resolved_credentials
from .._accounts.entries import Entry
from .._accounts.named_account import SOURCE


def credentials_of(entry: Entry, environ: Mapping[str, str]) -> Credentials:
    """The credentials of an entry of the accounts file. Raises CredentialsError.

    An entry of an inventory file has no secret, and is the account of the environment.
    """
    if entry.app_secret:
        return Credentials(entry.app_id, entry.app_secret, entry.user_id, SOURCE)
    found = resolved_credentials({}, environ)
    for name in ("app_id", "user_id"):
        wanted, got = getattr(entry, name), getattr(found, name)
        if wanted and got and wanted != got:
            raise CredentialsError(
                f"channels: the account has the {name} {wanted}, and the one in the environment has {got}."
            )
    return found


def check_inline(count: int) -> None:
    """Raises CredentialsError where so many accounts of an inventory file would all be that of the environment."""
    if count > 1:
        raise CredentialsError(
            f"channels: the {count} accounts of this file have no secrets, which an inventory file must not hold. Put them into an "
            "accounts file and give accounts_file."
        )
