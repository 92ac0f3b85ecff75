#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This is documentation only: the work is done by the action plugin of the same name, on the controller.

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_rollout_summary
version_added: "2.0.0"
short_description: Sum up a rollout and write the summary
description:
  - Sums up a record of P(polyv.live.rollout_batch#filter), writes the summary as JSON into a file of the controller, and hands it
    to the next job as C(polyv_summary), as M(ansible.builtin.set_stats) does. There is no secret in it.
  - The playbook C(polyv.live.provision) uses it at its end.
author: polyv.live maintainers (@polyv-live)
options:
  record:
    description:
      - The record of the rollout.
    type: dict
    required: true
  path:
    description:
      - The file, which is replaced as a whole and can be read by everybody. A relative path starts at the working directory.
    type: path
    required: true
attributes:
  action:
    support: full
    description: Runs on the controller, whatever the connection of the host is.
  check_mode:
    support: full
    description: The file is written in check mode as well. It is a report and no change.
  diff_mode:
    support: none
    description: There is nothing to compare.
  idempotent:
    support: full
    description: It changes no account, and never reports a change.
  platform:
    support: full
    platforms: posix
    description: The platform of the controller.
seealso:
  - plugin: polyv.live.rollout_summary
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Sum up what became of two accounts
  polyv.live.polyv_rollout_summary:
    record: "{{ results.keys() | list | polyv.live.rollout_record | polyv.live.rollout_batch(results) }}"
    path: polyv-summary.json
  vars:
    results:
      school-01: {changed: false, settings: []}
      school-02: {failed: true, msg: "app_id: the option is blank."}
  register: summed_up
"""

RETURN = r"""
summary:
  description: The summary, see P(polyv.live.rollout_summary#filter).
  returned: success
  type: dict
  sample: {check: false, stopped: null, counts: {accounts: 1}, changed: {}, same: [school], text: ["Accounts: 1"]}
path:
  description: The file, as an absolute path without links.
  returned: success
  type: str
  sample: /srv/fleet/polyv-summary.json
not_written:
  description: Why the file could not be written, null where it was. The summary is not lost for it.
  returned: success
  type: str
  sample: null
"""
