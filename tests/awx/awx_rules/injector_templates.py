"""Injector templates: AWX renders each with example values when a type is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

EXAMPLE = "EXAMPLE"
EXAMPLE_FILENAME = "EXAMPLE_FILENAME"

#: Environment variables that AWX or Ansible itself needs; all of ``ANSIBLE_*`` is refused as well.
BLOCKED_ENVIRONMENT = frozenset(
    (
        "VIRTUAL_ENV",
        "PATH",
        "PYTHONPATH",
        "JOB_ID",
        "INVENTORY_ID",
        "INVENTORY_SOURCE_ID",
        "INVENTORY_UPDATE_ID",
        "AD_HOC_COMMAND_ID",
        "REST_API_URL",
        "REST_API_TOKEN",
        "MAX_EVENT_RES",
        "CALLBACK_QUEUE",
        "CALLBACK_CONNECTION",
        "CACHE",
        "JOB_CALLBACK_DEBUG",
        "INVENTORY_HOSTVARS",
        "AWX_HOST",
        "PROJECT_REVISION",
        "SUPERVISOR_CONFIG_PATH",
    )
)


class _NoFilename:
    """Stands for ``tower.filename`` while no unnamed file is injected; named files become attributes."""

    def __str__(self) -> str:
        raise UndefinedError("Must define unnamed file injector in order to reference `tower.filename`.")


class _Tower:
    """The reserved ``tower`` namespace."""

    def __init__(self) -> None:
        self.filename: Any = _NoFilename()

    def __str__(self) -> str:
        raise UndefinedError("Cannot directly reference reserved `tower` namespace container.")


def environment_complaint(name: str) -> str | None:
    """Whether an injector may set this environment variable."""
    if name.startswith("ANSIBLE_"):
        return (
            f"Environment variable {name} may affect Ansible configuration so its use is not allowed"
            " in credentials."
        )
    if name in BLOCKED_ENVIRONMENT:
        return f"Environment variable {name} is not allowed to be used in credentials."
    return None


def template_complaint(injectors: dict[str, Any], field_ids: Sequence[str]) -> str | None:
    """The first thing wrong with templates, names or files of the injectors."""
    names = list(injectors.get("file", {}))
    if "template" in names and len(names) > 1:
        return "Must use multi-file syntax when injecting multiple files"
    namespace: dict[str, Any] = dict.fromkeys(field_ids, EXAMPLE)
    namespace["tower"] = _example_tower(names)
    for kind, injector in injectors.items():
        complaint = _section_complaint(kind, injector, namespace)
        if complaint:
            return complaint
    return None


def _example_tower(file_names: Sequence[str]) -> _Tower:
    """The namespace with an example name for each injected file."""
    tower = _Tower()
    if "template" in file_names:
        tower.filename = EXAMPLE_FILENAME
        return tower
    for name in file_names:
        setattr(tower.filename, name.split(".")[1], EXAMPLE_FILENAME)
    return tower


def _section_complaint(kind: str, injector: dict[str, Any], namespace: dict[str, Any]) -> str | None:
    """The first complaint within ``env``, ``file`` or ``extra_vars``."""
    if kind == "env":
        for name in injector:
            complaint = environment_complaint(name)
            if complaint:
                return complaint
    templates = _extra_variables(None, injector) if kind == "extra_vars" else iter(injector.items())
    for key, template in templates:
        complaint = _render_complaint(kind, key, template, namespace)
        if complaint:
            return complaint
    return None


def _extra_variables(key: str | None, node: Any) -> Iterator[tuple[str, Any]]:
    """Every template below ``extra_vars``: names count as templates too."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield "a key" if key is None else key, name
            yield from _extra_variables(name if key is None else f"{key}.{name}", value)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _extra_variables(f"{key}[{index}]", value)
    else:
        yield str(key), node


def _render_complaint(kind: str, key: str, template: Any, namespace: dict[str, Any]) -> str | None:
    """Render one template in the sandbox and put the failure in AWX's words."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        environment.from_string(template).render(namespace)
    except SecurityError as error:
        return f"Encountered unsafe code execution: {error}"
    except UndefinedError as error:
        return f"{key} uses an undefined field ({error})"
    except TemplateSyntaxError as error:
        return f"Syntax error rendering template for {key} inside of {kind} ({error})"
    return None
