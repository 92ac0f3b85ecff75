#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This is documentation only: the work is done by the action plugin of the same name, on the controller.

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_vault_file
version_added: "1.0.0"
short_description: Keep variables in a file encrypted with Ansible Vault
description:
  - Keeps a file of variables on the controller, such as C(host_vars/ACCOUNT/vault.yml), as one document encrypted with
    Ansible Vault, with mode C(0600).
  - The file is decrypted in memory and compared. It is written only where a variable differs, at once and as a whole; no
    plain copy of it ever lies on the disk.
  - Only the variables that the task names are changed in the decrypted text. All others keep their text, with comments,
    templates and C(!vault) values in it.
  - A file that can't be decrypted, is not encrypted or holds no mapping is an error. It is never overwritten. So is one whose
    variables can't be changed one by one, because it has aliases, merge keys, a key twice or several documents, and one of
    more than 4 MiB.
  - Tasks that write into the same directory at the same time wait for each other, whatever process or user runs them, for at
    most 300 seconds. It needs a file system with locks.
  - The new file is decrypted again before it takes the place of the old one.
  - Owner and group of an existing file stay. Where this user can't keep them, or the file has several names (hard links), the
    task fails and writes nothing.
  - Access control lists and extended attributes of an existing file are not carried over to the new one.
author: polyv.live maintainers (@polyv-live)
options:
  path:
    description:
      - The file. A relative path starts at the directory of the playbook. It is refused where that is in a collection, such as
        for a playbook called by its name, whose next update would delete the file.
      - Missing directories are made. Where it is a link, the file it points to is replaced.
    type: path
    required: true
  variables:
    description:
      - The variables that the file shall hold, and their values.
      - Text that looks like a template is marked C(!unsafe) in the file, so that it is read as it is.
      - A value that holds what is shown in the place of a hidden one, such as C(********), is refused.
    type: dict
    required: true
  keep:
    description:
      - Names of variables that stay as they are in an existing file, although O(variables) has another value or none. One that
        the file has as C(********) or the like is replaced all the same.
      - For values that are known only once, such as a generated password.
    type: list
    elements: str
    default: []
  identity:
    description:
      - Names of variables that say whose file it is. Where one of them is in the file and in O(variables) with different
        values, nothing of the file is kept, its comments included, whatever O(keep) and O(purge) say.
    type: list
    elements: str
    default: []
  required:
    description:
      - Names of variables that the file must hold in the end, from O(variables) or from the file itself. If one is missing
        the task fails and writes nothing.
    type: list
    elements: str
    default: []
  reveal:
    description:
      - Names of variables whose values the task returns in RV(revealed), as the file holds them in the end.
      - Set C(no_log) on the task where one of them is secret.
    type: list
    elements: str
    default: []
    version_added: 2.0.0
  purge:
    description:
      - Whether variables of the file that O(variables) does not name are removed. Those in O(keep) never are.
    type: bool
    default: false
  backup:
    description:
      - Whether to keep a copy of an existing file each time that it is written.
      - Its name ends in C(~), which Ansible passes over when it reads variables.
    type: bool
    default: false
  vault_password:
    description:
      - The password to decrypt and encrypt with, instead of the vault passwords that Ansible was given.
    type: str
  vault_id:
    description:
      - The vault id to encrypt under. It is needed for a new file when Ansible was given several vault passwords, unless
        Ansible's setting C(vault_encrypt_identity) names one. An existing file otherwise stays under its own.
      - With O(vault_password), the label to write into the file.
      - Letters, digits and signs of ASCII, except C(;), without blanks. No tool could decrypt a file under another id.
    type: str
  directory_mode:
    description:
      - The mode of directories that have to be made. Quote it.
    type: raw
    default: '0700'
attributes:
  action:
    support: full
    description: Runs on the controller, whatever the connection of the host is.
  check_mode:
    support: full
    description:
      - Writes nothing, but fails where the file could not be kept, such as without a vault password, for a directory that
        is not writable, or for a file that can't be decrypted.
  diff_mode:
    support: full
    description: Names the variables that are added, changed or removed, without any value.
  idempotent:
    support: full
    description: With the same arguments, a second run outside check mode changes nothing.
  platform:
    support: full
    platforms: posix
    description: The platform of the controller.
seealso:
  - module: polyv.live.polyv_custom_user
"""

EXAMPLES = r"""
- name: Keep the keys of an account beside its other variables
  polyv.live.polyv_vault_file:
    path: "{{ inventory_dir }}/host_vars/school/vault.yml"
    variables:
      account_app_id: "{{ school.user.app_id }}"
      account_app_secret: "{{ school.user.app_secret }}"
      account_user_id: "{{ school.user.user_id }}"
    identity: [account_app_id]
    backup: true

- name: Check before anything else that the file could be kept
  polyv.live.polyv_vault_file:
    path: "{{ inventory_dir }}/host_vars/school/vault.yml"
    variables: {}
  check_mode: true
"""

RETURN = r"""
path:
  description: The file, as an absolute path without links.
  returned: success
  type: str
  sample: /srv/fleet/host_vars/school/vault.yml
variables:
  description: The names of the variables that the file holds.
  returned: success
  type: list
  elements: str
  sample: [account_app_id, account_app_secret, account_user_id]
revealed:
  description: The values of the variables that O(reveal) names, of those that the file has.
  returned: success
  type: dict
  sample: {account_user_id: c8f2a1d0e7}
backup_file:
  description: The copy of the encrypted file.
  returned: when an existing file was written, and O(backup=true)
  type: str
  sample: /srv/fleet/host_vars/school/vault.yml.2117.2026-01-31@12:00:00~
failure:
  description:
    - Why the task failed, for machines. RV(ignore:msg) says the same for people.
    - The fields about an answer of the API are always empty here.
  returned: failure
  type: dict
  sample: {kind: invalid_input, code: null, message: null, endpoint: null, http_status: null, request_id: null, attempts: 0}
  contains:
    kind:
      description:
        - V(invalid_input) for an option, V(local) for the file or the machine.
        - V(unexpected), if an exception came up that nothing foresaw. Please report it.
      type: str
"""
