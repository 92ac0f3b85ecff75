# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of accounts in a document: every entry checked, every fault reported by line and never by value."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._errors import CredentialsError
from ...module_utils._options import credentials
from ...module_utils._options.types import is_int
from . import inventory_names
from .document import Document, Vaulted, Where, parts

_TEXTS = ("app_id", "app_secret", "user_id", "api_url")
_KEYS = ("name", *_TEXTS, "groups", "vars")
# What an inventory file must not hold; the accounts file is the place.
_SECRETS = ("app_secret", "password", "passwd", "secret_key", "secret")
_NO_SECRET = (
    "an inventory file must hold no secret, since host variables lie in clear in AWX. Put the account into an accounts "
    "file (option accounts_file), which is read at run time and may be vault-encrypted"
)
# A key is quoted only if it can't be a secret that a slip has made a key: no digits, no signs, short.
_WORD = re.compile(r"[A-Za-z_-]{1,15}", re.ASCII)
# A shorter secret may be part of any text; only as a whole it is told apart.
_SHORT = 8


@dataclass(frozen=True)
class Entry:
    """One account. Asking for a text that can't be opened raises CredentialsError; keys of an inline entry are blank.

    A vaulted value is opened when it is asked for: the key derivation takes milliseconds, a fleet's takes many seconds,
    and a task needs one.
    """

    name: str
    groups: tuple[str, ...]
    variables: dict[str, Any]
    _text: Callable[[str], str | None] = field(repr=False, compare=False)

    @property
    def app_id(self) -> str:
        """The app id."""
        return self._text("app_id") or ""

    @property
    def app_secret(self) -> str:
        """The secret that signs."""
        return self._text("app_secret") or ""

    @property
    def user_id(self) -> str | None:
        """The id of the live account, if the entry says it."""
        return self._text("user_id")

    @property
    def api_url(self) -> str | None:
        """Where the account's API is, if the entry says it."""
        return self._text("api_url")


def entries(document: Document, decrypt: Callable[[str], str], inline: bool = False) -> tuple[Entry, ...]:
    """The entries of `accounts`, in their order. `decrypt` opens a vaulted text or raises CredentialsError.

    `inline` entries stand in an inventory file, where a secret is refused and nothing but a name is needed. Raises
    CredentialsError, with the entry's name where there is one.
    """
    data = document.data
    accounts = data.get("accounts") if isinstance(data, dict) else None
    if not isinstance(accounts, (list, dict)) or not accounts:
        allowed = "a list of accounts, or a mapping of them by name, and not empty"
        raise document.error(("accounts",), f"accounts must be {allowed}")
    for key in data:
        if key != "accounts" and not inline:
            raise document.error((key,), _unknown_key(key, ("accounts",)))
    places: dict[str, Where] = {}
    found = []
    for key, raw in parts(accounts):
        if not isinstance(raw, dict):
            raise document.error(("accounts", key), "an account must be a mapping of its keys")
        place = ("accounts", key, "name")
        name: Any = key if isinstance(accounts, dict) else raw.get("name")
        name = str(name) if is_int(name) else name
        problem = _bad_account_name(name, raw, isinstance(accounts, dict))
        if problem:
            raise document.error(place, f"name: {problem}")
        if name in places:
            first = document.mark(places[name])
            line = first.line + 1 if first else "?"
            raise document.error(place, f"the name {name!r} is already given in line {line}")
        places[name] = place
        found.append(_entry(document, ("accounts", key), name, raw, decrypt, inline))
    return tuple(found)


def _bad_account_name(name: Any, raw: Mapping[str, Any], by_key: bool) -> str | None:
    if by_key and "name" in raw:
        return "the key of the entry is its name already"
    if name is None:
        return "missing or empty, every account needs one"
    # A value copied into the wrong line: the name would be shown in every output.
    return inventory_names.BAD_HOST if name == str(raw.get("app_secret")) else inventory_names.bad_host(name)


def _entry(
    document: Document, where: Where, name: str, raw: Any, decrypt: Callable[[str], str], inline: bool
) -> Entry:
    def error(problem: str, *below: str | int) -> CredentialsError:
        return document.error((*where, *below), f"account {name!r}: {problem}")

    @functools.cache
    def text(key: str) -> str | None:
        if not isinstance(raw.get(key), Vaulted):
            return str(raw[key]) if key in raw else None
        try:
            opened = decrypt(raw[key].ciphertext)
        except CredentialsError as failure:
            raise error(f"{key}: the value {failure.msg}", key) from None
        problem = credentials.problem(key, opened)
        if problem:
            raise error(f"{key}: {problem}", key)
        return opened

    for key in raw:
        if inline and key in _SECRETS:
            raise error(f"{key}: {_NO_SECRET}", key)
        if key not in _KEYS:
            raise error(_unknown_key(key, _KEYS), key)
    for key in () if inline else ("app_id", "app_secret"):
        if key not in raw:
            raise error(f"{key} is missing")
    # A vaulted secret is not opened to look for it elsewhere: see Entry, and AWX has no vault password for an inventory.
    secret = None if isinstance(raw.get("app_secret"), Vaulted) else text("app_secret")
    for below, item in _walk(raw):
        problem = _problem(below, item)
        if not problem and secret is not None and below[0] not in ("name", "app_secret"):
            problem = _leak(below, item, secret)
        if problem:
            raise error(f"{below[0]}: {problem}", *below)
    return Entry(name, tuple(raw.get("groups", ())), raw.get("vars", {}), text)


def _problem(below: Where, item: Any) -> str | None:
    """What is wrong with a part of an entry, without quoting it. `below` leads to it from the entry."""
    key, is_top = below[0], len(below) == 1
    if key in _TEXTS:
        return None if isinstance(item, Vaulted) else credentials.problem(key, item)
    if is_top and key == "groups" and not isinstance(item, list):
        return "must be a list of names"
    if is_top and key == "vars" and not isinstance(item, dict):
        return "must be a mapping of variables"
    if is_top or key == "name":
        return None
    return inventory_names.bad_group(item) if key == "groups" else _bad_variable(below, item)


def _bad_variable(below: Where, item: Any) -> str | None:
    if isinstance(item, Vaulted):
        return "a vaulted value would be shown in clear; put it into host_vars"
    return inventory_names.bad_variable(str(below[-1]), item, len(below) == 2)


def _leak(below: Where, item: Any, secret: str) -> str | None:
    for part in (below[-1], item):
        # A number, too: a secret of digits needs no quotes. And a short secret may be part of any text.
        text = part if isinstance(part, str) else str(part) if isinstance(part, int) else ""
        if secret == text or (len(secret) >= _SHORT and secret in text):
            return "holds the text of app_secret, which nobody else may see"
    return None


def _walk(value: Any, below: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Everything below `value`, with the keys and indexes that lead to it."""
    for part, item in parts(value):
        yield (*below, part), item
        if isinstance(item, (dict, list)):
            yield from _walk(item, (*below, part))


def _unknown_key(key: str, allowed: tuple[str, ...]) -> str:
    named = f"unknown key {key!r}" if _WORD.fullmatch(key) else "unknown key"
    close = difflib.get_close_matches(key, allowed, 1)
    hint = f"did you mean {close[0]}?" if close else f"allowed: {', '.join(allowed)}"
    return f"{named}; {hint}"
