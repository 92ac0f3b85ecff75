"""Checks of single values: what is taken, unchanged, and what is refused with the option's name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils import _validate
from ansible_collections.polyv.live.plugins.module_utils._errors import InputError

# What may follow the host of a URL: anything but blanks and control characters.
REST = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=30)


def refused(check: Callable[[str, str], object], value: str) -> str:
    """The message with which a check refuses a value; fails where it takes it."""
    with pytest.raises(InputError) as caught:
        check("the_option", value)
    assert caught.value.failure.kind == "invalid_input"
    return caught.value.msg


@given(st.sampled_from(["http", "https", "HTTPS"]), REST)
def test_a_url_comes_back_byte_for_byte(scheme: str, rest: str) -> None:
    value = f"{scheme}://例子.example.com:8443/{rest}"
    assert _validate.url("url", value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "example.com/cb",
        "/cb",
        "//example.com/cb",
        "ftp://example.com/cb",
        "javascript:alert(1)",
        "https://",
        "https:///cb",
        "https://:443/cb",
        "https://example.com:port/",
        "https://example.com:99999/",
        "https://[::1/",
        "https://example.com/a b",
        " https://example.com/",
        "https://example.com/\n",
        "https://example.com/a\tb",
        "https://example.com/a\u3000b",
        "https://example.com/a\x00b",
    ],
)
def test_a_url_must_be_absolute_with_a_host_and_without_blanks(value: str) -> None:
    msg = refused(_validate.url, value)
    assert msg.startswith(f"the_option: got {value!r}, must be an absolute http:// or https:// URL")


@given(REST.filter(lambda rest: "?" not in rest))
def test_an_authorization_url_comes_back_byte_for_byte(rest: str) -> None:
    value = f"https://login.example.com/{rest}"
    assert _validate.authorization_url("custom_uri", value) == value


@pytest.mark.parametrize(
    "value",
    ["https://a.example/?", "https://a.example/x?y=1", "https://a.example?", "https://a.example/#a?b"],
)
def test_an_authorization_url_has_no_question_mark(value: str) -> None:
    assert "must not contain '?'" in refused(_validate.authorization_url, value)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "app.localhost",
        "127.0.0.1",
        "127.8.9.1",
        "[::1]",
        "0.0.0.0",
        "[::]",
        "localhost:8080",
    ],
)
def test_an_authorization_url_does_not_point_at_localhost(host: str) -> None:
    assert "must not point at localhost" in refused(_validate.authorization_url, f"https://{host}/login")


@pytest.mark.parametrize("host", ["localhost.example.com", "mylocalhost.com", "128.0.0.1", "[2001:db8::1]"])
def test_a_host_that_only_resembles_localhost_is_taken(host: str) -> None:
    value = f"https://{host}/login"
    assert _validate.authorization_url("custom_uri", value) == value


@given(st.from_regex(r"0{0,3}[1-9][0-9]{0,9}", fullmatch=True))
def test_a_channel_id_is_digits(value: str) -> None:
    assert _validate.channel_id("channel_id", value) == value


@pytest.mark.parametrize(
    "value", ["", " ", "0", "000", "12a", "-1", "+1", "1.0", " 12", "12\n", "1,2", "١٢", "²", "None", "../1"]
)
def test_what_could_mean_every_channel_is_no_channel_id(value: str) -> None:
    msg = refused(_validate.channel_id, value)
    assert msg == f"the_option: got {value!r}, must be the number of a channel: digits only, and not zero"


@pytest.mark.parametrize("value", ["", " ", "a/b", "..", "a b", "a%2Fb", "a?b", "用户", "a\n"])
def test_a_user_id_is_letters_and_digits(value: str) -> None:
    assert "letters and digits only" in refused(_validate.user_id, value)


def test_a_user_id_comes_back_unchanged() -> None:
    assert _validate.user_id("user_id", "1b448be323") == "1b448be323"


@pytest.mark.parametrize("value", ["", " ", "\t\n", "\u3000"])
def test_blank_text_is_refused(value: str) -> None:
    assert refused(_validate.not_blank, value) == f"the_option: got {value!r}, must not be blank"


@pytest.mark.parametrize("value", ["a@example.com", "a.b+c@mail.example.co", "老师@例子.中国"])
def test_what_is_shaped_like_an_email_is_taken(value: str) -> None:
    assert _validate.email("email", value) == value


@pytest.mark.parametrize(
    "value", ["", "a", "a@", "@b.c", "a@b", "a@b.", "a@.b", "a b@c.d", "a@b.c,d@e.f", "a@b@c.d", "a@b.c\n"]
)
def test_what_is_not_one_address_is_refused(value: str) -> None:
    assert "must be one email address" in refused(_validate.email, value)


@given(st.decimals(min_value=0, max_value=9999, places=2), st.integers(min_value=0, max_value=5))
def test_decimals_compare_whatever_their_zeros(number: Decimal, zeros: int) -> None:
    padded = f"{number}{'0' * zeros}"
    assert _validate.decimal("price", padded, 0) == number


@given(st.decimals(min_value=0, max_value=9999, allow_nan=False, allow_infinity=False))
def test_a_decimal_is_sent_without_an_exponent_and_without_loss(number: Decimal) -> None:
    sent = _validate.plain(number)
    assert "e" not in sent.lower()
    assert Decimal(sent) == number


@pytest.mark.parametrize(
    "value",
    ["", " ", "NaN", "Infinity", "-inf", "1_0", " 1", "1 ", "1,5", "١", ".5", "0x1", "one", "1e999", "-0.01"],
)
def test_a_price_is_a_finite_decimal_of_at_least_0(value: str) -> None:
    msg = refused(lambda option, text: _validate.decimal(option, text, 0), value)
    assert msg == f"the_option: got {value!r}, must be a number of at least 0"


@pytest.mark.parametrize("value", ["0", "0.00", "9999", "9999.000", "66.60"])
def test_both_bounds_of_a_range_are_allowed(value: str) -> None:
    assert _validate.decimal("cash_min", value, 0, 9999) == Decimal(value)


@pytest.mark.parametrize("value", ["-0.01", "9999.01", "10000", "1e4"])
def test_a_number_outside_its_range_is_refused_with_the_range(value: str) -> None:
    msg = refused(lambda option, text: _validate.decimal(option, text, 0, 9999), value)
    assert msg == f"the_option: got {value!r}, must be a number from 0 to 9999"
