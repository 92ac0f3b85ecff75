# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host per account of an accounts file."""

from __future__ import annotations

DOCUMENTATION = r"""
name: polyv
version_added: "1.0.0"
short_description: Polyv live accounts as hosts
description:
  - Makes one host of every account in an accounts file, the same file that the modules of this collection take with their
    option C(accounts_file), or of every account in a list inside the inventory file.
  - The hosts are local ones, with the Python that Ansible itself runs on. Each has the variables C(polyv_account) and
    C(account_name) (the account's name), C(polyv_user_id) (if the entry has a C(user_id)), and those in C(vars) of the entry.
  - All of them are in the group C(polyv_accounts). The groups in C(groups) of an entry are children of that group, and so are
    those that O(keyed_groups) and O(groups) make, unless they have another parent or are there already, from another
    inventory. So C(group_vars/polyv_accounts.yml) is for all accounts, and what a group of some of them says wins over it.
  - An account may have the name of a group. The names V(all), V(ungrouped), V(_meta), V(polyv_accounts) and V(polyv_channels)
    are refused, for accounts and for groups.
  - The name of the inventory file must end in V(polyv.yml) or V(polyv.yaml).
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment:
  - constructed
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [polyv.live.polyv]
  accounts_file:
    description:
      - The accounts file, YAML or JSON, plain or vault-encrypted. A relative path in the inventory file starts
        at the directory of that file, one in E(POLYV_ACCOUNTS_FILE) at the working directory.
      - It is an ordinary file of at most 16 MB, and not nested more than 64 deep.
      - Its C(accounts) is a list of mappings with the keys C(name), C(app_id) and C(app_secret), and if wanted C(user_id),
        C(api_url), C(groups) (a list of names of groups) and C(vars) (variables of the host). It may also be a mapping
        from names to such mappings without C(name). Any other key is an error.
      - One of O(accounts_file) and O(accounts) is needed. O(accounts) wins over E(POLYV_ACCOUNTS_FILE).
    type: str
    env:
      - name: POLYV_ACCOUNTS_FILE
  accounts:
    description:
      - The accounts themselves, in the form that they have in O(accounts_file), as a list or as a mapping.
      - C(app_id) and C(app_secret) are not needed, and C(app_secret) is refused, since an inventory is no place for secrets.
    type: raw
notes:
  - No secret ever becomes a variable of a host. A variable in C(vars) whose name is that of a secret, such as
    C(ansible_become_pass), C(api_token) or C(private_key), or that holds the account's C(app_secret), is an error.
  - A fault leaves no host of this inventory, not even those before it. Ansible itself only warns of an inventory that fails, unless
    E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) is set to V(true).
  - Text in C(vars) may hold templates, as in any YAML inventory.
requirements:
  - python >= 3.10
"""

EXAMPLES = r"""
# fleet.polyv.yml: the accounts of a file beside this one
plugin: polyv.live.polyv
accounts_file: accounts.yml

---
# The accounts.yml beside it, to be encrypted with ansible-vault
accounts:
  - name: school-a
    app_id: g4rqgmmjuo
    app_secret: the-secret-of-this-account
    user_id: 1b448be323
    groups: [brand_x, cn]
    vars:
      region: east

---
# aap.polyv.yml: AWX and Automation Platform name the file in POLYV_ACCOUNTS_FILE
plugin: polyv.live.polyv
strict: true
keyed_groups:
  - key: region
    prefix: region
groups:
  known: polyv_user_id is defined
compose:
  callback_url: "'https://hooks.example.com/' ~ polyv_account"

---
# few.polyv.yml: a list of its own; the credentials come from elsewhere
plugin: polyv.live.polyv
accounts:
  - name: school-a
    user_id: 1b448be323
    groups: [brand_x]
  - name: school-b
    vars: {region: west}
"""

import os
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable

from ..module_utils._errors import CredentialsError
from ..plugin_utils._accounts.accounts_file import check_inventory, inline_accounts, load_accounts_file
from ..plugin_utils._accounts.entries import Entry
from ..plugin_utils._accounts.inventory_names import ACCOUNTS_GROUP, KEPT, OF_ANSIBLE
from ..plugin_utils._paths import expanded, from_working_directory


class InventoryModule(BaseInventoryPlugin, Constructable):
    """The plugin, as Ansible looks for it."""

    NAME = "polyv.live.polyv"

    # ansible-core 2.19 and newer template no text of an inventory otherwise, and AWX would get it wrapped as unsafe.
    # What the plugin reads is the operator's own, like group_vars.
    trusted_by_default = True

    # Inherited, and annotated in part only.
    inventory: Any
    get_option: Any
    _read_config_data: Any
    _set_composite_vars: Any
    _add_host_to_composed_groups: Any
    _add_host_to_keyed_groups: Any

    def verify_file(self, path: str) -> bool:
        """Whether the file's name says that it is for this plugin."""
        inherited: Any = super()
        return bool(inherited.verify_file(path)) and path.endswith(("polyv.yml", "polyv.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Adds the hosts. Raises AnsibleParserError, which never quotes a file."""
        super().parse(inventory, loader, path, cache)
        self.inventory = _Inventory(inventory)
        try:
            check_inventory(loader, path)
            entries = self._entries(path, self._read_config_data(path))
        except CredentialsError as error:
            raise AnsibleParserError(error.msg) from None
        hosts, groups = set(inventory.hosts), set(inventory.groups)
        try:
            for entry in entries:
                self._add(entry)
            self._gather(groups | {ACCOUNTS_GROUP}, {name for entry in entries for name in entry.groups})
        except Exception as error:
            # Ansible goes on with what there is. Half of the accounts would look like all of them.
            for name in set(inventory.hosts) - hosts:
                inventory.remove_host(inventory.hosts[name])
            raise AnsibleParserError(f"{path}: {error}") from None

    def _entries(self, path: str, config: Any) -> tuple[Entry, ...]:
        if "accounts" in config and "accounts_file" in config:
            raise AnsibleParserError(f"{path}: accounts and accounts_file are mutually exclusive")
        if "accounts" in config:
            return inline_accounts(self.loader, path)
        given = self.get_option("accounts_file")
        if not given or not given.strip():
            raise AnsibleParserError(
                f"{path}: no accounts: give accounts_file or accounts, or set the environment variable POLYV_ACCOUNTS_FILE"
            )
        if config.get("accounts_file") is None:
            return load_accounts_file(
                self.loader, from_working_directory(given, lambda name: _beside(path, name))
            ).entries
        return load_accounts_file(self.loader, _beside(path, expanded(given))).entries

    def _add(self, entry: Entry) -> None:
        self.inventory.add_host(entry.name)
        # Ansible takes a name for a group wherever there is one, and a group may have the account's name.
        name = f"account {entry.name!r}"
        self.inventory.hosts[name] = self.inventory.hosts[entry.name]
        try:
            for variable, value in _variables(entry).items():
                self.inventory.set_variable(name, variable, value)
            for group in (ACCOUNTS_GROUP, *entry.groups):
                self.inventory.add_host(name, self.inventory.add_group(group))
            self._construct(name)
        finally:
            del self.inventory.hosts[name]

    def _gather(self, others: set[str], named: set[str]) -> None:
        """Makes the groups that entries name, and those that this inventory has made besides, children of one group.

        Its variables then come before theirs, whatever their names. `others` are the groups that were there before.
        """
        names = {self.inventory.add_group(name) for name in named}
        made = (name for name in self.inventory.groups if name not in others)
        names.update(name for name in made if not self.inventory.groups[name].parent_groups)
        for name in sorted(names):
            self.inventory.add_child(ACCOUNTS_GROUP, name)

    def _construct(self, host: str) -> None:
        strict = self.get_option("strict")
        # Read anew each time: what `compose` makes may be asked for by the groups.
        self._set_composite_vars(self.get_option("compose"), self._known(host), host, strict)
        self._add_host_to_composed_groups(self.get_option("groups"), self._known(host), host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), self._known(host), host, strict)

    def _known(self, host: str) -> dict[str, Any]:
        return dict(self.inventory.get_host(host).get_vars())


class _Inventory:
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


def _beside(path: str, name: str) -> str:
    return os.path.join(os.path.dirname(os.path.abspath(path)), name)


def _variables(entry: Entry) -> dict[str, Any]:
    """What the host of an account knows: never a secret."""
    known: dict[str, Any] = {
        "polyv_account": entry.name,
        "account_name": entry.name,
        # A host that is not the implicit localhost would be reached by ssh, with whatever Python is found there.
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    if entry.user_id is not None:
        known["polyv_user_id"] = entry.user_id
    return {**known, **entry.variables}
