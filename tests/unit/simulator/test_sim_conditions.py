"""Watch conditions of channels, and the template of new ones: what is refused, and the switches."""

from typing import Any

import pytest
from unit.simulator.support import CHANNEL, FOLLOWER, USER_ID, Api, data, error

_GET, _UPDATE = "v3/channel/auth/get", "v3/channel/auth/update"
_TEMPLATE = "v4/global/auth"
_OFF = f"v2/channelSetting/{CHANNEL}/set-auth-type"
_INVALID = "param validate error"
_CODE = {"rank": 1, "enabled": "Y", "authType": "code", "authCode": "123456"}
_PHONE = {"authEnabled": "Y", "authType": "phone", "authTips": "t", "whiteListEntryText": "w"}


def _info(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"rank": 1, "enabled": "Y", "authType": "info", "infoFields": list(fields)}


def _items(api: Api, channel: str = CHANNEL) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = data(api.get(_GET, channelId=channel))
    return items


def _update(api: Api, *items: Any, **query: str) -> None:
    data(api.post_json(_UPDATE, {"authSettings": list(items)}, **query))


def _of_template(api: Api) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = data(api.get(f"{_TEMPLATE}/get"))
    return items


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({**_CODE, "rank": 3}, _INVALID),
        ({**_CODE, "authCode": "123456789"}, "param length is incorrect: authCode"),
        ({**_CODE, "authType": "wxshare"}, _INVALID),
        ({**_CODE, "authType": "none"}, _INVALID),
        ({**_CODE, "authType": "direct"}, "param should not be empty: directKey"),
        ({**_CODE, "authType": "external", "externalKey": "k"}, "param should not be empty: externalUri"),
        ({**_CODE, "customKey": "x" * 11}, "param length is incorrect: customKey"),
        ({**_CODE, "customUri": "http://localhost/a"}, _INVALID),
        ({**_CODE, "watchEndTime": "2026-1-1 0:00"}, _INVALID),
        ({**_CODE, "wxAuthExpireValue": "3m"}, _INVALID),
        ({**_CODE, "price": "x"}, _INVALID),
        (_info({"name": "n"}), "param should not be empty: type"),
        (_info({"name": "123456789", "type": "text"}), "param length is incorrect: name"),
        (_info(*[{"name": "n", "type": "text"}] * 6), _INVALID),
        ("x", _INVALID),
    ],
)
def test_refused_conditions(api: Api, item: Any, message: str) -> None:
    before = api.account(USER_ID)
    sent = api.post_json(_UPDATE, {"authSettings": [item]}, channelId=CHANNEL)
    assert error(sent) == (400, message)
    assert api.account(USER_ID) == before


def test_values_of_other_types_stay(api: Api) -> None:
    field = {"name": "n", "type": "option", "options": "a,b", "sms": "N"}
    _update(api, {**_info(field), "price": "66.60", "odd": 1}, channelId=CHANNEL)
    _update(api, _CODE, {"rank": 2, "enabled": "N"}, channelId=CHANNEL)
    first, second = _items(api)
    assert (first["authType"], first["authCode"], first["infoFields"]) == ("code", "123456", [field])
    assert (first["price"], first["directKey"], "odd" in first) == (66.6, None, False)
    assert (second["enabled"], second["customKey"]) == ("N", "secondkey")
    listed = data(api.post("v3/channel/management/list-detail"))["contents"][0]["authSetting"]
    assert listed == [first, second]


@pytest.mark.parametrize(("value", "shows"), [("account", False), ("channels", True)])
def test_an_update_without_a_channel(api: Api, value: str, shows: bool) -> None:
    api.switch(auth_update_without_channel=value)
    _update(api, {**_CODE, "authCode": "654321"})
    assert api.account(USER_ID)["auth"][0]["authCode"] == "654321"
    assert ("authCode" in api.channel(USER_ID, CHANNEL)["auth"][0]) is shows


@pytest.mark.parametrize("ranks", ["both", "first"])
@pytest.mark.parametrize("shows", ["kept", "none"])
def test_switching_off(api: Api, ranks: str, shows: str) -> None:
    _update(api, {"rank": 2, "enabled": "Y", "authType": "public"}, channelId=CHANNEL)
    api.switch(set_auth_type_ranks=ranks, set_auth_type_shows=shows)
    assert error(api.post(_OFF, authType="code")) == (400, _INVALID)
    data(api.post(_OFF, authType="none"))
    first, second = _items(api)
    assert (first["enabled"], first["authType"]) == ("N", "none" if shows == "none" else "code")
    assert second["enabled"] == ("N" if ranks == "both" else "Y")
    api.alter(USER_ID, name="still a good seed")


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"a": _PHONE}, _INVALID),
        ([_PHONE], _INVALID),
        ([_PHONE, _PHONE], _INVALID),
        ([{}, _PHONE], _INVALID),
        ([{"authEnabled": "Y"}, {}], _INVALID),
        ([{**_PHONE, "authTips": ""}, {}], "param should not be empty: authTips"),
        ([{**_PHONE, "authTips": "x" * 21}, {}], "param length is incorrect: authTips"),
        ([{"customUri": "http://a.example/" + "x" * 128}, {}], "param length is incorrect: customUri"),
        ([{"privacyParam": []}, {}], _INVALID),
    ],
)
def test_refused_templates(api: Api, items: Any, message: str) -> None:
    before = api.account(USER_ID)
    assert error(api.post_json(f"{_TEMPLATE}/update", items)) == (400, message)
    assert api.account(USER_ID) == before


@pytest.mark.parametrize(("value", "key"), [("merge", "abc"), ("replace", None)])
def test_a_template_is_merged_or_replaced(api: Api, value: str, key: str | None) -> None:
    api.switch(global_auth_update=value)
    first = {"authEnabled": "N", "authType": "custom", "customKey": "abc", "privacyParamEnabled": "Y"}
    data(api.post_json(f"{_TEMPLATE}/update", [{**first, "privacyParam": "text"}, {}]))
    privacy = {"authType": "custom", "status": "Y", "content": "text"}
    assert _of_template(api)[0]["privacyParam"] == [privacy]
    channels = api.account(USER_ID)["channels"]
    data(api.post_json(f"{_TEMPLATE}/update", [{**_PHONE, "privacyParam": "more"}, {"customKey": None}]))
    item, other = _of_template(api)
    assert (item["customKey"], item["authTips"], other["authType"]) == (key, "t", "none")
    assert item["privacyParam"] == [privacy, {"authType": "phone", "status": "N", "content": "more"}]
    assert api.account(USER_ID)["channels"] == channels


def test_a_new_channel_copies_the_template(api: Api) -> None:
    data(api.post_json(f"{_TEMPLATE}/update", [_PHONE, {}]))
    made = {"name": "Hall", "newScene": "topclass", "template": "ppt"}
    channel = str(data(api.post_json("v4/channel/create", made))["channelId"])
    first, second = _items(api, channel)
    assert (first["enabled"], first["authType"], first["authTips"]) == ("Y", "phone", "t")
    assert (second["enabled"], second["authType"], _items(api, FOLLOWER)[0]["enabled"]) == ("N", None, "N")
    assert "privacyParam" not in first
