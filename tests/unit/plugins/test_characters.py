"""Characters that nobody sees, and ids that were read as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._options.characters import (
    invisible,
    looks_rewritten,
    unreadable,
)

UNSEEN = st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Co", "Cs"])
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)


@given(VISIBLE, UNSEEN, VISIBLE)
def test_an_unseen_character_is_named_with_its_position(before: str, character: str, after: str) -> None:
    found = invisible(before + character + after)
    assert found is not None
    assert found.startswith(f"U+{ord(character):04X} ")
    assert found.endswith(f" at position {len(before) + 1}")
    assert found.isprintable()


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\xa0", "U+00A0 NO-BREAK SPACE"),
        ("\u3000", "U+3000 IDEOGRAPHIC SPACE"),
        ("\n", "U+000A LINE FEED"),
        ("\x07", "U+0007 CONTROL CHARACTER"),
        ("\ue000", "U+E000 PRIVATE USE"),
        ("\ud800", "U+D800 HALF OF A PAIR"),
        ("\uffff", "U+FFFF UNASSIGNED"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\u2800", "U+2800 BRAILLE PATTERN BLANK"),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR-16"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_members_of_every_kind_are_named(character: str, name: str) -> None:
    assert invisible(f"ab{character}") == f"{name} at position 3"


# Letters and symbols by their category, and nothing to see.
FILLERS = "\u115f\u1160\u3164\uffa0\u2800\ufffc\ufffd"


@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Mc"], exclude_characters=FILLERS) | st.just(" "))
)
def test_what_is_seen_is_taken(text: str) -> None:
    assert invisible(text) is None
    assert unreadable(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "张　三",
        "👩‍🏫 学校",
        "👩🏽‍🏫",
        "❤️‍🔥",
        "❤️",
        "1️⃣",
        "می‌خواهم",
        "क्‍ष",
        "葛\U000e0100城",
        "\U0001fae8",
        "Zoë e\u0301",
    ],
)
def test_what_people_write_is_taken_in_text_for_people(text: str) -> None:
    assert unreadable(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a\u2028b",
        "\u202eabc",
        "\u2066a\u2069",
        "a\u200db",
        "学\u200d校",
        "a\u200b",
        "👩\u200d",
        "\u200d👩",
        "a\xa0b",
        "x\xad",
        "\ufe0f",
        "❤\ufe0f\ufe0f",
        "a\ue000",
        "\u3164",
    ],
)
def test_what_nobody_means_is_refused_in_text_for_people(text: str) -> None:
    assert unreadable(text) is not None


@pytest.mark.parametrize(
    "value", [1448323e10, 1e16, 1e-7, 12.5, 2191532.0, float("inf"), float("nan"), -1e22]
)
def test_what_a_number_leaves_of_an_id_is_known(value: float) -> None:
    assert looks_rewritten(str(value))


@pytest.mark.parametrize(
    "text", ["1448323e10", "02191532", "2191532", "1b448be323", "12e3", "", "information"]
)
def test_an_id_in_quotes_is_an_id(text: str) -> None:
    assert not looks_rewritten(text)
