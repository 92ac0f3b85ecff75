# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each variable stands in the text of a file, and the text with some of them changed.

What is not changed stays letter for letter. PyYAML's scanner tells the places: its tokens, unlike its nodes, hold no
comment and show aliases. libyaml's marks are one off after a byte order mark, so the scanner is the one in Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from .values import Unfit, loaded, not_yaml, quoted, rendered

EMPTY = "---\n"

_DEPTH = 50
_NEWLINE = re.compile(r"\r\n|\n|\r")
_BREAKS = " \t\r\n\x85\u2028\u2029"
_REST_OF_LINE = re.compile(r"[ \t]*(#[^\r\n\x85\u2028\u2029]*)?(\r\n|[\r\n\x85\u2028\u2029]|\Z)")
# A name that stands without quotes, unless YAML takes the word for something else.
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


@dataclass
class _Entry:
    """One variable, by indexes of the text."""

    name: str
    start: int
    value: int
    end: int
    """Behind the value, without the line breaks that end a block of text."""
    whole: int
    """Behind all of the value."""
    dashed: bool
    """The value is a list whose dashes may stand below the key."""
    comma: int | None = None
    """Behind the comma that follows, in a mapping in braces."""


@dataclass(frozen=True)
class _Layout:
    entries: list[_Entry]
    indent: int
    end: int
    """Where the document ends: at its `...`, or at the end of the text."""
    brace: int | None
    """The closing one, of a mapping in braces."""


class Document:
    """The text of a file, and its `variables`. Raises Unfit for one that can't be changed variable by variable."""

    def __init__(self, text: str, decrypt: Callable[[str], str]) -> None:
        self.text = text
        self._decrypt = decrypt
        self._layout = _layout(text)
        self.variables = loaded(text, decrypt)
        if {entry.name for entry in self._layout.entries} != set(self.variables):
            raise Unfit("its variables can't be told apart")

    def changed(self, wanted: Mapping[str, Any], removed: set[str]) -> Document:
        """The document with the values of `wanted`, which are literal, and without the variables `removed`.

        Raises Unfit where the other variables would not stay what they are.
        """
        values = {name: rendered(value) for name, value in wanted.items()}
        others = self._states(removed | set(values))
        for at_the_end in (True, False):
            try:
                result = Document(
                    _edited(self.text, self._layout, values, removed, at_the_end), self._decrypt
                )
            except Unfit:
                continue
            asked = {name: rendered(result.variables[name]) for name in values if name in result.variables}
            if asked == values and result._states(set(values)) == others:
                return result
        names = ", ".join(sorted({*values, *removed}))
        raise Unfit(f"{names} can't be changed in its decrypted content without touching other variables")

    def _states(self, without: set[str]) -> dict[str, tuple[str, str]]:
        """Of each other variable the text of its entry, and its value."""
        return {
            entry.name: (self.text[entry.start : entry.end], rendered(self.variables[entry.name]))
            for entry in self._layout.entries
            if entry.name not in without
        }


def _edited(
    text: str, layout: _Layout, values: Mapping[str, str], removed: set[str], at_the_end: bool
) -> str:
    edits: list[tuple[int, int, str]] = []
    for entry in layout.entries:
        if entry.name in removed:
            edits.append((*_lines(text, entry, layout), ""))
        elif entry.name in values:
            edits.append((entry.value, entry.end, _gap(text, entry) + values[entry.name]))
    present = {entry.name for entry in layout.entries}
    added = [(name, values[name]) for name in sorted(values) if name not in present]
    if added:
        kept = [entry for entry in layout.entries if entry.name not in removed]
        place = kept[0].start if kept and not at_the_end else layout.end
        edits.append(_in_braces(added, layout, removed) or _in_lines(text, added, layout, place))
    pieces, done = [], 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[done:start], replacement]
        done = end
    return "".join(pieces) + text[done:]


def _gap(text: str, entry: _Entry) -> str:
    """What must stand before a new value: a scalar is always deeper than its key."""
    return " " if entry.dashed or text[entry.value - 1] == ":" else ""


def _lines(text: str, entry: _Entry, layout: _Layout) -> tuple[int, int]:
    """What goes with a variable: its lines, or all up to the next one within braces."""
    if layout.brace is not None:
        return entry.start, entry.comma or entry.end
    start = len(text[: entry.start].rstrip(" "))
    if entry.whole > entry.end:
        return start, entry.whole
    rest = _REST_OF_LINE.match(text, entry.end)
    return start, rest.end() if rest else entry.end


def _in_braces(
    added: list[tuple[str, str]], layout: _Layout, removed: set[str]
) -> tuple[int, int, str] | None:
    if layout.brace is None:
        return None
    members = ", ".join(f"{quoted(name)}: {value}" for name, value in added)
    last = layout.entries[-1] if layout.entries else None
    if last is None or last.name in removed:
        return layout.brace, layout.brace, members
    if last.comma:
        return last.comma, last.comma, " " + members
    return last.end, last.end, ", " + members


def _in_lines(text: str, added: list[tuple[str, str]], layout: _Layout, place: int) -> tuple[int, int, str]:
    """At the end of the document, or before a variable."""
    found = _NEWLINE.search(text)
    newline = found[0] if found else "\n"
    indent = " " * layout.indent
    lines = [f"{_key(name)}: {value}{newline}" for name, value in added]
    if place < layout.end:
        return place, place, "".join(line + indent for line in lines)
    begun = text[:place].lstrip("\ufeff")
    first = newline if begun and not begun.endswith(("\n", "\r")) else ""
    return place, place, first + "".join(indent + line for line in lines)


def _key(name: str) -> str:
    plain = _WORD.fullmatch(name) and yaml.SafeLoader("").resolve(yaml.ScalarNode, name, (True, False))
    return name if plain == "tag:yaml.org,2002:str" else quoted(name)


def _layout(text: str) -> _Layout:
    tokens = list(_tokens(text))
    end = len(text)
    if tokens and isinstance(tokens[-1], yaml.DocumentEndToken):
        end = tokens.pop().start_mark.index
    if tokens and isinstance(tokens[0], yaml.DocumentStartToken):
        tokens.pop(0)
    if any(isinstance(token, (yaml.DocumentStartToken, yaml.DocumentEndToken)) for token in tokens):
        raise Unfit("it holds several documents")
    if not tokens:
        return _Layout([], 0, end, None)
    if not isinstance(tokens[0], (yaml.BlockMappingStartToken, yaml.FlowMappingStartToken)):
        raise Unfit("its decrypted content is no mapping of variables")
    entries = _entries(text, tokens[1:-1])
    flow = isinstance(tokens[0], yaml.FlowMappingStartToken)
    if not flow and not entries:
        raise Unfit("its decrypted content is no mapping of variables")
    indent = 0 if flow else tokens[0].start_mark.column
    return _Layout(entries, indent, end, tokens[-1].start_mark.index if flow else None)


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of the document, without those that have no place in it."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > _DEPTH:
                raise Unfit(f"its decrypted content is more than {_DEPTH} levels deep")
            if isinstance(token, yaml.AliasToken):
                raise Unfit(f"its decrypted content has an alias (*) at line {token.start_mark.line + 1}")
            if not isinstance(token, (yaml.StreamStartToken, yaml.StreamEndToken, yaml.DirectiveToken)):
                yield token
    except (yaml.YAMLError, ValueError) as error:
        raise not_yaml(error) from None


def _entries(text: str, tokens: list[Any]) -> list[_Entry]:
    """The variables of a mapping, from the tokens within it."""
    entries: list[_Entry] = []
    parts: list[Any] = []
    depth = 0
    for token in [*tokens, None]:
        top = depth == 0
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        comma = top and isinstance(token, yaml.FlowEntryToken)
        if comma and not parts:
            raise Unfit("its decrypted content is no mapping of variables")
        if parts and (token is None or comma or (top and isinstance(token, yaml.KeyToken))):
            entries.append(_entry(text, parts))
            parts = []
        if comma:
            entries[-1].comma = token.end_mark.index
        else:
            parts.append(token)
    names = [entry.name for entry in entries]
    if len(names) != len(set(names)):
        raise Unfit("its decrypted content has a key twice")
    return entries


def _entry(text: str, tokens: list[Any]) -> _Entry:
    """One variable. Its tokens are a mark for the key, the key, the colon, and those of the value."""
    kinds = tuple(type(token) for token in tokens[:3])
    start = tokens[0].start_mark
    if kinds != (yaml.KeyToken, yaml.ScalarToken, yaml.ValueToken) or start.index != tokens[0].end_mark.index:
        raise Unfit(f"its decrypted content has a key of an unusual form at line {start.line + 1}")
    if tokens[1].plain and tokens[1].value == "<<":
        raise Unfit(f"its decrypted content has a merge key (<<) at line {start.line + 1}")
    colon = tokens[2].end_mark.index
    seen = [token for token in tokens[3:] if token.end_mark.index > token.start_mark.index]
    if not seen:
        return _Entry(tokens[1].value, start.index, colon, colon, colon, False)
    whole = seen[-1].end_mark.index
    block = isinstance(seen[-1], yaml.ScalarToken) and seen[-1].style in ("|", ">")
    first = seen[0].start_mark.index
    end = len(text[first:whole].rstrip(_BREAKS)) + first if block else whole
    return _Entry(tokens[1].value, start.index, first, end, whole, isinstance(seen[0], yaml.BlockEntryToken))
