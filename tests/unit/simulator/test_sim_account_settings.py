"""WeChat share, record callback, custom users, channels and account (docs/api.md §4 and §5), with their switches."""

from typing import Any

import pytest
from unit.simulator.support import CHANNEL, USER_ID, Api, data

from simulator.services import callbacks as callback_settings

_GET_CALLBACK = "v4/user/global-setting/callback/get"
_UPDATE_CALLBACK = "v4/user/global-setting/callback/update"
_URLS = (*callback_settings.URLS, callback_settings.RECORD_URL)


def test_v4_envelope(api: Api) -> None:
    answer = api.get(_GET_CALLBACK).json()
    assert (answer["code"], answer["status"], answer["success"], answer["error"]) == (
        200,
        "success",
        True,
        None,
    )
    assert len(answer["requestId"]) == 36
    refused = api.http.get(f"/live/{_GET_CALLBACK}").json()
    assert refused.pop("requestId")
    assert refused == {
        "code": 400,
        "status": "error",
        "success": False,
        "data": None,
        "error": {"code": 400, "desc": "appId is required."},
    }


def test_newer_callback_write(api: Api) -> None:
    body = {"recordCallbackUrl": "http://n.example/", "recordFileCallBackType": "last", "channelId": CHANNEL}
    assert api.post_json(_UPDATE_CALLBACK, body).json()["success"] is True
    shown = data(api.get(_GET_CALLBACK))
    assert (shown["recordCallbackUrl"], shown["recordFileCallBackType"]) == ("http://n.example/", "last")
    assert "channelId" not in shown
    data(api.post_json(_UPDATE_CALLBACK, {"recordCallbackUrl": None, "recordCallbackVideoType": "mp4,m3u8"}))
    shown = data(api.get(_GET_CALLBACK))
    assert (shown["recordCallbackUrl"], shown["recordCallbackVideoType"]) == ("http://n.example/", "mp4,m3u8")


@pytest.mark.parametrize("name", _URLS)
def test_every_callback_address_is_checked_and_can_be_cleared(api: Api, name: str) -> None:
    data(api.post_json(_UPDATE_CALLBACK, {name: "http://n.example/"}))
    assert data(api.get(_GET_CALLBACK))[name] == "http://n.example/"
    refused = api.post_json(_UPDATE_CALLBACK, {name: "n.example"})
    assert (refused.status_code, refused.json()["error"]["desc"]) == (400, "url format error.")
    data(api.post_json(_UPDATE_CALLBACK, {name: ""}))
    assert data(api.get(_GET_CALLBACK))[name] is None


def test_info_and_channel_ids(api: Api) -> None:
    info = data(api.get("v3/user/get-info"))
    assert (info["userId"], info["totalChannels"]) == (USER_ID, 3)
    assert data(api.get("v3/user/channels")) == {"channels": [2191532, 2191533, 2191534]}
    api.switch(channel_id_type="string")
    assert data(api.get("v3/user/channels")) == {"channels": ["2191532", "2191533", "2191534"]}


@pytest.mark.parametrize(
    ("method", "path", "number", "default"),
    [
        ("get", "v3/channel/management/list", "page", 20),
        ("post", "v3/channel/management/list-detail", "page", 20),
        ("get", "v4/channel/detail/list", "pageNumber", 10),
    ],
)
def test_pages(api: Api, method: str, path: str, number: str, default: int) -> None:
    ask = getattr(api, method)
    page = data(ask(path, **{number: "2", "pageSize": "2"}))
    counts = (page["pageNumber"], page["pageSize"], page["totalItems"], page["totalPages"])
    assert counts == (2, 2, 3, 2)
    assert [channel["channelId"] for channel in page["contents"]] == [2191534]
    assert data(ask(path, **{number: "3", "pageSize": "2"}))["contents"] == []
    assert data(ask(path))["pageSize"] == default
    assert data(ask(path, pageSize="1000"))["pageSize"] == 1000
    assert ask(path, pageSize="1001").json()["code"] == 400
    api.switch(page_size_over="clamp")
    assert data(ask(path, pageSize="1001"))["pageSize"] == 1000
    assert ask(path, pageSize="0").json()["code"] == 400
    assert ask(path, **{number: "0"}).json()["code"] == 400


_COUNTS = {"pageNumber": 2, "pageSize": 2, "totalItems": 3}


@pytest.mark.parametrize(
    ("value", "totals"),
    [
        ("none", {}),
        ("pages", {"totalPages": 2}),
        (
            "all",
            {
                "totalPages": 2,
                "firstPage": False,
                "lastPage": True,
                "prePageNumber": 1,
                "nextPageNumber": 2,
                "startRow": 3,
                "endRow": 3,
                "offset": 2,
                "limit": 2,
            },
        ),
    ],
)
def test_page_totals(api: Api, value: str, totals: dict[str, Any]) -> None:
    api.switch(page_totals=value)
    page = data(api.get("v3/channel/management/list", page="2", pageSize="2"))
    page.pop("contents")
    assert page == {**_COUNTS, **totals}
