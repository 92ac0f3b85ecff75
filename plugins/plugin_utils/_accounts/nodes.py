# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PyYAML's nodes as plain data.

PyYAML's own constructor lets a second key of the same name win, and makes dates, octal and base-60 numbers of texts that
look like one. Here both are errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_VAULT_TAGS = ("!vault", "!vault-encrypted")
# Decimal only, and no longer than anybody means: Python refuses to read a number of thousands of digits.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,99})", re.ASCII)
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,99})\.[0-9]{1,99}", re.ASCII)
_BOOLEANS = yaml.SafeLoader.bool_values


@dataclass(frozen=True)
class Vaulted:
    """A single value that is encrypted."""

    ciphertext: str = field(repr=False)


class BadNode(Exception):
    """A node that can't be used. `line` and `column` count from 1; `problem` quotes nothing."""

    def __init__(self, node: yaml.Node, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = node.start_mark.line + 1
        self.column = node.start_mark.column + 1


def built(node: yaml.Node) -> Any:
    """The data of a node and all below it, none of which may lead back to it. Raises BadNode."""
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.MappingNode):
        return {name: built(value) for name, value in _members(node).items()}
    _expect(node, "seq")
    return [built(item) for item in node.value]


def shallow(root: yaml.Node, key: str) -> Any:
    """The data of a mapping with None for every value but that of `key`; like `built` for anything else."""
    if not isinstance(root, yaml.MappingNode):
        return built(root)
    return {name: built(value) if name == key else None for name, value in _members(root).items()}


def member(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What is below a node by that key or index: the node that stands for its place, and its value."""
    if isinstance(node, yaml.MappingNode):
        found = (pair for pair in node.value if pair[0].value == part)
        return next(found, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _members(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    """The value nodes of a mapping by key."""
    _expect(node, "map")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _key(key)
        if name in found:
            raise BadNode(key, "the key is given twice")
        found[name] = value
    return found


def _expect(node: yaml.Node, kind: str) -> None:
    if node.tag != _TAG + kind:
        raise _bad_tag(node)


def _bad_tag(node: yaml.Node) -> BadNode:
    return BadNode(
        node, "the value has a YAML tag; !vault is the only one allowed. Text that begins with ! needs quotes"
    )


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise BadNode(node, "a key must be text")
    if node.tag == _TAG + "merge":
        raise BadNode(node, "merging mappings with << is not supported")
    if node.tag == _TAG + "int" and _INTEGER.fullmatch(node.value):
        return str(node.value)
    if node.tag != _TAG + "str":
        raise BadNode(node, "a key must be text; YAML reads this one as something else, so put it in quotes")
    return str(node.value)


def _scalar(node: yaml.ScalarNode) -> Any:
    tag, text = node.tag, node.value
    if tag == _TAG + "str":
        return text
    if tag in _VAULT_TAGS:
        return Vaulted(text)
    if tag == _TAG + "null":
        return None
    if tag == _TAG + "bool" and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if tag == _TAG + "int" and _INTEGER.fullmatch(text):
        return int(text)
    if tag == _TAG + "float" and _FLOAT.fullmatch(text):
        return float(text)
    if tag.startswith(_TAG):
        raise BadNode(
            node,
            "YAML reads the value as a date or a number of a form that it would rewrite; put it in quotes",
        )
    raise _bad_tag(node)
