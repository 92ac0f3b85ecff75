# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An export as the text of YAML files: data by PyYAML, and comments around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from .._vault_file.values import TEMPLATE_MARKS, quoted
from .exported import Exported, Note

PREFIX = "account_"
_WIDTH = 10**6  # no line is folded: a folded one is hard to compare
# What YAML takes for the end of a line, and what it drops: between double quotes they are written as escapes.
_ESCAPED = frozenset("\x85\u2028\u2029\ufeff")


class Reference(str):
    """The name of a variable whose value is meant."""

    __slots__ = ()


class Template(str):
    """A text that Ansible is to evaluate, as no text of an account is."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without indent, as files written by hand."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Whatever is there twice is written twice."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    if any(mark in value for mark in TEMPLATE_MARKS):
        # Ansible evaluates no text with this tag.
        return dumper.represent_scalar("!unsafe", str.__str__(value), style='"')
    if not _ESCAPED.isdisjoint(value):
        return dumper.represent_scalar("tag:yaml.org,2002:str", str.__str__(value), style='"')
    return dumper.represent_str(str.__str__(value))


_Dumper.add_representer(str, _text)
_Dumper.add_multi_representer(str, _text)
_Dumper.add_representer(
    Reference,
    lambda dumper, name: dumper.represent_scalar("tag:yaml.org,2002:str", f"{{{{ {name} }}}}", style='"'),
)
_Dumper.add_representer(
    Template,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str.__str__(text), style='"'),
)


def dumped(value: Any, indent: int = 0) -> str:
    """Data as block YAML."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return "".join(" " * indent + line for line in text.splitlines(keepends=True))


def variables(account: Exported) -> dict[str, Any]:
    """The variables of the role."""
    found: dict[str, Any] = {PREFIX + name: value for name, value in account.settings.items()}
    if account.channels:
        found[f"{PREFIX}channels"] = [channel.options for channel in account.channels]
    return found


def rendered(account: Exported, elsewhere: Mapping[str, str]) -> str:
    """The file of an account. `elsewhere` names the file in which a variable is that all accounts have in common."""
    parts = [
        "---\n",
        *_comments([Note(f"What is set on the live account {account.user_id}."), *account.notes]),
    ]
    for name, value in variables(account).items():
        if name in elsewhere:
            parts.append(f"\n# {name} is in {quoted(elsewhere[name])[1:-1]}.\n")
            if name.endswith("channels"):
                parts += [line for channel in account.channels for line in _comments(channel.notes)]
        elif name == f"{PREFIX}channels":
            parts.append(f"\n{name}:\n")
            for channel in account.channels:
                parts += _comments(channel.notes, 2)
                parts.append(dumped([channel.options], 2))
        else:
            parts.append("\n" + dumped({name: value}))
    return "".join(parts)


def rendered_common(found: Mapping[str, Any], accounts: Sequence[str]) -> str:
    """The file of what accounts have in common."""
    head = Note(f"What these {len(accounts)} live accounts have in common: {', '.join(accounts)}.")
    return "".join(
        ["---\n", *_comments([head]), *("\n" + dumped({name: value}) for name, value in found.items())]
    )


def _comments(notes: Iterable[Note], indent: int = 0) -> list[str]:
    # Quoted, because what stands in a comment must be on one line, and of characters that YAML allows.
    return [f"{' ' * indent}# {quoted(note.text)[1:-1]}\n" for note in notes]
