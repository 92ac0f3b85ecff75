"""The rooms of module_utils: arrows point down only, and a leaf imports nothing of ours."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODULE_UTILS = Path(__file__).parents[3] / "plugins/module_utils"
#: From the top: each may import what stands behind it, and itself.
ROOMS = ["_settings", "_engine", "_api", "_options", "_secrets", "_errors"]
FILES = sorted(MODULE_UTILS.rglob("*.py"))


def rooms_imported_by(path: Path) -> set[str]:
    """The rooms that a file's imports lead to."""
    package = path.relative_to(MODULE_UTILS).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = (*package[: len(package) + 1 - node.level], *(node.module or "").split("."))
            names = [part for part in target if part] or [alias.name for alias in node.names]
            found.add(names[0])
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            assert not (module or "").startswith("ansible_collections"), "imports inside are relative"
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(MODULE_UTILS)))
def test_arrows_point_down(path: Path) -> None:
    room = path.relative_to(MODULE_UTILS).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    below = ROOMS[ROOMS.index(room) :]
    assert rooms_imported_by(path) <= set(below)


def test_a_setting_knows_no_other_setting() -> None:
    for path in FILES:
        parts = path.relative_to(MODULE_UTILS).parts
        if parts[0] != "_settings" or parts[1] in ("account", "__init__.py"):
            continue
        own = parts[1].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # One dot stays in the package; more dots than the depth leave _settings.
            if isinstance(node, ast.ImportFrom) and node.level == len(parts) - 1 and node.module:
                assert node.module.split(".")[0] == own, path
