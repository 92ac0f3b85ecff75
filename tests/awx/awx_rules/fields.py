"""Checks of single fields, as the serializers of AWX make them before anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

Errors = dict[str, Any]
Body = Mapping[str, Any]

BOOLEANS = ("true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0")
NAME_LENGTH = 512


def add(errors: Errors, key: str, message: str) -> None:
    """Put a message below a field, in the list that AWX answers with."""
    errors.setdefault(key, []).append(message)


def messages(errors: Errors) -> list[str]:
    """Flatten a refusal into readable lines."""
    lines: list[str] = []
    for key, value in errors.items():
        lines += [f"{key}: {item}" for item in (value if isinstance(value, list) else [value])]
    return lines


def check_name(errors: Errors, body: Body) -> None:
    """A name is required, not blank, and no longer than its column."""
    name = body.get("name")
    if name is None:
        add(errors, "name", "This field is required.")
    elif not isinstance(name, str):
        add(errors, "name", "Not a valid string.")
    elif not name.strip():
        add(errors, "name", "This field may not be blank.")
    elif len(name) > NAME_LENGTH:
        add(errors, "name", f"Ensure this field has no more than {NAME_LENGTH} characters.")


def check_choice(errors: Errors, body: Body, key: str, choices: Collection[Any]) -> None:
    """The value must be one of the choices; AWX compares their text."""
    value = body.get(key)
    if value is not None and str(value) not in {str(choice) for choice in choices}:
        add(errors, key, f'"{value}" is not a valid choice.')


def check_integer(errors: Errors, body: Body, key: str, minimum: int | None = None) -> None:
    """The value must be an integer (its text will do), not below the minimum."""
    value = body.get(key)
    if value is None:
        return
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.0*)?", str(value)):
        add(errors, key, "A valid integer is required.")
    elif minimum is not None and int(float(value)) < minimum:
        add(errors, key, f"Ensure this value is greater than or equal to {minimum}.")


def check_boolean(errors: Errors, body: Body, key: str) -> None:
    """The value must be a boolean or one of the words for it."""
    if key in body and str(body[key]).lower() not in BOOLEANS:
        add(errors, key, "Must be a valid boolean.")


def check_string(errors: Errors, body: Body, key: str) -> None:
    """The value must be text; a number passes, because AWX turns it into text."""
    value = body.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, (str, int, float))):
        add(errors, key, "Not a valid string.")


def _require_mapping(value: Any) -> None:
    """Only a mapping can hold variables."""
    if not isinstance(value, dict):
        raise TypeError(f"Input type `{type(value).__name__}` is not a dictionary")


def parse_variables(text: Any) -> tuple[dict[str, Any], str | None]:
    """Read variables as JSON, else as YAML; returns them and AWX's complaint if neither worked."""
    if isinstance(text, dict):
        return text, None
    if text in ("", '""'):
        return {}, None
    try:
        variables = json.loads(text)
        _require_mapping(variables)
        return dict(variables), None
    except (ValueError, TypeError) as error:
        return _parse_yaml(text, str(error))


def _parse_yaml(text: Any, json_error: str) -> tuple[dict[str, Any], str | None]:
    """Read variables as YAML after JSON failed."""
    try:
        variables = yaml.safe_load(text)
        variables = {} if variables is None else variables
        _require_mapping(variables)
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        return {}, f"Cannot parse as JSON (error: {json_error}) or YAML (error: {error})."
    try:
        json.dumps(variables)
    except (ValueError, TypeError) as error:
        return {}, f"Variables not compatible with JSON standard (error: {error})"
    return dict(variables), None


def check_variables(errors: Errors, body: Body, key: str) -> None:
    """The value must be the text of a JSON or YAML mapping."""
    value = body.get(key)
    if value is None:
        return
    check_string(errors, body, key)
    if key not in errors and (complaint := parse_variables(str(value))[1]):
        add(errors, key, complaint)
