"""Each form in which the vendor's clients send parameters (docs/api.md §2)."""

import httpx
import pytest
from unit.simulator.support import CHANNEL, PNG, USER_ID, Api, data, error

_SET = "v3/user/set-weixin-share-api"
_URL = "https://example.com/cb?x=1&y=a b&z=鲜花"


def _form(api: Api) -> httpx.Response:
    return api.post(_SET, url=_URL)


def _query_with_null(api: Api) -> httpx.Response:
    return api.post_query(_SET, b"null", url=_URL)


def _query_without_body(api: Api) -> httpx.Response:
    return api.post_query(_SET, None, url=_URL)


def _multipart(api: Api) -> httpx.Response:
    return api.post_multipart(_SET, url=_URL)


def _mixed(api: Api) -> httpx.Response:
    signed = api.signed({"url": _URL})
    url = signed.pop("url")
    return api.http.post(f"/live/{_SET}", params=signed, data={"url": url})


@pytest.mark.parametrize(
    ("send", "encoding"),
    [
        (_form, "form"),
        (_query_with_null, "query"),
        (_query_without_body, "query"),
        (_multipart, "multipart"),
        (_mixed, "form"),
    ],
)
def test_every_form_is_read_and_verified(api: Api, send: object, encoding: str) -> None:
    assert callable(send)
    assert data(send(api)) == "success"
    assert api.account()["weixin_share_url"] == _URL
    assert api.log()[-1]["encoding"] == encoding


def test_json_body_is_neither_signed_nor_read_as_parameters(api: Api) -> None:
    response = api.post_json(_SET, {"url": _URL})
    assert error(response) == (400, "param should not be empty: url")
    assert api.log()[-1]["encoding"] == "json"


def test_files_are_not_signed_but_logged(api: Api) -> None:
    path = f"v2/channelSetting/{CHANNEL}/setDonate"
    response = api.post_multipart(
        path,
        [("goodImg", ("花.png", PNG))],
        donateEnabled="Y",
        type="good",
        goodName="鲜花",
        goodPrice="0.99",
    )
    assert data(response) == "success"
    logged = api.log()[-1]["files"]
    assert [(file["name"], file["filename"], file["size"]) for file in logged] == [
        ("goodImg", "花.png", len(PNG))
    ]


def test_query_counts_before_form(api: Api) -> None:
    signed = api.signed({"url": "http://query.example/"})
    api.http.post(f"/live/{_SET}", params=signed, data={"url": "http://form.example/"})
    assert api.account()["weixin_share_url"] == "http://query.example/"


def test_broken_bodies(api: Api) -> None:
    signed = api.signed({})
    path = "/live/v3/channel/auth/update"
    broken = api.http.post(path, params=signed, content=b"{", headers={"content-type": "application/json"})
    assert error(broken) == (400, "param validate error")
    headers = {"content-type": "multipart/form-data"}
    assert error(api.http.post(path, params=signed, content=b"x", headers=headers)) == (
        400,
        "param validate error",
    )


def test_wrong_method_and_unknown_path(api: Api) -> None:
    wrong = api.get(f"v2/channelSetting/{USER_ID}/oauth-custom")
    assert (wrong.status_code, wrong.json()["code"]) == (405, 405)
    unknown = api.get("v3/nothing/here")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert api.log()[-1]["endpoint"] is None
