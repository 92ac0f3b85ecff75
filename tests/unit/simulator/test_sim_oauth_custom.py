"""Custom authorisation and watch conditions (docs/api.md §4 and §5), with every switch that concerns them."""

from typing import Any

import pytest
from unit.simulator.support import CHANNEL, USER_ID, Api, data, error

from simulator.services.authorization import conflict

_WRITE = f"v2/channelSetting/{USER_ID}/oauth-custom"
_URI = "http://new.example/auth"


def _item(api: Api, rank: int = 1) -> dict[str, Any]:
    item: dict[str, Any] = api.channel()["auth"][rank - 1]
    return item


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
    assert conflict(items) is None


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
