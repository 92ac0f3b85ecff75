# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts file: many accounts in one YAML or JSON file of the controller, plain or vault-encrypted.

It is read into memory and nowhere else: no copy on disk, no variable of a host.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleError

from ...module_utils._errors import CredentialsError
from ...module_utils._options.local_files import NotRegularError, read_regular, reason
from .bounds import MOST_BYTES
from .document import Document, check_bounds, parse
from .entries import Entry, entries

_VAULT_HEADER = "$ANSIBLE_VAULT"


class AccountsFile:
    """The accounts of one file, in its order."""

    def __init__(self, path: str, found: tuple[Entry, ...]) -> None:
        self.path = path
        self.entries = found
        self._by_name = {entry.name: entry for entry in found}

    def entry(self, name: str) -> Entry:
        """The account of that name. Raises CredentialsError if there is none."""
        if name in self._by_name:
            return self._by_name[name]
        close = difflib.get_close_matches(name, self._by_name, 3)
        hint = f"Did you mean {' or '.join(map(repr, close))}?" if close else "See the names in it."
        raise CredentialsError(f"{self.path}: no account is named {name!r}. {hint}")


def load(path: str, read: Callable[[str], bytes], decrypt: Callable[[str], str]) -> AccountsFile:
    """The accounts file at `path`. `read` returns its bytes, `decrypt` opens a vaulted text.

    Raises CredentialsError, as both of them may: with the place of the fault, and without a word of the file.
    """
    document = _document(path, read, decrypt)
    return AccountsFile(path, _entries(document, decrypt, inline=False))


def load_accounts_file(loader: Any, path: str) -> AccountsFile:
    """The accounts file at the absolute `path`, opened with the vault passwords of the DataLoader `loader`.

    A process reads a file once as long as it is not changed, and workers inherit what their parent has read. Raises
    CredentialsError.
    """
    real = os.path.realpath(path)
    stamp = _stamp(path, real)
    cached = _CACHE.get(real)
    if cached is None or cached[0] != stamp:
        cached = _CACHE[real] = (stamp, load(path, _read, _decrypting(loader)))
    return cached[1]


def check_inventory(loader: Any, path: str) -> None:
    """Raises CredentialsError for an inventory file that Ansible itself had better not read."""
    check_bounds(path, _text(path, _read, _decrypting(loader)))


def inline_accounts(loader: Any, path: str) -> tuple[Entry, ...]:
    """The accounts that stand in the inventory file at `path` itself. Raises CredentialsError."""
    decrypt = _decrypting(loader)
    return _entries(_document(path, _read, decrypt, only="accounts"), decrypt, inline=True)


_CACHE: dict[str, tuple[tuple[int, int], AccountsFile]] = {}


def _document(
    path: str, read: Callable[[str], bytes], decrypt: Callable[[str], str], only: str | None = None
) -> Document:
    return parse(path, _text(path, read, decrypt), only)


def _text(path: str, read: Callable[[str], bytes], decrypt: Callable[[str], str]) -> str:
    content = read(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CredentialsError(f"{path}, line {line}: this is not UTF-8 text") from None
    if text.lstrip().startswith(_VAULT_HEADER):
        try:
            text = decrypt(text.lstrip())
        except CredentialsError as error:
            raise CredentialsError(f"{path}: the file {error.msg}") from None
    return text


def _entries(document: Document, decrypt: Callable[[str], str], inline: bool) -> tuple[Entry, ...]:
    try:
        return entries(document, decrypt, inline)
    except RecursionError:
        raise CredentialsError(f"{document.path}: the values are nested too deeply") from None


def _stamp(path: str, real: str) -> tuple[int, int]:
    try:
        status = os.stat(real)
    except OSError as error:
        raise _unreadable(path, error) from None
    return status.st_mtime_ns, status.st_size


def _read(path: str) -> bytes:
    try:
        content = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(content) > MOST_BYTES:
        raise CredentialsError(f"{path}: the file is larger than {MOST_BYTES >> 20} MB")
    return content


def _unreadable(path: str, error: Exception) -> CredentialsError:
    prefix = "" if isinstance(error, NotRegularError) else "the accounts file can't be read: "
    return CredentialsError(f"{path}: {prefix}{reason(error)}")


def _decrypting(loader: Any) -> Callable[[str], str]:
    """What opens a vaulted text with the passwords that Ansible was given. Its errors end a sentence."""

    def decrypt(ciphertext: str) -> str:
        # DataLoader's public calls either return what they read as YAML, in whose errors lines are quoted, or write a
        # file. Its vault is the same in every ansible-core.
        vault = loader._vault
        if not vault.secrets:
            raise CredentialsError(
                "is vault-encrypted and no vault password was given. Give one with --vault-password-file or --vault-id, "
                "or in AWX with a credential of type Vault"
            )
        try:
            return str(vault.decrypt(ciphertext.encode()).decode())
        except (AnsibleError, ValueError):
            raise CredentialsError(
                "is vault-encrypted and none of the vault passwords given opens it: they are wrong, or it is damaged"
            ) from None

    return decrypt
