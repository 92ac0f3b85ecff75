"""The search for secrets in what AWX stores."""

from __future__ import annotations

import hashlib
import json

import pytest
from awx_rules.leaks import find_leaks

SECRET = 'S3cr3t"Value\\1234'


@pytest.mark.parametrize(
    "text",
    [
        f"x{SECRET}y",
        hashlib.md5(SECRET.encode()).hexdigest().upper(),
        hashlib.sha256(SECRET.encode()).hexdigest(),
        "https://host/path?a=1&sign=0AF3",
        # Ansible caches facts as JSON within JSON, which escapes a quote twice.
        json.dumps({"x": json.dumps([SECRET])}),
    ],
)
def test_leaks_are_found_wherever_they_lie(text: str) -> None:
    """Values, names of mappings and nested lists are searched; the report never holds the secret."""
    for stored in ({"a": [1, {"b": text}]}, {text: None}):
        leaks = find_leaks(stored, [SECRET])
        assert leaks
        assert SECRET not in str([leak.what for leak in leaks])


def test_signature_field_is_found() -> None:
    """A parameter called sign with a digest in it is a signature, a masked one is not."""
    assert find_leaks({"params": {"sign": "0123456789ABCDEF" * 2}}, [])
    assert not find_leaks({"params": {"sign": "********"}, "url": "?design=1&sign=****"}, [SECRET])


def test_short_secret_is_refused() -> None:
    """A search for a few characters proves nothing."""
    with pytest.raises(ValueError, match="secret 1 is too short"):
        find_leaks({}, ["abc"])
