# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps secrets out of text that people read: errors, warnings, diffs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from ansible.module_utils.common.parameters import remove_values

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:  # before ansible-core 2.22
    ANSIBLE_MASKS = False

    def register_secrets(values: Iterable[str], /) -> None:
        """Ansible has no masking of its own yet."""

else:
    ANSIBLE_MASKS = True

MASK = "********"
# What Ansible shows in the place of a secret option.
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"

# A signature is no secret value known beforehand, so it is found by its name instead.
_SIGNATURE = re.compile(r"(\bsign=)[^&\s\"']+", re.IGNORECASE)


def secret(value: str | None) -> str | None:
    """`value`, made known to Ansible's own masking where it has one: a key that came back from the API."""
    if value:
        register_secrets([value])
    return value


def worth_hiding(values: Iterable[str]) -> set[str]:
    """The values without the blank ones: Ansible would replace every blank of every message for them."""
    return {value for value in values if value.strip()}


def without_secrets(result: Mapping[str, Any], hidden: set[str], exact: Iterable[str] = ()) -> dict[str, Any]:
    """A result as Ansible masks it, apart from the parts named in `exact`.

    From ansible-core 2.22 on nothing is masked here, because Ansible masks whatever it shows.
    """
    if ANSIBLE_MASKS:
        return dict(result)
    # A masked boolean would no longer be one: a password may be "True".
    kept = {
        name: value
        for name, value in result.items()
        if name in exact or value is None or isinstance(value, bool)
    }
    return {**remove_values(dict(result), hidden), **kept}


def _spellings(value: str) -> set[str]:
    """A secret as texts carry it: in clear, in a URL, in HTML, in JSON, and as Python quotes it, up to twice over."""
    once = {
        value,
        quote(value, safe="", errors="replace"),
        quote_plus(value, errors="replace"),
        re.sub("%..", lambda code: code[0].lower(), quote(value, safe="", errors="replace")),
        html.escape(value),
        *_quoted(value),
    }
    return once | {form for spelling in once for form in _quoted(spelling)}


def _quoted(value: str) -> set[str]:
    escaped = repr(value)[1:-1]
    # Which quote Python escapes follows from the whole text that a secret stands in.
    return {
        escaped,
        escaped.replace("'", "\\'"),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),  # as PHP writes it
    }


def secret_values(spec: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The values of the secret options of an argument spec, at any depth."""
    found: list[str] = []
    for name, option in spec.items():
        value = values.get(name)
        if value is None:
            continue
        if option.get("no_log"):
            found.append(str(value))
        elif "options" in option:
            for item in value if isinstance(value, (list, tuple)) else [value]:
                found += secret_values(option["options"], item) if isinstance(item, Mapping) else []
    return found


def hidden_by_field(spec: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a task as it may show them: a secret goes because of its field, wherever else its text stands."""

    def shown(option: Mapping[str, Any], value: Any) -> Any:
        if value is None or "options" not in option:
            return HIDDEN if option.get("no_log") and value is not None else value
        if isinstance(value, (list, tuple)):
            return [shown(option, item) for item in value]
        return hidden_by_field(option["options"], value) if isinstance(value, Mapping) else value

    return {name: shown(spec.get(name, {}), value) for name, value in values.items()}


class Masker:
    """Replaces known secrets, however they are spelled, and anything that looks like a signature."""

    def __init__(self, secrets: Iterable[str | None] = ()) -> None:
        self._forms: list[str] = []
        self._words: frozenset[str] = frozenset()
        self._any_word: re.Pattern[str] | None = None
        self.add(*secrets)

    def add(self, *secrets: str | None) -> None:
        """More secrets to replace. They are made known to Ansible's own masking as well, where it has one."""
        known = [secret for secret in secrets if secret and secret.strip()]
        register_secrets(known)
        forms = {form for value in known for form in _spellings(value)}
        # Longest first: a secret that contains another must go as a whole.
        self._forms = sorted({*self._forms, *forms}, key=len, reverse=True)

    def add_words(self, *secrets: str) -> None:
        """Secrets that may be as short as a code of six digits: replaced where they stand alone, never inside an id."""
        forms = {form for value in secrets if value.strip() for form in _spellings(value)}
        if not forms <= self._words:
            self._words |= forms
            self._any_word = None

    def mask(self, text: str) -> str:
        """`text` without the secrets. Call it before a text is quoted: no list of spellings is complete."""
        for form in self._forms:
            text = text.replace(form, MASK)
        if self._words:
            text = self._word_pattern().sub(MASK, text)
        return _SIGNATURE.sub(rf"\1{MASK}", text)

    def _word_pattern(self) -> re.Pattern[str]:
        # Made when it is first needed: a task may learn a key from each of a thousand channels.
        if self._any_word is None:
            known = "|".join(map(re.escape, sorted(self._words, key=len, reverse=True)))
            self._any_word = re.compile(rf"(?<![0-9A-Za-z])(?:{known})(?![0-9A-Za-z])")
        return self._any_word

    def mask_all(self, value: Any) -> Any:
        """A copy of `value` with every text in it masked."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, dict):
            return {name: self.mask_all(item) for name, item in value.items()}
        return [self.mask_all(item) for item in value] if isinstance(value, list) else value
