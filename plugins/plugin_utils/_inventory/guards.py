# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's inventory while expressions of an inventory file make groups: what they must not do is refused here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ansible.errors import AnsibleParserError

from .._accounts.inventory_names import CHANNELS_GROUP, KEPT, OF_ANSIBLE
from .hosts import inert


class GuardedInventory:
    """Ansible's inventory, in which expressions make no group with one of Ansible's own names. Entries are refused by line."""

    def __init__(self, inventory: Any) -> None:
        self._inventory = inventory

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inventory, name)

    def add_group(self, name: str) -> str:
        """Adds a group where there is none of that name."""
        if name in OF_ANSIBLE:
            problem = (
                f"groups and keyed_groups make a group {name!r}, {KEPT}; give it another name or a prefix"
            )
            raise AnsibleParserError(problem)
        return str(self._inventory.add_group(name))


class ChannelInventory(GuardedInventory):
    """The same for the hosts of channels, which enter no group that accounts are in.

    `taken` are these groups. `refuse` gets a sentence, once for each of them, and may raise.
    """

    def __init__(self, inventory: Any, taken: set[str], refuse: Callable[[str], None]) -> None:
        super().__init__(inventory)
        self._taken = taken
        self._refuse = refuse
        self._refused: set[str] = set()

    def add_host(self, host: str, group: str | None = None, port: Any = None) -> str:
        """Puts a host into a group."""
        if group is None or self._is_free(group):
            return str(self._inventory.add_host(host, group, port))
        return host

    def add_child(self, group: str, child: str) -> Any:
        """Puts a host or a group into a group."""
        return self._is_free(group) and self._is_free(child) and self._inventory.add_child(group, child)

    def set_variable(self, entity: str, name: str, value: Any) -> None:
        """Sets what an expression made, maybe of what a channel's owner wrote. Ansible would take it for the operator's own."""
        self._inventory.hosts[entity].set_variable(name, inert(value))

    def _is_free(self, group: str) -> bool:
        if group not in self._taken:
            return True
        if group not in self._refused:
            self._refused.add(group)
            self._refuse(
                f"groups or keyed_groups put channels into the group {group!r}, which accounts are in. Channels are only in "
                f"{CHANNELS_GROUP} and its children: let the expression ask for polyv_kind, or give it another name."
            )
        return False


def groups_of(hosts: Iterable[Any]) -> set[str]:
    """The names of all groups that hosts are in, but for Ansible's own."""
    return {group.name for host in hosts for group in host.get_groups()} - set(OF_ANSIBLE)
