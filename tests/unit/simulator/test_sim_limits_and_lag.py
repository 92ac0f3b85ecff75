"""The request limit and reads that lag behind writes (docs/api.md §2)."""

import time

import pytest
from unit.simulator.support import CHANNEL, USER_ID, Api, api_for, data, error

from simulator.simulation import Options

_THROTTLED = "qps exceeds number of calls"


def _set(api: Api, url: str) -> None:
    assert data(api.post("v3/user/set-weixin-share-api", url=url)) == "success"


def _get(api: Api) -> str:
    url: str = data(api.post("v3/user/get-weixin-share-api"))
    return url


def test_limit_blocks_the_address_for_a_while() -> None:
    api = api_for(Options(requests_per_window=3, block_seconds=0.4))
    assert [error(api.get("v3/user/get-info"))[0] for _unused in range(3)] == [200] * 3
    assert error(api.get("v3/user/get-info")) == (400, _THROTTLED)
    assert error(api.http.get("/live/v3/user/get-info")) == (400, _THROTTLED)
    assert api.http.get("/_simulator/switches").status_code == 200
    time.sleep(0.45)
    assert error(api.get("v3/user/get-info"))[0] == 200


def test_limit_of_zero_is_none() -> None:
    api = api_for(Options(requests_per_window=0))
    assert {error(api.get("v3/user/get-info"))[0] for _unused in range(20)} == {200}


@pytest.mark.parametrize(("code", "status"), [(400, 200), (429, 429), (500, 503)])
def test_throttle_code_and_status(code: int, status: int) -> None:
    api = api_for(
        Options(requests_per_window=1, switches={"throttle_code": code, "throttle_http_status": status})
    )
    api.get("v3/user/get-info")
    response = api.get("v3/user/get-info")
    assert (response.status_code, *error(response)) == (status, code, _THROTTLED)


def test_throttled_v4_call_gets_its_own_envelope() -> None:
    api = api_for()
    api.fault("throttle")
    answer = api.get("v4/user/global-setting/callback/get").json()
    assert answer["error"] == {"code": 400, "desc": _THROTTLED}


def test_reads_lag_by_time(api: Api) -> None:
    _set(api, "http://old.example/")
    api.switch(read_lag_ms=300)
    _set(api, "http://new.example/")
    assert _get(api) == "http://old.example/"
    time.sleep(0.35)
    assert _get(api) == "http://new.example/"


def test_reads_lag_by_count(api: Api) -> None:
    api.switch(read_lag_reads=2)
    _set(api, "http://new.example/")
    assert [_get(api) for _unused in range(3)] == ["", "", "http://new.example/"]


def test_lag_is_counted_for_each_resource(api: Api) -> None:
    api.switch(read_lag_reads=1)
    path = f"v2/channelSetting/{USER_ID}/oauth-custom"
    data(api.post(path, customUri="http://new.example/"))
    read = "v3/channel/auth/get"
    assert data(api.get(read, channelId=CHANNEL))[0]["customUri"] is None
    assert data(api.get(read, channelId=CHANNEL))[0]["customUri"] == "http://new.example/"
    assert data(api.get(read))[0]["customUri"] == "http://account.example/a"


def test_one_request_counts_once(api: Api) -> None:
    api.switch(read_lag_reads=2)
    path = f"v2/channelSetting/{USER_ID}/oauth-custom"
    data(api.post(path, customUri="http://new.example/"))
    lists = [data(api.post("v3/channel/management/list-detail"))["contents"] for _unused in range(3)]
    shown = [[channel["authSetting"][0]["customUri"] for channel in contents] for contents in lists]
    assert shown[0] == shown[1] != shown[2]


def test_new_custom_user_shows_late(api: Api) -> None:
    api.switch(read_lag_reads=1)
    user = {"email": "new@example.com", "mobile": "1", "passwd": "12345"}
    added = data(api.post("v2/app/add-custom-user", **user))
    assert data(api.get("v2/app/get-custom-user", email="new@example.com")) == ""
    assert data(api.get("v2/app/get-custom-user", email="new@example.com")) == added


def test_control_api_shows_no_lag(api: Api) -> None:
    api.switch(read_lag_reads=5)
    _set(api, "http://new.example/")
    assert api.account()["weixin_share_url"] == "http://new.example/"
    api.http.patch(f"/_simulator/accounts/{USER_ID}", json={"weixin_share_url": "http://patched.example/"})
    assert _get(api) == "http://patched.example/"
