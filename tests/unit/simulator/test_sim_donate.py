"""Donations (docs/api.md §4 and §5), with every switch that concerns them."""

from typing import Any

import pytest
from unit.simulator.support import CHANNEL, FOLLOWER, PNG, Api, data, error

_WRITE = f"v2/channelSetting/{CHANNEL}/setDonate"
_GOODS = {"donateEnabled": "Y", "type": "good", "goodName": "花,茶", "goodPrice": "0.50,2"}

Files = list[tuple[str, tuple[str, bytes]]]


def _images(count: int, content: bytes = PNG) -> Files:
    return [("goodImg", (f"{i}.png", content)) for i in range(count)]


def _stored(api: Api) -> dict[str, Any]:
    donate: dict[str, Any] = api.channel()["donate"]
    return donate


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
