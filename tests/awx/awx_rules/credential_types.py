"""Custom credential types: what AWX accepts as their inputs and injectors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .fields import Body, Errors, add, check_choice, check_name
from .injector_templates import template_complaint
from .objects import CredentialType
from .schemas import schema_messages

KINDS = (
    "ssh",
    "vault",
    "net",
    "scm",
    "cloud",
    "registry",
    "token",
    "insights",
    "external",
    "kubernetes",
    "galaxy",
    "cryptography",
)
CUSTOM_KINDS = ("cloud", "net")
IDENTIFIER = "^[a-zA-Z_]+[a-zA-Z0-9_]*$"
STRING_ONLY_KEYS = ("choices", "multiline", "format", "secret")
IN_USE = "Modifications to inputs are not allowed for credential types that are in use"
IN_USE_DELETE = "Credential types that are in use cannot be deleted"

FIELD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"enum": ["string", "boolean"]},
        "format": {"enum": ["ssh_private_key", "url"]},
        "choices": {"type": "array", "minItems": 1, "items": {"type": "string"}, "uniqueItems": True},
        "id": {"type": "string", "pattern": IDENTIFIER, "error": "{instance} is an invalid variable name"},
        "label": {"type": "string"},
        "help_text": {"type": "string"},
        "multiline": {"type": "boolean"},
        "secret": {"type": "boolean"},
        "ask_at_runtime": {"type": "boolean"},
        "default": {},
    },
    "additionalProperties": False,
    "required": ["id", "label"],
}
INPUTS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "required": {"type": "array", "items": {"type": "string"}},
        "fields": {"type": "array", "items": FIELD_SCHEMA},
    },
}


def inputs_complaints(inputs: Any) -> list[str]:
    """What is wrong with the ``inputs`` of a type."""
    if isinstance(inputs, dict) and "dependencies" in inputs:
        return ["'dependencies' is not supported for custom credentials."]
    complaints = schema_messages(INPUTS_SCHEMA, inputs)
    if complaints:
        return complaints
    seen: set[str] = set()
    for entry in inputs.get("fields", []):
        complaint = _field_complaint(entry, seen)
        if complaint:
            return [complaint]
        seen.add(entry["id"])
    return []


def _field_complaint(entry: dict[str, Any], seen: set[str]) -> str | None:
    """What the schema cannot say about one field."""
    if entry["id"] == "tower":
        return '"tower" is a reserved field name'
    if entry["id"] in seen:
        return f"field IDs must be unique ({entry['id']})"
    kind = entry.get("type", "string")
    # type(), not isinstance: True must not pass for a string's default, nor a subclass for a boolean's.
    if "default" in entry and type(entry["default"]) not in ({"string": str, "boolean": bool}[kind],):
        return f"{entry['default']} is not a {kind}"
    for key in STRING_ONLY_KEYS:
        if key in entry and kind != "string":
            return f"{key} not allowed for {kind} type ({entry['id']})"
    return None


def validate_credential_type(
    body: Body,
    *,
    current: CredentialType | None = None,
    in_use: bool = False,
    taken: Collection[tuple[str, str]] = (),
) -> Errors:
    """Check a create (no ``current``) or a change; ``taken`` holds (name, kind) of the other types.

    A ``detail`` that is not a list is AWX's 403, everything else its 400.
    """
    errors = _check_single_fields(body, creating=current is None)
    if errors:
        return errors
    inputs = body.get("inputs", current.inputs if current else {})
    injectors = body.get("injectors", current.injectors if current else {})
    errors = _check_columns(inputs, injectors)
    if _merged(body, current) in taken:
        add(errors, "__all__", "Credential type with this Name and Kind already exists.")
    if errors:
        return errors
    if in_use and current and inputs != current.inputs:
        return {"detail": IN_USE}
    return _check_custom_only(body)


def _merged(body: Body, current: CredentialType | None) -> tuple[str, str]:
    """Name and kind after the change."""
    name = body.get("name", current.name if current else "")
    return str(name), str(body.get("kind", current.kind if current else ""))


def _check_single_fields(body: Body, creating: bool) -> Errors:
    """Checks that need no other field."""
    errors: Errors = {}
    if creating or "name" in body:
        check_name(errors, body)
    if creating and not body.get("kind"):
        add(errors, "kind", "This field is required.")
    check_choice(errors, body, "kind", KINDS)
    return errors


def _check_columns(inputs: Any, injectors: Any) -> Errors:
    """Inputs and injectors; AWX does not render templates over inputs that are themselves wrong."""
    errors: Errors = {}
    wrong_inputs = inputs_complaints(inputs)
    if wrong_inputs:
        errors["inputs"] = wrong_inputs
    wrong_injectors = injectors_complaints(injectors, None if wrong_inputs else inputs)
    if wrong_injectors:
        errors["injectors"] = wrong_injectors
    return errors


def injectors_complaints(injectors: Any, inputs: dict[str, Any] | None) -> list[str]:
    """What is wrong with the ``injectors``; templates are only tried when the inputs are known."""
    complaints = schema_messages(INJECTORS_SCHEMA, injectors)
    if complaints or inputs is None:
        return complaints
    complaint = template_complaint(injectors, [entry["id"] for entry in inputs.get("fields", [])])
    return [complaint] if complaint else []


def _check_custom_only(body: Body) -> Errors:
    """What AWX allows to its own types alone."""
    if body.get("kind") is not None and body["kind"] not in CUSTOM_KINDS:
        return {"kind": [f"Must be 'cloud' or 'net', not {body['kind']}"]}
    if any(entry.get("ask_at_runtime") for entry in body.get("inputs", {}).get("fields", [])):
        return {"inputs": ["'ask_at_runtime' is not supported for custom credentials."]}
    return {}


def validate_deletion(in_use: bool) -> Errors:
    """A type goes only when no credential is of it."""
    return {"detail": IN_USE_DELETE} if in_use else {}


INJECTORS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "file": {
            "type": "object",
            "patternProperties": {r"^template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?$": {"type": "string"}},
            "additionalProperties": False,
        },
        "env": {
            "type": "object",
            # Values are ASCII, because AWX hands them to a terminal that takes nothing else.
            "patternProperties": {IDENTIFIER: {"type": "string", "pattern": "^[\x00-\x7f]*$"}},
            "additionalProperties": False,
        },
        "extra_vars": {
            "type": "object",
            "patternProperties": {
                r"^[a-zA-Z_\{\}]+[a-zA-Z0-9_\{\}]*$": {
                    "anyOf": [
                        {"type": "string"},
                        {"type": "array"},
                        {"$ref": "#/properties/extra_vars"},
                    ],
                },
            },
            "additionalProperties": False,
        },
    },
}
