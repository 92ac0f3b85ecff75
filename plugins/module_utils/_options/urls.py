# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Absolute URLs, read strictly: what browsers, Polyv and this collection might read in different ways is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from .._errors import InputError
from .._secrets import MASK
from . import hosts
from .characters import invisible
from .quoting import got
from .secret_names import is_secret_parameter

_PARTS = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.ASCII)
_AUTHORITY = re.compile(r"(\[[^]]*\]|[^:\[\]]*)(?::([0-9]{1,5}))?", re.ASCII)
# A user name and a password before the host, whatever else is wrong with the URL.
_USER = re.compile(r"^([A-Za-z][0-9A-Za-z+.-]*:)?([\\/]*)[^/?#]*@")
_MOST_CHARACTERS = 4096
_MOST_PORT = 65535


@dataclass(frozen=True)
class Url:
    """A URL in its parts: scheme in lower case, `authority` is host and port, `rest` is everything behind."""

    scheme: str
    host: str
    authority: str
    rest: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.rest}"


def url(option: str, value: str) -> str:
    """An absolute http or https URL: the scheme comes back in lower case, everything else as it was."""
    return str(parsed(option, value))


def secret_parameter(value: str) -> str | None:
    """The first parameter in the query of a URL whose name says that its value is secret."""
    names = (name for name, _value in parse_qsl(urlsplit(value).query, keep_blank_values=True))
    return next(filter(is_secret_parameter, names), None)


def parsed(option: str, value: str) -> Url:
    """The parts of an absolute http or https URL. Raises InputError."""
    unseen = invisible(value)
    if unseen:
        raise InputError(option, f"{_got(value)}, must be a URL, and no URL has {unseen}")
    found = _PARTS.fullmatch(value)
    if found is None or " " in value or not found[2].rpartition("@")[2].partition(":")[0]:
        raise InputError(
            option,
            f"{_got(value)}, must be an absolute http:// or https:// URL with a host and without blanks",
        )
    if len(value) > _MOST_CHARACTERS:
        raise InputError(option, f"{_got(value)}, must be a URL of at most {_MOST_CHARACTERS} characters")
    if "\\" in value:
        raise InputError(
            option, f"{_got(value)}, must not contain a backslash, which browsers read as a slash"
        )
    scheme, authority, rest = found.groups()
    if "@" in authority:
        raise InputError(
            option,
            f"{_got(value)}, must not hold a user name or password before the host: all would see them",
        )
    return Url(scheme.lower(), _host(option, value, authority), authority, rest)


def authorization_url(option: str, value: str) -> str:
    """The URL of a custom authorization page: no query and not on localhost (docs/api.md §4)."""
    question = next((each for each in value if "?" in unicodedata.normalize("NFKC", each)), None)
    if question:
        name = "" if question == "?" else f" ({unicodedata.name(question, '')})"
        raise InputError(
            option, f"{_got(value)}, must not contain {question!r}{name}: Polyv appends the query itself"
        )
    # First, so that the message says what matters about another spelling of localhost.
    host = _PARTS.fullmatch(value)
    if host and hosts.may_be_local(_host_of(host[2])):
        raise InputError(option, f"{_got(value)}, must not point at localhost: viewers are sent there")
    return url(option, value)


def _got(value: str) -> str:
    return got(_USER.sub(rf"\1\2{MASK}@", value))


def _host_of(authority: str) -> str:
    found = _AUTHORITY.fullmatch(authority.rpartition("@")[2])
    return found[1] if found else ""


def _host(option: str, value: str, authority: str) -> str:
    found = _AUTHORITY.fullmatch(authority)
    if found is None or (found[2] and not 1 <= int(found[2]) <= _MOST_PORT):
        raise InputError(
            option, f"{_got(value)}, must be a URL whose port, if it has one, is from 1 to {_MOST_PORT}"
        )
    problem = hosts.problem(found[1])
    if problem:
        raise InputError(
            option, f"{_got(value)} which {problem}, must be a URL with the name or the address of a host"
        )
    return found[1]
