"""Donations (docs/api.md §4 and §5), with every switch that concerns them."""

from typing import Any

import pytest
from unit.simulator.support import BARE, CHANNEL, FOLLOWER, PNG, Api, data, error

_WRITE = f"v2/channelSetting/{CHANNEL}/setDonate"
_READ = "v3/channel/donate/get"
_CASH = {"donateEnabled": "Y", "type": "cash"}
_GOODS = {"donateEnabled": "Y", "type": "good", "goodName": "花,茶", "goodPrice": "0.50,2"}

Files = list[tuple[str, tuple[str, bytes]]]


def _images(count: int, content: bytes = PNG) -> Files:
    return [("goodImg", (f"{i}.png", content)) for i in range(count)]


def _stored(api: Api) -> dict[str, Any]:
    donate: dict[str, Any] = api.channel()["donate"]
    return donate


def test_cash(api: Api) -> None:
    assert data(api.post_multipart(_WRITE, **_CASH, cashMin="66.60")) == "success"
    shown = data(api.get(_READ, channelId=CHANNEL))
    assert (shown["donateCashEnabled"], shown["cashMin"], shown["globalSettingEnabled"]) == ("Y", 66.6, "N")
    assert data(api.post_multipart(_WRITE, **_CASH)) == "success"
    assert data(api.get(_READ, channelId=CHANNEL))["cashMin"] == 0


def test_goods(api: Api) -> None:
    assert data(api.post_multipart(_WRITE, _images(2), **_GOODS)) == "success"
    goods = data(api.get(_READ, channelId=CHANNEL))["goods"]
    assert [(good["goodName"], good["goodPrice"], good["goodEnabled"]) for good in goods] == [
        ("花", 0.5, "Y"),
        ("茶", 2, "Y"),
    ]
    assert all(good["goodImg"].startswith("//liveimages.example/") for good in goods)


@pytest.mark.parametrize(
    ("parameters", "files", "message"),
    [
        ({"type": "cash"}, [], "donateEnabled is wrong."),
        ({"donateEnabled": "yes", "type": "cash"}, [], "donateEnabled is wrong."),
        ({"donateEnabled": "Y"}, [], "type is wrong."),
        ({"donateEnabled": "Y", "type": "both"}, [], "type is wrong."),
        ({**_CASH, "cashMin": "x"}, [], "cashMin is wrong."),
        ({**_CASH, "cashMin": "-1"}, [], "cashMin is wrong."),
        ({**_CASH, "cashMin": "9999.01"}, [], "cashMin is wrong."),
        ({**_GOODS, "goodName": "a,b,c,d", "goodPrice": "1,2,3,4"}, _images(4), "道具不能超过3个."),
        ({**_GOODS, "goodName": "a,a"}, _images(2), "道具名称不能相同."),
        # Several at once: too many before equal names before incomplete.
        ({**_GOODS, "goodName": "a,a,b,c", "goodPrice": "1"}, [], "道具不能超过3个."),
        ({**_GOODS, "goodName": "a"}, _images(4), "道具不能超过3个."),
        ({**_GOODS, "goodName": "a,a,", "goodPrice": "1"}, [], "道具名称不能相同."),
        ({**_GOODS, "goodName": ","}, _images(2), "打赏道具的信息不能为空."),
        ({**_GOODS, "goodPrice": "1"}, _images(2), "打赏道具的信息不能为空."),
        ({**_GOODS, "goodName": "a,"}, _images(2), "打赏道具的信息不能为空."),
        ({**_GOODS, "donateEnabled": "N"}, _images(1), "打赏道具的信息不能为空."),
        ({"donateEnabled": "N", "type": "good"}, [], "打赏道具的信息不能为空."),
        ({**_GOODS, "goodPrice": "1,x"}, _images(2), "设置失败,请重试."),
        (_GOODS, _images(2, b"x" * (100 * 1024 + 1)), "image oversize error."),
        (_GOODS, [*_images(1), ("goodImg", ("b.gif", PNG))], "image format error."),
    ],
)
def test_errors(api: Api, parameters: dict[str, str], files: Files, message: str) -> None:
    before = api.channel()
    assert error(api.post_multipart(_WRITE, files, **parameters)) == (400, message)
    assert api.channel() == before


def test_largest_minimum_and_largest_image(api: Api) -> None:
    assert data(api.post_multipart(_WRITE, **_CASH, cashMin="9999")) == "success"
    assert data(api.post_multipart(_WRITE, _images(2, b"x" * 100 * 1024), **_GOODS)) == "success"


def test_unknown_channels_and_forms(api: Api) -> None:
    for channel in ("99", "3000001"):
        path = f"v2/channelSetting/{channel}/setDonate"
        assert error(api.post_multipart(path, **_CASH)) == (400, "channel not found.")
    bare = f"v2/channelSetting/{BARE}/setDonate"
    assert error(api.post_multipart(bare, **_CASH)) == (400, "channelSetting not found.")
    assert error(api.get(_READ, channelId=BARE)) == (400, "channelSetting not found.")
    assert error(api.post(_WRITE, **_CASH)) == (400, "设置失败,请重试.")


def test_following_channel_shows_the_account_but_keeps_its_own(api: Api) -> None:
    data(api.post_multipart(f"v2/channelSetting/{FOLLOWER}/setDonate", **_CASH, cashMin="9"))
    shown = data(api.get(_READ, channelId=FOLLOWER))
    assert (shown["globalSettingEnabled"], shown["cashMin"], shown["donateCashEnabled"]) == ("Y", 7, "N")
    assert api.channel(FOLLOWER)["donate"]["cashMin"] == 9
    default = data(api.get(_READ))
    assert (default["globalSettingEnabled"], default["cashMin"]) == (None, 7)


@pytest.mark.parametrize(
    ("value", "sent", "stored"),
    [
        ("cashMin", {"cashMin": "1", "casnMin": "2"}, 1),
        ("cashMin", {"casnMin": "2"}, 0),
        ("casnMin", {"cashMin": "1", "casnMin": "2"}, 2),
        ("both", {"cashMin": "1"}, 1),
        ("both", {"casnMin": "2"}, 2),
    ],
)
def test_name_of_the_minimum(api: Api, value: str, sent: dict[str, str], stored: int) -> None:
    api.switch(cash_min_name=value)
    data(api.post_multipart(_WRITE, **_CASH, **sent))
    assert _stored(api)["cashMin"] == stored


@pytest.mark.parametrize(("value", "cash"), [("no", "Y"), ("yes", "N")])
def test_cash_and_goods_exclude_each_other(api: Api, value: str, cash: str) -> None:
    api.switch(cash_good_exclusive=value)
    data(api.post_multipart(_WRITE, **_CASH))
    data(api.post_multipart(_WRITE, _images(2), **_GOODS))
    assert (_stored(api)["donateCashEnabled"], _stored(api)["donateGoodEnabled"]) == (cash, "Y")


_PARTS = {
    "goodImg": ["goodImg", "goodImg"],
    "numbered": ["goodImg1", "goodImg2"],
    "indexed": ["goodImg[0]", "goodImg[1]"],
}


@pytest.mark.parametrize("value", ["any", "goodImg", "numbered", "indexed"])
@pytest.mark.parametrize("sent", _PARTS)
def test_part_name_of_images(api: Api, value: str, sent: str) -> None:
    api.switch(good_image_part=value)
    files = [(name, ("a.jpg", b"\xff\xd8\xff")) for name in _PARTS[sent]]
    code, _unused = error(api.post_multipart(_WRITE, files, **_GOODS))
    assert (code == 200) is (value in ("any", sent))


@pytest.mark.parametrize("value", ["joined", "numbered", "any"])
@pytest.mark.parametrize("sent", ["joined", "numbered"])
def test_text_fields_of_goods(api: Api, value: str, sent: str) -> None:
    api.switch(good_fields=value)
    numbered = {"goodName1": "花", "goodPrice1": "0.50", "goodName2": "茶", "goodPrice2": "2"}
    texts = _GOODS if sent == "joined" else {"donateEnabled": "Y", "type": "good", **numbered}
    answer = error(api.post_multipart(_WRITE, _images(2), **texts))
    accepted = value in ("any", sent)
    assert answer == ((200, "") if accepted else (400, "打赏道具的信息不能为空."))
    assert [good["goodName"] for good in _stored(api)["goods"]] == (["花", "茶"] if accepted else [])


@pytest.mark.parametrize(("value", "code"), [("name", 200), ("content", 400)])
def test_image_check(api: Api, value: str, code: int) -> None:
    api.switch(image_check=value)
    assert error(api.post_multipart(_WRITE, _images(2, b"no image"), **_GOODS))[0] == code
    assert error(api.post_multipart(_WRITE, _images(2), **_GOODS))[0] == 200


@pytest.mark.parametrize(("value", "shown"), [("number", 7), ("string", "7")])
def test_price_type(api: Api, value: str, shown: Any) -> None:
    api.switch(price_type=value)
    assert data(api.get(_READ))["cashMin"] == shown


_NEW_CASH = {"cashes": [1, 2, 3, 4, 5, 6], "cashMin": 3}
_NEW_GOOD = {"goodName": "g", "goodImg": "//img.example/g.png", "goodPrice": 1.5, "goodEnabled": "Y"}


@pytest.mark.parametrize(
    ("path", "body", "field", "value"),
    [
        ("v3/channel/donate/update-cash", _NEW_CASH, "cashMin", 3),
        ("v3/channel/donate/update-good", {"goods": [_NEW_GOOD]}, "goods", [_NEW_GOOD]),
    ],
)
def test_newer_writes(api: Api, path: str, body: dict[str, Any], field: str, value: Any) -> None:
    data(api.post_json(path, body, channelId=CHANNEL))
    assert _stored(api)[field] == value
    before = api.channel(FOLLOWER)
    data(api.post_json(path, {**body, "channelId": FOLLOWER}))
    assert api.channel(FOLLOWER) == before
    assert api.account()["donate"][field] == value


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("cash", {}, "param validate error"),
        ("cash", {**_NEW_CASH, "cashes": [1]}, "param validate error"),
        ("cash", {**_NEW_CASH, "cashMin": 10000}, "cashMin is wrong."),
        ("cash", {**_NEW_CASH, "enabled": "x"}, "param validate error"),
        ("good", {"goods": []}, "param validate error"),
        ("good", {"goods": ["x"]}, "param validate error"),
        ("good", {"goods": [{**_NEW_GOOD, "goodName": ""}]}, "param should not be empty: goodName"),
        ("good", {"goods": [{**_NEW_GOOD, "goodPrice": "x"}]}, "param validate error"),
    ],
)
def test_newer_writes_check_their_body(api: Api, name: str, body: Any, message: str) -> None:
    assert error(api.post_json(f"v3/channel/donate/update-{name}", body)) == (400, message)
