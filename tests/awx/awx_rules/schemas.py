"""JSON schema checks with the messages that AWX makes of them."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from jsonschema.exceptions import ValidationError


def schema_messages(schema: dict[str, Any], value: Any) -> list[str]:
    """All complaints about a value, in AWX's words."""
    return [_message(error) for error in Draft4Validator(schema).iter_errors(value)]


def schema_errors(schema: dict[str, Any], value: Any, formats: FormatChecker) -> list[ValidationError]:
    """All complaints about a value, formats included, as the library gives them."""
    return list(Draft4Validator(schema, format_checker=formats).iter_errors(value))


def _message(error: ValidationError) -> str:
    """AWX rewords three kinds of complaint and passes the others on."""
    path = list(error.path)
    if error.validator == "pattern" and isinstance(error.schema, dict) and "error" in error.schema:
        return str(error.schema["error"]).format(instance=error.instance)
    if error.validator == "type":
        return _type_message(error, path)
    if error.validator == "additionalProperties":
        return f"Schema validation error in relative path {path} ({error.message})"
    return error.message


def _type_message(error: ValidationError, path: list[Any]) -> str:
    """Name the Python type that came and the type that was expected."""
    expected = "dict" if error.validator_value == "object" else error.validator_value
    where = f" in relative path {path}" if path else ""
    return f"{type(error.instance).__name__} provided{where}, expected {expected}"
