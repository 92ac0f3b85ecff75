# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of variables: from text to data as Ansible reads it, and from data to text.

No error from here quotes the text.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from ansible.errors import AnsibleError
from yaml.representer import SafeRepresenter

# As Ansible does. The two differ in details.
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TEMPLATE_MARKS = ("{{", "{%", "{#")
# What must not, or can't, stand in a double-quoted text as it is; JSON escapes the rest.
_INVISIBLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# The objects of JSON that Ansible takes for text.
_JSON_TEXT = {"__ansible_vault", "__ansible_unsafe"}


class Unfit(Exception):
    """Why a text can't be kept as variables, in words for the operator."""


class Literal(str):
    """Text that Ansible does not take for a template, whatever it looks like."""

    __slots__ = ()


def literal(value: Any) -> Any:
    """A copy of plain data with every text in it literal."""
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, dict):
        return {name: literal(item) for name, item in value.items()}
    return [literal(item) for item in value] if isinstance(value, list) else value


def loaded(text: str, decrypt: Callable[[str], str]) -> dict[str, Any]:
    """The variables in `text`, JSON or else YAML. `decrypt` opens a `!vault` value, and may raise AnsibleError."""
    try:
        content = json.loads(text, object_pairs_hook=_json_object)
    except ValueError:
        content = _yaml(text, decrypt)
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        raise Unfit("its decrypted content is no mapping of variables")
    return content


def rendered(value: Any) -> str:
    """The value on one line that is YAML, and JSON too where no text has to be marked as literal.

    Two values that Ansible tells apart are rendered differently.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        template = isinstance(value, Literal) and any(mark in value for mark in TEMPLATE_MARKS)
        return ("!unsafe " if template else "") + quoted(value)
    if isinstance(value, (int, float)):
        return str(SafeRepresenter().represent_data(value).value)  # YAML reads 1e+100 as text
    if isinstance(value, list):
        return "[" + ", ".join(map(rendered, value)) + "]"
    if isinstance(value, Mapping):
        members = sorted(
            (quoted(name) if isinstance(name, str) else rendered(name), item) for name, item in value.items()
        )
        return "{" + ", ".join(f"{name}: {rendered(item)}" for name, item in members) + "}"
    return f"!!{type(value).__name__} {value!r}"  # a date and the like, which only a file can hold


def quoted(text: str) -> str:
    """The text in double quotes, the same in YAML and JSON."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def not_yaml(error: Exception) -> Unfit:
    """What is said of an error of PyYAML, whose own text quotes the line."""
    mark = getattr(error, "problem_mark", None)
    place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return Unfit(f"its decrypted content is not plain YAML{place}")


def _json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if any(name in _JSON_TEXT for name, _value in pairs):
        raise Unfit("its decrypted content has a vaulted or unsafe value in JSON")
    return dict(pairs)


def _yaml(text: str, decrypt: Callable[[str], str]) -> Any:
    try:
        content = yaml.load(text, Loader=_loader(decrypt))  # a SafeLoader
    except AnsibleError:
        raise Unfit("a !vault value in it can't be decrypted") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise not_yaml(error) from None
    return {} if content is None else content


def _loader(decrypt: Callable[[str], str]) -> Any:
    class Loader(_BASE):  # type: ignore[misc]
        """Knows the tags that Ansible gives to text."""

    def decrypted(loader: Any, node: yaml.Node) -> str:
        return decrypt(loader.construct_scalar(node))

    def unsafe(loader: Any, node: yaml.Node) -> Any:
        # ansible-core 2.19 and newer read what the value would be without the tag, older ones read text.
        plain = copy.copy(node)
        plain.tag = loader.resolve(type(node), node.value, (True, False))
        value = loader.construct_object(plain, deep=True)
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, str):
            return {Literal("!unsafe"): value}  # equal to nothing that is asked for
        return literal(value)

    Loader.add_constructor("!unsafe", unsafe)
    Loader.add_constructor("!vault", decrypted)
    Loader.add_constructor("!vault-encrypted", decrypted)
    return Loader
