# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts stand for one and the same account, told from what they are given: no request, no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ...module_utils._errors import CredentialsError
from ...module_utils._options.connection import COMMON_OPTIONS
from ...module_utils._options.credentials import ENVIRONMENT
from .entries import Entry
from .named_account import FILE_VARIABLE

# The variables of the role account that decide which account a host is.
VARIABLES = (
    *(f"account_{name}" for name in ENVIRONMENT),
    "account_accounts_file",
    "account_name",
    "account_api_url",
)

_MOST_NAMES = 10
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Account(NamedTuple):
    """What names an account; blank where it is not known."""

    app_id: str
    user_id: str
    api: str
    from_environment: bool = False


def account(
    host: str, given: Mapping[str, Any], environ: Mapping[str, str], entry: Callable[[str, str], Entry]
) -> Account | None:
    """The account of a host with these VARIABLES, None where its own task will refuse them.

    `entry` finds the entry of a name in the accounts file at a path, and raises CredentialsError.
    """
    file = given.get("account_accounts_file") or environ.get(FILE_VARIABLE, "").strip()
    url = given.get("account_api_url") or environ.get("POLYV_API_URL", "").strip()
    own = {name: given.get(f"account_{name}") for name in ENVIRONMENT}
    if any(value is not None for value in own.values()):
        return _account(own["app_id"], own["user_id"], url)
    if not file:
        found = {name: environ.get(variable, "").strip() for name, variable in ENVIRONMENT.items()}
        return _account(found["app_id"], found["user_id"], url, from_environment=True)
    try:
        named = entry(str(file), str(given.get("account_name", host)))
        return _account(named.app_id, named.user_id, named.api_url or url)
    except CredentialsError:
        return None


def complaints(accounts: Mapping[str, Account]) -> Iterator[str]:
    """A sentence for each account that several of the hosts stand for; nothing for a single host."""
    if len(accounts) < 2:
        return
    without = [host for host, one in accounts.items() if one.from_environment]
    if without:
        yield (
            f"{len(without)} of {len(accounts)} accounts have no credentials of their own and would all be the one in "
            f"POLYV_APP_ID: {_names(without)}. Give each its account_app_id and account_app_secret, or use an accounts file."
        )
    reported: set[str] = set(without)
    for name in ("app_id", "user_id"):
        for (value, api), hosts in _together(accounts, name).items():
            if len(hosts) > 1 and not reported.issuperset(hosts):
                reported.update(hosts)
                yield f"{len(hosts)} hosts are one account, that with {name} {value} at {api}: {_names(hosts)}."


def _together(accounts: Mapping[str, Account], name: str) -> dict[tuple[str, str], list[str]]:
    together: dict[tuple[str, str], list[str]] = {}
    for host, one in accounts.items():
        value = getattr(one, name)
        if value:
            together.setdefault((value, one.api), []).append(host)
    return together


def _account(app_id: Any, user_id: Any, url: Any, from_environment: bool = False) -> Account | None:
    if app_id is None or not str(app_id).strip():
        return None
    api = _same_address(str(url or COMMON_OPTIONS["api_url"]["default"]))
    return Account(str(app_id), str(user_id or ""), api, from_environment)


def _same_address(url: str) -> str:
    """The address in one spelling: two that lead to one server are equal. Without the scheme, for the same reason."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url  # the check of the option says what is wrong with it
    host = (parts.hostname or "").rstrip(".")
    suffix = "" if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{port}"
    return f"{host}{suffix}{parts.path.rstrip('/')}"


def _names(hosts: Sequence[str] | Iterable[str]) -> str:
    names = list(hosts)
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
