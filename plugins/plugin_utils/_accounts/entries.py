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
_VARIABLE = re.compile(r"[A-Za-z_][0-9A-Za-z_]*", re.ASCII)
# The inventory sets these from the entry; another value would name another account.
_RESERVED = ("polyv_account", "polyv_user_id")
# By its end: `return_secrets: true` is a setting, and `design` no signature.
_SECRET_NAME = re.compile(
    r"(?i:secret|(secret|custom|private|api|access|auth)[_-]?key|passwords?|passwd|passphrase|pwd|token|(?<![a-z])sign"
    r"|(?<![a-z])pass)[0-9]*$|[a-z]Pass[0-9]*$"
)
_NAMED_AS_SECRET = "the name is that of a secret, and host variables are shown and stored in clear; put it into host_vars, vaulted"
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
    _texts: Mapping[str, Callable[[], str]] = field(repr=False, compare=False)

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
        return self._texts["user_id"]() if "user_id" in self._texts else None

    @property
    def api_url(self) -> str | None:
        """Where the account's API is, if the entry says it."""
        return self._texts["api_url"]() if "api_url" in self._texts else None

    def _required(self, key: str) -> str:
        if key not in self._texts:
            raise CredentialsError(f"The account {self.name!r} has no {key}.")
        return self._texts[key]()


def entries(document: Document, decrypt: Callable[[str], str], inline: bool = False) -> tuple[Entry, ...]:
    """The entries of `accounts`, in their order. `decrypt` opens a vaulted text or raises CredentialsError.

    `inline` entries stand in an inventory file, where a secret is refused and nothing but a name is needed. Raises
    CredentialsError, with the entry's name where there is one.
    """
    data = document.data
    accounts = data.get("accounts") if isinstance(data, dict) else None
    if not isinstance(accounts, (list, dict)) or not accounts:
        problem = "accounts must be a list of accounts, or a mapping of them by name, and not empty"
        raise document.error(("accounts",), problem)
    for key in data:
        if key != "accounts" and not inline:
            raise document.error((key,), _unknown_key(key, ("accounts",)))
    places: dict[str, Where] = {}
    found = []
    for key, raw in parts(accounts):
        where = ("accounts", key)
        if not isinstance(raw, dict):
            raise document.error(where, "an account must be a mapping of its keys")
        by_key = isinstance(accounts, dict)
        given = key if by_key else raw.get("name")
        place = (*where, "name") if "name" in raw and given is not None else where
        problem = _bad_account_name(given, raw, by_key)
        if problem:
            raise document.error(place, f"name: {problem}")
        name = str(given)
        if name in places:
            mark = document.mark(places[name])
            line = mark.line + 1 if mark else "?"
            raise document.error(place, f"the name {name!r} is already given in line {line}")
        places[name] = place
        found.append(_entry(document, where, name, raw, decrypt, inline))
    return tuple(found)


def _bad_account_name(given: Any, raw: Mapping[str, Any], by_key: bool) -> str | None:
    if by_key and "name" in raw:
        return "the key of the entry is its name already"
    if given is None:
        return "missing or empty, every account needs one"
    if isinstance(given, float):
        return f"it {READ_AS_NUMBER}"
    name = str(given) if is_int(given) else given
    # A value copied into the wrong line: the name would be shown in every output.
    return _BAD_NAME if name == str(raw.get("app_secret")) else _bad_name(name, _NAME, _BAD_NAME)


def _bad_name(name: Any, form: re.Pattern[str], allowed: str) -> str | None:
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
    def error(below: Where, problem: str) -> CredentialsError:
        return document.error((*where, *below), f"account {name!r}: {problem}")

    def opened(key: str) -> str:
        try:
            text = decrypt(raw[key].ciphertext)
        except CredentialsError as failure:
            raise error((key,), f"{key}: the value {failure.msg}") from None
        problem = _bad_text(key, text)
        if problem:
            raise error((key,), f"{key}: {problem}")
        return text

    for below, problem in _findings(raw, inline):
        if problem:
            raise error(below, problem)
    texts = {
        key: functools.cache(functools.partial(opened, key))
        if isinstance(raw[key], Vaulted)
        else functools.partial(str, raw[key])
        for key in _TEXTS
        if key in raw
    }
    return Entry(name, tuple(raw.get("groups", ())), raw.get("vars", {}), texts)


def _findings(raw: Mapping[str, Any], inline: bool) -> Iterator[tuple[Where, str | None]]:
    """Each place below an entry, and what is wrong there, if anything."""
    for key in raw:
        if inline and key in _SECRETS:
            yield (key,), f"{key}: {_NO_SECRET}"
        if key not in _KEYS:
            yield (key,), _unknown_key(key, _KEYS)
    for key in () if inline else ("app_id", "app_secret"):
        yield (), None if key in raw else f"{key} is missing"
    for key in _TEXTS:
        problem = _bad_text(key, raw[key]) if key in raw and not isinstance(raw[key], Vaulted) else None
        yield (key,), problem and f"{key}: {problem}"
    groups, variables, secret = raw.get("groups", []), raw.get("vars", {}), raw.get("app_secret")
    yield ("groups",), None if isinstance(groups, list) else "groups: must be a list of names"
    for index, name in parts(groups):
        problem = _bad_name(name, _GROUP, _BAD_GROUP)
        yield ("groups", index), problem and f"groups: {problem}"
    yield ("vars",), None if isinstance(variables, dict) else "vars: must be a mapping of variables"
    for below, item in _walk(variables, ("vars",)):
        problem = _bad_variable(below, item)
        yield below, problem and f"vars: {problem}"
    # A vaulted secret is not opened for this: see Entry, and AWX has no vault password for an inventory.
    if secret is None or isinstance(secret, Vaulted):
        return
    for below, item in _walk({key: raw[key] for key in raw if key not in ("name", "app_secret")}):
        leaks = _holds(str(secret), below[-1]) or _holds(str(secret), item)
        yield below, f"{below[0]}: holds the text of app_secret, which nobody else may see" if leaks else None


def _bad_text(key: str, value: Any) -> str | None:
    """What is wrong with a text of an entry, without quoting it."""
    text = str(value) if is_int(value) else value
    if not isinstance(text, str):
        return f"it {READ_AS_NUMBER}" if isinstance(value, float) else "must be text in quotes, and not empty"
    if not text.strip():
        return "is blank"
    problem = credentials.slip(key, text)
    if problem or " " in text:
        return problem or "holds a blank"
    check, allowed = _CHECKS.get(key, (lambda _key, text: text, None))
    try:
        check(key, text)
    except InputError:
        return allowed
    return None


def _bad_variable(below: Where, item: Any) -> str | None:
    """Why host variables, which are shown and stored in clear everywhere, can't hold the item at that place."""
    name, is_variable = str(below[-1]), len(below) == 2
    texts = (name, item if isinstance(item, str) else "")
    problems = (
        (
            is_variable and not _VARIABLE.fullmatch(name),
            "a variable's name consists of letters, digits and _ and begins with no digit",
        ),
        (is_variable and name in _RESERVED, f"{name} is set by the inventory itself"),
        (isinstance(item, Vaulted), "a vaulted value would be shown in clear; put it into host_vars"),
        (_SECRET_NAME.search(name), _NAMED_AS_SECRET),
        (isinstance(item, float) and not math.isfinite(item), "the number is not finite"),
        (any(map(_HALF.search, texts)), "the text holds half a character"),
    )
    return next((problem for applies, problem in problems if applies), None)


def _walk(value: Any, below: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Everything below `value`, with the keys and indexes that lead to it."""
    for part, item in parts(value):
        yield (*below, part), item
        yield from _walk(item, (*below, part))


def _holds(secret: str, found: Any) -> bool:
    # A number, too: a secret of digits needs no quotes.
    text = str(found) if isinstance(found, (str, int)) else ""
    return text == secret or (len(secret) >= _SHORT and secret in text)


def _unknown_key(key: str, allowed: tuple[str, ...]) -> str:
    shown = f"unknown key {key!r}" if _WORD.fullmatch(key) else "unknown key"
    close = difflib.get_close_matches(key, allowed, 1)
    hint = f"did you mean {close[0]}?" if close else f"allowed: {', '.join(allowed)}"
    return f"{shown}; {hint}"
