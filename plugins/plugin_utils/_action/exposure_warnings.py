# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Ansible itself shows or leaves a secret of a task, which no module can prevent: what to tell the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...module_utils._engine.definition import Definition, secrets_in_data
from ...module_utils._options.connection import COMMON_OPTIONS

_SHORTEST = 5  # characters: what is shorter stands in other text by chance


def exposures(
    task: Any, variables: Mapping[str, Any], arguments: Mapping[str, Any], definition: Definition
) -> Iterator[str]:
    """A sentence for each place in which secrets among the arguments of a task end up in clear."""
    secrets = list(_secrets(arguments, definition))
    if not secrets or task.no_log:
        return
    loop_variable = getattr(task.loop_control, "loop_var", None) or "item"
    if task.loop is not None and _holds(variables.get(loop_variable), secrets):
        yield (
            f"Ansible shows {loop_variable} with each result of this loop, and a secret is in it. Set no_log: true on the task, "
            "or loop over names and look the secret up in the task."
        )
    if task.async_val:
        yield (
            "Ansible leaves the module of an asynchronous task in its temporary directory, with the secrets among its "
            "arguments. Leave async out, or give the keys by the environment or an accounts file."
        )


def _secrets(arguments: Mapping[str, Any], definition: Definition) -> Iterator[str]:
    for name, option in {**COMMON_OPTIONS, **definition.options}.items():
        if option.get("no_log"):
            for spelling in (name, *option.get("aliases", ())):
                value = arguments.get(spelling)
                if isinstance(value, str) and len(value) >= _SHORTEST:
                    yield str(value)
    yield from (value for value in secrets_in_data(definition, arguments) if len(value) >= _SHORTEST)


def _holds(value: Any, secrets: list[str]) -> bool:
    if isinstance(value, Mapping):
        return any(_holds(item, secrets) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(_holds(item, secrets) for item in value)
    return isinstance(value, str) and any(secret in value for secret in secrets)
