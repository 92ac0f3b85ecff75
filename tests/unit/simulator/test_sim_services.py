"""The services: what they refuse, and the switches and endpoints that the collection does not come across."""

from typing import Any

import pytest
from unit.simulator.support import BARE, CHANNEL, FOLLOWER, USER_ID, Api, Files, data, error

from simulator.services.authorization import conflict
from simulator.services.callbacks import RECORD_URL, URLS
from simulator.switches import SWITCHES

_URI = "http://new.example/auth"
_OAUTH = f"v2/channelSetting/{USER_ID}/oauth-custom"
_AUTH_GET, _AUTH_UPDATE = "v3/channel/auth/get", "v3/channel/auth/update"
_DONATE = f"v2/channelSetting/{CHANNEL}/setDonate"
_UPDATE_CASH, _UPDATE_GOOD = "v3/channel/donate/update-cash", "v3/channel/donate/update-good"
_ADD = "v2/app/add-custom-user"
_CALLBACKS = "v4/user/global-setting/callback"

_INVALID = "param validate error"
_USER = {"email": "new@example.com", "mobile": "1", "passwd": "12345"}
_CASH = {"donateEnabled": "Y", "type": "cash"}
_NAMES = {"goodName": "花,茶", "goodPrice": "0.50,2"}
_GOODS = {"donateEnabled": "Y", "type": "good", **_NAMES}
_NUMBERED = {"goodName1": "花", "goodPrice1": "0.50", "goodName2": "茶", "goodPrice2": "2"}
_NEW_CASH = {"cashes": [1, 2, 3, 4, 5, 6], "cashMin": 3}
_NEW_GOOD = {"goodName": "g", "goodImg": "//img.example/g.png", "goodPrice": 1.5, "goodEnabled": "Y"}
_CODE = {"rank": 1, "enabled": "Y", "authType": "code", "authCode": "123456"}
_OFF = {"rank": 1, "enabled": "N"}


def _images(*names: str, content: bytes = b"\x89PNG\r\n\x1a\n", file_name: str = "a.png") -> Files:
    return [(name, (file_name, content)) for name in names or ("goodImg", "goodImg")]


@pytest.mark.parametrize(
    ("path", "parameters", "message"),
    [
        ("v2/channelSetting/other00001/oauth-custom", {"customUri": _URI}, "userId is error."),
        (_OAUTH, {}, "param should not be empty: customUri"),
        (_OAUTH, {"customUri": "http://a.example/?"}, _INVALID),
        (_OAUTH, {"customUri": "http://127.0.0.1:80/x"}, _INVALID),
        (_OAUTH, {"customUri": _URI, "channelId": "x"}, "param is not digit: channelId"),
        (_OAUTH, {"customUri": _URI, "channelId": "3000001"}, "channel not found."),
        (f"v2/user/{USER_ID}/set-record-callback", {"url": "a.example"}, "url format error."),
        (_ADD, {**_USER, "email": "x"}, _INVALID),
        (_ADD, {**_USER, "mobile": ""}, _INVALID),
        (_ADD, {**_USER, "passwd": "1234"}, _INVALID),
        (_ADD, {**_USER, "passwd": "x" * 17}, _INVALID),
        (_ADD, {**_USER, "saleId": "x"}, _INVALID),
        (_DONATE, _CASH, "设置失败,请重试."),
    ],
)
def test_refused_forms(api: Api, path: str, parameters: dict[str, str], message: str) -> None:
    before = api.control("GET", "accounts")
    assert error(api.post(path, **parameters)) == (400, message)
    assert api.control("GET", "accounts") == before


@pytest.mark.parametrize(
    ("parameters", "files", "message"),
    [
        ({**_CASH, "donateEnabled": "yes"}, [], "donateEnabled is wrong."),
        ({**_CASH, "cashMin": "9999.01"}, [], "cashMin is wrong."),
        # Several at once: too many before equal names before incomplete.
        ({**_GOODS, "goodName": "a,a,b,c", "goodPrice": "1"}, [], "道具不能超过3个."),
        ({**_GOODS, "goodName": "a,a,", "goodPrice": "1"}, [], "道具名称不能相同."),
        ({**_GOODS, "goodName": "a,"}, _images(), "打赏道具的信息不能为空."),
        ({**_GOODS, "goodPrice": "1"}, _images(), "打赏道具的信息不能为空."),
        ({**_GOODS, "goodPrice": "1,x"}, _images(), "设置失败,请重试."),
        (_GOODS, _images(content=b"x" * (100 * 1024 + 1)), "image oversize error."),
        (_GOODS, _images(file_name="a.gif"), "image format error."),
    ],
)
def test_refused_donations(api: Api, parameters: dict[str, str], files: Files, message: str) -> None:
    before = api.channel(USER_ID, CHANNEL)
    assert error(api.post_multipart(_DONATE, files, **parameters)) == (400, message)
    assert api.channel(USER_ID, CHANNEL) == before


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        (_AUTH_UPDATE, None, _INVALID),
        (_AUTH_UPDATE, {}, "param should not be empty: authSettings"),
        (_AUTH_UPDATE, {"authSettings": [{"rank": 3}]}, _INVALID),
        (_AUTH_UPDATE, {"authSettings": [_OFF, {"rank": 2, "enabled": "Y"}]}, _INVALID),
        (_AUTH_UPDATE, {"authSettings": [{**_CODE, "rank": 2}]}, _INVALID),
        (_UPDATE_CASH, {**_NEW_CASH, "cashes": [1]}, _INVALID),
        (_UPDATE_CASH, {**_NEW_CASH, "cashMin": 10000}, "cashMin is wrong."),
        (_UPDATE_CASH, {**_NEW_CASH, "enabled": "x"}, _INVALID),
        (_UPDATE_GOOD, {"goods": [{**_NEW_GOOD, "goodPrice": "x"}]}, _INVALID),
        (_UPDATE_GOOD, {"goods": [{"goodImg": "x"}]}, "param should not be empty: goodName"),
        (f"{_CALLBACKS}/update", {"recordFileCallBackType": "first"}, _INVALID),
        (f"{_CALLBACKS}/update", {"streamCallbackUrl": "n.example"}, "url format error."),
    ],
)
def test_refused_json(api: Api, path: str, body: Any, message: str) -> None:
    before = api.account(USER_ID)
    assert error(api.post_json(path, body, channelId=CHANNEL)) == (400, message)
    assert api.account(USER_ID) == before


@pytest.mark.parametrize(
    ("switch", "value", "texts", "files"),
    [
        ("good_image_part", "goodImg", _NAMES, _images("goodImg", "goodImg")),
        ("good_image_part", "numbered", _NAMES, _images("goodImg1", "goodImg2")),
        ("good_image_part", "indexed", _NAMES, _images("goodImg[0]", "goodImg[1]")),
        ("good_fields", "joined", _NAMES, _images()),
        ("good_fields", "numbered", _NUMBERED, _images()),
    ],
)
def test_forms_of_goods(api: Api, switch: str, value: str, texts: dict[str, str], files: Files) -> None:
    for answer in SWITCHES[switch].allowed.split(", "):
        api.switch(**{switch: answer})
        sent = api.post_multipart(_DONATE, files, donateEnabled="Y", type="good", **texts)
        assert (error(sent)[0] == 200) is (answer in ("any", value))
    goods = api.channel(USER_ID, CHANNEL)["donate"]["goods"]
    assert [(good["goodName"], good["goodPrice"]) for good in goods] == [("花", 0.5), ("茶", 2)]


@pytest.mark.parametrize(("value", "code"), [("number", 200), ("text", 400)])
def test_leading_zeros(api: Api, value: str, code: int) -> None:
    api.switch(channel_id_zeros=value)
    assert error(api.get(_AUTH_GET, channelId=f"0{CHANNEL}"))[0] == code
    assert error(api.post(_OAUTH, customUri=_URI, channelId="00"))[0] == code
    assert (api.account(USER_ID)["auth"][0]["customUri"] == _URI) is (code == 200)


@pytest.mark.parametrize("rank", ["1", "2", "custom"])
@pytest.mark.parametrize("enabled", ["Y", "N"])
def test_no_switch_makes_conditions_that_exclude_each_other(api: Api, rank: str, enabled: str) -> None:
    auth = [{"enabled": enabled, "authType": kind} for kind in ("code", "custom")]
    api.alter(USER_ID, channels=[{"channel_id": CHANNEL, "auth": auth}])
    api.switch(oauth_rank=rank, oauth_switches_auth_type="yes", oauth_switches_enabled="yes")
    data(api.post(_OAUTH, customUri=_URI, channelId=CHANNEL))
    items = api.channel(USER_ID, CHANNEL)["auth"]
    assert _URI in [item["customUri"] for item in items]
    assert conflict(items) is None


@pytest.mark.parametrize(
    ("path", "body", "flag"),
    [
        (_UPDATE_CASH, _NEW_CASH, "donateCashEnabled"),
        (_UPDATE_GOOD, {"goods": [_NEW_GOOD]}, "donateGoodEnabled"),
    ],
)
def test_new_donations_go_by_the_query(api: Api, path: str, body: dict[str, Any], flag: str) -> None:
    changed = {flag: "Y", **body}
    channel, account = api.channel(USER_ID, CHANNEL)["donate"], api.account(USER_ID)["donate"]
    data(api.post_json(path, body, channelId=CHANNEL))
    assert api.channel(USER_ID, CHANNEL)["donate"] == {**channel, **changed}
    follower = api.channel(USER_ID, FOLLOWER)
    data(api.post_json(path, {**body, "channelId": FOLLOWER}))
    assert api.channel(USER_ID, FOLLOWER) == follower
    assert api.account(USER_ID)["donate"] == {**account, **changed}


def test_new_conditions_go_by_the_query(api: Api) -> None:
    first, second = api.channel(USER_ID, CHANNEL)["auth"]
    for off in (_OFF, {**_OFF, "authType": "none"}):
        assert data(api.post_json(_AUTH_UPDATE, {"authSettings": [off]}, channelId=CHANNEL)) is True
        assert api.channel(USER_ID, CHANNEL)["auth"] == [{**first, "enabled": "N"}, second]
    data(api.post_json(_AUTH_UPDATE, {"channelId": CHANNEL, "authSettings": [_CODE]}))
    assert api.channel(USER_ID, CHANNEL)["auth"] == [{**first, "enabled": "N"}, second]
    assert api.account(USER_ID)["auth"][0]["authType"] == "code"


def test_new_callbacks_are_merged_and_cleared_by_empty_text(api: Api) -> None:
    data(api.post_json(f"{_CALLBACKS}/update", dict.fromkeys([RECORD_URL, *URLS], _URI)))
    data(api.post_json(f"{_CALLBACKS}/update", {RECORD_URL: None, URLS[0]: "", "channelId": CHANNEL}))
    data(api.post_json(f"{_CALLBACKS}/update", {"recordCallbackVideoType": "mp4,m3u8"}))
    shown = data(api.get(f"{_CALLBACKS}/get"))
    urls = {**dict.fromkeys([RECORD_URL, *URLS], _URI), URLS[0]: None}
    assert {name: shown[name] for name in urls} == urls
    assert (shown["recordFileCallBackType"], shown["recordCallbackVideoType"]) == ("all", "mp4,m3u8")


@pytest.mark.parametrize(
    ("method", "path", "number", "default"),
    [
        ("GET", "v3/channel/management/list", "page", 20),
        ("POST", "v3/channel/management/list-detail", "page", 20),
        ("GET", "v4/channel/detail/list", "pageNumber", 10),
    ],
)
def test_pages(api: Api, method: str, path: str, number: str, default: int) -> None:
    ask = {"GET": api.get, "POST": api.post}[method]
    page = data(ask(path, **{number: "2", "pageSize": "2"}))
    assert [channel["channelId"] for channel in page["contents"]] == [int(BARE)]
    assert (page["totalItems"], page["totalPages"]) == (3, 2)
    assert data(ask(path, **{number: "3", "pageSize": "2"}))["contents"] == []
    assert data(ask(path))["pageSize"] == default
    for refused in ({"pageSize": "1001"}, {"pageSize": "0"}, {number: "0"}):
        assert error(ask(path, **refused)) == (400, _INVALID)
    api.switch(page_size_over="clamp", page_totals="all")
    clamped = data(ask(path, pageSize="1001"))
    assert (clamped["pageSize"], clamped["lastPage"], clamped["endRow"]) == (1000, True, 3)
