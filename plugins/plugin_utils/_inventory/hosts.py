# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the hosts of accounts and of channels are called, and what they know: never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.inventory.group import to_safe_group_name
from ansible.utils.unsafe_proxy import wrap_var

try:
    from ansible.template import trust_as_template  # type: ignore[attr-defined, unused-ignore]
except ImportError:  # before ansible-core 2.19, which takes all text for templates that is not marked

    def trust_as_template(value: Any) -> Any:  # type: ignore[misc, unused-ignore]
        """Text is trusted already."""
        return value


from .._accounts.entries import Entry
from .._accounts.inventory_names import CHANNELS_GROUP
from .listed_channels import FIELDS, Channel

# A host that is not the implicit localhost would be reached by ssh, with whatever Python is found there.
_LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
_PREFIX = {"name": "polyv_channel_name", "channel_id": "polyv_channel_id"}


def account_variables(entry: Entry, beside_channels: bool) -> dict[str, Any]:
    """What the host of an account knows. Its kind is told where there are others."""
    known: dict[str, Any] = {"polyv_account": entry.name, "account_name": entry.name, **_LOCAL}
    if beside_channels:
        known["polyv_kind"] = "account"
    if entry.user_id is not None:
        known["polyv_user_id"] = entry.user_id
    return {**known, **entry.variables}


def channel_host(account: str, channel_id: str) -> str:
    """The name of a channel's host. The id is digits only, so no two channels of a file share one, and it outlives a renaming."""
    return f"{account}-{channel_id}"


def channels_group(account: str) -> str:
    """The group of the channels of one account: a valid name, whatever Ansible is told to do with invalid ones."""
    return str(to_safe_group_name(f"{CHANNELS_GROUP}_of_{account}", force=True, silent=True))


def common_channel_variables(entry: Entry) -> dict[str, Any]:
    """What all channels of an account know, ready to be set. Not `account_name`: a channel is nothing for the role account."""
    known: dict[str, Any] = {"polyv_kind": "channel", "polyv_account": entry.name, **_LOCAL}
    if entry.user_id is not None:
        known["polyv_user_id"] = entry.user_id
    return {name: trust_as_template(value) for name, value in known.items()}


def channel_variables(channel: Channel) -> dict[str, Any]:
    """What a channel knows of itself, ready to be set. What the listing does not show is left out."""
    return {_PREFIX.get(field, f"polyv_{field}"): inert(text) for field in FIELDS if (text := channel[field])}


def inert(value: Any) -> Any:
    """The value with all text in it such that nothing is ever rendered of it, whoever wrote it.

    Only text that could be a template is marked, by Ansible's own means: AWX takes marked text for a mapping.
    """
    if isinstance(value, str):
        return wrap_var(value) if "{" in value or "#jinja2" in value else trust_as_template(value)
    if isinstance(value, Mapping):
        return {name: inert(item) for name, item in value.items()}
    return [inert(item) for item in value] if isinstance(value, (list, tuple)) else value
