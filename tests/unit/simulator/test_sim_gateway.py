"""What all endpoints share: the forms of a request, the limit, reads that lag, faults (docs/api.md §2)."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from requests import Response
from unit.simulator.support import CHANNEL, INFO, USER_ID, Api, data, error, signed

_SET = "v3/user/set-weixin-share-api"
_URL = "https://example.com/cb?x=1&y=a b&z=鲜花"
_JSON_NULL: dict[str, Any] = {"data": "null", "headers": {"content-type": "application/json"}}


def _mixed(api: Api) -> Response:
    query = signed({"url": _URL})
    form = {"url": query.pop("url")}
    return api.send("POST", _SET, params=query, data=form)


@pytest.mark.parametrize(
    ("send", "encoding"),
    [
        (lambda api: api.post(_SET, url=_URL), "form"),
        (lambda api: api.send("POST", _SET, params=signed({"url": _URL}), **_JSON_NULL), "query"),
        (lambda api: api.send("POST", _SET, params=signed({"url": _URL})), "query"),
        (lambda api: api.post_multipart(_SET, url=_URL), "multipart"),
        (_mixed, "form"),
    ],
)
def test_every_form_is_read_and_verified(api: Api, send: Callable[[Api], Response], encoding: str) -> None:
    assert data(send(api)) == "success"
    assert (api.account(USER_ID)["weixin_share_url"], api.requests()[-1]["encoding"]) == (_URL, encoding)


def test_query_counts_before_form_and_json_does_not_count(api: Api) -> None:
    api.send("POST", _SET, params=signed({"url": _URL}), data={"url": "http://form.example/"})
    assert api.account(USER_ID)["weixin_share_url"] == _URL
    assert error(api.post_json(_SET, {"url": _URL})) == (400, "param should not be empty: url")


@pytest.mark.parametrize(("form", "body"), [("application/json", b"{"), ("multipart/form-data", b"x")])
def test_broken_bodies(api: Api, form: str, body: bytes) -> None:
    headers = {"content-type": form}
    broken = api.send("POST", "v3/channel/auth/update", params=signed({}), data=body, headers=headers)
    assert error(broken) == (400, "param validate error")


def test_wrong_method_and_unknown_path(api: Api) -> None:
    wrong = api.get(f"v2/channelSetting/{USER_ID}/oauth-custom")
    assert (wrong.status_code, wrong.json()["code"]) == (405, 405)
    unknown = api.get("v3/nothing/here")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert api.requests()[-1]["endpoint"] is None


def test_limit_blocks_the_address_for_a_while(tmp_path: Path) -> None:
    switches = ("--switch", "throttle_code=500", "--switch", "throttle_http_status=429")
    with Api(tmp_path, "--requests-per-window", "2", "--block-seconds", "0.5", *switches) as api:
        assert [api.get(INFO).status_code for _unused in range(3)] == [200, 200, 429]
        assert error(api.send("GET", INFO)) == (500, "qps exceeds number of calls")
        time.sleep(0.6)
        assert error(api.get(INFO)) == (200, "")


def test_one_request_counts_once_for_each_channel(api: Api) -> None:
    api.switch(read_lag_reads=2)
    data(api.post(f"v2/channelSetting/{USER_ID}/oauth-custom", customUri="http://new.example/"))
    lists = [data(api.post("v3/channel/management/list-detail"))["contents"] for _unused in range(3)]
    shown = [[channel["authSetting"][0]["customUri"] for channel in contents] for contents in lists]
    assert shown[0] == shown[1] != shown[2]
    assert data(api.get("v3/channel/auth/get", channelId=CHANNEL))[0]["customUri"] == "http://new.example/"


def test_faults_match_by_endpoint_and_application_in_their_order(api: Api) -> None:
    api.fault("get-info", "envelope", code=1)
    api.fault("*", "envelope", app_id="otherapp01", code=2)
    api.fault("*", "envelope", code=3, times=2)
    api.fault("*", "envelope", app_id="g4rqgmmjuo", code=4, times=-1)
    answers = [api.post(_SET, url=_URL), *(api.get(INFO) for _unused in range(3)), api.post(_SET, url=_URL)]
    assert [answer.json()["code"] for answer in answers] == [3, 1, 3, 4, 4]
    assert [fault["times"] for fault in api.control("GET", "faults")] == [1, -1]
    assert api.control("DELETE", "faults") == api.control("GET", "faults") == []
