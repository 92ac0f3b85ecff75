# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of accounts in a document: every entry checked, every fault reported by line and never by value."""

from __future__ import annotations

import difflib
import functools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._errors import CredentialsError, InputError
from ...module_utils._options import checks, credentials, urls
from ...module_utils._options.characters import READ_AS_NUMBER, invisible
from ...module_utils._options.types import is_int
from .document import Document, Vaulted, Where, parts

# The groups of all hosts that the inventory plugin makes of accounts and of channels.
ACCOUNTS_GROUP = "polyv_accounts"
_OWN = (ACCOUNTS_GROUP, "polyv_channels")
# A group `_meta` would hide the variables of all hosts in a listing.
OF_ANSIBLE = ("all", "ungrouped", "_meta")
KEPT = "a name that Ansible keeps for itself"
# Names of hosts: nothing that Ansible's host patterns read as an operator or a range.
_NAME = re.compile(r"\w[\w.@-]*")
_BAD_NAME = "letters, digits and _ . @ - only, beginning with a letter or digit, and not the secret"
_GROUP = re.compile(r"[^\W\d]\w*")
_BAD_GROUP = "a name consists of letters, digits and _, does not begin with a digit, and is text"
_VARIABLE = re.compile(r"[A-Za-z_][0-9A-Za-z_]*", re.ASCII)
_BAD_VARIABLE = "a variable's name consists of letters, digits and _ and begins with no digit"
# By its end: `return_secrets: true` is a setting, and `design` no signature.
_SECRET_NAME = re.compile(
    r"(?i:secret|(secret|custom|private|api|access|auth)[_-]?key|passwords?|passwd|passphrase|pwd|token|(?<![a-z])sign"
    r"|(?<![a-z])pass)[0-9]*$|[a-z]Pass[0-9]*$"
)
_SECRET_VARIABLE = "the name is that of a secret, and host variables are shown and stored in clear; put it into host_vars, vaulted"
_TEXTS = ("app_id", "app_secret", "user_id", "api_url")
# What is said instead of a check's own message, which quotes the value.
_CHECKS: dict[str, tuple[Callable[[str, str], str], str]] = {
    "user_id": (checks.user_id, "must be letters and digits only"),
    "api_url": (urls.url, "must be an absolute http or https URL"),
}
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
# The inventory sets these from the entry; another value would name another account.
_RESERVED = ("polyv_account", "polyv_user_id")
# What JSON can write and nothing can print: one half of a pair.
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One account. Asking for a text that can't be had (`app_secret` of an inline entry) raises CredentialsError.

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
        return self._required("app_id")

    @property
    def app_secret(self) -> str:
        """The secret that signs."""
        return self._required("app_secret")

    @property
    def user_id(self) -> str | None:
        """The id of the live account, if the entry says it."""
        return self._text("user_id")

    @property
    def api_url(self) -> str | None:
        """Where the account's API is, if the entry says it."""
        return self._text("api_url")

    def _required(self, key: str) -> str:
        text = self._text(key)
        if text is None:
            raise CredentialsError(f"The account {self.name!r} has no {key}.")
        return text


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
    places: dict[Any, Where] = {}
    found = []
    for key, raw in parts(accounts):
        where = ("accounts", key)
        if not isinstance(raw, dict):
            raise document.error(where, "an account must be a mapping of its keys")
        by_key = isinstance(accounts, dict)
        given = key if by_key else raw.get("name")
        place = where if given is None or "name" not in raw else (*where, "name")
        name = str(given) if is_int(given) else given
        problem = _bad_account_name(name, raw, by_key)
        if problem:
            raise document.error(place, f"name: {problem}")
        if name in places:
            first = document.mark(places[name])
            line = first.line + 1 if first else "?"
            raise document.error(place, f"the name {name!r} is already given in line {line}")
        places[name] = place
        found.append(_entry(document, where, str(name), raw, decrypt, inline))
    return tuple(found)


def _bad_account_name(name: Any, raw: Mapping[str, Any], by_key: bool) -> str | None:
    if by_key and "name" in raw:
        return "the key of the entry is its name already"
    if name is None:
        return "missing or empty, every account needs one"
    # A value copied into the wrong line: the name would be shown in every output.
    return _BAD_NAME if name == str(raw.get("app_secret")) else _bad_name(name, _NAME, _BAD_NAME)


def _bad_name(name: Any, form: re.Pattern[str], allowed: str) -> str | None:
    if isinstance(name, float):
        return f"it {READ_AS_NUMBER}"
    if not isinstance(name, str) or not form.fullmatch(name):
        return allowed
    unseen = invisible(name)
    if unseen:
        return f"holds {unseen}"
    if name in OF_ANSIBLE:
        return f"{name!r} is {KEPT}"
    return f"{name!r} is the group of all of them, which the inventory makes itself" if name in _OWN else None


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
        problem = _bad_text(key, opened)
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
        return None if isinstance(item, Vaulted) else _bad_text(key, item)
    if is_top and key == "groups" and not isinstance(item, list):
        return "must be a list of names"
    if is_top and key == "vars" and not isinstance(item, dict):
        return "must be a mapping of variables"
    if is_top or key == "name":
        return None
    return _bad_name(item, _GROUP, _BAD_GROUP) if key == "groups" else _bad_variable(below, item)


def _bad_text(key: str, value: Any) -> str | None:
    text = str(value) if is_int(value) else value
    if not isinstance(text, str):
        return f"it {READ_AS_NUMBER}" if isinstance(value, float) else "must be text in quotes, and not empty"
    if not text.strip():
        return "is blank"
    problem = credentials.slip(key, text)
    if problem or " " in text:
        return problem or "holds a blank"
    check, allowed = _CHECKS.get(key, (None, None))
    try:
        if check:
            check(key, text)
    except InputError:
        return allowed
    return None


def _bad_variable(below: Where, item: Any) -> str | None:
    """Why host variables, which are shown and stored in clear everywhere, can't hold the item at that place."""
    name, is_variable = str(below[-1]), len(below) == 2
    if is_variable and not _VARIABLE.fullmatch(name):
        return _BAD_VARIABLE
    if is_variable and name in _RESERVED:
        return f"{name} is set by the inventory itself"
    if isinstance(item, Vaulted):
        return "a vaulted value would be shown in clear; put it into host_vars"
    if _SECRET_NAME.search(name):
        return _SECRET_VARIABLE
    if isinstance(item, float) and not math.isfinite(item):
        return "the number is not finite"
    is_half = _HALF.search(name) or (isinstance(item, str) and _HALF.search(item))
    return "the text holds half a character" if is_half else None


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
