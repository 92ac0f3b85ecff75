"""Reading an answer: what is a success, what kind an error is, and whether the call may be sent again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._api import envelope
from ansible_collections.polyv.live.plugins.module_utils._api.envelope import Response
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery

REFUSED, NOT_TAKEN, UNKNOWN = Delivery.REFUSED, Delivery.NOT_TAKEN, Delivery.UNKNOWN
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def answer(body: Any, status: int = 200) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {"Date": "Sat, 21 Nov 2026 19:00:00 GMT"}, content)


def error(body: Any, status: int = 200) -> CallError:
    """The error that an answer becomes; fails where it is taken for a success."""
    with pytest.raises(CallError) as caught:
        envelope.read(answer(body, status), "some-endpoint")
    return caught.value


def refusal(message: str, code: int = 400, status: int = 200) -> CallError:
    return error({"code": code, "status": "error", "message": message, "data": ""}, status)


@given(JSON)
def test_the_data_of_a_success_comes_back_whatever_it_is(data: Any) -> None:
    body = {"code": 200, "status": "success", "message": "", "data": data}
    assert envelope.read(answer(body), "some-endpoint") == data


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_code_in_the_body_decides_not_the_http_status(status: int) -> None:
    assert envelope.read(answer({"code": 200, "data": "success"}, status), "some-endpoint") == "success"


@pytest.mark.parametrize("code", [0, 1, 201, 400, 403, 500, "200", None, True, 200.0])
def test_success_is_code_200_and_nothing_else(code: Any) -> None:
    assert error({"code": code, "status": "success", "message": "", "data": "success"})


@given(st.binary().filter(lambda body: not body.strip().startswith(b"{")))
def test_a_body_that_is_no_object_is_never_a_success(body: bytes) -> None:
    assert error(body).failure.kind.word == "unreadable"


@pytest.mark.parametrize(
    ("message", "kind", "delivery"),
    [
        ("application not found.", "unknown_application", REFUSED),
        ("invalid signature.", "invalid_signature", REFUSED),
        ("invalid timestamp.", "invalid_timestamp", REFUSED),
        ("access forbidden", "forbidden", REFUSED),
        ("channel not found.", "unknown_channel", REFUSED),
        ("userId is error.", "wrong_account", REFUSED),
        ("设置失败,请重试.", "unavailable", UNKNOWN),
        ("qps exceeds number of calls", "throttled", NOT_TAKEN),
        ("param validate error", "rejected", REFUSED),
        ("道具不能超过3个.", "rejected", REFUSED),
        ("时间戳过期", "invalid_timestamp", REFUSED),
        ("new scene forbidden setting", "forbidden", REFUSED),
        ("找不到集团账号", "forbidden", REFUSED),
        ("短信功能未启用", "forbidden", REFUSED),
        ("帐号没有开启MR直播权限", "forbidden", REFUSED),
        ("账号未开启审核功能", "forbidden", REFUSED),
        ("not found user children", "rejected", REFUSED),
        ("param length is incorrect: name", "rejected", REFUSED),
        ("param is not digit: x1", "rejected", REFUSED),
        ("upload goods image failure", "unavailable", UNKNOWN),
        ("系统异常", "unavailable", UNKNOWN),
    ],
)
@pytest.mark.parametrize("code", [400, 401, 403, 500])
def test_the_message_tells_the_kind_whatever_the_code(
    message: str, kind: str, delivery: Delivery, code: int
) -> None:
    found = refusal(message, code)
    assert (found.failure.kind.word, found.delivery) == (kind, delivery)


@pytest.mark.parametrize(
    ("code", "status", "kind", "delivery"),
    [
        (500, 200, "unavailable", UNKNOWN),
        (500, 500, "unavailable", UNKNOWN),
        (502, 200, "unavailable", UNKNOWN),
        (504, 504, "unavailable", UNKNOWN),
        (503, 200, "unavailable", NOT_TAKEN),
        (400, 503, "unavailable", NOT_TAKEN),
        (429, 200, "throttled", NOT_TAKEN),
        (400, 429, "throttled", NOT_TAKEN),
        (400, 400, "rejected", REFUSED),
        (404, 200, "rejected", REFUSED),
    ],
)
def test_an_unknown_message_is_told_apart_by_number(
    code: int, status: int, kind: str, delivery: Delivery
) -> None:
    found = refusal("what no page lists", code, status)
    assert (found.failure.kind.word, found.delivery) == (kind, delivery)


@pytest.mark.parametrize(
    ("status", "kind", "delivery"),
    [
        (200, "unreadable", UNKNOWN),
        (403, "unreadable", UNKNOWN),
        (302, "redirected", UNKNOWN),
        (404, "unknown_endpoint", UNKNOWN),
        (429, "throttled", NOT_TAKEN),
        (500, "unavailable", UNKNOWN),
        (502, "unavailable", UNKNOWN),
        (503, "unavailable", NOT_TAKEN),
        (504, "unavailable", UNKNOWN),
    ],
)
def test_html_instead_of_json_is_told_apart_by_its_status(status: int, kind: str, delivery: Delivery) -> None:
    found = error(b"<html>Bad Gateway</html>", status)
    assert (found.failure.kind.word, found.delivery) == (kind, delivery)
    assert (found.failure.http_status, found.failure.code) == (status, None)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "an empty body"),
        (b" <html>secret</html>", "an HTML page"),
        (b'{"code": 200, "data": "secr', "a cut off or malformed body"),
        (b"secret", "some other text"),
    ],
)
def test_an_unreadable_body_is_described_and_never_quoted(body: bytes, named: str) -> None:
    msg = error(body).msg
    assert named in msg
    assert "secr" not in msg


def test_the_failure_says_everything_that_the_answer_said() -> None:
    failure = refusal("param is not digit: channelId", 400, 400).failure
    assert failure.as_dict() == {
        "kind": "rejected",
        "code": 400,
        "message": "param is not digit: channelId",
        "endpoint": "some-endpoint",
        "http_status": 400,
        "request_id": None,
        "attempts": 0,
    }


def test_a_v4_error_is_read_from_its_own_place() -> None:
    body = {"code": 400, "success": False, "requestId": 17, "error": {"code": 1, "desc": "access forbidden"}}
    failure = error(body).failure
    assert (failure.kind.word, failure.message, failure.request_id) == (
        "forbidden",
        "access forbidden",
        "17",
    )


def test_an_error_without_a_message_names_its_code() -> None:
    assert "code 400 without a message" in error({"code": 400}).msg


def test_the_headers_come_with_the_error() -> None:
    assert refusal("invalid timestamp.").headers["Date"] == "Sat, 21 Nov 2026 19:00:00 GMT"


@pytest.mark.parametrize(
    ("finer", "kind"), [(10003, "invalid_timestamp"), (20001, "unknown_application"), (7, "rejected")]
)
def test_the_finer_code_of_v4_tells_what_an_unknown_message_does_not(finer: int, kind: str) -> None:
    body = {
        "code": 400,
        "success": False,
        "error": {"code": finer, "desc": "what no page lists"},
        "data": None,
    }
    assert error(json.dumps(body).encode(), 400).failure.kind.word == kind


@pytest.mark.parametrize(
    "body",
    [
        b'{"code": 200, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"code": ' + b"4" * 400 + b"}",
        b'{"code": 1e99999999}',
    ],
    ids=["deep", "long code", "huge code"],
)
def test_what_no_parser_can_hold_is_unreadable(body: bytes) -> None:
    assert error(body, 200).failure.kind.word == "unreadable"


def test_a_message_is_cut_and_half_a_character_replaced() -> None:
    found = error(b'{"code": 400, "message": "\\ud83d' + b"x" * 1_000_000 + b'"}', 400)
    assert len(found.msg) < 1000
    assert found.failure.message is not None and found.failure.message.startswith("\ufffdxxx")
    assert envelope.read(Response(200, {}, b'{"code": 200, "data": ["\\ud83d\\ude00", "\\ude00"]}'), "x") == [
        "😀",
        "\ufffd",
    ]
