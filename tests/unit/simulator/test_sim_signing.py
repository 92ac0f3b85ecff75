"""Signing and who may call (docs/api.md §1 to §3)."""

import time
from typing import Any

import pytest
from unit.simulator.support import APP_ID, INFO, SECRET, USER_ID, Api, error, signed

from simulator.signing import digest, is_signed
from simulator.switches import Switches

_V4 = "v4/user/global-setting/callback/get"
_COMMON = {"appId": APP_ID, "timestamp": "1660270926732"}
_SHA256 = {"signatureMethod": "SHA256"}
_PUBLISHED = {"channelIds": "2477096,2272655", "startDay": "2022-05-20", "endDay": "2022-06-18"}


@pytest.mark.parametrize(
    ("further", "method", "expected"),
    [
        (_PUBLISHED, "", "0D2BDA2FD04D93A2B8832B91FD973C4D"),
        (_PUBLISHED, "SHA256", "42703C82180F933545C0E6E3372B5F6303C3A54F77629AA34C4CE3443F7B3B27"),
        (_PUBLISHED | _SHA256, "SHA256", "C19D35BD44B2BD0A538D420D93F80C17EAD9604042098EA38621A2B5663ECEDF"),
        ({}, "", "0545CB7811874FB16247E9A0635B121F"),
    ],
)
def test_known_answers(further: dict[str, str], method: str, expected: str) -> None:
    assert digest({**_COMMON, **further}, SECRET, method=method) == expected


def test_names_are_sorted_by_bytes() -> None:
    assert digest({"b": "2", "Z": "1"}, "s") == digest({"Z": "1b2"}, "s")


@pytest.mark.parametrize(
    ("switch", "parameters", "method", "values"),
    [
        ("verify_empty_in_sign", {"note": ""}, "", ("either", "skip", "include")),
        ("verify_blank_in_sign", {"note": " "}, "", ("either", "skip", "include")),
        ("sha256_signs_method", _SHA256, "SHA256", ("either", "no", "yes")),
    ],
)
def test_what_may_be_signed(
    switch: str, parameters: dict[str, str], method: str, values: tuple[str, ...]
) -> None:
    sent = {**_COMMON, **parameters}
    without = digest(_COMMON, SECRET, method=method)
    included = digest(sent, SECRET, method=method, include_empty=True)
    accepted = [
        [is_signed({**sent, "sign": sign}, SECRET, Switches({switch: value})) for sign in (without, included)]
        for value in values
    ]
    assert accepted == [[True, True], [True, False], [False, True]]


def test_lower_case_and_unknown_methods_are_refused() -> None:
    assert not is_signed({"sign": digest({}, SECRET).lower()}, SECRET, Switches())
    sha1 = {"signatureMethod": "SHA1"}
    assert not is_signed({**sha1, "sign": digest(sha1, SECRET)}, SECRET, Switches())


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, (400, "appId is required.")),
        ({"appId": "nobody"}, (400, "application not found.")),
        ({"appId": APP_ID}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "166027092673x"}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "1660270926"}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": -190}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": 190}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": -170}, (403, "invalid signature.")),
        ({"appId": APP_ID, "timestamp": 170}, (403, "invalid signature.")),
    ],
)
def test_checks_in_their_order(api: Api, parameters: dict[str, Any], expected: tuple[int, str]) -> None:
    """A timestamp that is a number is so many seconds from now."""
    timestamp = parameters.get("timestamp")
    if isinstance(timestamp, int):
        parameters = {**parameters, "timestamp": int((time.time() + timestamp) * 1000)}
    assert error(api.send("GET", INFO, params=parameters)) == expected


def test_nonce_is_good_for_one_call(api: Api) -> None:
    codes = [api.get(INFO, signatureNonce=nonce).json()["code"] for nonce in ("n1", "n1", "n2")]
    assert codes == [200, 403, 200]


def test_signature_error_code_by_endpoint(api: Api) -> None:
    paths = [f"v2/channelSetting/{path}" for path in (f"{USER_ID}/oauth-custom", "2191532/setDonate")]
    for switches, codes in (
        ({}, [400, 403]),
        ({"signature_error_code": "400", "signature_error_code@oauth-custom": "403"}, [403, 400]),
    ):
        api.switch(**switches)
        refused = [error(api.send("POST", path, data={**signed({}), "sign": "x"})) for path in paths]
        assert refused == [(code, "invalid signature.") for code in codes]


def test_finer_codes_of_v4(api: Api) -> None:
    sent = ({**signed({}), "sign": "x"}, {"appId": "nobody"}, signed({}, shift_ms=-190_000))
    for value, finer in (("code", 403), ("own", 39999)):
        api.switch(v4_error_code=value)
        answers = [api.send("GET", _V4, params=parameters).json() for parameters in sent]
        assert [answer["error"]["code"] for answer in answers] == [finer, 20001, 10003]
        assert [answer["code"] for answer in answers] == [403, 400, 400]
