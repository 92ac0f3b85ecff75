"""The inventory as a job gets it: a script that prints hosts, groups and variables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .slicing import slices


@dataclass(frozen=True)
class JobInventory:
    """Hosts with their variables, groups in Ansible's layout (hosts, children, vars), variables for all."""

    hosts: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)

    def chosen(self, number: int, count: int) -> list[str]:
        """The hosts of slice ``number`` (from 1) of ``count``, or all in order."""
        dealt = slices(self.hosts, count)
        return dealt[number - 1] if number <= len(dealt) else []


def script_data(inventory: JobInventory, number: int = 1, count: int = 1) -> dict[str, Any]:
    """What the script prints; a group keeps only the hosts of the slice."""
    chosen = inventory.chosen(number, count)
    grouped: set[str] = set()
    data: dict[str, Any] = {}
    for name, group in inventory.groups.items():
        members = [host for host in group.get("hosts") or [] if host in chosen]
        grouped.update(members)
        parts = {"hosts": members, "children": list(group.get("children") or []), "vars": group.get("vars")}
        data[name] = {key: value for key, value in parts.items() if value}
    data["all"] = {
        "vars": dict(inventory.variables),
        "hosts": [host for host in chosen if host not in grouped],
        "children": list(inventory.groups),
    }
    data["_meta"] = {"hostvars": {host: _host_variables(inventory, host) for host in chosen}}
    return data


def _host_variables(inventory: JobInventory, host: str) -> dict[str, Any]:
    """A host's own variables and those by which AWX knows it again."""
    number = sorted(inventory.hosts).index(host) + 1
    marks = {
        f"remote_{prefix}_{key}": value
        for prefix in ("host", "tower")
        for key, value in (("enabled", "true"), ("id", number))
    }
    return {**inventory.hosts[host], **marks}


def script(data: Mapping[str, Any]) -> str:
    """The script itself."""
    return f"#! /usr/bin/env python3\n# -*- coding: utf-8 -*-\nprint({json.dumps(data)!r})\n"
