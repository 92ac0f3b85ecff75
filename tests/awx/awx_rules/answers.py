"""Survey answers: which AWX accepts, and which variables the job gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .surveys import ENCRYPTED, lines

Question = Mapping[str, Any]
TEXT_TYPES = ("text", "textarea", "password")
UNLIMITED = ("", None)


def answer_complaints(question: Question, answers: Mapping[str, Any], *, need: bool = True) -> list[str]:
    """What AWX says about the answer to one question; ``need`` off forgives a missing one."""
    name = question["variable"]
    if question["type"] == "password" and answers.get(name) == ENCRYPTED:
        lacking = question.get("default") is None and question["required"] and need
        return [f"'{name}' value missing"] if lacking else []
    if name not in answers:
        return [f"'{name}' value missing"] if question["required"] and need else []
    value = answers[name]
    if question["type"] in TEXT_TYPES:
        return _text_complaints(question, value)
    if question["type"] == "multiselect":
        return _list_complaints(question, value)
    if question["type"] == "multiplechoice":
        return _choice_complaints(question, [value])
    return _number_complaints(question, value)


def _text_complaints(question: Question, value: Any) -> list[str]:
    """Texts are measured by their length."""
    name = question["variable"]
    if not isinstance(value, str):
        return [f"Value {value} for '{name}' expected to be a string."]
    low, high = question.get("min"), question.get("max")
    complaints = []
    if low not in UNLIMITED and len(value) < int(low or 0):
        size = f"length is {len(value)} must be at least {low}"
        complaints.append(f"'{name}' value {value} is too small ({size}).")
    if high not in UNLIMITED and len(value) > int(high or 0):
        complaints.append(f"'{name}' value {value} is too large (must be no more than {high}).")
    return complaints


def _number_complaints(question: Question, value: Any) -> list[str]:
    """Numbers must come as numbers; a boolean is none, though Python thinks so."""
    name = question["variable"]
    if question["type"] == "integer" and type(value) not in (int,):
        return [f"Value {value} for '{name}' expected to be an integer."]
    if type(value) not in (int, float):
        return [f"Value {value} for '{name}' expected to be a numeric type."]
    low, high = question.get("min"), question.get("max")
    complaints = []
    if low not in UNLIMITED and value < float(low or 0):
        complaints.append(f"'{name}' value {value} is too small (must be at least {low}).")
    if high not in UNLIMITED and value > float(high or 0):
        complaints.append(f"'{name}' value {value} is too large (must be no more than {high}).")
    return complaints


def _choice_complaints(question: Question, values: Sequence[Any]) -> list[str]:
    """Each value must be one of the choices, as a whole."""
    choices = question["choices"]
    choices = lines(choices) if isinstance(choices, str) else choices
    name = question["variable"]
    return [
        f"Value {value} for '{name}' expected to be one of {choices}."
        for value in values
        if value not in choices
    ]


def _list_complaints(question: Question, value: Any) -> list[str]:
    """Several choices come as a list, never as the text that a default is."""
    if not isinstance(value, list):
        return [f"'{question['variable']}' value is expected to be a list."]
    return _choice_complaints(question, value)


def survey_defaults(spec: Sequence[Question]) -> dict[str, Any]:
    """The defaults that AWX applies: only those which would pass as answers.

    So '' stays for a text without a minimum, but not for a number or a choice, a multiselect's never does.
    """
    defaults = {}
    for question in spec:
        name, default = question["variable"], question.get("default")
        if default is not None and not answer_complaints(question, {name: default}):
            defaults[name] = default
    return defaults


def survey_launch_variables(spec: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of a job launched with these answers; ValueError when AWX would refuse the launch.

    A required question needs an answer even where it has a default: the default is the form's suggestion.
    """
    complaints = [line for question in spec for line in answer_complaints(question, answers)]
    if complaints:
        raise ValueError("; ".join(complaints))
    asked = {question["variable"] for question in spec}
    kept = {
        name: value
        for name, value in answers.items()
        if name in asked and not _is_placeholder(spec, name, value)
    }
    return {**survey_defaults(spec), **kept}


def _is_placeholder(spec: Sequence[Question], name: str, value: Any) -> bool:
    """Whether the answer only says that the default of a password is meant."""
    passwords = {question["variable"] for question in spec if question["type"] == "password"}
    return name in passwords and bool(value == ENCRYPTED)


def hidden_variables(spec: Sequence[Question], variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as AWX stores and shows them: answers to password questions are replaced."""
    passwords = {question["variable"] for question in spec if question["type"] == "password"}
    return {name: ENCRYPTED if name in passwords else value for name, value in variables.items()}
