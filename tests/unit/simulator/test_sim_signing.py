"""Signing: the known answers of docs/api.md §1, and what holds for any parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.simulator.support import APP_ID, SECRET

from simulator.signing import digest, is_signed
from simulator.switches import Switches

_COMMON = {"appId": APP_ID, "timestamp": "1660270926732"}
_PUBLISHED = {"channelIds": "2477096,2272655", "startDay": "2022-05-20", "endDay": "2022-06-18"}
_GOODS = {"donateEnabled": "Y", "type": "good", "goodName": "鲜花,咖啡", "goodPrice": "0.00,0.99"}

_PARAMETERS = st.dictionaries(st.text(min_size=1), st.text())


@pytest.mark.parametrize(
    ("further", "method", "expected"),
    [
        (_PUBLISHED, "", "0D2BDA2FD04D93A2B8832B91FD973C4D"),
        (_PUBLISHED, "SHA256", "42703C82180F933545C0E6E3372B5F6303C3A54F77629AA34C4CE3443F7B3B27"),
        (
            {**_PUBLISHED, "signatureMethod": "SHA256"},
            "SHA256",
            "C19D35BD44B2BD0A538D420D93F80C17EAD9604042098EA38621A2B5663ECEDF",
        ),
        ({}, "", "0545CB7811874FB16247E9A0635B121F"),
        (
            {"customUri": "http://mywebsite.com/myDefinedUrl.php", "channelId": "2191532"},
            "",
            "A98AE1C08B1B118D9D6B874C2557E0CF",
        ),
        ({"url": "https://example.com/cb?x=1&y=a b"}, "", "8A88CD7BC96CD84542B4BF1FAB2BF113"),
        (_GOODS, "", "71D07FD1CB94F534777F02F4169102C0"),
    ],
)
def test_known_answers(further: dict[str, str], method: str, expected: str) -> None:
    assert digest({**_COMMON, **further}, SECRET, method=method) == expected


@given(_PARAMETERS, st.text())
def test_own_signature_is_accepted(parameters: dict[str, str], secret: str) -> None:
    parameters.pop("signatureMethod", None)
    signed = {**parameters, "sign": digest(parameters, secret)}
    assert is_signed(signed, secret, Switches({"verify_empty_in_sign": "skip"}))


@given(_PARAMETERS)
def test_order_does_not_matter(parameters: dict[str, str]) -> None:
    backwards = dict(reversed(list(parameters.items())))
    assert digest(backwards, SECRET) == digest(parameters, SECRET)


@given(_PARAMETERS, st.text(min_size=1))
def test_another_secret_is_another_signature(parameters: dict[str, str], secret: str) -> None:
    assert digest(parameters, SECRET + secret) != digest(parameters, SECRET)


@given(_PARAMETERS, st.text(min_size=1).filter(lambda name: name != "sign"))
def test_empty_values_take_part_only_on_demand(parameters: dict[str, str], name: str) -> None:
    without = {key: value for key, value in parameters.items() if key != name and value}
    with_empty = {**without, name: ""}
    assert digest(with_empty, SECRET) == digest(without, SECRET)
    assert digest(with_empty, SECRET, include_empty=True) != digest(without, SECRET, include_empty=True)


def test_upper_case_sorts_before_lower_case() -> None:
    assert digest({"b": "2", "Z": "1"}, "s") == digest({"Z": "1b2"}, "s")


def test_lower_case_digest_is_refused() -> None:
    assert not is_signed({"sign": digest({}, SECRET).lower()}, SECRET, Switches())


def test_unknown_method_is_refused() -> None:
    parameters = {"signatureMethod": "SHA1"}
    assert not is_signed({**parameters, "sign": digest(parameters, SECRET)}, SECRET, Switches())


@pytest.mark.parametrize(
    ("switches", "signed", "accepted"),
    [
        ({}, {"signatureMethod": "SHA256"}, True),
        ({}, {}, True),
        ({"sha256_signs_method": "yes"}, {"signatureMethod": "SHA256"}, True),
        ({"sha256_signs_method": "yes"}, {}, False),
        ({"sha256_signs_method": "no"}, {"signatureMethod": "SHA256"}, False),
        ({"sha256_signs_method": "no"}, {}, True),
    ],
)
def test_sha256_with_and_without_its_own_name(
    switches: dict[str, str], signed: dict[str, str], accepted: bool
) -> None:
    sign = digest({**_COMMON, **signed}, SECRET, method="SHA256")
    sent = {**_COMMON, "signatureMethod": "SHA256", "sign": sign}
    assert is_signed(sent, SECRET, Switches(switches)) is accepted


@pytest.mark.parametrize(
    ("switch", "included", "accepted"),
    [
        ("either", True, True),
        ("either", False, True),
        ("skip", True, False),
        ("skip", False, True),
        ("include", True, True),
        ("include", False, False),
    ],
)
def test_values_of_blanks(switch: str, included: bool, accepted: bool) -> None:
    parameters = {**_COMMON, "note": " "}
    sign = digest(parameters, SECRET, include_blank=included)
    answers = Switches({"verify_blank_in_sign": switch})
    assert is_signed({**parameters, "sign": sign}, SECRET, answers) is accepted
