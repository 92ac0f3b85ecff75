"""The argument specs of the `awx.awx` modules, and a check of task arguments against them.

The specs are the modules' own: each module is loaded and its `main` run up to the point where it hands its
spec to `AnsibleModule`. Documentation can lag behind the code, and lacks the rules between options. Only
what lies within an option, such as the nodes of a workflow, is documented alone and taken from there.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
import yaml
from ansible.module_utils import basic
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

#: The collection is loaded under a name of its own, out of the way of Ansible's own collection loader.
PACKAGE = "awx_collection_for_specs"
SPEC_KEYS = ("type", "elements", "choices", "required", "aliases")
RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")


class ModuleSpec(NamedTuple):
    """What a module hands to `AnsibleModule`: its options and the rules between them."""

    options: dict[str, Any]
    rules: dict[str, Any]


class _SpecCapturedError(Exception):
    """Stops a module at the moment when its spec is known."""


def _capture(_module: Any, argument_spec: dict[str, Any], **keywords: Any) -> None:
    """Stands for `AnsibleModule.__init__`."""
    raise _SpecCapturedError(argument_spec, {name: keywords.get(name) for name in RULES})


def module_spec(collection: Path, name: str) -> ModuleSpec:
    """The spec of one module of the collection in this directory."""
    module = _load(collection / "plugins", name)
    with (
        patch.object(basic.AnsibleModule, "__init__", _capture),
        pytest.raises(_SpecCapturedError) as captured,
    ):
        module.main()
    options, rules = captured.value.args
    documented = yaml.safe_load(module.DOCUMENTATION)["options"]
    completed = {name: _with_suboptions(option, documented.get(name, {})) for name, option in options.items()}
    return ModuleSpec(completed, rules)


def _with_suboptions(option: dict[str, Any], documented: Mapping[str, Any]) -> dict[str, Any]:
    """An option with the documented suboptions where it declares none; their defaults are the module's affair."""
    if "options" in option or not documented.get("suboptions"):
        return option
    suboptions = {
        name: _with_suboptions({key: inner[key] for key in SPEC_KEYS if key in inner}, inner)
        for name, inner in documented["suboptions"].items()
    }
    return {**option, "options": suboptions}


def _load(plugins: Path, name: str) -> Any:
    """The module of this name, in packages in which its relative imports work."""
    for suffix in ("", ".modules", ".module_utils"):
        package = types.ModuleType(PACKAGE + suffix)
        package.__path__ = [str(plugins / suffix[1:])]
        sys.modules.setdefault(package.__name__, package)
    return importlib.import_module(f"{PACKAGE}.modules.{name}")


def argument_complaints(spec: ModuleSpec, arguments: Mapping[str, Any]) -> list[str]:
    """What Ansible would say about the arguments of a task, whatever the environment of who checks them."""
    options = {
        name: {key: part for key, part in option.items() if key != "fallback"}
        for name, option in spec.options.items()
    }
    errors = ArgumentSpecValidator(options, **spec.rules).validate(dict(arguments)).errors
    # For unknown options the validator gives only their names.
    unknown = [f"Unsupported parameters: {error}" for error in errors if isinstance(error, UnsupportedError)]
    return unknown + [str(error) for error in errors if not isinstance(error, UnsupportedError)]
