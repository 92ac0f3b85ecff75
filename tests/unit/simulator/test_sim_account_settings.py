"""WeChat share, record callback, custom users, channels and account (docs/api.md §4 and §5), with their switches."""

from typing import Any

import httpx
import pytest
from unit.simulator.support import CHANNEL, USER_ID, Api, data, error

from simulator.services import callbacks as callback_settings

_SHARE = "v3/user/get-weixin-share-api"
_SET_CALLBACK = f"v2/user/{USER_ID}/set-record-callback"
_GET_CALLBACK = "v4/user/global-setting/callback/get"
_UPDATE_CALLBACK = "v4/user/global-setting/callback/update"
_URLS = (*callback_settings.URLS, callback_settings.RECORD_URL)
_USER = {"email": "new@example.com", "mobile": "18898877777", "passwd": "12345", "name": "New"}


def test_weixin_share(api: Api) -> None:
    assert data(api.post("v3/user/set-weixin-share-api", url="http://a.example/")) == "success"
    assert data(api.post(_SHARE)) == "http://a.example/"
    assert error(api.post("v3/user/set-weixin-share-api")) == (400, "param should not be empty: url")


@pytest.mark.parametrize(
    ("value", "shown"), [("empty", {"data": ""}), ("null", {"data": None}), ("missing", {})]
)
def test_weixin_unset(api: Api, value: str, shown: dict[str, Any]) -> None:
    api.switch(weixin_unset=value)
    answer = api.post(_SHARE).json()
    assert {name: answer[name] for name in ("data",) if name in answer} == shown


@pytest.mark.parametrize(("value", "code"), [("accepted", 200), ("rejected", 405)])
def test_weixin_read_by_get(api: Api, value: str, code: int) -> None:
    api.switch(weixin_read_get=value)
    response = api.get(_SHARE)
    assert (response.status_code, response.json()["code"]) == (code, code)
    assert error(api.post(_SHARE))[0] == 200


@pytest.mark.parametrize(
    ("switches", "share", "callback", "newer"),
    [
        ({}, "success", "", True),
        ({"write_data": "empty"}, "", "", ""),
        ({"write_data": "true"}, True, True, True),
        ({"write_data": "count"}, 1, 1, 1),
        ({"write_data@set-record-callback": "success"}, "success", "success", True),
    ],
)
def test_write_data(api: Api, switches: dict[str, str], share: Any, callback: Any, newer: Any) -> None:
    api.switch(**switches)
    assert data(api.post("v3/user/set-weixin-share-api", url="http://a.example/")) == share
    assert data(api.post(_SET_CALLBACK)) == callback
    assert data(api.post_json(_UPDATE_CALLBACK, {})) == newer


def test_record_callback(api: Api) -> None:
    assert data(api.post(_SET_CALLBACK, url="https://a.example/cb")) == ""
    shown = data(api.get(_GET_CALLBACK))
    assert shown == {
        **dict.fromkeys(_URLS),
        "recordCallbackUrl": "https://a.example/cb",
        "recordFileCallBackType": "all",
        "recordCallbackVideoType": "m3u8",
        "rebirthVodCallbackEnabled": "N",
    }
    assert error(api.post(_SET_CALLBACK, url="a.example")) == (400, "url format error.")
    # A newer page calls the parameter `callback`: the server sees no url, and clears.
    assert data(api.post(_SET_CALLBACK, callback="https://b.example/")) == ""
    assert data(api.get(_GET_CALLBACK))["recordCallbackUrl"] is None


@pytest.mark.parametrize(("value", "code"), [("error", 400), ("clear", 200)])
def test_record_callback_sent_empty(api: Api, value: str, code: int) -> None:
    api.switch(record_callback_empty=value)
    assert error(api.post(_SET_CALLBACK, url=""))[0] == code


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


@pytest.mark.parametrize(
    "body",
    [
        {"recordFileCallBackType": "first"},
        {"recordCallbackVideoType": "m3u8,avi"},
        {"recordCallbackVideoType": ""},
        {"rebirthVodCallbackEnabled": "yes"},
    ],
)
def test_other_callback_settings_are_checked(api: Api, body: dict[str, str]) -> None:
    before = api.account()
    answer = api.post_json(_UPDATE_CALLBACK, {"recordCallbackUrl": "http://n.example/", **body})
    assert answer.json()["error"]["desc"] == "param validate error"
    assert api.account() == before


def _add(api: Api, **changes: str) -> httpx.Response:
    return api.post("v2/app/add-custom-user", **{**_USER, **changes})


def test_custom_user_becomes_an_account(api: Api) -> None:
    added = data(_add(api))
    assert set(added) == {"appId", "name", "appSecret", "userId"}
    assert data(api.get("v2/app/get-custom-user", email=_USER["email"])) == added
    own = Api(api.http, added["appId"], added["appSecret"])
    info = data(own.get("v3/user/get-info"))
    assert (info["userId"], info["email"]) == (added["userId"], _USER["email"])
    assert error(own.get("v2/app/get-custom-user", email="known@example.com"))[0] == 200
    assert data(own.get("v2/app/get-custom-user", email="known@example.com")) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"email": ""},
        {"email": "x"},
        {"mobile": ""},
        {"passwd": "1234"},
        {"passwd": "x" * 17},
        {"saleId": "x"},
    ],
)
def test_custom_user_validation(api: Api, changes: dict[str, str]) -> None:
    assert _add(api, **changes).json() == {
        "code": 400,
        "status": "error",
        "message": "param validate error",
        "data": 400,
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("empty_string", (200, "", "")),
        ("null", (200, "", None)),
        ("empty_object", (200, "", {})),
        ("empty_list", (200, "", [])),
        ("error_400", (400, "user not found.", "")),
        ("error_404", (404, "用户不存在", "")),
        ("error_500", (500, "user does not exist", "")),
        ("unclear_error", (400, "param validate error", "")),
    ],
)
def test_custom_user_not_found(api: Api, value: str, expected: tuple[int, str, Any]) -> None:
    api.switch(custom_user_not_found=value)
    answer = api.get("v2/app/get-custom-user", email="absent@example.com").json()
    assert (answer["code"], answer["message"], answer["data"]) == expected


@pytest.mark.parametrize(("value", "shown"), [("yes", True), ("no", False)])
def test_custom_user_read_secret(api: Api, value: str, shown: bool) -> None:
    api.switch(custom_user_read_secret=value)
    user = data(api.get("v2/app/get-custom-user", email="known@example.com"))
    assert ("appSecret" in user) is shown


def test_custom_user_duplicate(api: Api) -> None:
    known = "known@example.com"
    assert error(_add(api, email=known)) == (400, "email already exists")
    api.switch(custom_user_duplicate="success")
    assert data(_add(api, email=known))["userId"] == "custom0001"
    api.switch(custom_user_duplicate="new")
    assert data(_add(api, email=known))["userId"] != "custom0001"
    assert data(api.get("v2/app/get-custom-user", email=known))["userId"] == "custom0001"


def test_email_of_somebody_elses_account_is_taken(api: Api) -> None:
    api.switch(custom_user_duplicate="success")
    assert error(_add(api, email="a@example.com")) == (400, "email already exists")


def test_get_custom_user_needs_an_email(api: Api) -> None:
    assert error(api.get("v2/app/get-custom-user")) == (400, "param validate error")


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


@pytest.mark.parametrize(("value", "status"), [("200", 200), ("code", 400)])
def test_error_http_status(api: Api, value: str, status: int) -> None:
    api.switch(error_http_status=value)
    assert api.post("v3/user/set-weixin-share-api").status_code == status
    assert api.post(_SHARE).status_code == 200


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


@pytest.mark.parametrize(("value", "shown"), [("shown", True), ("missing", False)])
def test_fields_that_only_the_vendors_clients_read(api: Api, value: str, shown: bool) -> None:
    api.switch(optional_fields=value)
    info = data(api.get("v3/user/get-info"))
    (channel, *_unused) = data(api.post("v3/channel/management/list-detail"))["contents"]
    found = [name in info for name in ("linkMicLimit", "watchDomain")]
    found += [name in channel for name in ("watchStatus", "scene", "categoryId", "publisher")]
    assert found == [shown] * 6
