"""Secrets stay out of text that people read."""

from __future__ import annotations

import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._secrets import MASK, Masker

SECRETS = st.text(min_size=4, max_size=20).filter(
    lambda text: bool(text.strip(" *")) and text.strip() == text
)


@given(SECRETS, st.text(), st.text())
def test_a_secret_never_stays_in_any_of_its_forms(secret: str, before: str, after: str) -> None:
    escaped = json.dumps(secret)[1:-1]
    for form in (
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        html.escape(secret),
        escaped,
        repr(secret)[1:-1],
    ):
        masked = Masker([secret]).mask(before + form + after)
        assert form not in masked.replace(MASK, "")


def test_a_secret_that_contains_another_goes_as_a_whole() -> None:
    assert Masker(["abcd", "abcdefgh"]).mask("x abcdefgh y") == f"x {MASK} y"


@pytest.mark.parametrize("blank", [None, "", " ", "\n"])
def test_a_blank_is_no_secret(blank: str | None) -> None:
    assert Masker([blank]).mask("app_secret: the option is blank\n") == "app_secret: the option is blank\n"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("/read?appId=a&sign=ABC123&timestamp=1", f"/read?appId=a&sign={MASK}&timestamp=1"),
        ("got sign=ABC123", f"got sign={MASK}"),
        ("SIGN=ABC123 more", f"SIGN={MASK} more"),
        ("('sign=ABC123')", f"('sign={MASK}')"),
    ],
)
def test_a_signature_is_found_by_its_name(text: str, masked: str) -> None:
    assert Masker().mask(text) == masked


@pytest.mark.parametrize("text", ["design=blue", "the sign of the times", "用户不存在"])
def test_other_text_is_left_alone(text: str) -> None:
    assert Masker(["secret"]).mask(text) == text


QUOTED = st.tuples(st.text("ab/ é文", min_size=2), st.sampled_from("'\"\\"), st.text("ab'\"\\1", min_size=2))


@given(QUOTED.map("".join).map(str.strip), st.sampled_from(["it's ", 'a "b" ', ""]))
def test_a_secret_in_a_quoted_text_goes_whatever_else_is_quoted(secret: str, before: str) -> None:
    for quoted in (repr(before + secret), json.dumps(before + secret), repr(json.dumps(before + secret))):
        masked = Masker([secret]).mask(quoted)
        assert MASK in masked
        assert repr(secret)[1:-1] not in masked.replace(MASK, "")
