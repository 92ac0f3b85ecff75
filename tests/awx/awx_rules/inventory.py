"""The inventory as a job gets it: a script that prints hosts, groups and variables, of one slice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


def slices(hosts: Iterable[str], count: int) -> list[list[str]]:
    """Deal hosts, ordered by name, to at most `count` slices, and never to more slices than hosts."""
    ordered = sorted(hosts)
    effective = max(1, min(count, len(ordered)))
    return [ordered[number::effective] for number in range(effective)]


@dataclass(frozen=True)
class JobInventory:
    """Hosts with their variables, groups in Ansible's layout (hosts, children, vars), variables for all."""

    hosts: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)

    def script(self, number: int = 1, count: int = 1) -> str:
        """The script of slice `number` (from 1) of `count`; AWX deals no more slices than there are hosts."""
        return f"#! /usr/bin/env python3\nprint({json.dumps(self._data(slices(self.hosts, count)[number - 1]))!r})\n"

    def _data(self, chosen: list[str]) -> dict[str, Any]:
        """What the script prints; a group keeps only the hosts of the slice."""
        data: dict[str, Any] = {}
        for name, group in self.groups.items():
            members = [host for host in group.get("hosts", []) if host in chosen]
            parts = {**group, "hosts": members}
            data[name] = {key: value for key, value in parts.items() if value}
        data["all"] = {"vars": self.variables, "hosts": chosen, "children": list(self.groups)}
        data["_meta"] = {"hostvars": {host: self._host_variables(host) for host in chosen}}
        return data

    def _host_variables(self, host: str) -> dict[str, Any]:
        """A host's own variables and those by which AWX knows it again."""
        marks = {"remote_tower_enabled": "true", "remote_tower_id": sorted(self.hosts).index(host) + 1}
        return {**self.hosts[host], **marks}
