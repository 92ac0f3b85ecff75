# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a setting is given to work with, and what it tells of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._api.channels import ChannelDirectory
from .._api.client import Client
from .._api.identity import Identity
from .._options import urls
from .._options.secret_names import SecretFields
from .._secrets import ANSIBLE_MASKS, HIDDEN, hidden_by_field
from .converge import Outcome, converge
from .setting import Setting


@dataclass(frozen=True)
class Context:
    """One task on one account. `options` are the validated options of the setting, `warn` takes a sentence.

    `check` is check mode, `verify` the option `verify_writes`, `hidden` whether the task has `no_log: true`.
    """

    client: Client
    identity: Identity
    channels: ChannelDirectory
    options: Mapping[str, Any]
    warn: Callable[[str], None]
    check: bool = False
    verify: str = "strict"
    hidden: bool = False
    #: Takes secrets that were read: from then on they show nowhere, wherever an answer of the API may repeat them.
    hide: Callable[..., None] = lambda *secrets: None

    def warn_of_secret(self, option: str, url: str | None) -> None:
        """Warns where a URL carries what its name calls a secret: to Ansible it is text like any other."""
        name = None if url is None or self.hidden else urls.secret_parameter(url)
        if name:
            self.warn(
                f"{option}: the URL carries {name}, which Ansible shows in results, diffs and logs, because it is no secret to "
                "it. Set no_log: true on the task to hide it."
            )


# Does the work of a task and returns its result.
Work = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Definition:
    """A module as both ways of running it see it: its options, the rules between them, and how its work is prepared.

    `options` is an argument spec, `rules` the further arguments of AnsibleModule such as `required_if`. `prepare` checks
    the options of the context and raises InputError, before any request. `files` are the options that name files of the
    controller, each as its path of names from the outside in. `as_given` checks values before Ansible makes text of them, by
    the same paths; each check takes the name to show and the value. `data` are the options that hold data of any form, in which
    secrets are told by the names of their fields, and by those that the option `mask` adds. `exact` are the parts of the result that
    Ansible must not mask: data to be kept, in which the value of a secret option may happen to stand; of a module with the option
    `return_secrets`, only where that is true. To one that is `read_only` the client refuses every write.
    """

    options: Mapping[str, Any]
    prepare: Callable[[Context], Work]
    rules: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, ...], ...] = ()
    as_given: Mapping[tuple[str, ...], Callable[[str, Any], None]] = field(default_factory=dict)
    exact: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    read_only: bool = False

    def unmasked(self, options: Mapping[str, Any]) -> tuple[str, ...]:
        """The parts of the result of a task with these options that Ansible must not mask."""
        return self.exact if options.get("return_secrets", True) else ()


# Secrets that are long enough to be hidden wherever their text stands.
HIDDEN_EVERYWHERE = ("app_secret", "password")


def short_secrets(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of an argument spec without those whose value is hidden everywhere: the others are hidden by field."""
    return {name: spec for name, spec in options.items() if name not in HIDDEN_EVERYWHERE}


def shown_arguments(
    definition: Definition, spec: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments of a task as it may show them. `spec` is the whole argument spec; `values` may be anything."""
    shown = hidden_by_field(short_secrets(spec), values)
    fields = SecretFields(values.get("mask"))
    for name in definition.data:
        if shown.get(name) is not None:
            # A text may be data that was not read yet, or could not be.
            shown[name] = HIDDEN if isinstance(shown[name], str) else fields.hidden(shown[name])
    return shown


def secrets_in_data(definition: Definition, values: Mapping[str, Any]) -> list[str]:
    """The secrets in the options of a task that hold data of any form."""
    fields = SecretFields(values.get("mask"))
    return [secret for name in definition.data for secret in fields.values(values.get(name))]


def spec_for_ansible(options: Mapping[str, Any]) -> dict[str, Any]:
    """An argument spec as Ansible gets it.

    From ansible-core 2.22 on, Ansible masks the value of a no_log option wherever its text stands, be it in the id of a channel. So
    there it is told of no secret but those that are hidden everywhere; the others are hidden by field, by this collection.
    """
    if not ANSIBLE_MASKS:
        return dict(options)
    return {
        name: spec if name in HIDDEN_EVERYWHERE else _without_no_log(spec) for name, spec in options.items()
    }


def _without_no_log(spec: Mapping[str, Any]) -> dict[str, Any]:
    changed = {**spec, "no_log": False} if spec.get("no_log") else dict(spec)
    if "options" in spec:
        changed["options"] = {name: _without_no_log(inner) for name, inner in spec["options"].items()}
    return changed


def one_setting(make: Callable[[Context], Setting[Any]]) -> Callable[[Context], Work]:
    """The `prepare` of a module that is about one setting."""

    def prepare(context: Context) -> Work:
        setting = make(context)
        return lambda: converged(setting, context)

    return prepare


def diff_of(outcome: Outcome) -> dict[str, str]:
    """The two sides of an outcome, as text: Ansible would print the Chinese in a structure as escapes."""
    return {"before": _readable(outcome.before), "after": _readable(outcome.after)}


def converged(setting: Setting[Any], context: Context) -> dict[str, Any]:
    """The result of a module that is about one setting, after its work. Errors pass through."""
    outcome = converge(setting, check=context.check, verify=context.verify, warn=context.warn)
    return {"changed": outcome.changed, "diff": diff_of(outcome), **outcome.result}


def _readable(view: Mapping[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
