# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which account a task works on: one set of credentials, from one source, never mixed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._errors import CredentialsError, InputError
from . import checks, urls
from .characters import READ_AS_NUMBER, invisible, looks_rewritten
from .types import is_int

ENVIRONMENT = {"app_id": "POLYV_APP_ID", "app_secret": "POLYV_APP_SECRET", "user_id": "POLYV_USER_ID"}

_REQUIRED = ("app_id", "app_secret")
_APP_ID = re.compile(r"[0-9A-Za-z_-]+", re.ASCII)
# What is said instead of a check's own message, which quotes the value.
_CHECKS: dict[str, tuple[Callable[[str, str], str], str]] = {
    "user_id": (checks.user_id, "must be letters and digits only"),
    "api_url": (urls.url, "must be an absolute http or https URL"),
}


@dataclass(frozen=True)
class Credentials:
    """One account: `user_id` is None until the API is asked. `source` is `options` or `environment`."""

    app_id: str
    app_secret: str = field(repr=False)
    user_id: str | None
    source: str


def resolved_credentials(options: Mapping[str, Any], environ: Mapping[str, str]) -> Credentials:
    """The credentials of a task: its options if any is given, else the environment.

    `options` are the task's (module defaults included), `environ` is the process environment. Raises CredentialsError
    for no set, half a set or a blank option. A blank environment variable counts as not given: AWX injects blanks for
    fields left empty.
    """
    given = {name: options[name] for name in ENVIRONMENT if options.get(name) is not None}
    if given:
        return _from_options(given)
    found = {
        name: environ[variable] for name, variable in ENVIRONMENT.items() if environ.get(variable, "").strip()
    }
    if found:
        return _complete(found, "environment", ENVIRONMENT)
    raise CredentialsError(
        "No credentials: give the options app_id and app_secret (in the task or in module_defaults of "
        "group/polyv.live.polyv), or account with an accounts_file, or set the environment variables POLYV_APP_ID and "
        "POLYV_APP_SECRET."
    )


def _from_options(given: Mapping[str, str]) -> Credentials:
    for name, value in given.items():
        if not value.strip():
            raise CredentialsError(
                f"{name}: the option is blank. Leave it out to use another source, or check the template that fills it."
            )
    return _complete(given, "options", {name: name for name in ENVIRONMENT})


def _complete(values: Mapping[str, str], source: str, labels: Mapping[str, str]) -> Credentials:
    missing = [labels[name] for name in _REQUIRED if name not in values]
    if missing:
        present = " and ".join(labels[name] for name in values)
        raise CredentialsError(
            f"Half a set of credentials in the {source}: {present} given, {' and '.join(missing)} missing. "
            "All of them come from one source; none is filled in from another."
        )
    _check(values, labels)
    return Credentials(values["app_id"], values["app_secret"], values.get("user_id"), source)


def _check(values: Mapping[str, str], labels: Mapping[str, str]) -> None:
    for name, value in values.items():
        problem = slip(name, value)
        if problem:
            raise CredentialsError(f"{labels[name]}: {problem}.")
    if "user_id" in values:
        try:
            checks.user_id(labels["user_id"], values["user_id"])
        except InputError as error:
            raise CredentialsError(error.msg) from None


def problem(name: str, value: Any) -> str | None:
    """What is wrong with a value of an account in a file, a key of the account or its `api_url`. Nothing is quoted."""
    text = str(value) if is_int(value) else value
    if not isinstance(text, str):
        return f"it {READ_AS_NUMBER}" if isinstance(value, float) else "must be text in quotes, and not empty"
    if not text.strip():
        return "is blank"
    found = slip(name, text) or ("holds a blank" if " " in text else None)
    check, allowed = _CHECKS.get(name, (None, None))
    if found or not check:
        return found
    try:
        check(name, text)
    except InputError:
        return allowed
    return None


def slip(name: str, value: str) -> str | None:
    """What shows that a credential was not copied as it is. Nothing is quoted, and the name of a character gives nothing away."""
    unseen = invisible(value)
    if unseen:
        return f"holds {unseen}, which no {name} has"
    if looks_rewritten(value):
        return f"it {READ_AS_NUMBER}"
    if name == "app_id" and not _APP_ID.fullmatch(value):
        return "an app id consists of letters and digits only"
    if name == "app_secret":
        return _odd(value)
    return None


def _odd(secret: str) -> str | None:
    if secret.isascii() and " " not in secret:
        return None
    odd = next(each for each in secret if not each.isascii() or each == " ")
    what = "a blank" if odd == " " else f"U+{ord(odd):04X} {unicodedata.name(odd, '')}"
    return f"holds {what}, which no app_secret has"
