# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record callback: the URL that Polyv calls when a recording is made. Source: docs/api.md §4."""

from __future__ import annotations

from .._api.endpoint import Access, Endpoint
from .._api.shared_reads import CALLBACK_GET
from .._engine.definition import Context, Definition, one_setting
from .._engine.table import Field, Table, TableSetting
from .._errors import InputError
from .._options import urls

# Off means the parameter of the write left out; sent empty it is refused.
TABLE = Table(
    "record_callback",
    CALLBACK_GET,
    Endpoint("set-record-callback", "POST", "/live/v2/user/{userId}/set-record-callback", Access.WRITE),
    (Field("url", read_as="recordCallbackUrl", write_as="url", check=urls.url),),
    newer_module="polyv_callbacks",
)


def record_callback(context: Context) -> TableSetting:
    """The setting that the options ask for. Raises InputError."""
    url, present = context.options["url"], context.options["state"] == "present"
    # Ansible's own rule takes `url: null` for given; without this it would switch the callback off.
    if url is None and present:
        raise InputError("url", "must be given; to switch the callback off, say state=absent")
    if url is not None and not present:
        urls.url("url", url)  # without effect, and a slip all the same
    return TableSetting(TABLE, context, {"url": url if present else None})


RECORD_CALLBACK = Definition(
    options={
        "url": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    rules={"required_if": [("state", "present", ["url"])]},
    prepare=one_setting(record_callback),
)
