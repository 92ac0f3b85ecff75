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

from ...module_utils._errors import CredentialsError, InputError
from ...module_utils._options import checks, credentials, urls
from ...module_utils._options.characters import READ_AS_NUMBER, invisible
from ...module_utils._options.types import is_int
from .document import Document, Where
from .nodes import Vaulted
from .variables import BadVariable, leaked, variables

ROOT: Where = ("accounts",)

_TEXTS = ("app_id", "app_secret", "user_id", "api_url")
_KEYS = ("name", *_TEXTS, "groups", "vars")
# What an inventory file must not hold; the accounts file is the place.
_SECRETS = ("app_secret", "password", "passwd", "secret_key", "secret")
# Names of hosts: nothing that Ansible's host patterns read as an operator or a range.
_NAME = re.compile(r"\w[\w.@-]*")
_GROUP = re.compile(r"[^\W\d]\w*")
# The groups of all hosts that the inventory plugin makes of accounts and of channels.
ACCOUNTS_GROUP = "polyv_accounts"
_OWN = (ACCOUNTS_GROUP, "polyv_channels")
# A group `_meta` would hide the variables of all hosts in a listing.
OF_ANSIBLE = ("all", "ungrouped", "_meta")
KEPT = "a name that Ansible keeps for itself"
# A key is quoted only if it can't be a secret that a slip has made a key: no digits, no signs, short.
_WORD = re.compile(r"[A-Za-z_-]{1,15}", re.ASCII)


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
    _line: Callable[[], int | None] = field(repr=False, compare=False)

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

    @property
    def line(self) -> int | None:
        """The line where the entry begins, counted from 1."""
        return self._line()

    def _required(self, key: str) -> str:
        if key not in self._texts:
            raise CredentialsError(f"The account {self.name!r} has no {key}.")
        return self._texts[key]()


def entries(document: Document, decrypt: Callable[[str], str], inline: bool = False) -> tuple[Entry, ...]:
    """The entries of `accounts`, in their order. `decrypt` opens a vaulted text or raises CredentialsError.

    `inline` entries stand in an inventory file, where a secret is refused and nothing but a name is needed. Raises
    CredentialsError, with the entry's name where there is one.
    """
    reader = _Reader(document, decrypt, inline)
    return tuple(reader.entries())


class _Reader:
    def __init__(self, document: Document, decrypt: Callable[[str], str], inline: bool) -> None:
        self._document = document
        self._decrypt = decrypt
        self._inline = inline
        self._places: dict[str, Where] = {}

    def entries(self) -> Iterator[Entry]:
        accounts = self._accounts()
        named = isinstance(accounts, dict)
        for key, raw in accounts.items() if named else enumerate(accounts):
            where = (*ROOT, key)
            if not isinstance(raw, dict):
                raise self._document.error(where, "an account must be a mapping of its keys")
            name = self._name(where, key if named else raw.get("name"), raw, named)
            yield _EntryReader(self._document, self._decrypt, self._inline, where, name).entry(raw)

    def _accounts(self) -> Any:
        data = self._document.data
        accounts = data.get("accounts") if isinstance(data, dict) else None
        if not isinstance(accounts, (list, dict)) or not accounts:
            problem = "accounts must be a list of accounts, or a mapping of them by name, and not empty"
            raise self._document.error(ROOT, problem)
        if not self._inline and len(data) > 1:
            extra = next(key for key in data if key != "accounts")
            raise self._document.error((extra,), f"{_unknown_key(extra, ('accounts',))}")
        return accounts

    def _name(self, where: Where, value: Any, raw: Mapping[str, Any], by_key: bool) -> str:
        if by_key and "name" in raw:
            raise self._document.error((*where, "name"), "name: the key of the entry is its name already")
        if value is None:
            raise self._document.error(where, "name: missing or empty, every account needs one")
        place = where if by_key else (*where, "name")
        if isinstance(value, float):
            raise self._document.error(place, f"name: it {READ_AS_NUMBER}")
        name = str(value) if is_int(value) else value
        # A value copied into the wrong line: the name would be shown in every output.
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name == str(raw.get("app_secret")):
            problem = (
                "name: letters, digits and _ . @ - only, beginning with a letter or digit, and not the secret"
            )
            raise self._document.error(place, problem)
        unusable = _unusable_name(name)
        if unusable:
            raise self._document.error(place, f"name: {unusable}")
        if name in self._places:
            line = self._document.line(self._places[name])
            raise self._document.error(place, f"the name {name!r} is already given in line {line or '?'}")
        self._places[name] = place
        return name


class _EntryReader:
    """Reads one entry; `where` it stands and its `name` are for the errors."""

    def __init__(
        self, document: Document, decrypt: Callable[[str], str], inline: bool, where: Where, name: str
    ) -> None:
        self._document = document
        self._decrypt = decrypt
        self._inline = inline
        self._where = where
        self._name = name

    def entry(self, raw: Mapping[str, Any]) -> Entry:
        self._check_keys(raw)
        texts = {key: self._text(key, raw[key]) for key in _TEXTS if key in raw}
        secret = raw.get("app_secret")
        groups = self._groups(raw.get("groups", []))
        given = self._variables(raw.get("vars", {}))
        public = {key: raw.get(key) for key in ("app_id", "user_id", "api_url", "groups", "vars")}
        # A vaulted secret is not opened for this: see Entry, and AWX has no vault password for an inventory.
        place = None if secret is None or isinstance(secret, Vaulted) else leaked(public, str(secret))
        if place is not None:
            raise self._error(place, f"{place[0]}: holds the text of app_secret, which nobody else may see")
        return Entry(self._name, groups, given, texts, lambda: self._document.line(self._where))

    def _error(self, below: Where, problem: str) -> CredentialsError:
        return self._document.error((*self._where, *below), f"account {self._name!r}: {problem}")

    def _check_keys(self, raw: Mapping[str, Any]) -> None:
        for key in raw:
            if self._inline and key in _SECRETS:
                raise self._error((key,), f"{key}: {_NO_SECRET_INLINE}")
            if key not in _KEYS:
                raise self._error((key,), _unknown_key(key, _KEYS))
        for key in () if self._inline else ("app_id", "app_secret"):
            if key not in raw:
                raise self._error((), f"{key} is missing")

    def _text(self, key: str, value: Any) -> Callable[[], str]:
        if isinstance(value, Vaulted):
            return functools.cache(lambda: self._opened(key, value))
        text = str(value) if is_int(value) else value
        if isinstance(value, float):
            raise self._error((key,), f"{key}: it {READ_AS_NUMBER}")
        if not isinstance(text, str):
            raise self._error((key,), f"{key}: must be text in quotes, and not empty")
        self._check_text(key, text)
        return lambda: text

    def _opened(self, key: str, value: Vaulted) -> str:
        try:
            text = self._decrypt(value.ciphertext)
        except CredentialsError as error:
            raise self._error((key,), f"{key}: the value {error.msg}") from None
        self._check_text(key, text)
        return text

    def _check_text(self, key: str, text: str) -> None:
        if not text.strip():
            raise self._error((key,), f"{key}: is blank")
        problem = _problem(key, text)
        if problem:
            raise self._error((key,), f"{key}: {problem}")

    def _groups(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._error(("groups",), "groups: must be a list of names")
        for index, name in enumerate(value):
            if not isinstance(name, str) or not _GROUP.fullmatch(name):
                problem = "groups: a name consists of letters, digits and _, does not begin with a digit, and is text"
                raise self._error(("groups", index), problem)
            unusable = _unusable_name(name)
            if unusable:
                raise self._error(("groups", index), f"groups: {unusable}")
        return tuple(value)

    def _variables(self, value: Any) -> dict[str, Any]:
        try:
            return variables(value)
        except BadVariable as error:
            raise self._error(("vars", *error.below), f"vars: {error.problem}") from None


_NO_SECRET_INLINE = (
    "an inventory file must hold no secret, since host variables lie in clear in AWX. Put the account into an accounts "
    "file (option accounts_file), which is read at run time and may be vault-encrypted"
)


def _problem(key: str, text: str) -> str | None:
    """What is wrong with a text that is not blank, without quoting it."""
    problem = credentials.slip(key, text)
    if problem or " " in text:
        return problem or "holds a blank"
    check = {"user_id": checks.user_id, "api_url": urls.url}.get(key)
    try:
        if check:
            check(key, text)
    except InputError:
        # Not its message, which quotes the value.
        return (
            "must be letters and digits only" if key == "user_id" else "must be an absolute http or https URL"
        )
    return None


def _unusable_name(name: str) -> str | None:
    """Why a name that is otherwise good can be neither an account's nor a group's."""
    unseen = invisible(name)
    if unseen:
        return f"holds {unseen}"
    if name in OF_ANSIBLE:
        return f"{name!r} is {KEPT}"
    return f"{name!r} is the group of all of them, which the inventory makes itself" if name in _OWN else None


def _unknown_key(key: str, allowed: tuple[str, ...]) -> str:
    shown = f"unknown key {key!r}" if _WORD.fullmatch(key) else "unknown key"
    close = difflib.get_close_matches(key, allowed, 1)
    hint = f"did you mean {close[0]}?" if close else f"allowed: {', '.join(allowed)}"
    return f"{shown}; {hint}"
