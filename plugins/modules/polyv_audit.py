#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This is documentation only: the work is done by the action plugin of the same name, on the controller.

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_audit
version_added: "2.0.0"
short_description: Report how accounts differ from their data
description:
  - Makes a report of results of M(polyv.live.polyv_account) in check mode, one for each account. It writes the report as JSON and as
    a page that needs no other file, and hands what drifted to the next job as C(polyv_audit), as M(ansible.builtin.set_stats) does.
    There is no secret in it.
  - The playbook C(polyv.live.audit) uses it at its end, and C(polyv.live.audit_page) makes a page of what AWX has kept.
author: polyv.live maintainers (@polyv-live)
options:
  results:
    description:
      - The result of M(polyv.live.polyv_account) for each host, by its name. One that is null counts as failed.
      - Exactly one of O(results) and O(from) must be given.
    type: dict
  from:
    description:
      - Files, or directories of files that end in C(.json), each a report of an earlier audit, the artifacts of a job of AWX, or the
        description of a job as AWX's API gives it. Several make one report, such as those of the slices of a job. Of an account that
        is in more than one, the newest counts.
    type: list
    elements: path
  path:
    description:
      - The file of the report as JSON, readable by everybody. A relative path starts at the working directory. If it is left out, there
        is no such file.
      - The report that is there is kept beside it, under a name with its time, such as C(polyv-audit-2026-11-27T030000Z.json). The
        page lists the runs whose reports lie there.
    type: path
  page:
    description:
      - The file of the report as a page in English and Chinese, readable by everybody. If it is left out, there is no page.
    type: path
attributes:
  action:
    support: full
    description: Runs on the controller, whatever the connection of the host is.
  check_mode:
    support: full
    description: The files are written in check mode as well. They are a report and no change.
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
  - module: polyv.live.polyv_account
"""

EXAMPLES = r"""
- name: Report on two accounts
  polyv.live.polyv_audit:
    results:
      school-01: {changed: false, settings: []}
      school-02: {failed: true, msg: "app_id: the option is blank."}
    path: polyv-audit.json
    page: polyv-audit.html
  register: audited

- name: Make the page anew
  polyv.live.polyv_audit:
    from: [polyv-audit.json]
    page: polyv-audit.html
"""

RETURN = r"""
totals:
  description: How many accounts there are, and how many of each state.
  returned: success
  type: dict
  sample: {accounts: 2, skipped: 0, same: 1, unreadable: 0, drifted: 0, failed: 1, other_channels: 0}
text:
  description: The same for people, a list of lines.
  returned: success
  type: list
  elements: str
  sample: ["Accounts: 2 (nothing was written)", "  same        1", "  failed      1"]
drifted:
  description: The accounts that differ from their data.
  returned: success
  type: list
  elements: str
  sample: []
not_written:
  description: Why a file could not be written, empty where all were. The report is not lost for it.
  returned: success
  type: list
  elements: str
  sample: []
"""
