#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_export
version_added: "2.0.0"
short_description: Write what live accounts have as data of the role account
description:
  - Turns results of M(polyv.live.polyv_account_info) into files of variables of the role P(polyv.live.account#role), one
    C(host_vars/HOST/polyv.yml) for each host, on the controller. What the role can't express is a comment in it.
  - Passwords, codes and keys go into C(host_vars/HOST/polyv_vault.yml), encrypted with a vault password of the run. Where there is
    none, each is a commented line without its value, and the export of the account is incomplete.
  - The playbook C(polyv.live.export) reads the accounts and uses it.
author: polyv.live maintainers (@polyv-live)
options:
  accounts:
    description:
      - The result of M(polyv.live.polyv_account_info) for each host, with C(gather_subset=all) and C(return_secrets=true) for all
        that there is. A host with another result, such as the one of a task that failed, counts as failed.
    type: dict
    required: true
  directory:
    description:
      - The directory below which the files are written, such as that of the inventory. A relative path starts at the working
        directory.
    type: path
    required: true
  images:
    description:
      - A directory for the images of goods, which are fetched from the addresses that the API shows. An image that is there already is
        taken as it is, C(HOST/CHANNEL_ID-NUMBER.png) or C(.jpg). A relative path starts at the working directory.
      - If it is left out, donations in goods are a comment, and the export of an account with such is incomplete.
    type: path
  force:
    description:
      - Replaces files that are there, images too. Otherwise the account of such a file is left alone.
    type: bool
    default: false
  common:
    description:
      - Writes the variables that all accounts have with the same value once, into C(group_vars/all/polyv.yml). It does so only where
        every host of the inventory is exported, because the file is for all of them.
    type: bool
    default: false
  vault_id:
    description:
      - Which of several vault passwords encrypts.
    type: str
attributes:
  action:
    support: full
    description: Runs on the controller, whatever the connection of the host is.
  check_mode:
    support: full
    description: Writes no file, and says which it would write.
  diff_mode:
    support: none
    description: The files may be large, and the summary names them.
  idempotent:
    support: partial
    description: Without O(force), what was written once is left alone. With it, all is written again.
  platform:
    support: full
    platforms: posix
    description: The platform of the controller.
notes:
  - O(accounts) holds secrets, and the result none. Ansible shows no arguments of this task, so it needs no C(no_log).
seealso:
  - module: polyv.live.polyv_account_info
"""

EXAMPLES = r"""
- name: Read what is set
  polyv.live.polyv_account_info:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    gather_subset: [all]
    return_secrets: true
  no_log: true
  register: live

- name: Keep it as data
  polyv.live.polyv_export:
    accounts: "{{ {inventory_hostname: live} }}"
    directory: inventory
    images: inventory/images
  register: kept

- name: Say what became of it
  ansible.builtin.debug:
    msg: "{{ kept.summary.text }}"
"""

RETURN = r"""
summary:
  description: What became of the accounts.
  returned: success
  type: dict
  sample:
    check: false
    exported: [school-01, school-02]
    incomplete: {school-02: [goods without their images (1)]}
    left_alone: []
    failed: {}
    common: []
    files: [/srv/fleet/host_vars/school-01/polyv.yml, /srv/fleet/host_vars/school-02/polyv.yml]
    text: ["Accounts: 2"]
  contains:
    check:
      description: Whether it is check mode, in which no file was written.
      type: bool
    exported:
      description: The hosts whose files were written, or would be.
      type: list
      elements: str
    incomplete:
      description: Those of them that lack something, with what that is and how often.
      type: dict
    left_alone:
      description: The hosts whose files were there, and were left as they are.
      type: list
      elements: str
    failed:
      description: The hosts that could not be exported, with the reason.
      type: dict
    common:
      description: The variables that went into the file for all.
      type: list
      elements: str
    files:
      description: The files that were written, or would be.
      type: list
      elements: str
    text:
      description: The same for people, a list of lines.
      type: list
      elements: str
"""
