# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vault passwords of a task, and what they encrypt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, VaultSecret

from ...module_utils._errors import InputError, LocalError

# What comes back from the header of an encrypted file as it was: that is one line of ASCII, with `;` between its parts.
_VAULT_ID = re.compile(r"[!-:<-~]{1,200}")


class VaultFileError(LocalError):
    """Why the file can't be kept as it is, or where it is, in words for the operator."""


class Keys:
    """The vault passwords of a task, each under its vault id.

    `chosen` is the id to encrypt under, if anybody named one; `usual` is Ansible's setting for it.
    """

    def __init__(
        self, secrets: Sequence[tuple[str, Any]], chosen: str | None = None, usual: str | None = None
    ) -> None:
        if not secrets:
            raise VaultFileError(
                "There is no vault password: give Ansible one (--vault-password-file, --vault-id, a Vault credential in "
                "AWX), or set the option vault_password."
            )
        self._secrets = dict(reversed(secrets))  # of two under one id, Ansible takes the first
        self._lib = VaultLib(list(secrets))
        self._chosen = chosen
        self._usual = usual
        if chosen is not None:
            self._known(chosen)

    @classmethod
    def of_password(cls, password: str, vault_id: str | None) -> Keys:
        """One password that the task names. Blanks around it go, as Ansible does with those it reads from files."""
        if not password.strip():
            raise InputError(
                "vault_password",
                "the option is blank. Leave it out to use Ansible's own vault passwords, or check the template that fills it.",
            )
        try:
            secret = VaultSecret(password.strip().encode())
        except UnicodeEncodeError:
            raise InputError("vault_password", "it holds half of a surrogate pair.") from None
        label = vault_id or "default"
        return cls([(label, secret)], label)

    def decrypt(self, ciphertext: bytes) -> tuple[bytes, str]:
        """The text, and the id of the password that opened it. Raises AnsibleError."""
        plaintext, vault_id, _secret = self._lib.decrypt_and_get_vault_id(ciphertext)
        return bytes(plaintext), str(vault_id)

    def encrypt(self, plaintext: bytes, found: str | None) -> bytes:
        """The ciphertext, under the id that `encryption_id` tells."""
        vault_id = self.encryption_id(found)
        ciphertext: bytes = self._lib.encrypt(plaintext, self._secrets[vault_id], vault_id)
        return ciphertext

    def opens(self, ciphertext: bytes, plaintext: bytes) -> bool:
        """Whether the ciphertext gives the text back."""
        try:
            return self.decrypt(ciphertext)[0] == plaintext
        except AnsibleError:
            return False

    def encryption_id(self, found: str | None) -> str:
        """The id to encrypt under: the chosen one, else the one the file has (`found`), the usual or the only one."""
        vault_id = self._chosen or found or self._usual
        if vault_id is not None:
            return self._known(vault_id)
        if len(self._secrets) > 1:
            raise VaultFileError(
                f"There are several vault passwords ({self._names()}): name the one to encrypt with in the option vault_id."
            )
        return self._known(str(next(iter(self._secrets))))

    def _known(self, vault_id: str) -> str:
        if vault_id not in self._secrets:
            raise InputError("vault_id", f"there is no vault password {vault_id!r}, only {self._names()}.")
        if not _VAULT_ID.fullmatch(vault_id):
            raise InputError(
                "vault_id",
                f"got {ascii(vault_id)}. A file under that id could not be decrypted again: an id consists of at most 200 "
                "letters, digits and signs of ASCII, without blanks, line breaks and ;.",
            )
        return vault_id

    def _names(self) -> str:
        return ", ".join(sorted(self._secrets))
