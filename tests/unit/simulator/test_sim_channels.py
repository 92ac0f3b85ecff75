"""Channels: what a create, an update and a delete refuse, and when a new channel shows."""

from typing import Any

import pytest
from requests import ConnectionError as RequestsConnectionError
from unit.simulator.support import BARE, CHANNEL, FOLLOWER, USER_ID, Api, data, error

_CREATE, _UPDATE, _GET = "v4/channel/create", "v3/channel/basic/update", "v4/channel/basic/get"
_LIST, _IDS = "v3/channel/management/list", "v3/user/channels"
_DELETE = f"v2/channels/{CHANNEL}/delete"
_NEW = {"name": "Hall", "newScene": "topclass", "template": "ppt"}
_INVALID = "param validate error"


def _create(api: Api, **more: Any) -> str:
    return str(data(api.post_json(_CREATE, {**_NEW, **more}))["channelId"])


def _ids(api: Api, **filters: str) -> list[str]:
    return [str(item["channelId"]) for item in data(api.get(_LIST, **filters))["contents"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "param should not be empty: name"),
        ({"name": "x" * 101}, "param length is incorrect: name"),
        ({"newScene": "ppt"}, _INVALID),
        ({"template": None}, "param should not be empty: template"),
        ({"channelPasswd": "12345"}, "param length is incorrect: channelPasswd"),
        ({"seminarHostPassword": "x" * 17}, "param length is incorrect: seminarHostPassword"),
        ({"type": "odd"}, _INVALID),
        ({"categoryId": "x"}, _INVALID),
        ({"linkMicLimit": 17}, _INVALID),
    ],
)
def test_refused_creates(api: Api, change: dict[str, Any], message: str) -> None:
    before = api.account(USER_ID)
    assert error(api.post_json(_CREATE, {**_NEW, **change})) == (400, message)
    assert api.account(USER_ID) == before


@pytest.mark.parametrize(
    ("query", "body", "message"),
    [
        ({}, {"basicSetting": {}}, "param should not be empty: channelId"),
        ({"channelId": CHANNEL}, {}, "param should not be empty: basicSetting"),
        ({"channelId": CHANNEL}, {"basicSetting": []}, _INVALID),
        ({"channelId": CHANNEL}, {"basicSetting": {"linkMicLimit": -2}}, _INVALID),
        (
            {"channelId": CHANNEL},
            {"basicSetting": {"channelPasswd": "x" * 17}},
            "param length is incorrect: channelPasswd",
        ),
        ({"channelId": "1"}, {"basicSetting": {}}, "channel not found."),
    ],
)
def test_refused_updates(api: Api, query: dict[str, str], body: Any, message: str) -> None:
    assert error(api.post_json(_UPDATE, body, **query)) == (400, message)


def test_a_full_account(api: Api) -> None:
    api.alter(USER_ID, max_channels=4)
    _create(api)
    assert error(api.post_json(_CREATE, _NEW)) == (400, "频道数量已达上限")
    assert data(api.get("v3/user/get-info"))["availableChannels"] == 0


def test_two_of_one_name_and_no_id_twice(api: Api) -> None:
    first = _create(api)
    data(api.post(f"v2/channels/{first}/delete", userId=USER_ID))
    second, third = _create(api), _create(api)
    assert len({first, second, third}) == 3
    assert _ids(api, keyword="hall") == [second, third]
    api.switch(channel_keyword="whole")
    assert (_ids(api, keyword="hall"), _ids(api, keyword="Hall")) == ([], [second, third])


def test_a_new_channel_copies_the_template(api: Api) -> None:
    code = {"authEnabled": "Y", "authType": "code", "authCode": "123456"}
    api.alter(USER_ID, auth_template=[code, {}])
    first, second = api.channel(USER_ID, _create(api))["auth"]
    assert (first["enabled"], first["authType"], first["authCode"]) == ("Y", "code", "123456")
    assert (second["rank"], second["enabled"], second["authType"]) == (2, "N", None)


def test_filters(api: Api) -> None:
    made = _create(api, categoryId=7)
    assert (_ids(api, categoryId="7"), _ids(api, categoryId="1")) == ([made], [CHANNEL, FOLLOWER, BARE])
    api.alter(USER_ID, channels=[{"channel_id": BARE, "watch_status": "live"}])
    assert _ids(api, watchStatus="live") == [BARE]
    assert error(api.get(_LIST, watchStatus="odd")) == (400, _INVALID)


def test_what_reads_show_of_a_channel(api: Api) -> None:
    made = _create(api, desc="text", startTime=0, channelPasswd="secret1")
    shown = data(api.get(_GET, channelId=made))
    assert (shown["name"], shown["desc"], shown["startTime"]) == ("Hall", "", None)
    assert not {"scene", "template", "newScene"} & set(shown)
    item = data(api.get(_LIST, keyword="Hall"))["contents"][0]
    assert (item["scene"], item["channelPasswd"]) == ("topclass", "secret1")
    api.switch(channel_desc="shown", start_time_unset="zero", basic_get_fields="named")
    shown = data(api.get(_GET, channelId=made))
    assert (shown["desc"], shown["startTime"], "endTime" in shown) == ("text", 0, False)


def test_an_update_merges_into_the_channel_of_the_query(api: Api) -> None:
    other = api.channel(USER_ID, FOLLOWER)
    sent = {"channelId": FOLLOWER, "basicSetting": {"publisher": "P", "desc": None, "channelId": FOLLOWER}}
    before = api.channel(USER_ID, CHANNEL)
    assert data(api.post_json(_UPDATE, sent, channelId=CHANNEL)) is True
    assert api.channel(USER_ID, CHANNEL) == {**before, "publisher": "P"}
    assert api.channel(USER_ID, FOLLOWER) == other


def test_a_delete_names_the_account_again(api: Api) -> None:
    assert error(api.post(_DELETE)) == (400, "param should not be empty: userId")
    assert error(api.post(_DELETE, userId="other00001")) == (400, "userId is error.")
    data(api.post(_DELETE, userId=USER_ID))
    assert error(api.post(_DELETE, userId=USER_ID)) == (400, "channel not found.")


def test_a_new_channel_is_missing_from_lists_for_a_while(api: Api) -> None:
    api.switch(channel_list_lag_reads=2)
    made = _create(api)
    assert data(api.get(_GET, channelId=made))["name"] == "Hall"
    assert [made in _ids(api) for _unused in range(2)] == [False, False]
    assert made in map(str, data(api.get(_IDS))["channels"])


def test_a_new_channel_is_not_found_for_a_while(api: Api) -> None:
    api.switch(new_channel_lag_reads=2, new_channel_auth="custom")
    made = _create(api)
    assert made in _ids(api)
    for path in (_GET, "v3/channel/auth/get"):
        assert error(api.get(path, channelId=made)) == (400, "channel not found.")
    items = data(api.get("v3/channel/auth/get", channelId=made))
    assert (items[0]["authType"], items[0]["enabled"]) == ("custom", "Y")


def test_creates_and_deletes_without_effect(api: Api) -> None:
    api.switch(**{f"write_effect@{name}": "never" for name in ("channel-create", "channel-delete")})
    assert error(api.get(_GET, channelId=_create(api))) == (400, "channel not found.")
    data(api.post(_DELETE, userId=USER_ID))
    assert _ids(api) == [CHANNEL, FOLLOWER, BARE]


def test_a_create_whose_answer_is_lost(api: Api) -> None:
    api.fault("channel-create", "drop_after")
    with pytest.raises(RequestsConnectionError):
        api.post_json(_CREATE, _NEW)
    assert len(_ids(api, keyword="Hall")) == 1
