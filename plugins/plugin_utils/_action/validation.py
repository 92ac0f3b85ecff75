# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AnsibleModule does around a module, for a task in the worker: argument spec before, warnings and masking after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ...module_utils._engine.definition import (
    HIDDEN_EVERYWHERE,
    Definition,
    shown_arguments,
    spec_for_ansible,
)
from ...module_utils._errors import Failure, Kind, PolyvError
from ...module_utils._options.connection import COMMON_OPTIONS
from ...module_utils._secrets import without_secrets, worth_hiding


class Validation:
    """The arguments of a task against the argument spec of its module.

    `parameters` are the validated ones; `failure` is the result of a task whose arguments are bad, else None. `warnings`
    may be added to until the task is finished.
    """

    def __init__(self, module_name: str, definition: Definition, arguments: Mapping[str, Any]) -> None:
        spec = {**COMMON_OPTIONS, **definition.options}
        validated = ArgumentSpecValidator(spec_for_ansible(spec), **definition.rules).validate(
            dict(arguments)
        )
        self.parameters: dict[str, Any] = validated.validated_parameters
        self.warnings = [
            f"Both option {both['option']} and its alias {both['alias']} are set."
            for both in validated._warnings
        ]
        self._deprecations = [dict(deprecation) for deprecation in validated._deprecations]
        self._shown = shown_arguments(definition, spec, self.parameters)
        self._hidden = worth_hiding(
            str(value) for name in HIDDEN_EVERYWHERE if (value := self.parameters.get(name))
        )
        self._exact = definition.unmasked(self.parameters)
        self.failure = _failure(module_name, validated.errors)
        if self.failure:
            self._hidden = worth_hiding(validated._no_log_values)

    def finished(self, result: Mapping[str, Any], with_invocation: bool) -> dict[str, Any]:
        """The result as AnsibleModule would return it: complete, and without the values of options that are secret."""
        complete = dict(result)
        if with_invocation:
            complete["invocation"] = {"module_args": self._shown}
        if self.warnings:
            complete["warnings"] = self.warnings
        if self._deprecations:
            complete["deprecations"] = self._deprecations
        return without_secrets(complete, self._hidden, self._exact)


def _failure(module_name: str, errors: Any) -> dict[str, Any] | None:
    if not errors.errors:
        return None
    message = errors.msg
    if isinstance(errors[0], UnsupportedError):
        message = f"Unsupported parameters for ({module_name}) module: {message}"
    return PolyvError(message, Failure(Kind.INVALID_INPUT)).as_result()
