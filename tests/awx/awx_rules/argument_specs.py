"""The argument specs of the ``awx.awx`` modules, and a check of task arguments against them.

The specs are the modules' own: each module is loaded and its ``main`` run up to the point where it hands its
spec to ``AnsibleModule``. Documentation can lag behind the code, and lacks the rules between options. Only
what lies within an option, such as the nodes of a workflow, is documented alone and taken from there.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

#: The collection is loaded under a name of its own, out of the way of Ansible's own collection loader.
PACKAGE = "awx_collection_for_specs"
TEMPLATE_MARKS = ("{{", "{%")
SPEC_KEYS = ("type", "elements", "choices", "required", "aliases")
RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")


@dataclass(frozen=True)
class ModuleSpec:
    """What a module hands to ``AnsibleModule``: its options and the rules between them."""

    options: dict[str, Any]
    rules: dict[str, Any] = field(default_factory=dict)


class _SpecCapturedError(Exception):
    """Stops a module at the moment when its spec is known."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__()
        self.spec = spec


def _capture(_module: Any, argument_spec: dict[str, Any], **keywords: Any) -> None:
    """Stands for ``AnsibleModule.__init__``."""
    raise _SpecCapturedError(ModuleSpec(argument_spec, {name: keywords.get(name) for name in RULES}))


def module_names(collection: Path) -> list[str]:
    """The modules of the collection at this path (``.../ansible_collections/awx/awx``)."""
    files = (collection / "plugins" / "modules").glob("*.py")
    return sorted(file.stem for file in files if file.stem != "__init__")


def module_spec(collection: Path, name: str) -> ModuleSpec:
    """The spec of one module, by its short or its full name."""
    _make_packages(collection)
    short = name.rpartition(".")[2]
    basic: Any = importlib.import_module("ansible.module_utils.basic")
    module = _load(collection, short)
    with patch.object(basic.AnsibleModule, "__init__", _capture):
        try:
            module.main()
        except _SpecCapturedError as captured:
            documented = yaml.safe_load(module.DOCUMENTATION)["options"]
            options = _with_documented(captured.spec.options, documented)
            return ModuleSpec(options, captured.spec.rules)
    raise RuntimeError(f"{short} made no AnsibleModule")


def _with_documented(options: dict[str, Any], documented: dict[str, Any]) -> dict[str, Any]:
    """Options of the code, with the documented suboptions where the code declares none."""
    completed = {}
    for name, option in options.items():
        suboptions = documented.get(name, {}).get("suboptions")
        inner = {} if "options" in option or not suboptions else {"options": _suboptions(suboptions)}
        completed[name] = {**option, **inner}
    return completed


def _suboptions(documented: dict[str, Any]) -> dict[str, Any]:
    """Documented suboptions as a spec; their defaults are the module's affair."""
    spec = {}
    for name, option in documented.items():
        spec[name] = {key: option[key] for key in SPEC_KEYS if key in option}
        if "suboptions" in option:
            spec[name]["options"] = _suboptions(option["suboptions"])
    return spec


def _make_packages(collection: Path) -> None:
    """Packages in which the relative imports of the modules work."""
    plugins = collection / "plugins"
    folders = {"": plugins, ".modules": plugins / "modules", ".module_utils": plugins / "module_utils"}
    for suffix, folder in folders.items():
        package = types.ModuleType(PACKAGE + suffix)
        package.__path__ = [str(folder)]
        sys.modules.setdefault(PACKAGE + suffix, package)


def _load(collection: Path, name: str) -> Any:
    """Load the file of one module."""
    path = collection / "plugins" / "modules" / f"{name}.py"
    if not path.is_file():
        raise LookupError(f"awx.awx has no module {name}")
    spec = importlib.util.spec_from_file_location(f"{PACKAGE}.modules.{name}", path)
    if spec is None or spec.loader is None:
        raise LookupError(f"{name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def argument_complaints(spec: ModuleSpec, arguments: Mapping[str, Any]) -> list[str]:
    """What Ansible would say about the arguments of a task; a templated value is only known to be given."""
    validation: Any = importlib.import_module("ansible.module_utils.common.arg_spec")
    options = {
        name: _loosened(option, _given(name, option, arguments)) for name, option in spec.options.items()
    }
    validator = validation.ArgumentSpecValidator(options, **spec.rules)
    return [_sentence(error) for error in validator.validate(dict(arguments)).errors]


def _sentence(error: Exception) -> str:
    """A complaint as a module prints it: for unknown options the validator gives only their names."""
    unknown = type(error).__name__ == "UnsupportedError"
    return f"Unsupported parameters: {error}" if unknown else str(error)


def _given(name: str, option: Mapping[str, Any], arguments: Mapping[str, Any]) -> Any:
    """The value given for an option, under its name or an alias."""
    names = [name, *(option.get("aliases") or [])]
    return next((arguments[key] for key in names if key in arguments), None)


def _is_templated(value: Any) -> bool:
    """Whether a value holds a template, itself or somewhere within."""
    if isinstance(value, str):
        return any(mark in value for mark in TEMPLATE_MARKS)
    if isinstance(value, Mapping):
        return any(map(_is_templated, value.values()))
    return isinstance(value, list) and any(map(_is_templated, value))


def _loosened(option: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """An option without what cannot be checked before its template is rendered.

    Environment fallbacks go too: whether a task is right must not depend on who checks it.
    """
    kept = {key: part for key, part in option.items() if key != "fallback"}
    if not _is_templated(value):
        return kept
    if isinstance(value, str):
        return {key: part for key, part in kept.items() if key in ("required", "aliases", "no_log")} | {
            "type": "raw"
        }
    suboptions = kept.get("options")
    if suboptions:
        kept["options"] = {name: _loosened_within(name, sub, value) for name, sub in suboptions.items()}
    elif kept.get("elements") and isinstance(value, list):
        kept["elements"] = "raw"
    return kept


def _loosened_within(name: str, option: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """A suboption; in a list of mappings one templated value loosens it for all of them."""
    entries = value if isinstance(value, list) else [value]
    given = [_given(name, option, entry) for entry in entries if isinstance(entry, Mapping)]
    return _loosened(option, next((entry for entry in given if _is_templated(entry)), None))
