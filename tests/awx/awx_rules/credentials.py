"""Custom credential types and their credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jsonschema import Draft202012Validator

from . import repeated

ENCRYPTED = "$encrypted$"
IDENTIFIER = "[a-zA-Z_]+[a-zA-Z0-9_]*$"
#: Variables of the environment that AWX or Ansible itself needs.
BLOCKED = (
    "ANSIBLE_|(VIRTUAL_ENV|PATH|PYTHONPATH|JOB_ID|INVENTORY_ID|INVENTORY_SOURCE_ID|INVENTORY_UPDATE_ID|CACHE|"
    "AD_HOC_COMMAND_ID|REST_API_URL|REST_API_TOKEN|MAX_EVENT_RES|CALLBACK_QUEUE|CALLBACK_CONNECTION|AWX_HOST|"
    "JOB_CALLBACK_DEBUG|INVENTORY_HOSTVARS|PROJECT_REVISION|SUPERVISOR_CONFIG_PATH)$"
)
STRING = {"type": "string"}


def _mapping(*required: str, **properties: Any) -> dict[str, Any]:
    """The schema of a mapping with these keys and no others."""
    mapping = {"type": "object", "additionalProperties": False}
    return {**mapping, "properties": properties, "required": list(required)}


def _list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


FIELD = _mapping(
    *("id", "label"),
    id={"type": "string", "pattern": f"^(?!tower$){IDENTIFIER}"},
    label=STRING,
    type={"enum": ["string", "boolean"]},
    format={"const": "url"},
    help_text=STRING,
    multiline={"type": "boolean"},
    secret={"type": "boolean"},
    default={},
)
TYPE = {
    "type": "object",
    "required": ["name", "kind"],
    "properties": {
        "kind": {"enum": ["cloud", "net"]},
        "inputs": _mapping(required=_list_of(STRING), fields=_list_of(FIELD)),
        "injectors": _mapping(
            file=_mapping(template=STRING),
            env={
                "type": "object",
                "propertyNames": {"pattern": f"^(?!{BLOCKED}){IDENTIFIER}"},
                # AWX hands the values to a terminal that takes nothing but ASCII.
                "additionalProperties": {"type": "string", "pattern": "^[\x00-\x7f]*$"},
            },
        ),
    },
}


@dataclass(frozen=True)
class CredentialType:
    """A credential type, with its fields and the templates of what a job gets of them."""

    name: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    injectors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        """The fields by their ids."""
        return {entry["id"]: entry for entry in self.inputs.get("fields", [])}

    @property
    def secret_fields(self) -> set[str]:
        """Ids of the fields that AWX encrypts and masks."""
        return {name for name, entry in self.fields.items() if entry.get("secret")}


@dataclass(frozen=True)
class Credential:
    """A credential; a job takes one of each type."""

    name: str
    type: CredentialType
    inputs: Mapping[str, Any] = field(default_factory=dict)


def schema_complaints(schema: Mapping[str, Any], value: Any) -> list[str]:
    """What is wrong with a value, with its place."""
    errors = Draft202012Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


def type_complaints(item: Mapping[str, Any]) -> list[str]:
    """Why AWX would refuse a credential type."""
    if complaints := schema_complaints(TYPE, item):
        return complaints
    ids = [entry["id"] for entry in item["inputs"].get("fields", [])]
    complaints = [f"the id {name} is repeated" for name in repeated(ids)]
    return complaints + _template_complaints(item.get("injectors", {}), ids)


def _template_complaints(injectors: Mapping[str, Any], ids: list[str]) -> list[str]:
    """AWX renders each injector with example values when a type is saved; what is undefined is refused."""
    tower = {"filename": "EXAMPLE"} if "file" in injectors else {}
    namespace = {**dict.fromkeys(ids, "EXAMPLE"), "tower": tower}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    complaints = []
    for section in injectors.values():
        for name, template in section.items():
            try:
                environment.from_string(template).render(namespace)
            except TemplateError as error:
                complaints.append(f"{name}: {error}")
    return complaints


def misleading_fields(kind: CredentialType) -> list[str]:
    """Fields that AWX accepts and that do not mean what they say."""
    unknown = set(kind.inputs.get("required", [])) - set(kind.fields)
    complaints = [f"required names {name}, which is no field" for name in sorted(unknown)]
    for name, entry in kind.fields.items():
        if "default" in entry:
            complaints.append(f"{name}: only the form of AWX's pages knows the default")
        if entry.get("type") == "boolean":
            complaints.append(f"{name}: AWX injects False for a boolean that is left alone")
    return complaints


def credential_complaints(item: Mapping[str, Any], kind: CredentialType) -> list[str]:
    """Why AWX would refuse a new credential; a required field may be missing until a job starts."""
    values = {name: {"type": entry.get("type", "string")} for name, entry in kind.fields.items()}
    inputs = item.get("inputs", {})
    complaints = schema_complaints(_mapping(**values), inputs)
    kept = [name for name in kind.secret_fields if inputs.get(name) == ENCRYPTED]
    complaints += [f"{name}: there is no secret yet that could be kept" for name in kept]
    return complaints if item.get("organization") else [*complaints, "an organization is missing"]


def missing_at_start(credential: Credential) -> list[str]:
    """The required fields without which a job fails at its start, although its launch is accepted."""
    required = credential.type.inputs.get("required", [])
    return [name for name in required if name in credential.type.fields and not credential.inputs.get(name)]
