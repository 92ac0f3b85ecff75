"""Reads inventories the way a user does, with `ansible-inventory`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PLUGIN = {"plugin": "polyv.live.polyv"}


@dataclass(frozen=True)
class Inventory:
    """What a command did: `output` is all that it said."""

    returncode: int
    stdout: str
    output: str

    def says(self, text: str) -> bool:
        """Whether the output holds the text. Blanks don't count: Ansible wraps its warnings, at hyphens too."""
        return "".join(text.split()) in "".join(self.output.split())

    @property
    def data(self) -> dict[str, Any]:
        """The inventory that `--list` printed."""
        found: dict[str, Any] = json.loads(self.stdout)
        return found

    @property
    def hostvars(self) -> dict[str, Any]:
        """The variables by host."""
        found: dict[str, Any] = self.data["_meta"]["hostvars"]
        return found

    def hosts(self, group: str) -> list[str]:
        """The hosts of a group; none if there is no such group."""
        found: list[str] = self.data.get(group, {}).get("hosts", [])
        return found


class Inventories:
    """Writes inventory and accounts files into a directory and reads them with ansible-inventory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def write(self, name: str, content: Any) -> Path:
        """A file with that text, or with data as YAML."""
        path = self.directory / name
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    def accounts(self, content: Any, **options: Any) -> Path:
        """An inventory file over an accounts file with that content."""
        self.write("accounts.yml", content)
        return self.write("fleet.polyv.yml", {**PLUGIN, "accounts_file": "accounts.yml", **options})

    def read(self, inventory: Path, *options: str, environ: Mapping[str, str] | None = None) -> Inventory:
        """Reads an inventory file; the options say how it is printed, if not by `--list`."""
        return self.run("ansible-inventory", inventory, *(options or ("--list",)), environ=environ)

    def run(
        self, command: str, inventory: Path, *options: str, environ: Mapping[str, str] | None = None
    ) -> Inventory:
        """Runs a command of Ansible with an inventory file, from another directory. As in AWX, a fault is a failure."""
        done = subprocess.run(
            [tool(command), "-i", str(inventory), *options],
            cwd="/",
            env=self._environment(environ or {}),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        return Inventory(done.returncode, done.stdout, done.stdout + done.stderr)

    def _environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH")
            if name in os.environ
        }
        return {
            **kept,
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_LOCAL_TEMP": str(self.directory / "local"),
            "ANSIBLE_REMOTE_TEMP": str(self.directory / "remote"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true",
            **extra,
        }


def tool(name: str) -> str:
    """The command of that name from the environment that runs the tests."""
    return str(Path(sys.executable).parent / name)
