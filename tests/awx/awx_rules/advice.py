"""What AWX accepts although it does not do what its author meant: our own stricter rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .answers import answer_complaints
from .objects import CredentialType


def credential_type_advice(kind: CredentialType) -> list[str]:
    """Fields of a type which come to the job differently from what they say."""
    ids = {entry["id"] for entry in kind.fields}
    advice = [
        f"required names {name}, which is no field"
        for name in kind.inputs.get("required", [])
        if name not in ids
    ]
    for entry in kind.fields:
        if entry.get("type") == "boolean" and entry.get("default"):
            advice.append(f"{entry['id']}: AWX injects False for a boolean left alone, whatever its default")
        if entry.get("secret") and "default" in entry:
            advice.append(f"{entry['id']}: a secret has a default")
        if entry.get("choices") and entry.get("default", entry["choices"][0]) not in entry["choices"]:
            advice.append(f"{entry['id']}: the default is not among the choices")
    return advice


def survey_advice(spec: Sequence[Mapping[str, Any]]) -> list[str]:
    """Questions whose answers or defaults would not reach a playbook as meant."""
    return [f"{question['variable']!r}: {line}" for question in spec for line in _question_advice(question)]


def _question_advice(question: Mapping[str, Any]) -> list[str]:
    """One question: its variable, its limits and its default."""
    advice = []
    name, default = question["variable"], question.get("default")
    if not name.isidentifier():
        advice.append("no name for a variable")
    low, high = question.get("min"), question.get("max")
    if low is not None and high is not None and low > high:
        advice.append("min exceeds max")
    if question["type"] == "password" and default:
        advice.append("a password has a default, which is never idempotent and cannot be imported")
    elif default not in ("", None) and answer_complaints(question, {name: default}):
        advice.append("the default would not pass as an answer, so AWX never applies it")
    return advice
