# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of variables encrypted with Ansible Vault: its keys, its content, and how it gets to the disk.

No message and no diff from here holds a value: only names of variables, and the path.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, VaultSecret, is_encrypted

FILE_MODE = 0o600

_TEMPLATE_MARKS = ("{{", "{%", "{#")


class VaultFileError(Exception):
    """Why the file can't be kept, in words for the operator."""


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
            raise VaultFileError(
                "vault_password: the option is blank. Leave it out to use Ansible's own vault passwords, or check the "
                "template that fills it."
            )
        label = vault_id or "default"
        return cls([(label, VaultSecret(password.strip().encode()))], label)

    def decrypt(self, ciphertext: bytes) -> tuple[bytes, str]:
        """The text, and the id of the password that opened it. Raises AnsibleError."""
        plaintext, vault_id, _secret = self._lib.decrypt_and_get_vault_id(ciphertext)
        return bytes(plaintext), str(vault_id)

    def encrypt(self, plaintext: bytes, found: str | None) -> bytes:
        """The ciphertext, under the id that `encrypts` tells."""
        vault_id = self.encrypts(found)
        ciphertext: bytes = self._lib.encrypt(plaintext, self._secrets[vault_id], vault_id)
        return ciphertext

    def encrypts(self, found: str | None) -> str:
        """The id to encrypt under: the chosen one, else the one the file has (`found`), the usual or the only one."""
        vault_id = self._chosen or found or self._usual
        if vault_id is not None:
            return self._known(vault_id)
        if len(self._secrets) > 1:
            raise VaultFileError(
                f"There are several vault passwords ({self._names()}): name the one to encrypt with in the option vault_id."
            )
        return str(next(iter(self._secrets)))

    def _known(self, vault_id: str) -> str:
        if vault_id not in self._secrets:
            raise VaultFileError(f"vault_id: there is no vault password {vault_id!r}, only {self._names()}.")
        return vault_id

    def _names(self) -> str:
        return ", ".join(sorted(self._secrets))


@dataclass(frozen=True)
class Stored:
    """What lies on the disk: the variables, the ciphertext they came from, its vault id and the mode of the file."""

    variables: dict[str, Any]
    ciphertext: bytes
    vault_id: str | None
    mode: int | None


NOTHING = Stored({}, b"", None, None)


def read(path: str, keys: Keys) -> Stored:
    """The file, NOTHING where there is none. Raises VaultFileError for anything that must not be overwritten."""
    try:
        with open(path, "rb") as file:
            ciphertext = file.read()
            mode = os.fstat(file.fileno()).st_mode & 0o7777
    except FileNotFoundError:
        return NOTHING
    if not is_encrypted(ciphertext):
        raise VaultFileError(f"{path} is not encrypted with Ansible Vault. Encrypt it or move it away.")
    try:
        plaintext, vault_id = keys.decrypt(ciphertext)
    except AnsibleError:
        # Its text is left out: it may quote the file.
        raise VaultFileError(
            f"{path} can't be decrypted with the vault passwords of this run. It was left as it is."
        ) from None
    return Stored(_parsed(path, plaintext, keys), ciphertext, vault_id, mode)


def merged(
    stored: Mapping[str, Any],
    wanted: Mapping[str, Any],
    keep: Collection[str] = (),
    identity: Iterable[str] = (),
    purge: bool = False,
) -> dict[str, Any]:
    """The variables that the file shall hold."""
    if any(name in stored and name in wanted and stored[name] != wanted[name] for name in identity):
        # Somebody else's file: a mixture of two accounts would be worse than none.
        stored = {}
    kept = {
        name: value for name, value in stored.items() if name in keep or (name not in wanted and not purge)
    }
    return {**wanted, **kept}


def dumped(variables: Mapping[str, Any]) -> str:
    """The variables as a YAML document, the same for the same variables."""
    text: str = yaml.dump(
        dict(variables), Dumper=_Dumper, allow_unicode=True, explicit_start=True, width=10_000
    )
    return text


def loses(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a value of the file would be gone."""
    return any(name not in wanted or not _same(stored[name], wanted[name]) for name in stored)


def diff(path: str, stored: Stored, wanted: Mapping[str, Any]) -> dict[str, str]:
    """What becomes of each variable, by name."""
    before = {"mode": _octal(stored.mode), "variables": dict.fromkeys(stored.variables, "stored")}
    after = {
        "mode": _octal(FILE_MODE),
        "variables": {name: _fate(name, stored.variables, wanted) for name in wanted},
    }
    return {
        "before_header": path,
        "after_header": path,
        "before": _readable({} if stored is NOTHING else before),
        "after": _readable(after),
    }


def check_place(path: str) -> None:
    """Raises VaultFileError where the file could not be written."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise VaultFileError(f"{path} is no regular file.")
    directory = os.path.dirname(path)
    while not os.path.lexists(directory):
        directory = os.path.dirname(directory)
    if not os.path.isdir(directory):
        raise VaultFileError(f"{path} can't be written: {directory} is no directory.")
    if not os.access(directory, os.W_OK | os.X_OK):
        raise VaultFileError(f"{path} can't be written: {directory} is not writable.")


def make_directories(directory: str, mode: int) -> None:
    """The directory and its missing parents, all with this mode whatever the umask says."""
    if os.path.isdir(directory):
        return
    make_directories(os.path.dirname(directory), mode)
    try:
        os.mkdir(directory, mode)
    except FileExistsError:
        return  # another task was quicker
    os.chmod(directory, mode)


def write(path: str, ciphertext: bytes) -> None:
    """Puts the whole file in place at once. Only ciphertext ever reaches the disk."""
    directory = os.path.dirname(path)
    # Hidden, so that no vars plugin reads it should the machine stop before the rename. mkstemp makes it 0600.
    descriptor, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", dir=directory)
    try:
        with open(descriptor, "wb") as file:
            file.write(ciphertext)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_directory(directory)


def back_up(path: str, ciphertext: bytes) -> str:
    """Keeps a copy of the ciphertext beside the file. Vars plugins pass over names that end in `~`."""
    stamp = time.strftime("%Y-%m-%d@%H:%M:%S~", time.localtime())
    copy = f"{path}.{os.getpid()}.{stamp}"
    write(copy, ciphertext)
    return copy


def _parsed(path: str, plaintext: bytes, keys: Keys) -> dict[str, Any]:
    try:
        content = yaml.load(plaintext, Loader=_loader(keys))  # a SafeLoader
    except AnsibleError:
        raise VaultFileError(
            f"{path}: a !vault value in it can't be decrypted. It was left as it is."
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        # PyYAML's own text quotes the line, secret included.
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise VaultFileError(
            f"{path}: its decrypted content is not plain YAML{place}. It was left as it is."
        ) from None
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        raise VaultFileError(
            f"{path}: its decrypted content is no mapping of variables. It was left as it is."
        )
    return content


def _loader(keys: Keys) -> type[yaml.SafeLoader]:
    class Loader(yaml.SafeLoader):
        """Knows the two tags that Ansible gives to text."""

    def decrypted(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
        return keys.decrypt(loader.construct_scalar(node).encode())[0].decode()

    def plain_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
        return str(loader.construct_scalar(node))

    Loader.add_constructor("!unsafe", plain_text)
    Loader.add_constructor("!vault", decrypted)
    return Loader


class _Dumper(yaml.SafeDumper):
    """Marks text that Ansible would take for a template when it reads the file."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if any(mark in text for mark in _TEMPLATE_MARKS):
        return dumper.represent_scalar("!unsafe", text, style='"')
    return dumper.represent_str(text)


_Dumper.add_representer(str, _text_node)


def _same(one: Any, other: Any) -> bool:
    # As text: to Python, 1 and True are equal.
    return dumped({"": one}) == dumped({"": other})


def _fate(name: str, stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    if name not in stored:
        return "added"
    return "stored" if _same(stored[name], wanted[name]) else "changed"


def _octal(mode: int | None) -> str | None:
    return None if mode is None else f"{mode:04o}"


def _readable(view: Mapping[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _sync_directory(directory: str) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
