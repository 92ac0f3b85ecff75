# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an answer of the API: its data, or an error that says what is wrong and whether to try again.

Source: docs/api.md §3. The HTTP status of an error is not documented, so the body is read whatever it is, and
errors are told apart by their message first, by their code second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._errors import CallError, Delivery, Failure, Kind
from .._options.types import is_int


@dataclass(frozen=True)
class Response:
    """One HTTP answer: status, headers and the body as bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class _Verdict:
    """What an error means: its kind, whether the call may be sent again, and what a person can do about it."""

    kind: Kind
    delivery: Delivery
    advice: str


def _refused_as(kind: Kind, advice: str) -> _Verdict:
    return _Verdict(kind, Delivery.REFUSED, advice)


_UNAVAILABLE = _Verdict(Kind.UNAVAILABLE, Delivery.UNKNOWN, "The API is out of order: try again later.")
_REJECTED = _refused_as(Kind.REJECTED, "The API does not accept this request.")
_UNKNOWN_APPLICATION = _refused_as(
    Kind.UNKNOWN_APPLICATION, "Check app_id, and that api_url is the platform it belongs to."
)
_INVALID_TIMESTAMP = _refused_as(Kind.INVALID_TIMESTAMP, "Set the clock of this machine.")
_NOT_ENABLED = _refused_as(Kind.FORBIDDEN, "The account does not have this feature: ask Polyv.")
_THROTTLE = "qps exceeds number of calls"
_THROTTLED = _Verdict(
    Kind.THROTTLED, Delivery.NOT_TAKEN, "Too many requests in a short time: wait before trying again."
)

# The messages whose meaning is known, without their full stop (docs/api.md §3).
_KNOWN = {
    "application not found": _UNKNOWN_APPLICATION,
    "invalid signature": _refused_as(
        Kind.INVALID_SIGNATURE, "Check that app_secret is the secret of this app_id."
    ),
    "invalid timestamp": _INVALID_TIMESTAMP,
    "时间戳过期": _INVALID_TIMESTAMP,
    "access forbidden": _refused_as(
        Kind.FORBIDDEN, "The account has not bought this feature, or may not use it: ask Polyv."
    ),
    "new scene forbidden setting": _refused_as(
        Kind.FORBIDDEN, "A channel of Polyv's new backend does not take this setting."
    ),
    "找不到集团账号": _refused_as(Kind.FORBIDDEN, "The account is not a group account (集团账号)."),
    "短信功能未启用": _NOT_ENABLED,
    "帐号没有开启mr直播权限": _NOT_ENABLED,
    "账号未开启审核功能": _NOT_ENABLED,
    "channel not found": _refused_as(Kind.UNKNOWN_CHANNEL, "Check that the channel belongs to this account."),
    "userid is error": _refused_as(Kind.WRONG_ACCOUNT, "Check that user_id is the account of this app_id."),
    "设置失败,请重试": _Verdict(Kind.UNAVAILABLE, Delivery.UNKNOWN, "The API asks to try again later."),
    "upload goods image failure": _UNAVAILABLE,
    "系统异常": _UNAVAILABLE,
    **dict.fromkeys(
        (
            "appid is required",
            "channelsetting not found",
            "donateenabled is wrong",
            "type is wrong",
            "cashmin is wrong",
            "道具不能超过3个",
            "道具名称不能相同",
            "打赏道具的信息不能为空",
            "image oversize error",
            "image format error",
            "url format error",
            "not found user children",
        ),
        _REJECTED,
    ),
}
# Messages that go on with the name or the value of a parameter.
_REJECTED_PREFIXES = (
    "param validate error",
    "param should not be empty",
    "param is not digit",
    "param length is incorrect",
)
# The finer codes of v4, `error.code` (docs/api.md §3).
_FINER_CODES = {10003: _INVALID_TIMESTAMP, 20001: _UNKNOWN_APPLICATION}
_MOST_CHARACTERS = 500  # of a message that is quoted
_HIGHEST_CODE = 10**9
_NOT_TAKEN_STATUS = (429, 503)
_GATEWAY_STATUS = (502, 504)


def read(response: Response, endpoint: str, mask: Callable[[str], str] = str) -> Any:
    """The `data` of a success. Raises CallError for everything else: success is code 200 in an envelope, nothing else.

    `mask` takes the secrets out of a text: a message may repeat what was sent, and must not be quoted or cut before.
    """
    envelope = _envelope(response)
    if envelope is None:
        raise _without_envelope(response, endpoint)
    if envelope["code"] == 200:
        return envelope.get("data")
    raise _refused(envelope, response, endpoint, mask)


def _envelope(response: Response) -> dict[str, Any] | None:
    try:
        body = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not is_int(body.get("code")):
        return None
    if abs(body["code"]) > _HIGHEST_CODE:
        return None
    if _SURROGATE.search(response.body):
        return dict(_without_halves(body))
    return body


# How JSON writes what lies beyond the basic plane: in two halves, of which one may be missing.
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _without_halves(value: Any) -> Any:
    # Half a pair can't be written as UTF-8: the result of the whole task would be lost for it.
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_halves(name): _without_halves(item) for name, item in value.items()}
    return [_without_halves(item) for item in value] if isinstance(value, list) else value


def _refused(
    envelope: Mapping[str, Any], response: Response, endpoint: str, mask: Callable[[str], str]
) -> CallError:
    verdict = _verdict(_message(envelope), envelope, response.status)
    message = _cut(mask(_message(envelope)))
    request_id = envelope.get("requestId")
    failure = Failure(
        verdict.kind,
        code=envelope["code"],
        message=message,
        endpoint=endpoint,
        http_status=response.status,
        request_id=_cut(mask(str(request_id))) if isinstance(request_id, (str, int)) else None,
    )
    said = (
        f"{message!r} (code {envelope['code']})" if message else f"code {envelope['code']} without a message"
    )
    return CallError(
        f"{endpoint}: the API answered {said}. {verdict.advice}", failure, verdict.delivery, response.headers
    )


def _message(envelope: Mapping[str, Any]) -> str:
    # v4 says it in error.desc, v2 and v3 in message (docs/api.md §3).
    error = envelope.get("error")
    candidates = [error.get("desc") if isinstance(error, dict) else None, envelope.get("message")]
    return next((text for text in candidates if isinstance(text, str) and text), "")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"


def _verdict(message: str, envelope: Mapping[str, Any], status: int) -> _Verdict:
    normalized = message.strip().rstrip(".。").lower()
    if _THROTTLE in normalized:
        return _THROTTLED
    if normalized in _KNOWN:
        return _KNOWN[normalized]
    if normalized.startswith(_REJECTED_PREFIXES):
        return _REJECTED
    code, error = envelope["code"], envelope.get("error")
    finer = error.get("code") if isinstance(error, dict) else None
    if isinstance(finer, int) and finer in _FINER_CODES:
        return _FINER_CODES[finer]
    return _by_number(status) or _by_number(code) or (_UNAVAILABLE if code == 500 else _REJECTED)


def _by_number(number: int) -> _Verdict | None:
    if number == 429:
        return _THROTTLED
    if number in _NOT_TAKEN_STATUS:
        return _Verdict(Kind.UNAVAILABLE, Delivery.NOT_TAKEN, _UNAVAILABLE.advice)
    return _UNAVAILABLE if number in _GATEWAY_STATUS else None


def _without_envelope(response: Response, endpoint: str) -> CallError:
    if 300 <= response.status < 400:
        text = "the server redirects elsewhere, which is not followed. Check api_url."
        return _unread(response, endpoint, Kind.REDIRECTED, text)
    if response.status == 404:
        # A repetition would not find it either, but who answered, and whether anybody acted on it, is not known.
        text = "HTTP 404, there is no such endpoint. Check api_url."
        return _unread(response, endpoint, Kind.UNKNOWN_ENDPOINT, text, final=True)
    verdict = _by_number(response.status) or (_UNAVAILABLE if response.status == 500 else None)
    if verdict:
        text = f"HTTP {response.status} without an answer of the API. {verdict.advice}"
        return _unread(response, endpoint, verdict.kind, text, verdict.delivery)
    text = (
        f"HTTP {response.status} with {_looks_like(response)} instead of the API's JSON. Check api_url, and whether a proxy or "
        "a login page stands in between."
    )
    return _unread(response, endpoint, Kind.UNREADABLE, text)


def _unread(
    response: Response,
    endpoint: str,
    kind: Kind,
    text: str,
    delivery: Delivery = Delivery.UNKNOWN,
    final: bool = False,
) -> CallError:
    failure = Failure(kind, endpoint=endpoint, http_status=response.status)
    return CallError(f"{endpoint}: {text}", failure, delivery, response.headers, final=final)


def _looks_like(response: Response) -> str:
    # The body itself is never quoted: it may be anything, and of any size.
    if not response.body:
        return "an empty body"
    if response.body.lstrip()[:1] == b"<":
        return "an HTML page"
    return "a cut off or malformed body" if response.body.lstrip()[:1] == b"{" else "some other text"
