# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a form that viewers fill in, for the watch condition `info`. Source: docs/api.md §7.2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._api import answers
from ..._api.endpoint import Endpoint
from ..._errors import InputError
from ..._options import checks
from ..._options.quoting import got

_MOST_CHARACTERS = 8
OPTIONS: dict[str, dict[str, Any]] = {
    "name": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["name", "text", "mobile", "number", "option"], "required": True},
    "options": {"type": "list", "elements": "str"},
    "placeholder": {"type": "str"},
    "sms": {"type": "bool", "default": False},
}

# Each field of the form as its pairs of name and value, so that forms compare.
Form = tuple[tuple[tuple[str, Any], ...], ...]


def checked(option: str, value: Sequence[Mapping[str, Any]], most: int) -> Form:
    """The form asked for. Raises InputError."""
    if not 1 <= len(value) <= most:
        raise InputError(option, f"{got(list(value))}, must be 1 to {most} fields")
    return tuple(_checked(f"{option}[{index}]", entry) for index, entry in enumerate(value))


def _checked(where: str, entry: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    texts = {"name": checks.name(f"{where}.name", entry["name"])}
    if entry["placeholder"] is not None:
        texts["placeholder"] = checks.name(f"{where}.placeholder", entry["placeholder"])
    for name, text in texts.items():
        if len(text) > _MOST_CHARACTERS:
            raise InputError(f"{where}.{name}", f"{got(text)}, must be at most {_MOST_CHARACTERS} characters")
    if (entry["type"] == "option") != bool(entry["options"]):
        raise InputError(f"{where}.options", "must be given with type=option, and only there")
    options = _options(f"{where}.options", entry["options"] or [])
    if entry["sms"] and entry["type"] != "mobile":
        raise InputError(f"{where}.sms", "got true, must be left out unless type=mobile")
    return _pairs(texts["name"], entry["type"], options, texts.get("placeholder"), entry["sms"])


def _options(where: str, given: Sequence[str]) -> list[str]:
    """The choices of a field. A read may show them as one text with commas, which then can't be part of one."""
    options = [checks.name(f"{where}[{index}]", option) for index, option in enumerate(given)]
    for index, option in enumerate(options):
        if "," in option:
            raise InputError(f"{where}[{index}]", f"{got(option)}, must not contain a comma")
        if option in options[:index]:
            raise InputError(where, f"{got(option)} twice, must be different from each other")
    return options


def read(endpoint: Endpoint, value: Any) -> Form | None:
    """The form that is set, None for none."""
    entries = [
        answers.mapping(endpoint, entry, "a list of infoFields")
        for entry in answers.sequence(endpoint, value, "a list of infoFields")
    ]
    return tuple(_read(endpoint, entry) for entry in entries) or None


def _read(endpoint: Endpoint, entry: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    options = entry.get("options")
    listed = options.split(",") if isinstance(options, str) and options else options or []
    name, kind, placeholder = (
        answers.text(endpoint, entry.get(key)) for key in ("name", "type", "placeholder")
    )
    return _pairs(name, kind, [str(one) for one in listed], placeholder, answers.switch(entry.get("sms")))


def _pairs(
    name: str | None, kind: str | None, options: Sequence[str], placeholder: str | None, sms: bool
) -> tuple[tuple[str, Any], ...]:
    return (
        ("name", name),
        ("type", kind),
        ("options", tuple(options)),
        ("placeholder", placeholder),
        ("sms", sms),
    )


def sent(form: Form) -> list[dict[str, Any]]:
    """The form as the API takes it."""
    entries = (dict(pairs) for pairs in form)
    return [
        {
            "name": entry["name"],
            "type": entry["type"],
            **({"options": list(entry["options"])} if entry["options"] else {}),
            **({"placeholder": entry["placeholder"]} if entry["placeholder"] else {}),
            "sms": "Y" if entry["sms"] else "N",
        }
        for entry in entries
    ]
