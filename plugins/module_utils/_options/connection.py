# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that every module shares, and what they mean for the connection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.common.parameters import env_fallback
from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._errors import InputError
from . import hosts, urls
from .local_files import regular_file_or_directory
from .quoting import got

SIGNATURE_METHODS = ("md5", "sha256")  # docs/api.md §1
VERIFY_WRITES = ("strict", "warn", "off")  # a write that never shows: a failure, a warning, not looked for
# The vendor's limit (docs/api.md §2): more in 10 s blocks the IP. The default leaves room for others behind it.
VENDOR_LIMIT = 1500
DEFAULT_RATE_LIMIT = 1200
# More is a slip, and some of it overflows: in seconds, times, seconds, bytes.
MOST_TIMEOUT, MOST_RETRIES, MOST_MAX_WAIT, MOST_CA_BYTES = 3600, 1000, 86400, 16 * 2**20

_WHOLE_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,9}\s*", re.ASCII)


def filled_env_fallback(*names: str, **unused: Any) -> Any:
    """Like env_fallback, but a blank variable is not given: AWX injects blanks for fields left empty."""
    value = env_fallback(*names)
    if not str(value).strip():
        raise AnsibleFallbackNotFound
    return value


def rate_limit_fallback(*names: str, **unused: Any) -> Any:
    """Like filled_env_fallback. Ansible would take hours to make an integer of 1e99999999, so it never sees it."""
    value = filled_env_fallback(*names)
    return value if _WHOLE_NUMBER.fullmatch(value) else f"{value[:20]!r}"


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
        "fallback": (rate_limit_fallback, ["POLYV_RATE_LIMIT"]),
    },
    "verify_writes": {"type": "str", "choices": list(VERIFY_WRITES), "default": VERIFY_WRITES[0]},
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


def checked_connection(params: Mapping[str, Any]) -> Connection:
    """The checked connection options of a task. Raises InputError."""
    if not params["timeout"] > 0:
        raise InputError("timeout", f"{got(params['timeout'])}, must be a number of seconds above 0")
    return Connection(
        api_url=_api_url(params["api_url"], params["allow_http"]),
        verify=_verify(params["validate_certs"], params["ca_path"]),
        timeout=_bounded("timeout", params["timeout"], MOST_TIMEOUT),
        retries=int(_bounded("retries", params["retries"], MOST_RETRIES)),
        max_wait=_bounded("max_wait", params["max_wait"], MOST_MAX_WAIT),
        signature_method=params["signature_method"],
        rate_limit=int(_bounded("rate_limit", params["rate_limit"], VENDOR_LIMIT)),
    )


def _api_url(value: str, allow_http: bool) -> str:
    url = urls.parsed("api_url", value)
    if "?" in url.rest or "#" in url.rest:
        raise InputError("api_url", "must be only scheme, host, port and path, such as https://api.polyv.net")
    if url.scheme == "http" and not (allow_http or hosts.is_loopback(url.host)):
        raise InputError(
            "api_url",
            f"{got(value)}, must be https: passwords and keys travel here. Set allow_http to accept the risk",
        )
    return f"{url.scheme}://{url.authority.lower()}{url.rest}".rstrip("/")


def _verify(validate_certs: bool, ca_path: str | None) -> bool | str:
    if not validate_certs or ca_path is None:
        return validate_certs
    return regular_file_or_directory("ca_path", ca_path, MOST_CA_BYTES)


def _bounded(option: str, value: float, most: int) -> float:
    if not 0 <= value <= most:  # neither holds for a NaN
        raise InputError(option, f"{got(value)}, must be from 0 to {most}")
    return value
