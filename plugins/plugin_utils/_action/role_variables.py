# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of polyv_account out of the variables of the role account.

In Python, because Ansible compiles each expression of a task anew in each worker: for hundreds of accounts the templates of a
task with twenty options take longer than its work. Only a variable that is set is templated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleError

from ...module_utils._errors import InputError
from ...module_utils._options.connection import COMMON_OPTIONS
from ...module_utils._options.credentials import ENVIRONMENT
from ...module_utils._options.quoting import got
from ...module_utils._settings.account.setting import OF_CHANNELS, OF_THE_ACCOUNT, REPORT_OTHER_CHANNELS
from .._accounts.named_account import FILE_VARIABLE
from .selection import by_tags, channels_with

PREFIX = "account_"
# Once each: oauth_custom is a setting of the account and of channels.
SETTINGS = tuple(dict.fromkeys((*OF_THE_ACCOUNT, *OF_CHANNELS)))

_CONNECTION = tuple(
    option for option in COMMON_OPTIONS if option not in (*ENVIRONMENT, "accounts_file", "account")
)


def role_arguments(variables: Mapping[str, Any], template: Callable[[Any], Any]) -> dict[str, Any] | None:
    """The arguments that the variables of a host ask for, by option; None where the tags of the run select no setting.

    Null is not given. Neither is a blank, which a survey makes of an empty field; but of the credentials it is one that a
    template left, and the task has to see it. Raises AnsibleError or InputError with the name of a variable that can't be
    templated or is of another form.
    """
    values = _Variables(variables, template)
    selected = by_tags(
        SETTINGS,
        variables["ansible_run_tags"],
        variables["ansible_skip_tags"],
        ["account", *_listed(values.get("tags"))],
    )
    if not selected:
        return None
    arguments = {name: values.get(name) for name in OF_THE_ACCOUNT if name in selected}
    arguments["channels"] = channels_with(values.get("channels"), selected)
    if len(selected) == len(SETTINGS):
        # Of a part of the settings, a part of the channels may be left: the others are no channels that nobody names.
        arguments[REPORT_OTHER_CHANNELS] = values.get(REPORT_OTHER_CHANNELS)
    given = {name: value for name, value in arguments.items() if value not in (None, "", [], {})}
    return {**given, **_account(values)}


def account_arguments(variables: Mapping[str, Any], template: Callable[[Any], Any]) -> dict[str, Any]:
    """Those of them that say which account is meant, and how it is reached."""
    return _account(_Variables(variables, template))


def _account(values: _Variables) -> dict[str, Any]:
    entry = {"accounts_file": values.get("accounts_file")}
    if entry["accounts_file"] or os.environ.get(FILE_VARIABLE, "").strip():
        # An entry is named only where there is a file of accounts to find it in.
        entry["account"] = values.get("name")
    given = {name: value for name, value in entry.items() if value not in (None, "", [], {})}
    credentials = {name: value for name in ENVIRONMENT if (value := values.get(name)) is not None}
    connection = {name: value for name in _CONNECTION if (value := values.get(name)) not in (None, "")}
    return {**given, **credentials, **connection}


def _listed(tags: Any) -> list[str]:
    """Tags as Ansible takes them: a list, or text with commas."""
    if isinstance(tags, str):
        return tags.split(",")
    if tags is not None and not isinstance(tags, (list, tuple)):
        raise InputError(f"{PREFIX}tags", f"{got(tags)}, must be a list of tags")
    return list(tags or [])


class _Variables:
    """The variables of the role by their names without the prefix."""

    def __init__(self, variables: Mapping[str, Any], template: Callable[[Any], Any]) -> None:
        self._variables = variables
        self._template = template

    def get(self, name: str) -> Any:
        """The value, templated; None where it is not set."""
        value = self._variables.get(PREFIX + name)
        if value is None:
            return None
        try:
            return self._template(value)
        except AnsibleError as error:
            raise type(error)(f"{PREFIX}{name}: {error}") from error
