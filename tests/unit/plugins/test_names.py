"""Every name that a shipped playbook or role gives to a variable has the prefix: an operator's own are never ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FILES = sorted(
    path
    for folder in ("playbooks", "roles")
    for path in (ROOT / folder).rglob("*.yml")
    if path.parent.name != "meta"
)
# With those of Ansible itself.
OURS = re.compile(r"(__)?(polyv|account|onboard)_\w+|ansible_\w+")


def names(content: Any) -> Iterator[str]:
    """The names that tasks and plays give to variables, at any depth."""
    for item in content if isinstance(content, list) else []:
        yield from names(item)
    if not isinstance(content, dict):
        return
    yield from content.get("vars") or {}
    if "register" in content:
        yield content["register"]
    if "loop" in content or any(key.startswith("with_") for key in content):
        yield (content.get("loop_control") or {}).get("loop_var", "item")
    for key in ("loop_var", "index_var", "extended_loop_var"):
        yield from [content[key]] if key in content else []
    for action in ("set_fact", "set_stats", "add_host"):
        given = content.get(f"ansible.builtin.{action}") or {}
        yield from (given.get("data") or {}) if action == "set_stats" else given
    for value in content.values():
        yield from names(value)


def defined(path: Path) -> Iterator[str]:
    """The names that a file defines."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    if isinstance(content, dict) and path.parent.name in ("defaults", "vars"):
        yield from content
    else:
        yield from names(content)


class _Loader(yaml.SafeLoader):
    """Passes over tags of Ansible."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_has_the_prefix(path: Path) -> None:
    assert [name for name in defined(path) if not OURS.fullmatch(name)] == []


def test_it_finds_what_it_looks_for() -> None:
    task = {"ansible.builtin.set_fact": {"a": 1}, "register": "b", "vars": {"c": 1}, "loop": [1]}
    named = {**task, "loop_control": {"loop_var": "d", "index_var": "e"}}
    play = [{"hosts": "all", "vars": {"f": 1}, "tasks": [{"block": [task], "rescue": [named]}]}]
    assert set(names(play)) == {"a", "b", "c", "d", "e", "f", "item"}
