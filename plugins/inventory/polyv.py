# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host per account of an accounts file."""

from __future__ import annotations

DOCUMENTATION = r"""
name: polyv
version_added: "1.0.0"
short_description: Polyv live accounts and their channels as hosts
description:
  - Makes one host of every account in an accounts file, the same file that the modules of this collection take with their
    option C(accounts_file), or of every account in a list inside the inventory file.
  - The hosts are local ones, with the Python that Ansible itself runs on. Each has the variables C(polyv_account) and
    C(account_name) (the account's name), C(polyv_user_id) (if the entry has a C(user_id)), and those in C(vars) of the entry.
  - With O(channels) it asks the API for the channels of each account and makes a host of each of these as well.
  - All accounts are in the group C(polyv_accounts). The groups in C(groups) of an entry are children of that group, and so are
    those that O(keyed_groups) and O(groups) make, unless they have another parent or are there already, from another
    inventory. So C(group_vars/polyv_accounts.yml) is for all accounts, and what a group of some of them says wins over it.
  - All channels are in the group C(polyv_channels), and those of an account in its child C(polyv_channels_of_) with the name of the
    account, where what can be no part of a group's name becomes C(_). The groups that expressions make of channels are children of
    C(polyv_channels) too. A channel is never in C(polyv_accounts) nor in another group that accounts are in, so that what is said of
    accounts concerns no channel. The playbooks of this collection for accounts leave channels out.
  - The host of a channel is named after the account and the channel's id, such as C(school-a-3151318), whatever the channel is called.
    It is a local host with the variables C(polyv_kind) (V(channel)), C(polyv_account) (the account's name), C(polyv_user_id) (as
    above), C(polyv_channel_id), C(polyv_channel_name), C(polyv_category_id), C(polyv_scene), C(polyv_watch_status) and
    C(polyv_watch_url), each as far as the API shows it. It has none of the variables in C(vars) of the account's entry.
  - An account may have the name of a group. The names V(all), V(ungrouped), V(_meta), V(polyv_accounts) and V(polyv_channels)
    are refused, for accounts and for groups.
  - The name of the inventory file must end in V(polyv.yml) or V(polyv.yaml).
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment:
  - constructed
  - inventory_cache
  - polyv.live.inventory_connection
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
      - With O(channels) there may be one account only, and its credentials are those in E(POLYV_APP_ID) and E(POLYV_APP_SECRET).
    type: raw
  channels:
    description:
      - Whether the channels of the accounts become hosts, too. That takes one request for each account and each 1000 of its channels.
      - An account whose channels can't be read is an error if O(strict=true). Otherwise the plugin warns of it and leaves its channels
        out, and the account itself stays.
      - The hosts of accounts then have the variable C(polyv_kind) (V(account)), for expressions that concern one kind only.
    type: bool
    default: false
    version_added: "2.0.0"
  filters:
    description:
      - Which channels become hosts, by what the API lists of them. A channel has to pass all of the filters.
      - C(category_id) is the number of a category, C(watch_status) is V(live), V(playback), V(end) or V(waiting), C(scene) is
        V(topclass), V(double), V(train), V(alone), V(seminar) or V(guide). Each may be a list, of which one is enough.
      - C(keyword) is a part of the name, in upper or lower case.
      - The API itself is asked for a single category and a single status; everything is filtered here as well.
    type: dict
    default: {}
    version_added: "2.0.0"
  include_filters:
    description:
      - Jinja expressions over the variables of a channel. Where any is given, a channel needs one that is true to become a host.
      - An expression that fails is an error, whatever O(strict) says.
    type: list
    elements: str
    default: []
    version_added: "2.0.0"
  exclude_filters:
    description:
      - The same for channels that don't become hosts, whatever O(include_filters) says.
    type: list
    elements: str
    default: []
    version_added: "2.0.0"
notes:
  - No secret ever becomes a variable of a host. A variable in C(vars) whose name is that of a secret, such as
    C(ansible_become_pass), C(api_token) or C(private_key), or that holds the account's C(app_secret), is an error.
  - A fault leaves no host of this inventory, not even those before it. Ansible itself only warns of an inventory that fails, unless
    E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) is set to V(true).
  - Text in C(vars) may hold templates, as in any YAML inventory. The name of a channel is what somebody typed into Polyv, and never
    rendered; where it looks like a template it is marked as unsafe, as Ansible does, and so is what expressions make of it.
  - O(compose), O(groups) and O(keyed_groups) are tried on accounts and on channels. An expression that puts a channel into a group of
    accounts is an error if O(strict=true), and otherwise a warning, and the channel is not put there.
  - With O(cache=true) the listings of channels are kept by Ansible's cache for inventories, by account, file and O(filters), and never
    a secret. C(--flush-cache) reads them anew.
  - A host of a channel that would have the name of an account is an error that names both.
requirements:
  - python >= 3.10
  - requests, with O(channels)
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

---
# channels.polyv.yml: the channels of all accounts, too, asked for once an hour. Run plays for them with hosts: polyv_channels
plugin: polyv.live.polyv
accounts_file: accounts.yml
channels: true
filters:
  watch_status: [live, waiting]
exclude_filters:
  - polyv_channel_name is search('(?i)rehearsal')
keyed_groups:
  - key: polyv_scene | default([])
    prefix: scene
groups:
  evening: polyv_kind == 'channel' and polyv_channel_name is search('20:00')
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/polyv_inventory
cache_timeout: 3600
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._api.libraries import need_requests
from ..module_utils._errors import CredentialsError, PolyvError
from ..plugin_utils._accounts.accounts_file import check_inventory, inline_accounts, load_accounts_file
from ..plugin_utils._accounts.entries import Entry
from ..plugin_utils._accounts.inventory_names import ACCOUNTS_GROUP, CHANNELS_GROUP
from ..plugin_utils._inventory import channel_hosts
from ..plugin_utils._inventory.cached_listings import CachedListings
from ..plugin_utils._inventory.connection import connection
from ..plugin_utils._inventory.credentials import check_inline, credentials_of
from ..plugin_utils._inventory.field_filters import checked_filters
from ..plugin_utils._inventory.guards import ChannelInventory, GuardedInventory, groups_of
from ..plugin_utils._inventory.hosts import account_variables
from ..plugin_utils._inventory.listings import Listings
from ..plugin_utils._paths import beside, expanded, from_working_directory


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """The plugin, as Ansible looks for it."""

    NAME = "polyv.live.polyv"

    # ansible-core 2.19 and newer template no text of an inventory otherwise, and AWX would get it wrapped as unsafe.
    # What the plugin reads of files is the operator's own, like group_vars. What the API says is not set this way.
    trusted_by_default = True

    # Inherited, and annotated in part only.
    inventory: Any
    get_option: Any
    _cache: Any
    _compose: Any
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
        self.inventory = GuardedInventory(inventory)
        try:
            check_inventory(loader, path)
            source, entries = self._entries(path, self._read_config_data(path))
            # They are read while the hosts of accounts are made.
            listings = self._listings(path, source, entries, cache) if self.get_option("channels") else None
        except PolyvError as error:
            prefix = "" if isinstance(error, CredentialsError) else f"{path}: "
            raise AnsibleParserError(f"{prefix}{error.msg}") from None
        hosts = set(inventory.hosts)
        try:
            with listings or nullcontext():
                self._add_accounts(entries, beside_channels=listings is not None)
                if listings is not None:
                    self._add_channels(path, entries, listings)
        except Exception as error:
            # Ansible goes on with what there is. Half of the accounts would look like all of them.
            for name in set(inventory.hosts) - hosts:
                inventory.remove_host(inventory.hosts[name])
            raise AnsibleParserError(f"{path}: {error}") from None

    def _entries(self, path: str, config: Any) -> tuple[str, tuple[Entry, ...]]:
        """The accounts, and the file that they stand in."""
        if "accounts" in config and "accounts_file" in config:
            raise AnsibleParserError(f"{path}: accounts and accounts_file are mutually exclusive")
        if "accounts" in config:
            return path, inline_accounts(self.loader, path)
        given = self.get_option("accounts_file")
        if not given or not given.strip():
            raise AnsibleParserError(
                f"{path}: no accounts: give accounts_file or accounts, or set the environment variable POLYV_ACCOUNTS_FILE"
            )
        if config.get("accounts_file") is None:
            file = from_working_directory(given, lambda name: beside(path, name))
        else:
            file = beside(path, expanded(given))
        return file, load_accounts_file(self.loader, file).entries

    def _listings(self, path: str, source: str, entries: Sequence[Entry], cache: bool) -> Listings:
        """The channels that are asked for, being read."""
        need_requests()
        channel_hosts.check_groups(entries)
        filters = checked_filters(self.get_option("filters"))
        if source == path:
            check_inline(len(entries))
        # Once for all accounts: what is wrong with an option is no fault of theirs.
        if connection(path, self.get_option).verify is False:
            self.display.warning(f"{path}: validate_certs is false: whoever answers is taken for the API.")
        uses_cache = self.get_option("cache")
        inherited: Any = self
        cached = CachedListings(
            self._cache if uses_cache else None,
            cache,
            inherited.get_cache_key(path),
            [os.path.realpath(source), filters.parameters],
            self.get_option("cache_timeout") if uses_cache else 0,
        )
        return Listings(
            entries,
            lambda entry: credentials_of(entry, os.environ),
            lambda entry: connection(path, self.get_option, entry.api_url),
            cached,
            filters,
        )

    def _add_accounts(self, entries: Sequence[Entry], beside_channels: bool) -> None:
        groups = set(self.inventory.groups)
        for entry in entries:
            self.inventory.add_host(entry.name)
            with self._named("account", entry.name) as name:
                for variable, value in account_variables(entry, beside_channels).items():
                    self.inventory.set_variable(name, variable, value)
                for group in (ACCOUNTS_GROUP, *entry.groups):
                    self.inventory.add_host(name, self.inventory.add_group(group))
                self._construct(name)
        self._gather(ACCOUNTS_GROUP, groups, {name for entry in entries for name in entry.groups})
        channel_hosts.check_accounts(self.inventory, entries)

    def _add_channels(self, path: str, entries: Sequence[Entry], listings: Listings) -> None:
        accounts = [self.inventory.hosts[entry.name] for entry in entries]
        self.inventory = ChannelInventory(
            self.inventory, groups_of(accounts), lambda problem: self._refuse(path, problem)
        )
        self.inventory.add_group(CHANNELS_GROUP)
        groups = set(self.inventory.groups)
        made: list[str] = []
        problems = []
        for entry in entries:
            try:
                channels = listings.of(entry.name)
            except PolyvError as error:
                kind = error.failure.kind.word
                problems.append(f"account {entry.name!r}: its channels can't be read ({kind}): {error.msg}")
            else:
                made += channel_hosts.make_hosts(self.inventory, entry, channels, self._is_wanted)
        self._report(path, listings.warnings, problems)
        if any(map(self.get_option, ("compose", "groups", "keyed_groups"))):
            for host in made:
                with self._named("channel", host) as name:
                    self._construct(name)
        self._gather(CHANNELS_GROUP, groups, set())
        channel_hosts.check_accounts(self.inventory, entries)

    def _report(self, path: str, warnings: Iterable[str], problems: Sequence[str]) -> None:
        if problems and self.get_option("strict"):
            raise AnsibleParserError(" ".join(problems))
        for text in (*warnings, *(f"{problem} They are left out." for problem in problems)):
            self.display.warning(f"{path}: {text}")

    def _refuse(self, path: str, problem: str) -> None:
        if self.get_option("strict"):
            raise AnsibleParserError(problem)
        self.display.warning(f"{path}: {problem} None is put there.")

    def _is_wanted(self, host: str, variables: Mapping[str, Any]) -> bool:
        """Whether the expressions of `include_filters` and `exclude_filters` choose a channel. Raises AnsibleParserError."""

        def holds(option: str, expression: Any) -> bool:
            try:
                value = self._compose(expression, {**variables, "inventory_hostname": host})
                return bool(boolean(value, strict=True))
            except Exception as error:
                # Whatever `strict` says: a slip would choose other hosts than those that were meant.
                raise AnsibleParserError(f"{option}: {expression!r} fails for {host}: {error}") from None

        include, exclude = (self.get_option(name) or [] for name in ("include_filters", "exclude_filters"))
        return (not include or any(holds("include_filters", each) for each in include)) and not any(
            holds("exclude_filters", each) for each in exclude
        )

    @contextmanager
    def _named(self, kind: str, host: str) -> Iterator[str]:
        """A name for a host that is no group's: Ansible takes a name for a group wherever there is one."""
        name = f"{kind} {host!r}"
        self.inventory.hosts[name] = self.inventory.hosts[host]
        try:
            yield name
        finally:
            del self.inventory.hosts[name]

    def _gather(self, parent: str, before: set[str], named: set[str]) -> None:
        """Makes the groups that entries name, and those that this inventory has made besides, children of one group.

        Its variables then come before theirs, whatever their names. `before` are the groups that were there already.
        """
        names = {self.inventory.add_group(name) for name in named}
        made = (name for name in self.inventory.groups if name not in before | {parent})
        names.update(name for name in made if not self.inventory.groups[name].parent_groups)
        for name in sorted(names):
            self.inventory.add_child(parent, name)

    def _construct(self, host: str) -> None:
        strict = self.get_option("strict")
        # Read anew each time: what `compose` makes may be asked for by the groups.
        self._set_composite_vars(self.get_option("compose"), self._known(host), host, strict)
        self._add_host_to_composed_groups(self.get_option("groups"), self._known(host), host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), self._known(host), host, strict)

    def _known(self, host: str) -> dict[str, Any]:
        return dict(self.inventory.get_host(host).get_vars())
