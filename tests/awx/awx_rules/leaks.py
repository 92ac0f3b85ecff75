"""Search what AWX would store for secrets, for digests of them and for signatures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

#: Shorter values are found everywhere by chance.
SHORTEST = 6
SIGNATURE = re.compile(r"(?<![A-Za-z0-9])sign=(?!\*)", re.IGNORECASE)
DIGEST = re.compile(r"[0-9a-fA-F]{32,128}")


@dataclass(frozen=True)
class Leak:
    """A place and what lies there; never the secret itself, so that a report of it can be shown."""

    place: str
    what: str


def find_leaks(stored: Any, secrets: Iterable[str]) -> list[Leak]:
    """All places where a secret, a form or digest of it, or any signature is stored."""
    needles = [needle for number, secret in enumerate(secrets, 1) for needle in _needles(number, secret)]
    leaks = []
    for place, text in _texts(stored, "stored"):
        leaks += [Leak(place, what) for needle, what in needles if needle in text]
        if SIGNATURE.search(text) or (place.endswith(".sign") and DIGEST.fullmatch(text)):
            leaks.append(Leak(place, "a signature"))
    return leaks


def _needles(number: int, secret: str) -> Iterator[tuple[str, str]]:
    """What to look for: the secret as it is and as texts commonly carry it, and its digests."""
    if len(secret) < SHORTEST:
        raise ValueError(f"secret {number} is too short to be searched for")
    raw = secret.encode()
    forms = {secret, json.dumps(secret)[1:-1], quote(secret, safe=""), quote_plus(secret)}
    forms |= {base64.b64encode(raw).decode().rstrip("="), raw.hex()}
    for form in sorted(forms):
        yield form, f"secret {number}"
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, raw, usedforsecurity=False).hexdigest()
        yield digest, f"{name} of secret {number}"
        yield digest.upper(), f"{name} of secret {number}"


def _texts(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a structure, names of mappings included, with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(str(key), f"{place} (a name)")
            yield from _texts(value, f"{place}.{key}")
    elif isinstance(node, (list, tuple, set)):
        for index, value in enumerate(node):
            yield from _texts(value, f"{place}[{index}]")
    elif node is not None:
        yield place, str(node)
        yield from _inner_texts(str(node), place)


def _inner_texts(text: str, place: str) -> Iterator[tuple[str, str]]:
    """The texts within a text that is JSON itself, where escapes could hide a secret."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            inner = json.loads(text)
        except ValueError:
            return
        yield from _texts(inner, f"{place} (JSON)")
