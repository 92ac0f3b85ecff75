"""The signature: the vendor's known answers, and what holds for any parameters (docs/api.md §1)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._api import signing

SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
APP_ID = "g4rqgmmjuo"
TIMESTAMP = 1660270926732
COMMON = {"appId": APP_ID, "timestamp": str(TIMESTAMP)}
CHANNELS = {"channelIds": "2477096,2272655", "startDay": "2022-05-20", "endDay": "2022-06-18"}

# UTF-8 has no lone surrogates, so no text on the wire has them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PARAMETERS = st.dictionaries(TEXT.filter(bool), TEXT, max_size=6)


@pytest.mark.parametrize(
    ("method", "further", "digest"),
    [
        ("md5", CHANNELS, "0D2BDA2FD04D93A2B8832B91FD973C4D"),
        ("sha256", CHANNELS, "42703C82180F933545C0E6E3372B5F6303C3A54F77629AA34C4CE3443F7B3B27"),
        (
            "sha256",
            {**CHANNELS, "signatureMethod": "SHA256"},
            "C19D35BD44B2BD0A538D420D93F80C17EAD9604042098EA38621A2B5663ECEDF",
        ),
        ("md5", {}, "0545CB7811874FB16247E9A0635B121F"),
        (
            "md5",
            {"customUri": "http://mywebsite.com/myDefinedUrl.php", "channelId": "2191532"},
            "A98AE1C08B1B118D9D6B874C2557E0CF",
        ),
        ("md5", {"url": "https://example.com/cb?x=1&y=a b"}, "8A88CD7BC96CD84542B4BF1FAB2BF113"),
        (
            "md5",
            {"donateEnabled": "Y", "type": "good", "goodName": "鲜花,咖啡", "goodPrice": "0.00,0.99"},
            "71D07FD1CB94F534777F02F4169102C0",
        ),
    ],
)
def test_known_answers(method: str, further: dict[str, str], digest: str) -> None:
    assert signing.sign({**COMMON, **further}, SECRET, method) == digest


def test_a_complete_call_carries_the_published_signature() -> None:
    sent = signing.signed(CHANNELS, APP_ID, SECRET, TIMESTAMP)
    assert sent == {**COMMON, **CHANNELS, "sign": "0D2BDA2FD04D93A2B8832B91FD973C4D"}


def test_upper_case_names_sort_before_lower_case_names() -> None:
    assert signing.signature_base({"a": "1", "B": "2", "_": "3"}, "S") == "SB2_3a1S"


@given(PARAMETERS, st.randoms(use_true_random=False))
def test_the_order_of_the_parameters_does_not_matter(parameters: dict[str, str], random: object) -> None:
    shuffled = list(parameters.items())
    getattr(random, "shuffle")(shuffled)  # noqa: B009
    assert signing.sign(dict(shuffled), SECRET) == signing.sign(parameters, SECRET)


@given(PARAMETERS)
def test_names_sort_by_their_bytes(parameters: dict[str, str]) -> None:
    filled = {name: value for name, value in parameters.items() if value and name != "sign"}
    in_bytes = sorted((name.encode(), value.encode()) for name, value in filled.items())
    expected = SECRET.encode() + b"".join(name + value for name, value in in_bytes) + SECRET.encode()
    assert signing.signature_base(parameters, SECRET).encode() == expected


@given(PARAMETERS)
def test_the_digest_is_over_utf8_and_in_upper_case(parameters: dict[str, str]) -> None:
    base = signing.signature_base(parameters, SECRET).encode()
    expected = hashlib.md5(base, usedforsecurity=False).hexdigest().upper()
    assert signing.sign(parameters, SECRET) == expected


@given(PARAMETERS, TEXT.filter(bool))
def test_an_empty_value_is_never_signed(parameters: dict[str, str], name: str) -> None:
    without = {key: value for key, value in parameters.items() if key != name}
    assert signing.sign({**without, name: ""}, SECRET) == signing.sign(without, SECRET)


@given(PARAMETERS)
def test_an_empty_value_is_never_sent(parameters: dict[str, str]) -> None:
    assert "" not in signing.signed(parameters, APP_ID, SECRET, TIMESTAMP).values()


@given(PARAMETERS, TEXT)
def test_the_sign_itself_is_not_signed(parameters: dict[str, str], earlier: str) -> None:
    without = {key: value for key, value in parameters.items() if key != "sign"}
    assert signing.sign({**without, "sign": earlier}, SECRET) == signing.sign(without, SECRET)


@given(PARAMETERS)
def test_every_value_travels_unchanged(parameters: dict[str, str]) -> None:
    own = {name: value for name, value in parameters.items() if value and name not in ("sign", *COMMON)}
    sent = signing.signed(own, APP_ID, SECRET, TIMESTAMP)
    assert {name: sent[name] for name in own} == own


@given(PARAMETERS, st.sampled_from(["md5", "sha256"]))
def test_the_secret_is_never_among_the_parameters(parameters: dict[str, str], method: str) -> None:
    sent = signing.signed(parameters, APP_ID, SECRET, TIMESTAMP, method)
    assert "appSecret" not in set(sent) - set(parameters)
    assert SECRET not in sent.values()


@given(PARAMETERS)
def test_signing_leaves_its_input_alone(parameters: dict[str, str]) -> None:
    before = dict(parameters)
    signing.signed(parameters, APP_ID, SECRET, TIMESTAMP)
    assert parameters == before
