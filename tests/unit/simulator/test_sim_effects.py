"""Writes that change nothing, the two backends, following the account, and the function switches."""

from collections.abc import Callable
from typing import Any

import pytest
from requests import Response
from unit.simulator.support import CHANNEL, FOLLOWER, USER_ID, Api, data, error

_FORBIDDEN = (400, "new scene forbidden setting")
_INVALID = (400, "param validate error")
_SWITCH, _FOLLOW = "v3/channel/switch", "v3/channel/common/update-global-enabled"
_AUTH, _DONATE = "v3/channel/auth", "v3/channel/donate"
_URI = "https://new.example.com/login"
_CODE = {"rank": 1, "enabled": "Y", "authType": "code", "authCode": "123456"}

Write = Callable[[Api], Response]

_LEGACY: dict[str, Write] = {
    "set-weixin-share-api": lambda api: api.post("v3/user/set-weixin-share-api", url=_URI),
    "set-record-callback": lambda api: api.post(f"v2/user/{USER_ID}/set-record-callback", url=_URI),
    "oauth-custom": lambda api: api.post(f"v2/channelSetting/{USER_ID}/oauth-custom", customUri=_URI),
    "setDonate": lambda api: api.post_multipart(
        f"v2/channelSetting/{CHANNEL}/setDonate", donateEnabled="Y", type="cash", cashMin="7"
    ),
    "set-auth-type": lambda api: api.post(f"v2/channelSetting/{CHANNEL}/set-auth-type", authType="none"),
}
_WRITES: dict[str, Write] = {
    **_LEGACY,
    "auth-update": lambda api: api.post_json(
        f"{_AUTH}/update", {"authSettings": [{**_CODE, "authCode": "x"}]}, channelId=CHANNEL
    ),
    "global-auth-update": lambda api: api.post_json("v4/global/auth/update", [{"authTips": "x"}, {}]),
    "switch-update": lambda api: api.post(f"{_SWITCH}/update", type="chat", enabled="N", channelId=CHANNEL),
    "callback-update": lambda api: api.post_json(
        "v4/user/global-setting/callback/update", {"streamCallbackUrl": _URI}
    ),
    "update-global-enabled": lambda api: api.post(
        _FOLLOW, channelId=CHANNEL, globalEnabledType="auth", enabled="Y"
    ),
    "channel-delete": lambda api: api.post(f"v2/channels/{CHANNEL}/delete", userId=USER_ID),
}


@pytest.mark.parametrize("endpoint", _WRITES)
def test_a_write_that_never_shows(api: Api, endpoint: str) -> None:
    before = api.account(USER_ID)
    api.switch(**{f"write_effect@{endpoint}": "never"})
    data(_WRITES[endpoint](api))
    assert api.account(USER_ID) == before
    api.switch(**{f"write_effect@{endpoint}": "shown"})
    data(_WRITES[endpoint](api))
    assert api.account(USER_ID) != before


@pytest.mark.parametrize("endpoint", _LEGACY)
def test_legacy_writes_on_the_new_backend(api: Api, endpoint: str) -> None:
    before = api.account(USER_ID)
    api.switch(backend="new", legacy_on_new="refused")
    assert error(_LEGACY[endpoint](api)) == _FORBIDDEN
    api.switch(legacy_on_new="ignored")
    data(_LEGACY[endpoint](api))
    assert api.account(USER_ID) == before
    api.switch(legacy_on_new="documented")
    data(_LEGACY[endpoint](api))
    assert api.account(USER_ID) != before


def test_the_backend_of_one_channel(api: Api) -> None:
    api.switch(backend="new")
    api.alter(USER_ID, backend="old", channels=[{"channel_id": FOLLOWER, "backend": "new"}])
    before = api.channel(USER_ID, FOLLOWER)
    cash = {"cashes": [1, 2, 3, 4, 5, 6], "cashMin": 3}
    for channel in (CHANNEL, FOLLOWER):
        data(api.post_json(f"{_DONATE}/update-cash", cash, channelId=channel))
    assert api.channel(USER_ID, CHANNEL)["donate"]["cashMin"] == 3
    assert api.channel(USER_ID, FOLLOWER) == before
    sent = {"globalEnabledType": "auth", "enabled": "Y"}
    assert data(api.post(_FOLLOW, channelId=CHANNEL, **sent)) is True
    assert error(api.post(_FOLLOW, channelId=FOLLOWER, **sent)) == _FORBIDDEN


def _followed(api: Api, channel: str) -> tuple[str, str]:
    items = data(api.get(f"{_AUTH}/get", channelId=channel))
    return items[0]["globalSettingEnabled"], data(api.get(f"{_DONATE}/get", channelId=channel))[
        "globalSettingEnabled"
    ]


def test_following_the_account_area_by_area(api: Api) -> None:
    assert (_followed(api, CHANNEL), _followed(api, FOLLOWER)) == (("N", "N"), ("Y", "Y"))
    data(api.post(_FOLLOW, channelId=CHANNEL, globalEnabledType="donate", enabled="Y"))
    data(api.post(_FOLLOW, channelId=FOLLOWER, globalEnabledType="auth", enabled="N"))
    assert (_followed(api, CHANNEL), _followed(api, FOLLOWER)) == (("N", "Y"), ("N", "Y"))
    for wrong in ({"globalEnabledType": "odd"}, {"enabled": "x"}):
        sent = {"channelId": CHANNEL, "globalEnabledType": "auth", "enabled": "Y", **wrong}
        assert error(api.post(_FOLLOW, **sent)) == _INVALID


def _switches(api: Api, **query: str) -> dict[str, Any]:
    return {item["type"]: item["enabled"] for item in data(api.get(f"{_SWITCH}/get", **query))}


def test_function_switches_have_two_layers(api: Api) -> None:
    of_channel, of_account = _switches(api, channelId=CHANNEL), _switches(api)
    assert len(of_account) == 14
    data(api.post(f"{_SWITCH}/update", type="closeDanmu", enabled="Y", channelId=CHANNEL))
    data(api.post(f"{_SWITCH}/update", type="chat", enabled="N"))
    assert _switches(api, channelId=CHANNEL) == {**of_channel, "closeDanmu": "Y"}
    assert _switches(api) == {**of_account, "chat": "N"} == _switches(api, channelId=FOLLOWER)
    api.switch(function_switches_follow="channel", function_switches_shown="written")
    assert (_switches(api), _switches(api, channelId=FOLLOWER)) == ({"chat": "N"}, {})
    for wrong in ({"type": "odd"}, {"enabled": "x"}):
        assert error(api.post(f"{_SWITCH}/update", **{"type": "chat", "enabled": "Y", **wrong})) == _INVALID
