# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an inventory reaches the API: the options that the modules have, by the same names and with the same checks."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._errors import InputError
from ...module_utils._options.connection import COMMON_OPTIONS, Connection, checked_connection
from .._paths import beside

OPTIONS = (
    "api_url",
    "allow_http",
    "validate_certs",
    "ca_path",
    "timeout",
    "retries",
    "max_wait",
    "signature_method",
    "rate_limit",
)
_SPEC = {name: COMMON_OPTIONS[name] for name in OPTIONS}


def connection(path: str, get_option: Callable[[str], Any], api_url: str | None = None) -> Connection:
    """The connection that the options of the inventory file at `path` ask for; `api_url` is the account's own.

    Raises InputError.
    """
    given = {name: get_option(name) for name in OPTIONS}
    if given["ca_path"]:
        given["ca_path"] = beside(path, os.path.expanduser(os.path.expandvars(given["ca_path"])))
    if api_url is not None:
        given["api_url"] = api_url
    validated = ArgumentSpecValidator(_SPEC).validate(
        {name: value for name, value in given.items() if value is not None}
    )
    if validated.error_messages:
        raise InputError("connection", " ".join(validated.error_messages))
    return checked_connection(validated.validated_parameters)
