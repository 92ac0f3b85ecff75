# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup `shared_accounts`: complaints about hosts that stand for one and the same account."""

from __future__ import annotations

DOCUMENTATION = r"""
name: shared_accounts
author: polyv.live maintainers (@polyv-live)
version_added: "2.0.0"
short_description: Hosts that stand for the same Polyv live account
description:
  - Compares what hosts are given for the role P(polyv.live.account#role), their C(account_app_id), C(account_user_id) and
    C(account_api_url), the entry of their accounts file, or the environment. It asks the API nothing and reads no secret.
  - Where several hosts stand for one account, that account would get the set-up of each of them in turn.
  - A host whose variables can't be read is passed over. Its own task says what is wrong.
  - A channel that the inventory plugin P(polyv.live.polyv#inventory) made, which has C(polyv_kind=channel), is no account and passed
    over, too.
options:
  _terms:
    description: The names of the hosts. Hosts that are not among them are not compared.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Make sure that each account is there once
  ansible.builtin.assert:
    that: polyv_shared | length == 0
    fail_msg: "{{ polyv_shared | join(' ') }}"
  vars:
    polyv_shared: "{{ lookup('polyv.live.shared_accounts', *ansible_play_hosts, wantlist=true) }}"
  run_once: true
"""

RETURN = r"""
_list:
  description: A sentence for each account that several of the hosts stand for.
  type: list
  elements: str
  sample: ["2 hosts are one account, that with app_id fp4ac9yz at api.polyv.net: school-01, school-02."]
"""

import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._accounts.accounts_file import load_accounts_file
from ..plugin_utils._accounts.entries import Entry
from ..plugin_utils._accounts.shared import VARIABLES, account, complaints
from ..plugin_utils._paths import from_working_directory
from ..plugin_utils._untagged import untagged


class LookupModule(LookupBase):
    """Ansible's way to find the lookup of this file."""

    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[str]:
        """The complaints about the hosts named by `terms`."""
        hosts = [str(host) for host in terms]
        views = _Views(variables or {})

        def before(path: str) -> str:
            return self.find_file_in_search_path(variables, "files", path, ignore_missing=True) or path

        def entry(path: str, name: str) -> Entry:
            return load_accounts_file(self._loader, from_working_directory(path, before)).entry(name)

        found = {}
        for host in hosts:
            view = views.of(host)
            if view.get("polyv_kind") != "channel":
                found[host] = account(host, self._given(view), os.environ, entry)
        return list(complaints({host: one for host, one in found.items() if one is not None}))

    def _given(self, view: dict[str, Any]) -> dict[str, Any]:
        if self._templar is None:
            raise AnsibleError("shared_accounts: there is nothing to render variables with")
        templar = self._templar.copy_with_new_env(available_variables=view)
        given = {}
        for name in VARIABLES:
            if name not in view:
                continue
            try:
                given[name] = untagged(templar.template(view[name]))
            except Exception:
                # Whatever a template raises: the task of that host says so. A blank is no account.
                given[name] = ""
        return given


class _Views:
    """The variables of a play as each host sees them.

    `hostvars` knows nothing of a play, whose own variables come before those of most hosts. They are what differs between
    what a task of the play sees and what `hostvars` says of its host.
    """

    def __init__(self, variables: Mapping[str, Any]) -> None:
        self._hostvars = variables["hostvars"]
        here = self._hostvars.raw_get(variables["inventory_hostname"])
        self._of_play = {
            name: value
            for name, value in variables.items()
            if (name not in here or not _same(here[name], value)) and not _is_role_default(value)
        }

    def of(self, host: str) -> dict[str, Any]:
        """The variables of a host, untemplated."""
        return {**self._hostvars.raw_get(host), **self._of_play}


def _is_role_default(value: Any) -> bool:
    """Whether it is the default of one of the role's VARIABLES, which a play knows, and which come after those of hosts."""
    return value is None or (isinstance(value, str) and value == "{{ inventory_hostname }}")


def _same(one: Any, other: Any) -> bool:
    try:
        return bool(one is other or one == other)
    except AnsibleError:
        return True  # vaulted values that no password opens; a play has none of its own
