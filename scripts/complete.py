"""Adds a setting in the files that must know of it beside its own: what is there is left alone.

From the modules and the options of polyv_account: the action plugin, the action group, the documentation of polyv_account, and the
role account with its README. Its collection must be importable. The unit tests check that the places agree.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import (
    ACCOUNT,
    OF_THE_ACCOUNT,
)

ROOT = Path(__file__).parent.parent
DEFINITION = re.compile(r"^from \.\.(module_utils\._settings\.\S+) import ([A-Z_]+)$", re.MULTILINE)
ACTION = '''\
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""{name} inside the worker of the controller."""

from __future__ import annotations

from ..{source} import {definition}
from ..plugin_utils._action.in_process import InProcessAction


class ActionModule(InProcessAction):
    """See InProcessAction."""

    definition = {definition}
'''


def modules() -> Iterator[tuple[str, str, str]]:
    """Each module with an account: its name, and where its definition is."""
    for path in sorted((ROOT / "plugins/modules").glob("polyv_*.py")):
        found = DEFINITION.search(path.read_text(encoding="utf-8"))
        if found:
            yield path.stem, found[1], found[2]


def module_of(setting: str) -> str:
    """The module that documents a setting of polyv_account."""
    return "polyv_" + setting.removeprefix("new_channel_")


def documented(setting: str) -> dict[str, Any]:
    """The documentation of the module of a setting."""
    module = importlib.import_module(f"ansible_collections.polyv.live.plugins.modules.{module_of(setting)}")
    found: dict[str, Any] = yaml.safe_load(module.DOCUMENTATION)
    return found


def suboptions(
    spec: Mapping[str, Any], options: Mapping[str, Any], inner: str, place: Place, first: bool
) -> dict[str, Any]:
    """The documentation of the options in `spec`, under the key `inner`; with `first` only each first sentence."""
    result = {}
    for name, option in spec.items():
        described = dict(options[name])
        if "options" in option:
            described[inner] = suboptions(option["options"], described.pop("suboptions"), inner, place, first)
        if option.get("required"):
            described["required"] = True
        texts = described["description"]
        if isinstance(texts, list):
            texts = [place.qualified(text) for text in texts]
            described["description"] = texts[0].split(". ")[0].rstrip(".") + "." if first else texts
        result[name] = described
    return result


class Place(NamedTuple):
    """Where the options of a module stand elsewhere: below `option`, as far as they are in `spec`."""

    option: str
    spec: Mapping[str, Any]

    def qualified(self, text: str) -> str:
        """A text in which a reference to an option of the module names it as it is called there."""

        def reference(found: re.Match[str]) -> str:
            known = re.split(r"[.=]", found[1])[0] in self.spec
            return f"O({self.option}.{found[1]})" if known else f"C({found[1]})"

        return re.sub(r"\bO\(([^)]+)\)", reference, text)


def insert(path: str, text: str, before: str) -> None:
    """Puts a text into a file in front of another text, once for each place."""
    file = ROOT / path
    content = file.read_text(encoding="utf-8")
    assert before in content, f"{path}: where is {before!r}?"
    file.write_text(content.replace(before, text + before), encoding="utf-8")
    print(f"{path}: completed")


class _Dumper(yaml.SafeDumper):
    """Indents lists as the files written by hand do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without indent."""
        super().increase_indent(flow, False)


def block(content: Mapping[str, Any], depth: int) -> str:
    """YAML, indented."""
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return "".join(" " * depth + line for line in text.splitlines(keepends=True))


def insert_at_end(path: str, text: str, section: str, end: str) -> None:
    """Puts a text at the end of a section of a file: before the first line after it that matches `end`."""
    file = ROOT / path
    content = file.read_text(encoding="utf-8")
    start = content.index(section)
    found = re.compile(end, re.MULTILINE).search(content, start + len(section))
    assert found, f"{path}: where does {section!r} end?"
    file.write_text(content[: found.start()] + text + content[found.start() :], encoding="utf-8")
    print(f"{path}: completed")


def complete_channel_setting(setting: str) -> None:
    """Adds a setting of channels to polyv_account and to the role."""
    spec, own = ACCOUNT.options["channels"]["options"][setting]["options"], documented(setting)
    about = f"{own['short_description']}, see M(polyv.live.{module_of(setting)})."
    module = ROOT / "plugins/modules/polyv_account.py"
    channels = module.read_text(encoding="utf-8").split("\n  channels:\n")[1].split("\nattributes:\n")[0]
    if f"\n      {setting}:\n" not in channels:
        inner = suboptions(spec, own["options"], "suboptions", Place(f"channels[].{setting}", spec), False)
        entry = {setting: {"description": [about], "type": "dict", "suboptions": inner}}
        insert("plugins/modules/polyv_account.py", block(entry, 6), "attributes:\n  idempotent:")
    specs = "roles/account/meta/argument_specs.yml"
    role = (ROOT / specs).read_text(encoding="utf-8")
    if (
        f"\n          {setting}:\n"
        not in role.split("      account_channels:\n")[1].split("\n      account_")[0]
    ):
        inner = suboptions(
            spec, own["options"], "options", Place(f"account_channels[].{setting}", spec), True
        )
        entry = {setting: {"type": "dict", "description": about, "options": inner}}
        insert_at_end(specs, block(entry, 10), "      account_channels:\n", r"^      account_")
    if f"| `account_channels[].{setting}` |" not in (ROOT / "roles/account/README.md").read_text(
        encoding="utf-8"
    ):
        row = f"| `account_channels[].{setting}` | `{{{', '.join(spec)}}}` |\n"
        insert("roles/account/README.md", row, "| `account_app_id`")


def complete_setting(setting: str) -> None:
    """Adds a setting of the account to polyv_account and to the role."""
    spec, own = ACCOUNT.options[setting]["options"], documented(setting)
    about = f"{own['short_description']}, see M(polyv.live.{module_of(setting)})."
    documentation = importlib.import_module(
        "ansible_collections.polyv.live.plugins.modules.polyv_account"
    ).DOCUMENTATION
    if setting not in yaml.safe_load(documentation)["options"]:
        inner = suboptions(spec, own["options"], "suboptions", Place(setting, spec), False)
        entry = {setting: {"description": [about], "type": "dict", "suboptions": inner}}
        insert("plugins/modules/polyv_account.py", block(entry, 2), "  channels:\n    description:\n")
    role = (ROOT / "roles/account/meta/argument_specs.yml").read_text(encoding="utf-8")
    if f"      account_{setting}:\n" not in role:
        inner = suboptions(spec, own["options"], "options", Place(f"account_{setting}", spec), True)
        entry = {f"account_{setting}": {"type": "raw", "description": about, "options": inner}}
        insert("roles/account/meta/argument_specs.yml", block(entry, 6), "      account_channels:\n")
        insert("roles/account/defaults/main.yml", f"account_{setting}:\n", "account_channels:\n")
        row = f"| `account_{setting}` | `{{{', '.join(spec)}}}` |\n"
        insert("roles/account/README.md", row, "| `account_channels` |")


def main() -> None:
    """Completes what lags behind."""
    for name, source, definition in modules():
        action = ROOT / f"plugins/action/{name}.py"
        if not action.exists():
            action.write_text(
                ACTION.format(name=name, source=source, definition=definition), encoding="utf-8"
            )
            print(f"{action.relative_to(ROOT)}: made")
        if f"    - {name}\n" not in (ROOT / "meta/runtime.yml").read_text(encoding="utf-8"):
            insert("meta/runtime.yml", f"    - {name}\n", "    - polyv_weixin_share\n")
        if f"| `{name}` |" not in (ROOT / "README.md").read_text(encoding="utf-8"):
            row = f"| `{name}` | {documented(name.removeprefix('polyv_'))['short_description']} | |\n"
            insert("README.md", row, "| `polyv_account` |")
    for setting in OF_THE_ACCOUNT:
        complete_setting(setting)
    for setting, spec in ACCOUNT.options["channels"]["options"].items():
        if "options" in spec:
            complete_channel_setting(setting)


if __name__ == "__main__":
    main()
