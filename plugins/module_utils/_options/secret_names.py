# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that say that the value is a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .._secrets import MASK

_PARAMETER = re.compile(r"(token|secret|passw(or)?d|pwd|key|sign|signature|auth)$", re.IGNORECASE)
# By its end: `return_secrets: true` is a setting, and `design` no signature.
_VARIABLE = re.compile(
    r"(?i:secret|(secret|custom|private|api|access|auth)[_-]?key|passwords?|passwd|passphrase|pwd|token|(?<![a-z])sign"
    r"|(?<![a-z])pass)[0-9]*$|[a-z]Pass[0-9]*$"
)
# Of data of the API beside those: every key, and the code that lets viewers in (docs/api.md §7.2).
_FIELD = re.compile(
    r"(?i:(?<![a-z])key|signature|auth[_-]?code|(external|direct|stream|push)[_-]?key)$|[a-z0-9](Key|Sign)$"
)


def is_secret_parameter(name: str) -> bool:
    """Whether a parameter in the query of a URL is one. It only warns, so it may be wrong."""
    return bool(_PARAMETER.search(name))


def is_secret_variable(name: str) -> bool:
    """Whether a variable of a host is one, where it would be refused."""
    return bool(_VARIABLE.search(name))


class SecretFields:
    """Which fields of data of any form are secrets: those whose name says so, and those of the names in `more`.

    A field is told by its name alone: what is a code in one place may be a part of an id in another.
    """

    def __init__(self, more: Any = ()) -> None:
        named = more if isinstance(more, (list, tuple)) else ()
        self._more = frozenset(str(name).casefold() for name in named)

    def is_secret(self, name: str) -> bool:
        """Whether a field of that name is one."""
        if name.casefold() in self._more:
            return True
        return is_secret_variable(name) or bool(_FIELD.search(name))

    def hidden(self, data: Any) -> Any:
        """A copy of `data` with a mask in the place of each secret. What is unset and what is a flag stays."""
        if isinstance(data, Mapping):
            return {
                name: MASK if self.is_secret(str(name)) and not _is_none(value) else self.hidden(value)
                for name, value in data.items()
            }
        return [self.hidden(item) for item in data] if isinstance(data, (list, tuple)) else data

    def values(self, data: Any) -> Iterator[str]:
        """The texts and numbers among the secrets in `data`, as text."""
        if isinstance(data, Mapping):
            for name, value in data.items():
                secret = self.is_secret(str(name)) and not _is_none(value)
                yield from _texts(value) if secret else self.values(value)
        elif isinstance(data, (list, tuple)):
            for item in data:
                yield from self.values(item)


def _is_none(value: Any) -> bool:
    """Whether what a secret's name stands for is no secret: nothing, or a flag."""
    return value is None or isinstance(value, bool) or value in ("", "Y", "N")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, (Mapping, list, tuple)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)
    elif not _is_none(value):
        yield str(value)
