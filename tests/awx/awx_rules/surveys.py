"""Surveys: what AWX accepts as one, which answers it takes, and which variables a job gets of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import repeated
from .credentials import STRING, schema_complaints

Question = Mapping[str, Any]
TEXT_TYPES = ("text", "textarea", "password")
CHOICE_TYPES = ("multiplechoice", "multiselect")
LIMIT = {"type": ["integer", "null"]}


def _where(kinds: Sequence[str], then: Mapping[str, Any]) -> dict[str, Any]:
    """A schema for questions of some types."""
    return {"if": {"properties": {"type": {"enum": list(kinds)}}}, "then": then}


def _default(*types: str) -> dict[str, Any]:
    """A schema for questions whose default is of these types, or the empty text."""
    return {"properties": {"default": {"anyOf": [{"const": ""}, {"type": list(types)}]}}}


QUESTION = {
    "type": "object",
    "required": ["type", "question_name", "variable", "required"],
    "properties": {
        "type": {"enum": [*TEXT_TYPES, *CHOICE_TYPES, "integer", "float"]},
        "question_name": STRING,
        "variable": STRING,
        "required": {"type": "boolean"},
        "min": LIMIT,
        "max": LIMIT,
    },
    "allOf": [
        _where(TEXT_TYPES + CHOICE_TYPES, _default("string")),
        # True passes for a number, as in Python.
        _where(["integer"], _default("integer", "boolean")),
        _where(["float"], _default("number", "boolean")),
        _where(CHOICE_TYPES, {"required": ["choices"]}),
    ],
}
SURVEY = {
    "type": "object",
    "required": ["name", "description", "spec"],
    "properties": {
        "name": STRING,
        "description": STRING,
        "spec": {"type": "array", "minItems": 1, "items": QUESTION},
    },
}


def survey_complaints(survey: Mapping[str, Any]) -> list[str]:
    """Why AWX would refuse a survey."""
    if complaints := schema_complaints(SURVEY, survey):
        return complaints
    names = (question["variable"] for question in survey["spec"])
    complaints = [f"{name!r} is asked twice" for name in repeated(names)]
    for question in survey["spec"]:
        if question["type"] in CHOICE_TYPES and set(_defaults(question)) - set(_choices(question)):
            complaints.append(f"{question['variable']!r}: the default is not among the choices")
    return complaints


def _choices(question: Question) -> list[Any]:
    """The choices, which may be the lines of a text."""
    choices = question["choices"]
    return choices.splitlines() if isinstance(choices, str) else list(choices)


def _defaults(question: Question) -> list[str]:
    """The choices that are the default: several only where several may be chosen."""
    default = question.get("default", "")
    several = question["type"] == "multiselect"
    return default.splitlines() if several else [default] if default else []


def misleading_question(question: Question) -> str | None:
    """What AWX accepts although the answer or the default would not reach a playbook as meant."""
    name, default = question["variable"], question.get("default", "")
    low, high = question.get("min"), question.get("max")
    if not name.isidentifier():
        return f"{name!r} is no name for a variable"
    if question["type"] not in ("text", "integer", "multiplechoice"):
        return f"{name}: these rules don't know answers of type {question['type']}, and a password is shown"
    if low is not None and high is not None and low > high:
        return f"{name}: min exceeds max"
    if default != "" and answer_complaint(question, {name: default}):
        return f"{name}: the default would not pass as an answer, so AWX never applies it"
    return None


def answer_complaint(question: Question, answers: Mapping[str, Any]) -> str | None:
    """What AWX says about the answer to one question."""
    name, kind = question["variable"], question["type"]
    if name not in answers:
        return f"'{name}' value missing" if question["required"] else None
    value = answers[name]
    if kind in CHOICE_TYPES:
        listed = value in _choices(question)
        return None if listed else f"Value {value} for '{name}' expected to be one of {_choices(question)}."
    if kind in TEXT_TYPES:
        fits, wanted, size = isinstance(value, str), "a string", len(str(value))
    else:
        # A boolean is no number here, though Python thinks so.
        fits, wanted, size = isinstance(value, int) and not isinstance(value, bool), "an integer", value
    if not fits:
        return f"Value {value} for '{name}' expected to be {wanted}."
    return _size_complaint(question, value, size)


def _size_complaint(question: Question, value: Any, size: int) -> str | None:
    """Numbers are measured by themselves, texts by their length."""
    name, low, high = question["variable"], question.get("min"), question.get("max")
    if low is not None and size < low:
        detail = f"must be at least {low}" if size == value else f"length is {size} must be at least {low}"
        return f"'{name}' value {value} is too small ({detail})."
    if high is not None and size > high:
        return f"'{name}' value {value} is too large (must be no more than {high})."
    return None


def launch_variables(spec: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of a job launched with these answers; ValueError where AWX refuses the launch.

    A required question needs an answer even where it has a default. A default applies only where it would pass as an
    answer: '' stays for a text without a minimum, not for a number or a choice. Variables that nobody asks for are dropped.
    """
    complaints = [line for question in spec if (line := answer_complaint(question, answers))]
    if complaints:
        raise ValueError("; ".join(complaints))
    variables = {}
    for question in spec:
        name, default = question["variable"], question.get("default")
        if name in answers:
            variables[name] = answers[name]
        elif default is not None and not answer_complaint(question, {name: default}):
            variables[name] = default
    return variables
