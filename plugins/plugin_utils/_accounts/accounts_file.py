# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts file: many accounts in one YAML or JSON file of the controller, plain or vault-encrypted.

It is read into memory and nowhere else: no copy on disk, no variable of a host.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import os
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleError

from ...module_utils._errors import CredentialsError
from ...module_utils._options.local_files import NotRegularError, read_regular, reason
from .document import MOST_VALUES, check_bounds, parse
from .entries import Entry, entries

MOST_BYTES = 16 << 20


class AccountsFile:
    """The accounts of one file, in its order."""

    def __init__(self, path: str, content: bytes, decrypt: Callable[[str], str]) -> None:
        self.path = path
        self.entries = entries(parse(path, _text(path, content, decrypt)), decrypt)
        self._by_name = {entry.name: entry for entry in self.entries}

    def entry(self, name: str) -> Entry:
        """The account of that name. Raises CredentialsError if there is none."""
        if name in self._by_name:
            return self._by_name[name]
        close = difflib.get_close_matches(name, self._by_name, 3)
        hint = f"Did you mean {' or '.join(map(repr, close))}?" if close else "See the names in it."
        raise CredentialsError(f"{self.path}: no account is named {name!r}. {hint}")


# By its real path what was read of a file, and when it was changed and how long it was.
_CACHE: dict[str, tuple[tuple[int, int] | None, AccountsFile]] = {}


def load_accounts_file(loader: Any, path: str) -> AccountsFile:
    """The accounts file at the absolute `path`, opened with the vault passwords of the DataLoader `loader`.

    A process reads a file once as long as it is not changed, and workers inherit what their parent has read. Raises
    CredentialsError, with the place of a fault and without a word of the file.
    """
    real, stamp = os.path.realpath(path), None
    with contextlib.suppress(OSError):  # reading it says why
        status = os.stat(real)
        stamp = status.st_mtime_ns, status.st_size
    if stamp is None or real not in _CACHE or _CACHE[real][0] != stamp:
        _CACHE[real] = stamp, AccountsFile(path, _content(path), functools.partial(_decrypted, loader))
    return _CACHE[real][1]


def check_inventory(loader: Any, path: str) -> None:
    """Raises CredentialsError for an inventory file that Ansible itself had better not read."""
    check_bounds(path, _text(path, _content(path), functools.partial(_decrypted, loader)))


def inline_accounts(loader: Any, path: str) -> tuple[Entry, ...]:
    """The accounts that stand in the inventory file at `path` itself. Raises CredentialsError."""
    decrypt = functools.partial(_decrypted, loader)
    return entries(parse(path, _text(path, _content(path), decrypt), only="accounts"), decrypt, inline=True)


def _content(path: str) -> bytes:
    try:
        content = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        prefix = "" if isinstance(error, NotRegularError) else "the accounts file can't be read: "
        raise CredentialsError(f"{path}: {prefix}{reason(error)}") from None
    if len(content) > MOST_BYTES:
        raise CredentialsError(f"{path}: the file is larger than {MOST_BYTES >> 20} MB")
    return content


def _text(path: str, content: bytes, decrypt: Callable[[str], str]) -> str:
    try:
        text = content.decode("utf-8-sig")
        text = decrypt(text.lstrip()) if text.lstrip().startswith("$ANSIBLE_VAULT") else text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CredentialsError(f"{path}, line {line}: this is not UTF-8 text") from None
    except CredentialsError as error:
        raise CredentialsError(f"{path}: the file {error.msg}") from None
    # Each value but the first has one of these before it, in YAML and in JSON.
    if sum(map(text.count, "-,:?[{")) > MOST_VALUES:
        raise CredentialsError(f"{path}: the file holds more than {MOST_VALUES} values")
    return text


def _decrypted(loader: Any, ciphertext: str) -> str:
    """A vaulted text opened with the passwords that Ansible was given. Raises CredentialsError that ends a sentence."""
    # DataLoader's public calls either return what they read as YAML, in whose errors lines are quoted, or write a
    # file. Its vault is the same in every ansible-core.
    if not loader._vault.secrets:
        problem = "no vault password was given. Give one with --vault-password-file or --vault-id, or in AWX with a credential of type Vault"
        raise CredentialsError(f"is vault-encrypted and {problem}")
    try:
        return str(loader._vault.decrypt(ciphertext.encode()).decode())
    except (AnsibleError, ValueError):
        problem = "none of the vault passwords given opens it: they are wrong, or it is damaged"
        raise CredentialsError(f"is vault-encrypted and {problem}") from None
