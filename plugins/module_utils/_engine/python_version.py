# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends a module on a Python that is too old. Imported first: with the others, the import itself would fail there."""

from __future__ import annotations

import json
import sys

from .._errors import LocalError

MINIMUM = (3, 10)

if sys.version_info < MINIMUM:  # noqa: UP036
    _error = LocalError(
        f"The modules of polyv.live need Python 3.10 or newer, and this is {sys.version_info[0]}.{sys.version_info[1]} "
        f"({sys.executable}). Set ansible_python_interpreter to a newer one; for a task on the controller, to ansible_playbook_python."
    )
    # AnsibleModule comes too late for this, and how it ends a module differs between versions of ansible-core.
    print(json.dumps(_error.as_result()))  # pylint: disable=ansible-bad-function
    sys.exit(1)  # pylint: disable=ansible-bad-function
