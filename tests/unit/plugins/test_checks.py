"""Checks of single values: what is taken, unchanged, and what is refused with the option's name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._options import checks


def refused(check: Callable[[str, Any], object], value: Any) -> str:
    """The message with which a check refuses a value; fails where it takes it."""
    with pytest.raises(InputError) as caught:
        check("the_option", value)
    assert caught.value.failure.kind.word == "invalid_input"
    return caught.value.msg


@given(st.integers(1, 10**15), st.integers(0, 3))
def test_a_channel_has_one_id_whatever_its_zeros(number: int, zeros: int) -> None:
    assert checks.channel_id("channel_id", "0" * zeros + str(number)) == str(number)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "0",
        "000",
        "12a",
        "-1",
        "+1",
        "1.0",
        " 12",
        "12\n",
        "1,2",
        "١٢",
        "²",
        "None",
        "../1",
        "9" * 5000,
    ],
)
def test_what_could_mean_every_channel_is_no_channel_id(value: str) -> None:
    msg = refused(checks.channel_id, value)
    assert msg.startswith("the_option: got ")
    assert "must be the number of a channel: digits only, and not zero" in msg
    assert len(msg) < 400


@pytest.mark.parametrize("value", ["", " ", "a/b", "..", "a b", "a%2Fb", "a?b", "用户", "a\n"])
def test_a_user_id_is_letters_and_digits(value: str) -> None:
    assert "letters and digits only" in refused(checks.user_id, value)


@pytest.mark.parametrize("value", ["1b448be323", "1448323e10"])
def test_a_user_id_comes_back_unchanged(value: str) -> None:
    assert checks.user_id("user_id", value) == value


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks.user_id, str(1448323e10)),
        (checks.channel_id, str(2191532.0)),
        (checks.channel_id, "1e+16"),
        (checks.mobile, str(1.38e17)),
    ],
)
def test_an_id_that_was_read_as_a_number_says_so(check: Callable[[str, str], str], value: str) -> None:
    assert "was read as a number, which may have changed it; put it in quotes" in refused(check, value)


@pytest.mark.parametrize(
    ("check", "value", "found"),
    [
        (checks.user_id, "1b448\u200bbe323", "U+200B ZERO WIDTH SPACE at position 6"),
        (checks.channel_id, "2191532\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE at position 8"),
        (checks.channel_id, "２191532", "U+FF12 FULLWIDTH DIGIT TWO at position 1"),
        (checks.email, "a@x。example.com", "U+3002 IDEOGRAPHIC FULL STOP at position 4"),
        (checks.email, "a@x．example.com", "U+FF0E FULLWIDTH FULL STOP at position 4"),
        (checks.email, "\u202ea@example.com", "U+202E RIGHT-TO-LEFT OVERRIDE at position 1"),
        (checks.mobile, "1380000000０", "U+FF10 FULLWIDTH DIGIT ZERO at position 11"),
        (checks.mobile, "13800000000\u200e", "U+200E LEFT-TO-RIGHT MARK at position 12"),
        (checks.name, "a\u200bb", "U+200B ZERO WIDTH SPACE at position 2"),
        (checks.name, "a\nb", "U+000A LINE FEED at position 2"),
        (
            lambda option, value: str(checks.decimal(option, value, 0)),
            "１",
            "U+FF11 FULLWIDTH DIGIT ONE at position 1",
        ),
    ],
)
def test_a_character_that_looks_like_another_or_like_none_is_named(
    check: Callable[[str, str], str], value: str, found: str
) -> None:
    assert found in refused(check, value)


@pytest.mark.parametrize("value", ["", " ", "   ", "\u3000"])
def test_a_blank_name_is_refused(value: str) -> None:
    assert refused(checks.name, value) == f"the_option: got {value!r}, must not be blank"


def test_a_name_loses_the_blanks_around_it() -> None:
    assert checks.name("name", " 张　三 👩‍🏫 ") == "张　三 👩‍🏫"
    assert "must be at most 200 characters" in refused(checks.name, "x" * 201)


@pytest.mark.parametrize(
    "value", ["a@example.com", "a.b+c@mail.example.co", "o'neil@xn--fsqu00a.xn--fiqs8s", "13800000000@qq.com"]
)
def test_what_is_shaped_like_an_email_is_taken(value: str) -> None:
    assert checks.email("email", value) == value


@pytest.mark.parametrize(
    "value",
    ["", "a", "a@", "@b.c", "a@b", "a@b.", "a@.b", "a b@c.d", "a@b.c,d@e.f", "a@b@c.d", "a@b.c\n", "n/a", "a@b..c", ".a@b.c", "a.@b.c",
     "a..b@c.d", "A <a@b.c>", "<a@b.c>", '"a b"@c.d', "a@b.c;d@e.f", "a@b.c.", " a@b.c", "a@-b.c", "a@[1.2.3.4]", "a@1.2.3.4",
     "a@b.1", "a@b_c.d", "a@例子.中国", "老师@b.c", "a@b.c:80", "mailto:a@b.c,", f"{'a' * 65}@b.c", f"a@{'b.' * 130}c"],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(value: str) -> None:
    assert "must be one email address" in refused(checks.email, value)


@pytest.mark.parametrize(
    "value", ["13800000000", "+8613800000000", "+86 138-0000-0000", "010-12345678", " 13800000000 ", "1"]
)
def test_a_mobile_is_taken_as_it_is_written(value: str) -> None:
    assert checks.mobile("mobile", value) == value.strip()


@pytest.mark.parametrize(
    "value",
    ["", " ", "n/a", "-", "+", "--13800000000", "13800000000-", "1380000000x", "++8613800000000",
     "(010) 1234567", "138/0000/0000", "138.0000.0000", "13800000000,13900000000", "13800000000\n", "-13800000000", "9" * 21],
)  # fmt: skip
def test_what_nobody_can_dial_is_no_mobile(value: str) -> None:
    assert "must be" in refused(checks.mobile, value) or "quotes" in refused(checks.mobile, value)


@given(st.integers() | st.floats(), st.booleans())
def test_of_all_numbers_only_one_that_is_a_mobile_is_taken(value: float, shift: bool) -> None:
    number = value + 13800000000 if isinstance(value, int) and shift else value
    if isinstance(number, int) and len(str(number)) == 11 and str(number).startswith("1"):
        checks.mobile_as_given("mobile", number)
    else:
        assert "read as a number" in refused(checks.mobile_as_given, number)


@given(st.decimals(min_value=0, max_value=9999, places=2), st.integers(min_value=0, max_value=5))
def test_decimals_compare_whatever_their_zeros(number: Decimal, zeros: int) -> None:
    padded = f"{number}{'0' * zeros}"
    assert checks.decimal("price", padded, 0) == number


@given(st.decimals(min_value=0, max_value=9999, allow_nan=False, allow_infinity=False))
def test_a_decimal_is_sent_without_an_exponent_and_without_loss(number: Decimal) -> None:
    sent = checks.decimal_text(number)
    assert "e" not in sent.lower()
    assert Decimal(sent) == number


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "NaN",
        "Infinity",
        "-inf",
        "1_0",
        " 1",
        "1 ",
        "1,5",
        "١",
        ".5",
        "0x1",
        "one",
        "1e999",
        "-0.01",
        "9" * 31,
    ],
)
def test_a_price_is_a_finite_decimal_of_at_least_0(value: str) -> None:
    msg = refused(lambda option, text: checks.decimal(option, text, 0), value)
    assert msg.startswith(f"the_option: got {value!r}")
    assert msg.endswith(", must be a number of at least 0")


@pytest.mark.parametrize("value", ["-0", "-0.00", "-0e5"])
def test_minus_zero_is_zero(value: str) -> None:
    assert not checks.decimal("cash_min", value, 0).is_signed()
    assert "-" not in checks.decimal_text(Decimal(value))


@pytest.mark.parametrize("value", ["0", "0.00", "9999", "9999.000", "66.60"])
def test_both_bounds_of_a_range_are_allowed(value: str) -> None:
    assert checks.decimal("cash_min", value, 0, 9999) == Decimal(value)


@pytest.mark.parametrize("value", ["-0.01", "9999.01", "10000", "1e4"])
def test_a_number_outside_its_range_is_refused_with_the_range(value: str) -> None:
    msg = refused(lambda option, text: checks.decimal(option, text, 0, 9999), value)
    assert msg == f"the_option: got {value!r}, must be a number from 0 to 9999"
