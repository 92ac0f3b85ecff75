"""Who may call: the common errors of docs/api.md §3, in their order."""

import time

import pytest
from unit.simulator.support import APP_ID, SECRET, USER_ID, Api, data, error

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


_V4 = "v4/user/global-setting/callback/get"


@pytest.mark.parametrize(("value", "message"), [("english", "invalid timestamp."), ("chinese", "时间戳过期")])
def test_expired_timestamp(api: Api, value: str, message: str) -> None:
    api.switch(expired_timestamp=value)
    expired = api.signed({}, shift_ms=-190_000)
    assert error(api.http.get(_PATH, params=expired)) == (400, message)
    assert api.http.get(f"/live/{_V4}", params=expired).json()["error"] == {"code": 10003, "desc": message}
    # What is no timestamp at all has not expired.
    assert error(api.http.get(_PATH, params={**expired, "timestamp": "1"})) == (400, "invalid timestamp.")


@pytest.mark.parametrize(("value", "finer"), [("code", 403), ("own", 39999)])
def test_finer_codes_of_v4(api: Api, value: str, finer: int) -> None:
    api.switch(v4_error_code=value)
    unsigned = api.http.get(f"/live/{_V4}", params={**api.signed({}), "sign": "x"})
    assert (unsigned.json()["code"], unsigned.json()["error"]["code"]) == (403, finer)
    unknown = api.http.get(f"/live/{_V4}", params={"appId": "nobody"}).json()
    assert (unknown["code"], unknown["error"]["code"]) == (400, 20001)


@pytest.mark.parametrize("switch", ["200", "code"])
def test_http_status_of_a_v4_error_is_its_code(api: Api, switch: str) -> None:
    api.switch(error_http_status=switch)
    assert api.http.get(f"/live/{_V4}").status_code == 400
    assert api.http.get(f"/live/{_V4}", params={**api.signed({}), "sign": "x"}).status_code == 403


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
