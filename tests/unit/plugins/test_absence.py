"""Which error of the read means that a custom user does not exist: one taken wrongly registers somebody twice."""

from __future__ import annotations

import json

import pytest
from unit.plugins.client_support import error

from ansible_collections.polyv.live.plugins.module_utils._api.absence import Absence
from ansible_collections.polyv.live.plugins.module_utils._api.envelope import Response, read
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError


def answered(message: str, code: int = 400) -> CallError:
    """The error that the client makes of an answer."""
    with pytest.raises(CallError) as caught:
        read(Response(200, {}, json.dumps(error(message, code)).encode()), "get-custom-user")
    return caught.value


def absent(message: str, code: int = 400, messages: list[str] | None = None) -> bool:
    return Absence(messages).means_absent(answered(message, code).failure)


@pytest.mark.parametrize("code", [400, 404, 500])
@pytest.mark.parametrize(
    "message",
    [
        "user not found.",
        "USER NOT FOUND",
        "custom user does not exist",
        "user doesn't exist",
        "user not exist",
        "email not exists",
        "用户不存在",
        "该邮箱未找到用户",
        "找不到该用户",
        "没有找到用户",
    ],
)
def test_the_usual_forms_mean_absent_whatever_the_code(message: str, code: int) -> None:
    assert absent(message, code)


@pytest.mark.parametrize(
    "message",
    [
        "application not found.",
        "Application Not Found",
        "appId not found",
        "channel not found.",
        "not found user children",
        "找不到集团账号",
        "page not found",
        "resource not found",
        "api does not exist",
        "no such url: not found",
        "应用不存在",
        "接口不存在",
        "页面不存在",
        "频道不存在",
        "access forbidden",
        "param validate error",
        "invalid signature.",
        "invalid timestamp.",
        "user exists",
        "internal server error",
        "qps exceeds number of calls",
        "",
    ],
)
def test_every_other_message_does_not(message: str) -> None:
    assert not absent(message)


@pytest.mark.parametrize(
    "message",
    [
        "application not found.",
        "channel not found.",
        "access forbidden",
        "invalid signature.",
        "invalid timestamp.",
    ],
)
def test_a_known_error_never_means_absent_not_even_by_a_pattern_that_matches(message: str) -> None:
    assert not absent(message, messages=["."])


def test_ones_own_messages_replace_the_usual_ones() -> None:
    assert absent("no such account", messages=["^NO SUCH"])
    assert not absent("user not found.", messages=["^no such"])
    assert not absent("user not found.", messages=[])


def test_a_clear_error_is_left_as_it_is() -> None:
    explained = Absence(None).explained(answered("access forbidden", 500), "live@example.com")
    assert "not_found_messages" not in explained.msg
