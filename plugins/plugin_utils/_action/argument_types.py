# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of a task's arguments, before Ansible makes of them what the argument spec asks for.

Ansible turns lists, booleans and numbers into text without a word, and ends in a traceback for some of what no option can
be: a number where suboptions are meant, an infinite number of retries. This runs on the controller, so both ways of running
a task refuse the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.common.validation import check_type_dict

from ...module_utils._engine.definition import Definition
from ...module_utils._errors import InputError
from ...module_utils._options.characters import unusable_in_path
from ...module_utils._options.quoting import got
from ...module_utils._options.types import is_int
from ...module_utils._secrets import Masker

_MOST_ITEMS = 10000
_WHOLE_NUMBER = re.compile(r" *[+-]?[0-9]{1,18} *", re.ASCII)
_MOST_DIGITS = 40
# What JSON can write and nothing can print.
_HALF = re.compile("[\ud800-\udfff]")
_NESTED = (Mapping, list, tuple, set)

Spec = Mapping[str, Mapping[str, Any]]


def check_form(definition: Definition, common: Spec, arguments: Mapping[str, Any]) -> None:
    """Raises InputError for the first argument that can't be what its option is."""
    spec = {**common, **definition.options}
    try:
        _Form(definition).options(spec, arguments, "", ())
    except InputError as error:
        raise error.with_msg(Masker(_secrets(spec, arguments)).mask(error.msg)) from None


def _secrets(spec: Spec, arguments: Mapping[str, Any]) -> list[str]:
    hidden = (name for name, option in spec.items() if option.get("no_log"))
    names = (given for name in hidden for given in (name, *spec[name].get("aliases", ())))
    return [
        str(arguments[name])
        for name in names
        if not isinstance(arguments.get(name), (bool, int, *_NESTED, type(None)))
    ]


class _Form:
    def __init__(self, definition: Definition) -> None:
        self._as_given = definition.as_given
        self._checks: dict[str, Callable[[str, Any], None]] = {
            "str": _text,
            "path": check_path,
            "int": _whole_number,
            "float": _number,
        }

    def options(self, spec: Spec, arguments: Mapping[str, Any], label: str, place: tuple[str, ...]) -> None:
        for name, option in spec.items():
            for given in (name, *option.get("aliases", ())):
                if arguments.get(given) is not None:
                    self._value(option, arguments[given], f"{label}{given}", (*place, name))

    def _value(self, option: Mapping[str, Any], value: Any, label: str, place: tuple[str, ...]) -> None:
        kind = option.get("type", "str")
        if place in self._as_given:
            self._as_given[place](label, value)
        if kind == "list":
            self._list(option, value, label, place)
        elif kind == "dict":
            self.options(option.get("options", {}), _mapping(label, value), f"{label}.", place)
        elif kind in self._checks:
            self._checks[kind](label, value)

    def _list(self, option: Mapping[str, Any], value: Any, label: str, place: tuple[str, ...]) -> None:
        if option["elements"] != "dict" and not isinstance(value, _NESTED):
            return _text(label, value)  # Ansible splits it at commas
        if not isinstance(value, (list, tuple)):
            raise InputError(label, f"got {_kind(value)}, must be a list")
        if len(value) > _MOST_ITEMS:
            raise InputError(label, f"{got(value)}, must be at most {_MOST_ITEMS}")
        for index, item in enumerate(value):
            here = f"{label}[{index}]"
            if option["elements"] == "dict":
                self.options(option["options"], _mapping(here, item), f"{here}.", place)
            else:
                _text(here, item)
        return None


def _mapping(label: str, value: Any) -> Mapping[str, Any]:
    problem = f"got {_kind(value)}, must be a mapping of its options"
    if isinstance(value, str):
        try:
            value = check_type_dict(value)
        except (TypeError, ValueError, RecursionError):
            raise InputError(label, problem) from None
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError(label, problem)
    return value


def _text(label: str, value: Any, path: bool = False) -> None:
    if isinstance(value, bool):
        raise InputError(label, f"got {_kind(value)}, must be a text; put it in quotes if that is what it is")
    if value is None or isinstance(value, _NESTED):
        raise InputError(label, f"got {_kind(value)}, must be a text")
    if isinstance(value, int) and value.bit_length() > _MOST_DIGITS * 4:
        raise InputError(label, f"{got(value)}, must be a text")
    # What is no `str` by now is a vaulted text of ansible-core 2.16, which takes milliseconds to open.
    half = _HALF.search(value) if isinstance(value, str) and not path else None
    if half:
        raise InputError(
            label, f"got half of a pair of characters at position {half.start() + 1}, must be a text"
        )


def check_path(label: str, value: Any) -> None:
    """Raises InputError for a value that can't be the path of a file."""
    _text(label, value, path=True)
    if isinstance(value, (int, float)):
        raise InputError(label, f"{got(value)}, must be the path of a file")
    unusable = unusable_in_path(str(value))
    if unusable:
        raise InputError(label, f"{got(str(value))}, must be the path of a file, and no path has {unusable}")


def _whole_number(label: str, value: Any) -> None:
    if is_int(value):
        fits = value.bit_length() < 64
    else:
        fits = not isinstance(value, (float, *_NESTED)) and bool(_WHOLE_NUMBER.fullmatch(str(value)))
    if not fits:
        raise InputError(label, f"{got(value)}, must be a whole number of at most 18 digits")


def _number(label: str, value: Any) -> None:
    if is_int(value):
        fits = value.bit_length() < 64  # a larger one may have no float
    else:
        fits = isinstance(value, float) or (not isinstance(value, _NESTED) and _is_float(str(value)))
    if not fits:
        raise InputError(label, f"{got(value)}, must be a number")


def _is_float(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return len(text) <= _MOST_DIGITS


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple, set)):
        return "a list"
    if value is None or isinstance(value, bool):
        return "null" if value is None else f"the boolean {str(value).lower()}"
    return "a number" if isinstance(value, (int, float)) else "a text"
