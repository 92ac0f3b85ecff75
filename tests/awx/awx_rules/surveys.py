"""Survey definitions: what AWX accepts as a ``survey_spec``."""

from __future__ import annotations

from typing import Any

from .fields import Body, Errors

#: Question types with the Python types of their defaults, in the order in which AWX names them.
QUESTION_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": (float, int),
}
TOP_LEVEL: tuple[tuple[str, type, str], ...] = (
    ("name", str, "string"),
    ("description", str, "string"),
    ("spec", list, "list of items"),
)
REQUIRED_KEYS: tuple[tuple[str, type, str], ...] = (
    ("type", str, "string"),
    ("question_name", str, "string"),
    ("variable", str, "string"),
    ("required", bool, "boolean"),
)
CHOICE_TYPES = ("multiplechoice", "multiselect")
ENCRYPTED = "$encrypted$"


def validate_survey(body: Body, *, previous: dict[str, Any] | None = None) -> Errors:
    """Check a survey; ``previous`` is the one that it replaces, which may lend its encrypted defaults."""
    complaint = _frame_complaint(body)
    if complaint is None:
        complaint = _questions_complaint(body["spec"], previous or {})
    return {"error": complaint} if complaint else {}


def _type_name(value: Any) -> str:
    """The type as AWX names it: its parser keeps JSON objects in order."""
    return "OrderedDict" if isinstance(value, dict) else type(value).__name__


def _frame_complaint(body: Body) -> str | None:
    """Name, description and the list of questions; AWX reports the last complaint."""
    complaint = None
    for key, kind, label in TOP_LEVEL:
        if key not in body:
            complaint = f"Field '{key}' is missing from survey spec."
        elif not isinstance(body[key], kind):
            complaint = f"Expected {label} for field '{key}', received {_type_name(body[key])} type."
    return "'spec' doesn't contain any items." if body.get("spec") == [] else complaint


def _questions_complaint(questions: list[Any], previous: dict[str, Any]) -> str | None:
    """The first complaint about a question."""
    seen: set[str] = set()
    for index, question in enumerate(questions):
        complaint = _shape_complaint(index, question, seen) or _detail_complaint(index, question, previous)
        if complaint:
            return complaint
        seen.add(question["variable"])
    return None


def _shape_complaint(index: int, question: Any, seen: set[str]) -> str | None:
    """Required keys, their types, and the uniqueness of the variable."""
    if not isinstance(question, dict):
        return f"Survey question {index} is not a json object."
    for key, kind, label in REQUIRED_KEYS:
        if key not in question:
            return f"'{key}' missing from survey question {index}"
        if not isinstance(question[key], kind):
            return f"'{key}' in survey question {index} expected to be {label}."
    if question["variable"] in seen:
        return f"'variable' '{question['variable']}' duplicated in survey question {index}."
    return None


def _detail_complaint(index: int, question: dict[str, Any], previous: dict[str, Any]) -> str | None:
    """Everything that depends on the type of the question."""
    kind = question["type"]
    if kind not in QUESTION_TYPES:
        allowed = ", ".join(QUESTION_TYPES)
        return f"'{kind}' in survey question {index} is not one of '{allowed}' allowed question types."
    return (
        _default_complaint(index, question)
        or _limits_complaint(index, question)
        or (_choices_complaint(index, question) if kind in CHOICE_TYPES else None)
        or _encrypted_complaint(index, question, previous)
    )


def _default_complaint(index: int, question: dict[str, Any]) -> str | None:
    """A default other than '' must be of the question's type; True passes for an integer."""
    kind = question["type"]
    default = question.get("default", "")
    if default == "" or isinstance(default, QUESTION_TYPES[kind]):
        return None
    label = kind if kind in ("integer", "float") else "string"
    return f"Default value {default} in survey question {index} expected to be {label}."


def _limits_complaint(index: int, question: dict[str, Any]) -> str | None:
    """Limits are integers or null, for floats too; whether min exceeds max is not checked."""
    for key in ("min", "max"):
        if not isinstance(question.get(key), (int, type(None))):
            return f"The {key} limit in survey question {index} expected to be integer."
    return None


def lines(text: str) -> list[str]:
    """The lines of a text, without blank ones."""
    return [line for line in text.splitlines() if line.strip()]


def _choices_complaint(index: int, question: dict[str, Any]) -> str | None:
    """Choices must be given, and defaults be among them."""
    if "choices" not in question:
        return f"Survey question {index} of type {question['type']} must specify choices."
    choices = question["choices"]
    # With choices in one text AWX looks for a substring, so "class" is found in "topclass".
    choices = "\n".join(lines(choices)) if isinstance(choices, str) else choices
    defaults = lines(question.get("default", ""))
    if question["type"] == "multiplechoice" and len(defaults) > 1:
        return "Multiple Choice (Single Select) can only have one default value."
    if any(default not in choices for default in defaults):
        return "Default choice must be answered from the choices listed."
    return None


def _encrypted_complaint(index: int, question: dict[str, Any], previous: dict[str, Any]) -> str | None:
    """The placeholder only stands for a password default that AWX already holds."""
    default = question.get("default")
    if not isinstance(default, str) or not default.startswith(ENCRYPTED):
        return None
    if question["type"] != "password":
        return (
            f"$encrypted$ is a reserved keyword for password question defaults, survey question {index}"
            f" is type {question['type']}."
        )
    held = {entry["variable"]: entry.get("default") for entry in previous.get("spec", [])}
    if isinstance(held.get(question["variable"]), str):
        return None
    return f"$encrypted$ is a reserved keyword, may not be used for new default in position {index}."
