# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML or JSON text as plain data that knows where in the file each part stands.

The text may hold secrets, also where it is broken: a missing quote turns a value into a key, a tag or an alias. So an
error says what is wrong and where, and quotes nothing. Nor is anything read otherwise than it looks: to PyYAML a second key
of the same name wins, and dates, octal and base-60 numbers are no text.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ...module_utils._errors import CredentialsError
from ...module_utils._options.types import is_int

Where = tuple[Any, ...]
Mark = Any  # of PyYAML, or of libyaml
# libyaml, where PyYAML was built with it, is some ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_DEPTH, _TOO_DEEP = 64, "the values are nested too deeply"
# Ten times what ten thousand accounts need. A long text counts for more, as each alias of it is searched for secrets.
MOST_VALUES, _TEXT_PER_VALUE = 1_000_000, 100
# What JSON allows in a string and YAML reads differently, each to be replaced by as many letters.
_JSON_ONLY = re.compile(
    r"\\(?:u[0-9A-Fa-f]{4}|.)|[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True)
class Vaulted:
    """A single value that is encrypted."""

    ciphertext: str = field(repr=False)


_TAG = "tag:yaml.org,2002:"
_ANY, _BOOLEANS = re.compile("(?s:.*)"), yaml.SafeLoader.bool_values
# By tag, the form that a value must have, and what makes data of it. Numbers are decimal, and of no more digits than Python reads.
_SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    f"{_TAG}str": (_ANY, str),
    f"{_TAG}null": (_ANY, lambda text: None),
    f"{_TAG}bool": (re.compile("|".join(_BOOLEANS), re.I | re.ASCII), lambda text: _BOOLEANS[text.lower()]),
    f"{_TAG}int": (re.compile(r"-?(0|[1-9][0-9]{0,99})", re.ASCII), int),
    f"{_TAG}float": (re.compile(r"-?(0|[1-9][0-9]{0,99})\.[0-9]{1,99}", re.ASCII), float),
    "!vault": (_ANY, Vaulted),
    "!vault-encrypted": (_ANY, Vaulted),
}
_REWRITTEN = "YAML reads the value as a date or a number of a form that it would rewrite; put it in quotes"
_BAD_TAG = "the value has a YAML tag; !vault is the only one allowed. Text that begins with ! needs quotes"
_resolve = yaml.resolver.Resolver().resolve


class Document:
    """A file's content: `data` are plain types, and Vaulted where a single value is encrypted."""

    def __init__(self, path: str, data: Any, marks: Callable[[], Mapping[Where, Mark]]) -> None:
        self.data = data
        self._path = path
        self._marks = functools.cache(marks)

    def error(self, where: Where, problem: str) -> CredentialsError:
        """The error that reports a problem at a place. `where` leads there: keys and indexes from the outside in."""
        return _error(self._path, self.mark(where), problem)

    def mark(self, where: Where) -> Mark | None:
        """Where that place is, or what a missing key is missing from. None if it can't be told."""
        try:
            known = self._marks()
        except yaml.YAMLError:
            return None
        return next(known[where[:end]] for end in range(len(where), -1, -1) if where[:end] in known)


def parse(path: str, text: str, only: str | None = None) -> Document:
    """The document in `text`; `path` is for its errors. With `only`, of a mapping just that key's value is looked at.

    Raises CredentialsError for text that is neither YAML nor JSON, for keys given twice, and for values that YAML would
    rewrite unasked, such as dates and octal numbers.
    """
    json_mark = _mark(text, 0)
    reading = functools.cache(lambda: _Reader(text))
    try:
        try:
            # NaN and Infinity are no JSON, and int refuses them.
            data = json.loads(text, object_pairs_hook=_object, parse_constant=int)
            reading = functools.cache(lambda: _Reader(_as_yaml(text)))
        except (ValueError, RecursionError) as error:  # also for thousands of digits, or of brackets
            json_mark = _mark(text, getattr(error, "pos", 0))
            data = reading().data
        try:
            _check(_part(data, only))
        except _Fault:
            _check(_part(reading().data, only))  # of JSON, finds it again and says where
            raise
    except _Fault as fault:
        raise _error(path, fault.problem_mark, fault.problem) from None
    except yaml.YAMLError as error:
        # Of two readings that failed, the one that came further found the fault.
        mark = max(getattr(error, "problem_mark", None) or json_mark, json_mark, key=lambda mark: mark.index)
        raise _error(path, mark, "this is neither YAML nor JSON") from None
    return Document(path, data, lambda: reading().marks)


def check_bounds(path: str, text: str) -> None:
    """Raises CredentialsError for text with more in it than anybody means, which others shall read."""
    try:
        _check(_Reader(_as_yaml(text) if text.lstrip().startswith("{") else text).data, strict=False)
    except _Fault as fault:
        raise _error(path, fault.problem_mark, fault.problem) from None
    except yaml.YAMLError:
        pass  # the other reader says so


def parts(data: Any) -> Iterable[tuple[Any, Any]]:
    """What a mapping or a list holds, with the key or index of each; nothing for a single value."""
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()


def _part(data: Any, only: str | None) -> Any:
    """The data without the values of all keys but `only`."""
    if only is None or not isinstance(data, dict):
        return data
    return {key: value if key == only else None for key, value in data.items()}


def _object(pairs: list[tuple[str, Any]]) -> Any:
    data = dict(pairs)
    if len(data) != len(pairs):
        return _Fault("a key is given twice")
    # How Ansible writes a `!vault` value in JSON.
    if list(data) == ["__ansible_vault"] and isinstance(data["__ansible_vault"], str):
        return Vaulted(data["__ansible_vault"])
    return data


def _as_yaml(text: str) -> str:
    """JSON with every line and column where it was, in a form that YAML accepts. Values are no longer what they were."""
    return _JSON_ONLY.sub(lambda found: "x" * len(found[0]), text).replace("\t", " ")


class _Fault(yaml.MarkedYAMLError):
    """What is wrong in a text that is YAML. Its `problem` quotes nothing, and it may stand in data in the place of what is wrong."""

    def __init__(self, problem: str, at: Any = None) -> None:
        super().__init__(problem=problem, problem_mark=at and at.start_mark)


class _Reader:
    """The one document of a YAML text: `data` is what it holds, and `marks` say where each part stands.

    A key or a value that is not allowed is a _Fault in the data, for `_check` to raise. Raises YAMLError for text that is no
    YAML, and _Fault for what contains itself or is too deep: libyaml's own composer goes down until the process dies.
    """

    def __init__(self, text: str) -> None:
        unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
        if unprintable:  # libyaml would count bytes, and PyYAML letters
            raise yaml.MarkedYAMLError(problem_mark=_mark(text, unprintable.start()))
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self._anchored: dict[str, Any] = {}
        _begin, event = next(self._events), next(self._events)
        self.marks: dict[Where, Mark] = {(): event.start_mark}
        self.data: Any = None
        if isinstance(event, yaml.DocumentStartEvent):
            self.data = self._value((), next(self._events))
            _end, event = next(self._events), next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)

    def _value(self, where: Where, event: Any) -> Any:
        self.marks.setdefault(where, event.start_mark)
        anchor, is_alias = event.anchor, isinstance(event, yaml.AliasEvent)
        if anchor is None:
            return self._content(where, event)
        if is_alias != (anchor in self._anchored):
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        if not is_alias:
            self._anchored[anchor] = event  # until it is read
            self._anchored[anchor] = self._content(where, event)
        elif isinstance(self._anchored[anchor], yaml.Event):
            raise _Fault("the value contains itself", self._anchored[anchor])
        return self._anchored[anchor]

    def _content(self, where: Where, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(where) > _MOST_DEPTH:
            raise _Fault(_TOO_DEEP, event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        is_plain = event.tag in (None, "!", _TAG + ("map" if is_mapping else "seq"))
        data = self._mapping(where) if is_mapping else self._sequence(where)
        return data if is_plain else {_Fault(_BAD_TAG, event): data}

    def _inside(self) -> Iterator[Any]:
        # Whoever takes an event goes on with what is inside it.
        return itertools.takewhile(lambda event: not isinstance(event, yaml.CollectionEndEvent), self._events)

    def _sequence(self, where: Where) -> list[Any]:
        return [self._value((*where, index), event) for index, event in enumerate(self._inside())]

    def _mapping(self, where: Where) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for event in self._inside():
            key = self._value((*where, -1), event)
            name = str(key) if is_int(key) else key
            if not isinstance(name, (str, _Fault)):
                name = _Fault("a key must be text; YAML reads this one otherwise, so put it in quotes", event)
            if name in found:
                name = _Fault("the key is given twice", event)
            self.marks[(*where, name)] = event.start_mark
            found[name] = self._value((*where, name), next(self._events))
        return found


def _scalar(event: yaml.ScalarEvent) -> Any:
    tag = event.tag
    if tag in (None, "!"):
        tag = _resolve(yaml.ScalarNode, event.value, event.implicit)
    form, make = _SCALARS.get(tag, (None, None))
    if form and make and form.fullmatch(event.value):
        return make(event.value)
    if tag == f"{_TAG}merge":
        return _Fault("merging mappings with << is not supported", event)
    return _Fault(_REWRITTEN if tag.startswith(_TAG) else _BAD_TAG, event)


def _check(data: Any, strict: bool = True) -> None:
    """Raises _Fault for data too deep or too much, aliases counted as what they stand for, or, if strict, with a fault in it."""
    level, values = [data], 0
    for _depth in range(_MOST_DEPTH + 1):
        for item in level:
            if isinstance(item, (str, list, dict)):
                values += len(item) // (_TEXT_PER_VALUE if isinstance(item, str) else 1)
            elif strict and isinstance(item, _Fault):
                raise item
        if values > MOST_VALUES:
            raise _Fault(f"with its aliases the value holds more than {MOST_VALUES} values")
        level = [each for item in level for pair in parts(item) for each in pair]
        if not level:
            return
    raise _Fault(_TOO_DEEP)


def _mark(text: str, index: int) -> Mark:
    before = text[:index]
    return yaml.Mark("", index, before.count("\n"), index - before.rfind("\n") - 1, None, 0)


def _error(path: str, mark: Mark | None, problem: str | None) -> CredentialsError:
    place = f"{path}, line {mark.line + 1}, column {mark.column + 1}" if mark else path
    return CredentialsError(f"{place}: {problem}")
