# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that every module shares, and what they mean for the connection."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any
from urllib.parse import urlsplit

from ansible.module_utils.common.parameters import env_fallback
from ansible.module_utils.errors import AnsibleFallbackNotFound

from ansible_collections.polyv.live.plugins.module_utils import _validate
from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._signing import SIGNATURE_METHODS

# The vendor's limit (contract section 2): more in 10 s blocks the IP. The default leaves room for others behind it.
VENDOR_LIMIT = 1500
DEFAULT_RATE_LIMIT = 1200


def filled_env_fallback(*names: str, **unused: Any) -> Any:
    """Like env_fallback, but a blank variable is not given: AWX injects blanks for fields left empty."""
    value = env_fallback(*names)
    if not str(value).strip():
        raise AnsibleFallbackNotFound
    return value


COMMON_OPTIONS: dict[str, dict[str, Any]] = {
    "app_id": {"type": "str"},
    "app_secret": {"type": "str", "no_log": True},
    "user_id": {"type": "str"},
    # Read by the action plugin, on the controller; a module never sees them given.
    "accounts_file": {"type": "path"},
    "account": {"type": "str"},
    "api_url": {
        "type": "str",
        "default": "https://api.polyv.net",
        "fallback": (filled_env_fallback, ["POLYV_API_URL"]),
    },
    "allow_http": {"type": "bool", "default": False},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "timeout": {"type": "float", "default": 20},
    "retries": {"type": "int", "default": 5},
    "max_wait": {"type": "float", "default": 120},
    "signature_method": {"type": "str", "choices": list(SIGNATURE_METHODS), "default": "md5"},
    "rate_limit": {
        "type": "int",
        "default": DEFAULT_RATE_LIMIT,
        "fallback": (filled_env_fallback, ["POLYV_RATE_LIMIT"]),
    },
    "verify_writes": {"type": "bool", "default": True},
}


@dataclass(frozen=True)
class Connection:
    """How to reach the API. Times are in seconds, `rate_limit` counts requests per 10 s and machine."""

    api_url: str
    verify: bool | str
    timeout: float
    retries: int
    max_wait: float
    signature_method: str
    rate_limit: int


def connection(params: Mapping[str, Any]) -> Connection:
    """The checked connection options of a task. Raises InputError."""
    timeout, retries, max_wait, rate_limit = (
        params[name] for name in ("timeout", "retries", "max_wait", "rate_limit")
    )
    return Connection(
        api_url=_api_url(params["api_url"], params["allow_http"]),
        verify=_verify(params["validate_certs"], params["ca_path"]),
        timeout=_number("timeout", timeout, "a number of seconds above 0", 0 < timeout < inf),
        retries=int(_number("retries", retries, "at least 0", retries >= 0)),
        max_wait=_number("max_wait", max_wait, "a number of seconds, at least 0", 0 <= max_wait < inf),
        signature_method=params["signature_method"],
        rate_limit=int(
            _number("rate_limit", rate_limit, f"from 0 to {VENDOR_LIMIT}", 0 <= rate_limit <= VENDOR_LIMIT)
        ),
    )


def _api_url(value: str, allow_http: bool) -> str:
    parts = urlsplit(_validate.url("api_url", value))
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise InputError("api_url", "must be only scheme, host, port and path, such as https://api.polyv.net")
    if parts.scheme.lower() == "http" and not (allow_http or _validate.is_loopback(parts.hostname or "")):
        raise InputError(
            "api_url",
            f"got {value!r}, must be https: passwords and keys travel here. Set allow_http to accept the risk",
        )
    return value.rstrip("/")


def _verify(validate_certs: bool, ca_path: str | None) -> bool | str:
    if not validate_certs or ca_path is None:
        return validate_certs
    if not os.path.exists(ca_path):
        raise InputError(
            "ca_path", f"got {ca_path!r}, must be an existing file or directory of CA certificates"
        )
    return ca_path


def _number(option: str, value: float, allowed: str, good: bool) -> float:
    if not good:
        raise InputError(option, f"got {value:g}, must be {allowed}")
    return value
