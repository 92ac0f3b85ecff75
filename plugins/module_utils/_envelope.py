# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an answer of the API: its data, or an error that says what is wrong and whether to try again.

Source: contract section 3. The HTTP status of an error is not documented, so the body is read whatever it is, and
errors are told apart by their message first, by their code second.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery, Failure


@dataclass(frozen=True)
class Response:
    """One HTTP answer: status, headers and the body as bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class _Verdict:
    """What an error means: its kind, whether the call may be sent again, and what a person can do about it."""

    kind: str
    delivery: Delivery
    advice: str


_KNOWN = {
    "application not found": _Verdict(
        "unknown_application",
        Delivery.REFUSED,
        "Check app_id, and that api_url is the platform it belongs to.",
    ),
    "invalid signature": _Verdict(
        "invalid_signature", Delivery.REFUSED, "Check that app_secret is the secret of this app_id."
    ),
    "invalid timestamp": _Verdict("invalid_timestamp", Delivery.REFUSED, "Set the clock of this machine."),
    "access forbidden": _Verdict(
        "forbidden",
        Delivery.REFUSED,
        "The account has not bought this feature, or may not use it: ask Polyv.",
    ),
    "channel not found": _Verdict(
        "unknown_channel", Delivery.REFUSED, "Check that the channel belongs to this account."
    ),
    "userid is error": _Verdict(
        "wrong_account", Delivery.REFUSED, "Check that user_id is the account of this app_id."
    ),
    "设置失败,请重试": _Verdict("unavailable", Delivery.UNKNOWN, "The API asks to try again later."),
}
_THROTTLE = "qps exceeds number of calls"
_THROTTLED = _Verdict(
    "throttled", Delivery.NOT_TAKEN, "Too many requests in a short time: wait before trying again."
)
_REJECTED = _Verdict("rejected", Delivery.REFUSED, "The API does not accept this request.")
_UNAVAILABLE = _Verdict("unavailable", Delivery.UNKNOWN, "The API is out of order: try again later.")
# Not isinstance: true is an int to Python.
_WHOLE_NUMBER = (int,)
_NOT_TAKEN_STATUS = (429, 503)
_GATEWAY_STATUS = (502, 504)


def read(response: Response, endpoint: str) -> Any:
    """The `data` of a success. Raises CallError for everything else: success is code 200 in an envelope, nothing else."""
    envelope = _envelope(response)
    if envelope is None:
        raise _without_envelope(response, endpoint)
    if envelope["code"] == 200:
        return envelope.get("data")
    raise _refused(envelope, response, endpoint)


def _envelope(response: Response) -> dict[str, Any] | None:
    try:
        body = json.loads(response.body)
    except ValueError:
        return None
    if not isinstance(body, dict) or type(body.get("code")) not in _WHOLE_NUMBER:
        return None
    return body


def _refused(envelope: Mapping[str, Any], response: Response, endpoint: str) -> CallError:
    message = _message(envelope)
    verdict = _verdict(message, envelope["code"], response.status)
    request_id = envelope.get("requestId")
    failure = Failure(
        verdict.kind,
        code=envelope["code"],
        message=message,
        endpoint=endpoint,
        http_status=response.status,
        request_id=None if request_id is None else str(request_id),
    )
    said = (
        f"{message!r} (code {envelope['code']})" if message else f"code {envelope['code']} without a message"
    )
    return CallError(
        f"{endpoint}: the API answered {said}. {verdict.advice}", failure, verdict.delivery, response.headers
    )


def _message(envelope: Mapping[str, Any]) -> str:
    # v4 says it in error.desc, v2 and v3 in message (contract section 3).
    error = envelope.get("error")
    told = error.get("desc") if isinstance(error, dict) else None
    return str(told or envelope.get("message") or "")


def _verdict(message: str, code: int, status: int) -> _Verdict:
    plain = message.strip().rstrip(".。").lower()
    if _THROTTLE in plain:
        return _THROTTLED
    if plain in _KNOWN:
        return _KNOWN[plain]
    return _by_number(status) or _by_number(code) or (_UNAVAILABLE if code == 500 else _REJECTED)


def _by_number(number: int) -> _Verdict | None:
    if number == 429:
        return _THROTTLED
    if number in _NOT_TAKEN_STATUS:
        return _Verdict("unavailable", Delivery.NOT_TAKEN, _UNAVAILABLE.advice)
    return _UNAVAILABLE if number in _GATEWAY_STATUS else None


def _without_envelope(response: Response, endpoint: str) -> CallError:
    failure = Failure("unreadable", endpoint=endpoint, http_status=response.status)
    if 300 <= response.status < 400:
        failure.kind = "redirected"
        text = "the server redirects elsewhere, which is not followed. Check api_url."
        return CallError(f"{endpoint}: {text}", failure, Delivery.REFUSED)
    if response.status == 404:
        failure.kind = "unknown_endpoint"
        text = "HTTP 404, there is no such endpoint. Check api_url."
        return CallError(f"{endpoint}: {text}", failure, Delivery.REFUSED)
    verdict = _by_number(response.status) or (_UNAVAILABLE if response.status == 500 else None)
    if verdict:
        failure.kind = verdict.kind
        return CallError(
            f"{endpoint}: HTTP {response.status} without an answer of the API. {verdict.advice}",
            failure,
            verdict.delivery,
            response.headers,
        )
    text = f"HTTP {response.status} with {_looks_like(response)} instead of the API's JSON"
    return CallError(
        f"{endpoint}: {text}. Check api_url, and whether a proxy or a login page stands in between.",
        failure,
        Delivery.UNKNOWN,
    )


def _looks_like(response: Response) -> str:
    # The body itself is never quoted: it may be anything, and of any size.
    if not response.body:
        return "an empty body"
    if response.body.lstrip()[:1] == b"<":
        return "an HTML page"
    return "a cut off or malformed body" if response.body.lstrip()[:1] == b"{" else "some other text"
