"""Faults on demand; the drops over real TCP."""

import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from unit.simulator.support import APP_ID, Api, StartedSimulator, data, error

from simulator.connection import ConnectionDroppedError

_SET = "v3/user/set-weixin-share-api"
_URL = "http://new.example/"


def _set(api: Api) -> httpx.Response:
    return api.post(_SET, url=_URL)


def _stored(api: Api) -> str | None:
    url: str | None = api.account()["weixin_share_url"]
    return url


def test_html(api: Api) -> None:
    api.fault("html", "set-weixin-share-api")
    response = _set(api)
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert _stored(api) is None


def test_truncated_is_carried_out(api: Api) -> None:
    api.fault("truncated")
    response = _set(api)
    assert response.headers["content-length"] == str(len(response.content))
    with pytest.raises(json.JSONDecodeError):
        response.json()
    assert _stored(api) == _URL


def test_status(api: Api) -> None:
    api.fault("status", http_status=503, headers={"Retry-After": 7}, body="busy")
    response = _set(api)
    assert (response.status_code, response.headers["retry-after"], response.text) == (503, "7", "busy")
    api.fault("status", http_status=500, body={"oops": 1})
    assert _set(api).json() == {"oops": 1}


def test_envelope(api: Api) -> None:
    api.fault("envelope", code=500, message="oops", status="fail")
    assert _set(api).json() == {"code": 500, "status": "fail", "message": "oops", "data": ""}
    assert _stored(api) is None


_FINAL = (
    "access forbidden",
    "new scene forbidden setting",
    "找不到集团账号",
    "短信功能未启用",
    "帐号没有开启MR直播权限",
    "账号未开启审核功能",
    "not found user children",
    "param length is incorrect: name",
    "upload goods image failure",
    "系统异常",
)


@pytest.mark.parametrize("message", _FINAL)
def test_every_message_of_the_api_can_be_injected(api: Api, message: str) -> None:
    api.fault("envelope", code=500, message=message, status="fail", error_code=12345, times=2)
    assert error(_set(api)) == (500, message)
    answer = api.get("v4/user/global-setting/callback/get")
    assert (answer.status_code, answer.json()["error"]) == (500, {"code": 12345, "desc": message})
    assert api.log()[-1]["message"] == message


def test_throttle(api: Api) -> None:
    api.switch(throttle_code=429)
    api.fault("throttle")
    assert error(_set(api)) == (429, "qps exceeds number of calls")


def test_redirect(api: Api) -> None:
    api.fault("redirect", location="http://elsewhere.example/")
    response = _set(api)
    assert (response.status_code, response.headers["location"]) == (307, "http://elsewhere.example/")


def test_wrong_data(api: Api) -> None:
    api.fault("wrong_data", "get-info", data=[1])
    assert data(api.get("v3/user/get-info")) == [1]


def test_delay(api: Api) -> None:
    api.fault("delay", seconds=0.1)
    before = time.monotonic()
    assert data(_set(api)) == "success"
    assert time.monotonic() - before >= 0.1


def test_date(api: Api) -> None:
    api.fault("date", seconds=3600, times=2)
    refused = _set(api)
    assert error(refused) == (400, "invalid timestamp.")
    ahead = parsedate_to_datetime(refused.headers["date"]).timestamp() - time.time()
    assert 3595 < ahead < 3605
    later = api.http.post(f"/live/{_SET}", data=api.signed({"url": _URL}, shift_ms=3_600_000))
    assert data(later) == "success"
    assert data(_set(api)) == "success"


def test_drop_inside_this_process(api: Api) -> None:
    api.fault("drop_before")
    with pytest.raises(ConnectionDroppedError):
        _set(api)
    assert api.log()[-1]["outcome"] == "dropped"


@pytest.mark.parametrize(("kind", "stored"), [("drop_before", None), ("drop_after", _URL)])
def test_drops_close_the_connection(started: StartedSimulator, kind: str, stored: str | None) -> None:
    api = started.api
    api.fault(kind)
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected"):
        _set(api)
    assert _stored(api) == stored
    assert [entry["outcome"] for entry in api.log()] == ["dropped"]
    assert data(_set(api)) == "success"


def test_matching_and_order(api: Api) -> None:
    api.fault("envelope", "get-info", code=1)
    api.fault("envelope", app_id="otherapp01", code=2)
    api.fault("envelope", code=3, times=2)
    api.fault("envelope", app_id=APP_ID, code=4, times=-1)
    ask: list[Callable[[], Any]] = [lambda: _set(api), lambda: api.get("v3/user/get-info")]
    codes = [ask[which]().json()["code"] for which in (0, 1, 1, 1, 0)]
    assert codes == [3, 1, 3, 4, 4]
    assert [fault["times"] for fault in api.http.get("/_simulator/faults").json()] == [1, -1]
    assert api.http.delete("/_simulator/faults").json() == []
    assert data(_set(api)) == "success"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"kind": "html"}, "endpoint can't be None"),
        ({"kind": "odd", "endpoint": "*"}, "kind can't be 'odd'"),
        ({"kind": "html", "endpoint": "nowhere"}, "endpoint can't be 'nowhere'"),
        ({"kind": "html", "endpoint": "*", "times": 0}, "times can't be 0"),
        ({"kind": "html", "endpoint": "*", "app_id": 1}, "app_id can't be 1"),
        ({"kind": "html", "endpoint": "*", "seconds": 1}, "html has no option 'seconds'"),
        ({"kind": "delay", "endpoint": "*"}, "delay needs seconds"),
        ({"kind": "delay", "endpoint": "*", "seconds": "1"}, "seconds of delay can't be '1'"),
    ],
)
def test_bad_faults(api: Api, given: dict[str, Any], complaint: str) -> None:
    response = api.http.post("/_simulator/faults", json=given)
    assert response.status_code == 400
    assert complaint in response.json()["error"]
