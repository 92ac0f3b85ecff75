# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the hosts of channels, and sees that none of them is the host of an account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleParserError

from .._accounts.entries import Entry
from .._accounts.inventory_names import ACCOUNTS_GROUP, CHANNELS_GROUP
from .hosts import channel_host, channel_variables, channels_group, common_channel_variables
from .listed_channels import Channel


def make_hosts(
    inventory: Any,
    entry: Entry,
    channels: Iterable[Channel],
    wanted: Callable[[str, Mapping[str, Any]], bool],
) -> list[str]:
    """Adds a host for each channel of an account, in a group of their own, and returns their names. Raises AnsibleParserError.

    `wanted` decides by the name of a host and its variables.
    """
    group = inventory.add_group(channels_group(entry.name))
    inventory.add_child(CHANNELS_GROUP, group)
    common, made = common_channel_variables(entry), []
    for channel in channels:
        name = channel_host(entry.name, str(channel["channel_id"]))
        variables = {**common, **channel_variables(channel)}
        if wanted(name, variables):
            _check_free(inventory, name, entry.name, str(channel["channel_id"]))
            inventory.add_host(name, CHANNELS_GROUP)
            inventory.add_host(name, group)
            # Not by the inventory, which would take the name of a channel for a template of the operator.
            for variable, value in variables.items():
                inventory.hosts[name].set_variable(variable, value)
            made.append(name)
    return made


def check_accounts(inventory: Any, entries: Sequence[Entry]) -> None:
    """Raises AnsibleParserError where the host of an account is among the channels, which playbooks for accounts leave out."""
    group = inventory.groups.get(CHANNELS_GROUP)
    channels = {host.name for host in group.get_hosts()} if group else set()
    for entry in entries:
        if entry.name in channels:
            raise AnsibleParserError(
                f"the account {entry.name!r} is in the group {CHANNELS_GROUP}, as a channel of that name or by a group of it. "
                "Give the account, or its group, another name."
            )


def check_groups(entries: Sequence[Entry]) -> None:
    """Raises AnsibleParserError where the channels of two accounts would share a group."""
    of: dict[str, str] = {}
    for entry in entries:
        first = of.setdefault(channels_group(entry.name), entry.name)
        if first != entry.name:
            raise AnsibleParserError(
                f"the accounts {first!r} and {entry.name!r} would share the group {channels_group(entry.name)!r} of their "
                "channels. Rename one of them."
            )


def _check_free(inventory: Any, name: str, account: str, channel_id: str) -> None:
    there = inventory.hosts.get(name)
    if there is not None and any(group.name == ACCOUNTS_GROUP for group in there.get_groups()):
        raise AnsibleParserError(
            f"the channel {channel_id} of the account {account!r} would be the host {name!r}, which is the account {name!r}. "
            "Rename one of the two accounts."
        )
