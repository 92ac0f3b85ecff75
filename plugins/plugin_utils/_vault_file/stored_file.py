# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of variables encrypted with Ansible Vault: what it holds, and what it shall hold.

No message and no diff from here holds a value: only names of variables, and the path.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleError
from ansible.parsing.vault import is_encrypted

from ...module_utils._errors import InputError
from . import disk
from .document import EMPTY, Document
from .keys import Keys, VaultFileError
from .values import Unfit, literal, rendered

# What Ansible, or this collection, puts in the place of a value that it hides.
_HIDDEN = (
    "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER",
    "********",
    "$REDACTED$",
    "the output has been hidden due to the fact that 'no_log: true'",
)


@dataclass(frozen=True)
class Stored:
    """What lies on the disk, as it is and decrypted, and the id of the password that opened it."""

    document: Document
    raw: tuple[bytes, os.stat_result] | None = None
    vault_id: str | None = None

    @property
    def variables(self) -> dict[str, Any]:
        """The variables, as Ansible reads them."""
        return self.document.variables

    @property
    def mode(self) -> int | None:
        """The permissions of the file, if there is one."""
        return stat.S_IMODE(self.raw[1].st_mode) if self.raw else None


@dataclass(frozen=True)
class Plan:
    """What the file shall become: `document` is None where the variables stay as they are."""

    stored: Stored
    document: Document | None
    wanted: dict[str, str]
    """What becomes of each variable that the file shall hold."""
    warnings: list[str]

    @property
    def variables(self) -> dict[str, Any]:
        """The variables that the file shall hold."""
        return (self.document or self.stored.document).variables

    @property
    def changed(self) -> bool:
        """Whether the file is written, or gets another mode."""
        return self.document is not None or self.stored.mode != disk.FILE_MODE


def read(path: str, keys: Keys) -> Stored:
    """The file; one of no variables where there is none. Raises VaultFileError where it must not be overwritten."""
    raw = disk.read(path)
    decrypt = _inner(keys)
    if raw is None:
        return Stored(Document(EMPTY, decrypt))
    if not is_encrypted(raw[0]):
        raise VaultFileError(f"{path} is not encrypted with Ansible Vault. Encrypt it or move it away.")
    try:
        plaintext, vault_id = keys.decrypt(raw[0])
    except AnsibleError:
        # Its text is left out: it may quote the file.
        raise VaultFileError(
            f"{path} can't be decrypted with the vault passwords of this run. It was left as it is."
        ) from None
    try:
        document = Document(plaintext.decode(), decrypt)
    except UnicodeDecodeError:
        raise VaultFileError(f"{path}: its decrypted content is not UTF-8. It was left as it is.") from None
    except Unfit as error:
        raise VaultFileError(f"{path}: {error}. It was left as it is.") from None
    return Stored(document, raw, vault_id)


def check_values(variables: Mapping[str, Any]) -> None:
    """Raises InputError for a value that no file can hold, or that stands for a hidden one."""
    for name, value in variables.items():
        try:
            f"{name}{rendered(value)}".encode()
            text = "\n".join(_texts(value))
            text.encode()
        except UnicodeEncodeError:
            raise InputError("variables", f"{name!a} holds half of a surrogate pair.") from None
        if any(mark in text for mark in _HIDDEN):
            raise InputError(
                "variables",
                f"{name} holds what Ansible shows in the place of a hidden value, such as ********, and not the value itself. "
                "Nothing was written.",
            )


def planned(
    path: str,
    stored: Stored,
    variables: Mapping[str, Any],
    keep: Collection[str] = (),
    identity: Iterable[str] = (),
    purge: bool = False,
) -> Plan:
    """What the file shall become. Raises VaultFileError where that can't be."""
    wanted = {name: literal(value) for name, value in variables.items()}
    before, base = stored.variables, stored.document
    if any(name in before and name in wanted and not _same(before[name], wanted[name]) for name in identity):
        # Somebody else's file: a mixture of two accounts would be worse than none.
        before, base = {}, Document(EMPTY, str)
    kept = {name for name in keep if name in before and not (_is_hidden(before[name]) and name in wanted)}
    given = {name: value for name, value in wanted.items() if name not in kept}
    removed = {name for name in before if name not in given and name not in kept} if purge else set()
    changes = {
        name: value for name, value in given.items() if name not in before or not _same(before[name], value)
    }
    held = dict.fromkeys(set(before) - removed, "stored")
    held.update({name: _outcome(stored.variables, name, value) for name, value in changes.items()})
    document = None
    if changes or removed or base is not stored.document or stored.raw is None:
        try:
            document = base.changed(changes, removed)
        except Unfit as error:
            raise VaultFileError(f"{path}: {error}. It was left as it is.") from None
        if len(document.text.encode()) * 4 + 1024 > disk.MAX_SIZE:
            raise VaultFileError(f"{path} would be larger than {disk.MAX_SIZE} bytes. It was left as it is.")
    hidden = sorted(name for name in held if name not in changes and _is_hidden(before[name]))
    return Plan(stored, document, held, [_warning(path, hidden)] if hidden else [])


def diff(path: str, plan: Plan) -> dict[str, str]:
    """What becomes of each variable, by name."""
    stored = plan.stored
    before = {"mode": _octal(stored.mode), "variables": dict.fromkeys(stored.variables, "stored")}
    after = {"mode": _octal(disk.FILE_MODE), "variables": plan.wanted}
    return {
        "before_header": path,
        "after_header": path,
        "before": _readable(before if stored.raw else {}),
        "after": _readable(after),
    }


def _inner(keys: Keys) -> Any:
    return lambda ciphertext: keys.decrypt(ciphertext.encode())[0].decode()


def _outcome(stored: Mapping[str, Any], name: str, value: Any) -> str:
    if name not in stored:
        return "added"
    return "stored" if _same(stored[name], value) else "changed"


def _same(one: Any, other: Any) -> bool:
    # As text: to Python, 1 and True are equal.
    return rendered(one) == rendered(other)


def _is_hidden(value: Any) -> bool:
    return any(mark in text for text in _texts(value) for mark in _HIDDEN)


def _texts(value: Any) -> list[str]:
    """The texts somewhere in a value."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _warning(path: str, hidden: list[str]) -> str:
    return (
        f"{path}: {', '.join(hidden)} holds asterisks or the like, which Ansible shows in the place of a hidden value. The "
        "value itself was probably never stored."
    )


def _octal(mode: int | None) -> str | None:
    return None if mode is None else f"{mode:04o}"


def _readable(view: Mapping[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
