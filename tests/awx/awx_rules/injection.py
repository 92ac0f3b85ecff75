"""What a credential puts into a job: environment, files and extra variables, rendered as AWX does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from .objects import Credential, CredentialType

MASK = "**********"
#: Writes a file's content and returns the path under which the job sees it.
FileWriter = Callable[[str], str]


class _Namespace:
    """An object to hang names on, as AWX's ``tower`` and ``tower.filename``."""


@dataclass
class Injection:
    """The rendered injectors; ``stored_env`` is what AWX keeps of the environment."""

    env: dict[str, str] = field(default_factory=dict)
    stored_env: dict[str, str] = field(default_factory=dict)
    extra_vars: dict[str, Any] = field(default_factory=dict)


def render(credential: Credential, write_file: FileWriter) -> Injection:
    """Render all injectors of a credential."""
    namespace, masked = _namespaces(credential)
    tower = _Namespace()
    namespace["tower"] = masked["tower"] = tower
    injectors = credential.type.injectors
    for label, template in injectors.get("file", {}).items():
        _name_file(tower, label, write_file(_render(template, namespace)))
    env = injectors.get("env", {})
    return Injection(
        {name: _render(template, namespace) for name, template in env.items()},
        {name: _render(template, masked) for name, template in env.items()},
        _render_tree(injectors.get("extra_vars", {}), namespace),
    )


def _namespaces(credential: Credential) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the fields, in clear and with secrets masked.

    An empty or missing string is undefined, which renders as nothing; a missing boolean is False, whatever
    default it has.
    """
    values = {name: value for name, value in credential.inputs.items() if value != ""}
    values = {**_unset_booleans(credential.type), **values}
    for entry in credential.type.fields:
        if entry.get("format") == "ssh_private_key" and entry["id"] in values:
            values[entry["id"]] = values[entry["id"]].removesuffix("\n") + "\n"
    secret = credential.type.secret_fields
    # A secret field is masked even where it is empty.
    masked = {**values, **{name: MASK for name in credential.inputs if name in secret}}
    return values, masked


def _unset_booleans(kind: CredentialType) -> dict[str, bool]:
    """Every boolean field, switched off."""
    return {entry["id"]: False for entry in kind.fields if entry.get("type") == "boolean"}


def _name_file(tower: Any, label: str, path: str) -> None:
    """Make a file's path known as ``tower.filename`` or ``tower.filename.NAME``."""
    _template, _dot, name = label.partition(".")
    if not name:
        tower.filename = path
        return
    names = getattr(tower, "filename", None) or _Namespace()
    setattr(names, name, path)
    tower.filename = names


def _render(template: str, namespace: dict[str, Any]) -> str:
    """Render one template; undefined fields are nothing at run time."""
    return ImmutableSandboxedEnvironment().from_string(template).render(**namespace)


def _render_tree(node: Any, namespace: dict[str, Any]) -> Any:
    """Render every template in nested extra variables, names included."""
    if isinstance(node, dict):
        return {_render(key, namespace): _render_tree(value, namespace) for key, value in node.items()}
    if isinstance(node, list):
        return [_render_tree(value, namespace) for value in node]
    return _render(node, namespace)
