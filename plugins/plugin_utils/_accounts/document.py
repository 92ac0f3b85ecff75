# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML or JSON text as plain data that knows where in the file each part stands.

The text may hold secrets, also where it is broken: a missing quote turns a value into a key, a tag or an alias. So an
error says what is wrong and where, and quotes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import yaml

from ...module_utils._errors import CredentialsError
from .bounds import (
    MOST_DEPTH,
    TooMuch,
    check_aliases,
    check_depth_of_data,
    check_number_of_values,
    check_text,
)
from .nodes import BadNode, Vaulted, built, member, shallow

Where = tuple[str | int, ...]
# libyaml, where PyYAML was built with it, is some ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What JSON allows in a string and YAML reads differently, each to be replaced by as many letters.
_JSON_ONLY = re.compile(
    r"\\(?:u[0-9A-Fa-f]{4}|.)|[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Document:
    """A file's content: `data` are plain types, and Vaulted where a single value is encrypted."""

    def __init__(self, path: str, data: Any, root: Callable[[], yaml.Node]) -> None:
        self.path = path
        self.data = data
        self._compose = root

    def error(self, where: Where, problem: str) -> CredentialsError:
        """The error that reports a problem at a place. `where` leads there: keys and indexes from the outside in."""
        return _error(self.path, self._mark(where), problem)

    def line(self, where: Where) -> int | None:
        """The line of that place, counted from 1; None if it can't be told."""
        mark = self._mark(where)
        return mark[0] if mark else None

    def _mark(self, where: Where) -> tuple[int, int] | None:
        node = self._root
        if node is None:
            return None
        mark = node.start_mark
        for part in where:
            found = member(node, part)
            if found is None:
                break  # a key that is missing: what it is missing from is the place
            label, node = found
            mark = label.start_mark
        return mark.line + 1, mark.column + 1

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            return self._compose()
        except (yaml.YAMLError, RecursionError, BadNode, TooMuch):
            return None


def check_bounds(path: str, text: str) -> None:
    """Raises CredentialsError for text with more in it than anybody means, which others shall read."""
    try:
        text = _as_yaml(text) if text.lstrip().startswith("{") else text
        check_text(text, _LOADER, MOST_DEPTH)
        _composed(text)
    except yaml.YAMLError:
        return  # the other reader says so
    except (BadNode, TooMuch, RecursionError) as error:
        raise _refusal(path, error) from None


def parse(path: str, text: str, only: str | None = None) -> Document:
    """The document in `text`; `path` is for its errors. With `only`, of a mapping just that key's value is looked at.

    Raises CredentialsError for text that is neither YAML nor JSON, for keys given twice, and for values that YAML would
    rewrite unasked, such as dates and octal numbers.
    """
    json_mark = (0, 0)
    if text.lstrip().startswith("{"):
        try:
            check_number_of_values(text)
            data = json.loads(text, object_pairs_hook=_object, parse_constant=_refused)
            check_depth_of_data(data)
            return Document(path, data, lambda: _composed(_as_yaml(text)))
        except TooMuch as error:
            raise _refusal(path, error) from None
        except _Repeated:
            _from_yaml(path, _as_yaml(text), json_mark, None)  # finds the key again, and says where
            raise _error(path, None, "a key is given twice") from None
        except json.JSONDecodeError as error:
            json_mark = (error.lineno, error.colno)  # YAML may begin with a brace too
        except (ValueError, RecursionError):
            pass  # a number of thousands of digits, or as many brackets: YAML tells the place
    return _from_yaml(path, text, json_mark, only)


def _from_yaml(path: str, text: str, json_mark: tuple[int, int], only: str | None) -> Document:
    try:
        root = _composed(text)
        data = built(root) if only is None else shallow(root, only)
        check_depth_of_data(data)
    except (BadNode, TooMuch, RecursionError) as error:
        raise _refusal(path, error) from None
    except yaml.YAMLError as error:
        # Of two readings that failed, the one that came further found the fault.
        raise _error(path, max(_mark_of(error, text), json_mark), "this is neither YAML nor JSON") from None
    return Document(path, data, lambda: root)


def _refusal(path: str, error: Exception) -> CredentialsError:
    if isinstance(error, BadNode):
        return _error(path, (error.line, error.column), error.problem)
    return _error(
        path, None, str(error) if isinstance(error, TooMuch) else "the values are nested too deeply"
    )


def _composed(text: str) -> yaml.Node:
    check_text(text, _LOADER)
    root = yaml.compose(text, Loader=_LOADER)
    if root is None:  # an empty file
        start = yaml.Mark("", 0, 0, 0, "", 0)
        return yaml.ScalarNode("tag:yaml.org,2002:null", "", start, start)
    if "*" in text:
        check_aliases(root)
    return root


def _mark_of(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return mark.line + 1, mark.column + 1
    # A character that YAML doesn't allow. libyaml counts bytes and PyYAML letters, so it is looked up anew.
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _error(path: str, mark: tuple[int, int] | None, problem: str) -> CredentialsError:
    place = f"{path}, line {mark[0]}, column {mark[1]}" if mark else path
    return CredentialsError(f"{place}: {problem}")


class _Repeated(Exception):
    """A JSON object has a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> Any:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _Repeated
    # How Ansible writes a `!vault` value in JSON.
    if list(data) == ["__ansible_vault"] and isinstance(data["__ansible_vault"], str):
        return Vaulted(data["__ansible_vault"])
    return data


def _refused(constant: str) -> Any:
    raise ValueError  # NaN and Infinity are no JSON


def _as_yaml(text: str) -> str:
    """JSON with every line and column where it was, in a form that YAML accepts. Values are no longer what they were."""
    return _JSON_ONLY.sub(lambda found: "x" * len(found[0]), text).replace("\t", " ")
