"""Custom authorisation and watch conditions (docs/api.md §4 and §5), with every switch that concerns them."""

from typing import Any

import pytest
from unit.simulator.support import BARE, CHANNEL, FOLLOWER, USER_ID, Api, data, error

from simulator.services.watch_conditions import auth_conflict

_WRITE = f"v2/channelSetting/{USER_ID}/oauth-custom"
_URI = "http://new.example/auth"


def _item(api: Api, rank: int = 1) -> dict[str, Any]:
    item: dict[str, Any] = api.channel()["auth"][rank - 1]
    return item


def test_one_channel_is_written(api: Api) -> None:
    (written,) = data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    assert written["channelId"] == int(CHANNEL)
    assert len(written["secretKey"]) == 10
    assert _item(api)["customUri"] == _URI
    assert _item(api)["customKey"] == written["secretKey"]
    assert api.channel(FOLLOWER)["auth"][0]["customUri"] is None
    assert api.account()["auth"][0]["customUri"] == "http://account.example/a"


@pytest.mark.parametrize("channel", [{}, {"channelId": "0"}])
def test_no_channel_or_zero_rewrites_the_whole_account(api: Api, channel: dict[str, str]) -> None:
    written = data(api.post(_WRITE, customUri=_URI, **channel))
    assert [item["channelId"] for item in written] == [int(CHANNEL), int(FOLLOWER), int(BARE)]
    state = api.account()
    assert {holder["auth"][0]["customUri"] for holder in [state, *state["channels"]]} == {_URI}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "param should not be empty: customUri"),
        ({"customUri": "http://a.example/?x=1"}, "param validate error"),
        ({"customUri": "http://a.example/?"}, "param validate error"),
        ({"customUri": "http://localhost/x"}, "param validate error"),
        ({"customUri": "http://127.0.0.1:80/x"}, "param validate error"),
        ({"customUri": "a.example"}, "param validate error"),
        ({"customUri": "http://[broken"}, "param validate error"),
        ({"customUri": _URI, "channelId": "x"}, "param is not digit: channelId"),
        ({"customUri": _URI, "channelId": "99"}, "channel not found."),
        ({"customUri": _URI, "channelId": "3000001"}, "channel not found."),
    ],
)
def test_errors(api: Api, parameters: dict[str, str], message: str) -> None:
    before = api.account()
    assert error(api.post(_WRITE, **parameters)) == (400, message)
    assert api.account() == before


@pytest.mark.parametrize(("value", "expected"), [("no", "code"), ("yes", "custom")])
def test_switches_auth_type(api: Api, value: str, expected: str) -> None:
    api.switch(oauth_switches_auth_type=value)
    data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    assert _item(api)["authType"] == expected


@pytest.mark.parametrize(("value", "expected"), [("no", "N"), ("yes", "Y")])
def test_switches_enabled(api: Api, value: str, expected: str) -> None:
    api.switch(oauth_switches_enabled=value)
    data(api.post(_WRITE, customUri=_URI, channelId=FOLLOWER))
    assert api.channel(FOLLOWER)["auth"][0]["enabled"] == expected


@pytest.mark.parametrize(("value", "rank"), [("1", 1), ("2", 2), ("custom", 2)])
def test_rank(api: Api, value: str, rank: int) -> None:
    api.switch(oauth_rank=value)
    data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    assert _item(api, rank)["customUri"] == _URI
    assert _item(api, 3 - rank)["customUri"] != _URI


def test_rank_that_does_not_exist_yet_is_made(api: Api) -> None:
    api.switch(oauth_rank="2")
    data(api.post(_WRITE, customUri=_URI))
    assert [item["rank"] for item in api.account()["auth"]] == [1, 2]


@pytest.mark.parametrize(("value", "same"), [("keep", True), ("change", False)])
def test_key(api: Api, value: str, same: bool) -> None:
    api.switch(oauth_key=value)
    (first,) = data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    (second,) = data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    assert (first["secretKey"] == second["secretKey"]) is same


@pytest.mark.parametrize(("value", "uri"), [("account", "http://account.example/a"), ("channel", None)])
def test_what_a_following_channel_shows(api: Api, value: str, uri: str | None) -> None:
    api.switch(oauth_follows_shows=value)
    item = data(api.get("v3/channel/auth/get", channelId=FOLLOWER))[0]
    assert (item["channelId"], item["globalSettingEnabled"], item["customUri"]) == (int(FOLLOWER), "Y", uri)


@pytest.mark.parametrize(
    ("value", "zero", "padded"),
    [("number", (200, ""), (200, "")), ("text", (400, "channel not found."), (400, "channel not found."))],
)
def test_leading_zeros(api: Api, value: str, zero: tuple[int, str], padded: tuple[int, str]) -> None:
    api.switch(channel_id_zeros=value)
    assert error(api.get("v3/channel/auth/get", channelId=f"0{CHANNEL}")) == padded
    assert error(api.post(_WRITE, customUri=_URI, channelId=f"0{CHANNEL}")) == padded
    assert error(api.post(_WRITE, customUri=_URI, channelId="00")) == zero
    rewritten = api.account()["auth"][0]["customUri"] == _URI
    assert rewritten is (value == "number")


@pytest.mark.parametrize(("value", "shown"), [("name", "channelId"), ("value", "x1")])
def test_what_is_no_number(api: Api, value: str, shown: str) -> None:
    api.switch(not_digit_shows=value)
    refused = error(api.get("v3/channel/auth/get", channelId="x1"))
    assert refused == (400, f"param is not digit: {shown}")


@pytest.mark.parametrize("rank", ["1", "2", "custom"])
@pytest.mark.parametrize("first", ["Y", "N"])
def test_no_switch_makes_conditions_that_exclude_each_other(api: Api, rank: str, first: str) -> None:
    second = {"rank": 2, "enabled": first, "authType": "custom"}
    auth = [{"rank": 1, "enabled": first, "authType": "code"}, second]
    api.http.patch(
        f"/_simulator/accounts/{USER_ID}", json={"channels": [{"channel_id": CHANNEL, "auth": auth}]}
    )
    api.switch(oauth_rank=rank, oauth_switches_auth_type="yes", oauth_switches_enabled="yes")
    data(api.post(_WRITE, customUri=_URI, channelId=CHANNEL))
    items = api.channel()["auth"]
    assert _URI in [item["customUri"] for item in items]
    assert auth_conflict(items) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_read_of_a_channel_and_of_the_default(api: Api, method: str) -> None:
    ask = getattr(api, method)
    items = data(ask("v3/channel/auth/get", channelId=CHANNEL))
    assert [(item["rank"], item["authType"], item["enabled"]) for item in items] == [
        (1, "code", "Y"),
        (2, "custom", "N"),
    ]
    (default,) = data(ask("v3/channel/auth/get"))
    assert (default["customKey"], default["globalSettingEnabled"]) == ("accountkey", None)
    assert error(ask("v3/channel/auth/get", channelId="99")) == (400, "channel not found.")


def test_list_detail_shows_the_same_items(api: Api) -> None:
    contents = data(api.post("v3/channel/management/list-detail"))["contents"]
    for channel in contents:
        assert channel["authSetting"] == data(
            api.get("v3/channel/auth/get", channelId=str(channel["channelId"]))
        )


@pytest.mark.parametrize(
    ("value", "shown"), [("null", {"customUri": None}), ("empty", {"customUri": ""}), ("missing", {})]
)
def test_unset_text(api: Api, value: str, shown: dict[str, Any]) -> None:
    api.switch(unset_text=value)
    item = data(api.get("v3/channel/auth/get", channelId=CHANNEL))[0]
    assert {name: item[name] for name in ("customUri",) if name in item} == shown


def test_newer_write_takes_the_channel_from_the_query(api: Api) -> None:
    body = {"authSettings": [{"rank": 1, "enabled": "N"}]}
    assert data(api.post_json("v3/channel/auth/update", body, channelId=CHANNEL)) is True
    assert (_item(api)["enabled"], _item(api)["authType"]) == ("N", "code")
    assert _item(api, 2)["customKey"] == "secondkey"


def test_newer_write_ignores_the_channel_in_the_body(api: Api) -> None:
    before = api.channel()
    body = {"channelId": CHANNEL, "authSettings": [{"rank": 1, "enabled": "Y", "authType": "code"}]}
    assert data(api.post_json("v3/channel/auth/update", body)) is True
    assert api.channel() == before
    assert api.account()["auth"][0]["authType"] == "code"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, "param validate error"),
        ({}, "param should not be empty: authSettings"),
        ({"authSettings": "x"}, "param validate error"),
        ({"authSettings": [{"rank": 3}]}, "param validate error"),
        ({"authSettings": [{"rank": 1, "enabled": "maybe"}]}, "param validate error"),
    ],
)
def test_newer_write_checks_its_body(api: Api, body: Any, message: str) -> None:
    assert error(api.post_json("v3/channel/auth/update", body)) == (400, message)


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([{"rank": 1, "enabled": "N"}, {"rank": 2, "enabled": "Y", "authType": "custom"}], 400),
        ([{"rank": 2, "enabled": "Y", "authType": "code"}], 400),
        ([{"rank": 1, "enabled": "Y", "authType": "custom"}, {"rank": 2, "enabled": "Y"}], 400),
        ([{"rank": 2, "enabled": "Y"}], 200),
        ([{"rank": 2, "enabled": "N"}], 200),
        ([{"rank": 1, "enabled": "N", "authType": "none"}], 200),
    ],
)
def test_conditions_that_the_page_calls_errors(api: Api, items: list[dict[str, Any]], code: int) -> None:
    before = api.channel()
    answer = api.post_json("v3/channel/auth/update", {"authSettings": items}, channelId=CHANNEL)
    assert answer.json()["code"] == code
    changed = items == [{"rank": 2, "enabled": "Y"}]
    assert (api.channel() != before) is changed
