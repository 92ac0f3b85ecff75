"""URLs and the hosts in them: what is taken as it was given, and what is refused with the reason."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._options import hosts, urls

# What may follow the host of a URL: whatever can be seen.
REST = st.text(
    st.characters(
        categories=["L", "N", "P", "S"], exclude_characters="\\\u115f\u1160\u3164\uffa0\u2800\ufffc\ufffd"
    )
)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,9}[a-z0-9])?", fullmatch=True).filter(
    lambda label: "--" not in label
)
HOST = st.builds(lambda labels: ".".join([*labels, "example", "com"]), st.lists(LABEL, max_size=3))
LOOPBACK = st.integers(int(ipaddress.ip_address("127.0.0.0")), int(ipaddress.ip_address("127.255.255.255")))


def refused(check: Callable[[str, str], object], value: str) -> str:
    """The message with which a check refuses a value; fails where it takes it."""
    with pytest.raises(InputError) as caught:
        check("the_option", value)
    assert caught.value.msg.startswith("the_option: ")
    return caught.value.msg


@given(st.sampled_from(["http", "https", "HTTPS", "Http"]), HOST, st.sampled_from("/?#"), REST)
def test_a_url_comes_back_byte_for_byte_but_for_its_scheme(
    scheme: str, host: str, mark: str, rest: str
) -> None:
    behind = f"://{host}:8443{mark}{rest}"
    assert urls.url("url", scheme + behind) == scheme.lower() + behind
    assert urls.url("url", urls.url("url", scheme + behind)) == scheme.lower() + behind


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "example.com/cb",
        "/cb",
        "//a.com/cb",
        "ftp://a.com/cb",
        "javascript:alert(1)",
        "https://",
        "https:///cb",
        "https://:443/cb",
        "https:/a.com",
        "https://a.com/a b",
        " https://a.com/",
        "https:\\\\a.com",
        "https://?a",
        "ht\u017fps://a.com",
    ],
)
def test_a_url_must_be_absolute_with_a_host_and_without_blanks(value: str) -> None:
    assert refused(urls.url, value) == (
        f"the_option: got {value!r}, must be an absolute http:// or https:// URL with a host and without blanks"
    )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("https://hooks.example.com/record\u200b", "no URL has U+200B ZERO WIDTH SPACE at position 33"),
        ("\ufeffhttps://a.com/", "no URL has U+FEFF ZERO WIDTH NO-BREAK SPACE at position 1"),
        ("https://a.com/\n", "no URL has U+000A LINE FEED at position 15"),
        ("https://a.com/a\u3000b", "no URL has U+3000 IDEOGRAPHIC SPACE"),
        ("https://a.com\u202e/", "no URL has U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("https://a.com/❤\ufe0f", "no URL has U+FE0F VARIATION SELECTOR-16"),
        ("https://a..com/", "is no name of a host"),
        ("https://.a.com/", "is no name of a host"),
        ("https://a.com../", "is no name of a host"),
        ("https://-a.com/", "is no name of a host"),
        ("https://a,b.com/", "is no name of a host"),
        ("https://a%2ecom/", "is no name of a host"),
        ("https://{{host}}/", "is no name of a host"),
        ("https://a。com/", "is no name of a host"),
        ("https://１２３.com/", "is no name of a host"),
        ("https://☃☃.com/", "is no name of a host"),
        (f"https://{'a' * 64}.com/", "is no name of a host"),
        (f"https://{'abc.' * 70}com/", "is no name of a host"),
        ("https://1.2.3.4.5/", "ends with a number and is no address"),
        ("https://256.1.1.1/", "ends with a number and is no address"),
        ("https://a.0x7f/", "ends with a number and is no address"),
        ("https://127.1/", "the host 127.0.0.1 in another spelling"),
        ("https://010.0.0.1/", "the host 8.0.0.1 in another spelling"),
        ("https://[::1/", "whose port"),
        ("https://[a]/", "no IPv6 address between the brackets"),
        ("https://[fe80::1%25eth0]/", "no IPv6 address between the brackets"),
        ("https://[v1.a]/", "no IPv6 address between the brackets"),
        ("https://::1/", "with a host"),
        ("https://a.com:port/", "port, if it has one, is from 1 to 65535"),
        ("https://a.com:99999/", "port, if it has one, is from 1 to 65535"),
        ("https://a.com:0/", "port, if it has one, is from 1 to 65535"),
        ("https://a.com:/", "port, if it has one, is from 1 to 65535"),
        ("https://a.com:８０/", "port, if it has one, is from 1 to 65535"),
        ("https://good.com\\@evil.com/", "must not contain a backslash"),
        ("https://a.com/a\\b", "must not contain a backslash"),
        ("https://a.com/" + "a" * 5000, "at most 4096 characters"),
    ],
)  # fmt: skip
def test_what_is_read_in_two_ways_is_refused_with_the_reason(value: str, problem: str) -> None:
    msg = refused(urls.url, value)
    assert problem in msg
    assert len(msg) < 500


@pytest.mark.parametrize("value", ["https://me:hush@a.com/", "https://me:hush@a..com/", "ftp://me:hush@a.com", "me:hush@a.com",
                                   "https:\\\\me:hush@a.com\\", "https://me:hush@a.com/\u200b"])  # fmt: skip
def test_a_password_in_a_url_is_refused_and_never_quoted(value: str) -> None:
    assert "hush" not in refused(urls.url, value)
    assert "hush" not in refused(urls.authorization_url, value)


@pytest.mark.parametrize(
    "host",
    [
        "例子.example.com",
        "a_b.example.com",
        "example.com.",
        "[2001:db8::1]",
        "203.0.113.7",
        "intranet",
        "xn--fsqu00a.com",
    ],
)
def test_hosts_that_exist_are_taken(host: str) -> None:
    assert urls.url("url", f"https://{host}:1/x") == f"https://{host}:1/x"


@pytest.mark.parametrize(
    ("value", "mark"),
    [("https://a.com/?", "'?'"), ("https://a.com?", "'?'"), ("https://a.com/#a?b", "'?'"),
     ("https://a.com/x？y=1", "'？' (FULLWIDTH QUESTION MARK)"), ("https://a.com/﹖", "'﹖' (SMALL QUESTION MARK)")],
)  # fmt: skip
def test_an_authorization_url_has_no_question_mark(value: str, mark: str) -> None:
    assert f"must not contain {mark}: Polyv appends" in refused(urls.authorization_url, value)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "[0:0:0::1]", "0.0.0.0", "[::]",
     "localhost:8080", "127.1", "127.0.1", "2130706433", "0x7f.1", "0X7F000001", "017700000001", "0177.0.0.1", "0", "127.0.0.1.",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[2002:7f00:1::]", "１２７.0.0.1", "127。0。0。1",
     "ｌocalhost", "ⓛocalhost", "localhost.localdomain", "ip6-localhost"],
)  # fmt: skip
def test_an_authorization_url_does_not_point_at_localhost(host: str) -> None:
    assert "must not point at localhost" in refused(urls.authorization_url, f"https://{host}/login")


@given(LOOPBACK, st.sampled_from(["{}", "{:#x}", "0{:o}"]), st.integers(1, 4))
def test_every_spelling_of_a_loopback_address_is_known(number: int, form: str, parts: int) -> None:
    split = [number >> 8 * (3 - place) & 255 for place in range(parts - 1)] + [
        number & 256 ** (5 - parts) - 1
    ]
    host = ".".join(form.format(part) for part in split)
    assert hosts.is_loopback(host)
    assert (hosts.problem(host) is None) == (host == str(ipaddress.IPv4Address(number)))


@pytest.mark.parametrize(
    "host",
    [
        "localhost.example.com",
        "mylocalhost.com",
        "128.0.0.1",
        "[2001:db8::1]",
        "[::ffff:8.8.8.8]",
        "localhost.localdomain",
        "0x7g",
    ],
)
def test_a_host_that_only_resembles_this_machine_is_not_it(host: str) -> None:
    assert not hosts.is_loopback(host)
