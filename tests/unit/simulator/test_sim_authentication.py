"""Who may call: the common errors of docs/api.md §3, in their order."""

import time

import pytest
from unit.simulator.support import APP_ID, SECRET, USER_ID, Api, error

from simulator.signing import digest

_PATH = "/live/v3/user/get-info"


def _now() -> str:
    return str(int(time.time() * 1000))


def test_nonce_is_good_for_one_call(api: Api) -> None:
    assert error(api.get("v3/user/get-info", signatureNonce="n1")) == (200, "")
    assert error(api.get("v3/user/get-info", signatureNonce="n1")) == (403, "invalid signature.")
    assert error(api.get("v3/user/get-info", signatureNonce="n2")) == (200, "")


@pytest.mark.parametrize(
    ("switches", "expected"),
    [
        ({}, (400, 403)),
        ({"signature_error_code": "401"}, (401, 401)),
        ({"signature_error_code@setDonate": "401"}, (400, 401)),
        ({"signature_error_code": "400", "signature_error_code@oauth-custom": "403"}, (403, 400)),
    ],
)
def test_signature_error_code_by_endpoint(
    api: Api, switches: dict[str, str], expected: tuple[int, int]
) -> None:
    api.switch(**switches)
    paths = (f"v2/channelSetting/{USER_ID}/oauth-custom", "v2/channelSetting/2191532/setDonate")
    refused = [error(api.http.post(f"/live/{path}", data={**api.signed({}), "sign": "x"})) for path in paths]
    assert refused == [(code, "invalid signature.") for code in expected]


@pytest.mark.parametrize(
    ("switch", "included", "accepted"),
    [
        ("either", False, True),
        ("either", True, True),
        ("skip", False, True),
        ("skip", True, False),
        ("include", False, False),
        ("include", True, True),
    ],
)
def test_empty_values_in_the_signature(api: Api, switch: str, included: bool, accepted: bool) -> None:
    api.switch(verify_empty_in_sign=switch)
    parameters = {"appId": APP_ID, "timestamp": _now(), "note": ""}
    sign = digest(parameters, SECRET, include_empty=included)
    response = api.http.get(_PATH, params={**parameters, "sign": sign})
    assert (error(response)[0] == 200) is accepted
