# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a YAML or JSON file may hold, told before its text becomes data.

libyaml goes down a nested text without asking how deep, until the process dies; and a few lines of aliases stand for more
values than any memory holds. What is too deep raises RecursionError, as Python itself does for its own limit.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from .nodes import BadNode

MOST_BYTES = 16 << 20
# Ten times what ten thousand accounts need. Each value takes some 300 bytes of memory while YAML is read.
_MOST_VALUES = 1_000_000
MOST_DEPTH = 64
# What libyaml goes down without harm: a small part of a process's stack.
_HARMLESS_DEPTH = 2000
# A long text counts for more, as each alias of it is searched for secrets.
_TEXT_PER_VALUE = 100

# What begins a block on a line: indentation, and the signs of blocks inside blocks. YAML has these ends of a line.
_BLOCKS = re.compile("(?:^|[\r\x85\u2028\u2029])[ \t?:\ufeff-]+", re.MULTILINE)
# A flow collection on one line, with nothing in it that could hide its end.
_FLAT = re.compile(r"""[\[{][^\[\]{}'"#\n]*[\]}]""")


class TooMuch(Exception):
    """The file holds more than anybody means."""


def check_text(text: str, loader: Any, depth: int = _HARMLESS_DEPTH) -> None:
    """Raises TooMuch or RecursionError for a YAML text that must not be composed.

    A text that may be deeper than `depth` is gone through, which takes as long as half of composing it.
    """
    check_number_of_values(text)
    if _may_be_deeper(text, depth):
        _check_depth(text, loader)


def check_number_of_values(text: str) -> None:
    """Raises TooMuch for a YAML or JSON text with too many values."""
    # Each value but the first has one of these before it.
    if sum(text.count(sign) for sign in "-,:?[{") > _MOST_VALUES:
        raise TooMuch(f"the file holds more than {_MOST_VALUES} values")


def check_aliases(root: yaml.Node) -> None:
    """Raises BadNode where aliases lead in a circle or make too much of little."""
    _Aliases().size(root)


def check_depth_of_data(data: Any) -> None:
    """Raises RecursionError for data that is nested too deeply."""
    level = [data]
    for _depth in range(MOST_DEPTH + 1):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise RecursionError


def _may_be_deeper(text: str, depth: int) -> bool:
    """False only where no value can be deeper: a quick look that most files pass."""
    flat = _FLAT.sub("", text)
    columns = max(map(len, _BLOCKS.findall(flat)), default=0) + 1
    # A sequence may begin in the column of the mapping around it. One level of flow was taken away.
    return 2 * columns + flat.count("[") + flat.count("{") + 1 > depth


def _check_depth(text: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise RecursionError
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Aliases:
    def __init__(self) -> None:
        # The size of each node that was measured; None while it is being measured.
        self._sizes: dict[int, int | None] = {}

    def size(self, node: yaml.Node) -> int:
        """How many values a node is, its aliases counted as what they stand for."""
        if isinstance(node, yaml.ScalarNode):
            return 1 + len(node.value) // _TEXT_PER_VALUE
        if id(node) not in self._sizes:
            self._sizes[id(node)] = None
            self._sizes[id(node)] = self._below(node)
        size = self._sizes[id(node)]
        if size is None:
            raise BadNode(node, "the value contains itself")
        return size

    def _below(self, node: yaml.Node) -> int:
        parts = (part for item in node.value for part in (item if isinstance(item, tuple) else (item,)))
        size = 1 + sum(map(self.size, parts))
        if size > _MOST_VALUES:
            raise BadNode(node, f"with its aliases the value holds more than {_MOST_VALUES} values")
        return size
