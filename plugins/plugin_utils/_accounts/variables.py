# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host variables of an account. They are shown and stored in clear everywhere, so a secret must not be among them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from .document import Where
from .nodes import Vaulted

_VARIABLE = re.compile(r"[A-Za-z_][0-9A-Za-z_]*", re.ASCII)
# The inventory sets these from the entry; another value would name another account.
_RESERVED = ("polyv_account", "polyv_user_id")
# By its end: `return_secrets: true` is a setting, and `design` no signature.
_SECRET_NAME = re.compile(
    r"(?i:secret|(secret|custom|private|api|access|auth)[_-]?key|passwords?|passwd|passphrase|pwd|token|(?<![a-z])sign"
    r"|(?<![a-z])pass)[0-9]*$|[a-z]Pass[0-9]*$"
)
# What JSON can write and nothing can print: one half of a pair.
_HALF = re.compile("[\ud800-\udfff]")
# A shorter secret may be part of any text; only as a whole it is told apart.
_SHORT = 8


class BadVariable(Exception):
    """A variable that is refused. `below` leads to it inside `vars`; `problem` quotes no value."""

    def __init__(self, below: Where, problem: str) -> None:
        super().__init__(problem)
        self.below = below
        self.problem = problem


def variables(value: Any) -> dict[str, Any]:
    """The host variables in `value`, unchanged. Raises BadVariable for one that can't be one, or that names a secret."""
    if not isinstance(value, dict):
        raise BadVariable((), "must be a mapping of variables")
    for name in value:
        if not _VARIABLE.fullmatch(name):
            raise BadVariable(
                (name,), "a variable's name consists of letters, digits and _ and begins with no digit"
            )
        if name in _RESERVED:
            raise BadVariable((name,), f"{name} is set by the inventory itself")
    for below, item in _walk(value):
        _check(below, item)
    return value


def leaked(value: Any, secret: str) -> Where | None:
    """Where in `value` the secret stands, as a value or as a key; None if nowhere."""
    for below, item in _walk(value):
        # A number, too: a secret of digits needs no quotes.
        texts = [str(text) for text in (below[-1], item) if isinstance(text, (str, int))]
        if any(text == secret or (len(secret) >= _SHORT and secret in text) for text in texts):
            return below
    return None


def _walk(value: Any, below: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Everything below `value`, with the keys and indexes that lead to it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, item in pairs:
        yield (*below, part), item
        yield from _walk(item, (*below, part))


def _check(below: Where, item: Any) -> None:
    if isinstance(item, Vaulted):
        raise BadVariable(below, "a vaulted value would be shown in clear; put it into host_vars")
    name = below[-1]
    if isinstance(name, str) and _SECRET_NAME.search(name):
        problem = "the name is that of a secret, and host variables are shown and stored in clear; put it into host_vars, vaulted"
        raise BadVariable(below, problem)
    if isinstance(item, float) and not math.isfinite(item):
        raise BadVariable(below, "the number is not finite")
    if any(isinstance(text, str) and _HALF.search(text) for text in (name, item)):
        raise BadVariable(below, "the text holds half a character")
