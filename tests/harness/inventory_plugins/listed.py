"""Hosts, groups and variables from a file that `ansible-inventory --list` wrote: what hosts cost without any API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible.plugins.inventory import BaseInventoryPlugin

DOCUMENTATION = """
name: listed
short_description: Hosts of a listing
description: Makes the hosts of a listing.
options: {}
"""


class InventoryModule(BaseInventoryPlugin):
    """Adds everything by Ansible's own means, one after the other, as a plugin usually does."""

    NAME = "listed"
    trusted_by_default = True

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Adds the hosts of the file."""
        super().parse(inventory, loader, path, cache)
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        hostvars = data.pop("_meta")["hostvars"]
        for group in data:
            inventory.add_group(group)
        for host, variables in hostvars.items():
            inventory.add_host(host)
            for name, value in variables.items():
                inventory.set_variable(host, name, value)
        for group, content in data.items():
            for child in content.get("children", []):
                if child != "ungrouped":
                    inventory.add_child(group, inventory.add_group(child))
            for host in content.get("hosts", []):
                inventory.add_host(host, group)
