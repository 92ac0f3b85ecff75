"""Who may call: the common errors of contract §3, in their order."""

import time

import pytest
from unit.simulator.support import APP_ID, SECRET, Api, data, error

from simulator.signing import digest

_PATH = "/live/v3/user/get-info"


def _now() -> str:
    return str(int(time.time() * 1000))


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, (400, "appId is required.")),
        ({"appId": ""}, (400, "appId is required.")),
        ({"appId": "nobody"}, (400, "application not found.")),
        ({"appId": APP_ID}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "1660270926732"}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "166027092673x"}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "1660270926"}, (400, "invalid timestamp.")),
        ({"appId": APP_ID, "timestamp": "now"}, (403, "invalid signature.")),
        ({"appId": APP_ID, "timestamp": "now", "sign": "0" * 32}, (403, "invalid signature.")),
    ],
)
def test_errors(api: Api, parameters: dict[str, str], expected: tuple[int, str]) -> None:
    sent = {name: _now() if value == "now" else value for name, value in parameters.items()}
    response = api.http.get(_PATH, params=sent)
    assert response.json() == {"code": expected[0], "status": "error", "message": expected[1], "data": ""}


@pytest.mark.parametrize(("seconds", "valid"), [(-170, True), (170, True), (-190, False), (190, False)])
def test_timestamp_is_good_for_three_minutes(api: Api, seconds: int, valid: bool) -> None:
    response = api.http.get(_PATH, params=api.signed({}, shift_ms=seconds * 1000))
    assert (error(response) == (200, "")) is valid


def test_sha256(api: Api) -> None:
    assert data(api.get("v3/user/get-info", signatureMethod="SHA256"))["userId"]


def test_nonce_is_good_for_one_call(api: Api) -> None:
    assert error(api.get("v3/user/get-info", signatureNonce="n1")) == (200, "")
    assert error(api.get("v3/user/get-info", signatureNonce="n1")) == (403, "invalid signature.")
    assert error(api.get("v3/user/get-info", signatureNonce="n2")) == (200, "")


@pytest.mark.parametrize("value", ["400", "401"])
def test_signature_error_code(api: Api, value: str) -> None:
    api.switch(signature_error_code=value)
    response = api.http.get(_PATH, params={**api.signed({}), "sign": "wrong"})
    assert error(response) == (int(value), "invalid signature.")


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


def test_forbidden_and_missing(api: Api) -> None:
    changes = {"forbidden": ["get-weixin-share-api"], "missing": ["channels"]}
    api.http.patch("/_simulator/accounts/1b448be323", json=changes)
    refused = api.post("v3/user/get-weixin-share-api").json()
    assert refused == {"code": 500, "status": "fail", "message": "access forbidden", "data": ""}
    missing = api.get("v3/user/channels")
    assert missing.status_code == 404
    assert missing.headers["content-type"].startswith("text/html")


def test_user_id_in_the_path_must_be_the_callers(api: Api) -> None:
    for path in ("v2/channelSetting/other00001/oauth-custom", "v2/user/other00001/set-record-callback"):
        assert error(api.post(path, customUri="http://a.example/")) == (400, "userId is error.")
