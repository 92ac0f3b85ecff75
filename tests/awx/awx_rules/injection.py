"""What a credential puts into a job: environment and a file, rendered as AWX does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from .credentials import Credential

MASK = "**********"
#: Writes a file's content and returns the path under which the job sees it.
FileWriter = Callable[[str], str]


@dataclass(frozen=True)
class Injection:
    """The rendered environment, as the job gets it and as AWX keeps it."""

    env: dict[str, str]
    stored_env: dict[str, str]


def render(credential: Credential, write_file: FileWriter) -> Injection:
    """Render all injectors of a credential. What is empty or missing is undefined, which renders as nothing."""
    values: dict[str, Any] = {name: value for name, value in credential.inputs.items() if value != ""}
    injectors = credential.type.injectors
    if "file" in injectors:
        path = write_file(_render(injectors["file"]["template"], values))
        values["tower"] = {"filename": path}
    # A secret field is masked even where it is empty.
    masked = {**values, **dict.fromkeys(credential.type.secret_fields & set(credential.inputs), MASK)}
    templates = injectors.get("env", {}).items()
    return Injection(
        {name: _render(template, values) for name, template in templates},
        {name: _render(template, masked) for name, template in templates},
    )


def _render(template: str, values: dict[str, Any]) -> str:
    return ImmutableSandboxedEnvironment().from_string(template).render(values)
