"""Credentials: what AWX accepts as the values of a type's fields."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlparse

from jsonschema import FormatChecker
from jsonschema.exceptions import FormatError

from .fields import Body, Errors, check_name
from .objects import Credential, CredentialType
from .schemas import schema_errors

ENCRYPTED = "$encrypted$"
OWNERS = ("user", "team", "organization")
FORMATS = FormatChecker(formats=())
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.+-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)


@FORMATS.checks("url", raises=ValueError)
def _is_url(value: object) -> bool:
    """An address needs a scheme and a host; AWX refuses the empty string as well."""
    if not isinstance(value, str):
        return True
    parts = urlparse(value)
    if not parts.scheme:
        raise FormatError("Invalid URL: Missing url scheme (http, https, etc.)")
    if not parts.netloc:
        raise FormatError(f"Invalid URL: {value}")
    return True


@FORMATS.checks("ssh_private_key")
def _is_private_key(value: object) -> bool:
    """A key is in PEM form; empty and kept values pass."""
    return value in ("", ENCRYPTED, None) or bool(PRIVATE_KEY.search(str(value)))


def _values_schema(kind: CredentialType) -> dict[str, Any]:
    """The schema of a credential's inputs: the type's fields serve as property schemas themselves."""
    properties = {}
    for entry in kind.fields:
        limits = {"enum": list(entry["choices"])} if entry.get("choices") else {}
        properties[entry["id"]] = {"type": "string", **entry, **limits}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def stored_inputs(kind: CredentialType, inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs as AWX keeps them: an empty value of a field with choices becomes the first choice."""
    choices = {entry["id"]: entry["choices"] for entry in kind.fields if entry.get("choices")}
    return {key: choices[key][0] if not value and key in choices else value for key, value in inputs.items()}


def inputs_errors(kind: CredentialType, inputs: Any, *, creating: bool = True) -> Any:
    """What is wrong with the values: a list for the whole, a mapping for single fields, else nothing."""
    if not isinstance(inputs, dict):
        return [f"{type(inputs).__name__} provided, expected dict"]
    if creating:
        for name in sorted(kind.secret_fields):
            if inputs.get(name) == ENCRYPTED:
                return [f"$encrypted$ is a reserved keyword, and cannot be used for {name}."]
    errors: dict[str, list[str]] = {}
    for error in schema_errors(_values_schema(kind), stored_inputs(kind, inputs), FORMATS):
        if not isinstance(error.schema, dict) or "id" not in error.schema:
            return [error.message]
        errors[error.schema["id"]] = [error.message]
    return errors


def validate_credential(body: Body, kind: CredentialType, *, current: Credential | None = None) -> Errors:
    """Check a create (no ``current``) or a change; missing required fields are not AWX's concern here."""
    errors: Errors = {}
    if current is None or "name" in body:
        check_name(errors, body)
    if errors:
        return errors
    owners = [owner for owner in OWNERS if body.get(owner)]
    if current is None and not owners:
        return {"detail": ["Missing 'user', 'team', or 'organization'."]}
    if len(owners) > 1:
        received = ", ".join(sorted(owners))
        needed = "Only one of 'user', 'team', or 'organization' should be provided"
        return {"detail": [f"{needed}, received {received} fields."]}
    wrong = inputs_errors(kind, body.get("inputs", {}), creating=current is None)
    return {"inputs": wrong} if wrong else {}


def missing_at_start(credential: Credential) -> str | None:
    """Why a job with this credential would not start; the launch itself is accepted."""
    required = [name for name in credential.type.inputs.get("required", []) if name in _ids(credential.type)]
    missing = [name for name in required if not credential.inputs.get(name)]
    if not missing:
        return None
    return (
        f"Job cannot start because Credential {credential.name} does not provide one or more required"
        f" fields ({', '.join(sorted(missing))})."
    )


def _ids(kind: CredentialType) -> set[str]:
    """Ids of the declared fields; names that ``required`` invents are ignored."""
    return {entry["id"] for entry in kind.fields}
