"""Answers that no API should give: broken HTTP, broken bodies, and bodies of the right form with the wrong content."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from typing import Any

from harness.hostile import Answer

_OK = {"code": 200, "status": "success", "message": "", "data": {}}
_DEEP = "[" * 100_000 + "]" * 100_000


def _http(body: bytes | str, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: application/json",
        f"Content-Length: {len(content) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


def _raw(head: str, body: bytes = b"") -> bytes:
    return head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body


_BODY = json.dumps(_OK).encode()

BROKEN_HTTP: dict[str, bytes] = {
    "nothing": b"",
    "no status line": b"hello\r\n\r\n",
    "binary": bytes(range(256)),
    "TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "HTTP/0.9": _BODY,
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "status of text": _raw("HTTP/1.1 ok OK"),
    "status 99": _raw("HTTP/1.1 99 Odd\nContent-Length: 0"),
    "status 1000": _raw("HTTP/1.1 1000 Odd\nContent-Length: 0"),
    "two lengths in one": _raw("HTTP/1.1 200 OK\nContent-Length: 5, 7", _BODY),
    "two lengths": _raw("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 7", _BODY),
    "negative length": _raw("HTTP/1.1 200 OK\nContent-Length: -5", _BODY),
    "length of text": _raw("HTTP/1.1 200 OK\nContent-Length: many", _BODY),
    "body too short": _http(_BODY, length=len(_BODY) + 10),
    "chunk size negative": _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"-5\r\nhello\r\n0\r\n\r\n"),
    "chunk size of text": _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"zz\r\nhello\r\n"),
    "chunk size endless": _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"f" * 70_000),
    "unknown transfer encoding": _raw("HTTP/1.1 200 OK\nTransfer-Encoding: dream", _BODY),
    "gzip that is none": _http(_BODY, "Content-Encoding: gzip"),
    "gzip cut": _http(gzip.compress(_BODY)[:-9], "Content-Encoding: gzip"),
    "gzip bomb": _http(gzip.compress(b" " * 64_000_000), "Content-Encoding: gzip"),
    "deflate that is none": _http(_BODY, "Content-Encoding: deflate"),
    "unknown encoding": _http(_BODY, "Content-Encoding: pixie"),
    "redirect, broken host": _http("", "Location: http://[broken", status="302 Found"),
    "redirect, no location": _http("", status="302 Found"),
    "redirect, other scheme": _http("", "Location: javascript:alert(1)", status="307 Temporary Redirect"),
    "redirect, bad port": _http("", "Location: http://a:99999/", status="308 Permanent Redirect"),
    "a thousand headers": _http(_BODY, *[f"X-{number}: y" for number in range(1000)]),
    "a header of 100 KB": _http(_BODY, "X-Long: " + "y" * 100_000),
    "header without colon": _http(_BODY, "no colon here"),
    "folded header": _http(_BODY, "X-A: b", " folded"),
    "cookie with blanks": _http(_BODY, "Set-Cookie: =;;;=\x01"),
    "no such status, html": _http("<html>", status="520 Odd"),
    "no content": _raw("HTTP/1.1 204 No Content"),
    "upgrade": _raw("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade"),
    "retry after 5000 digits": _http("", "Retry-After: " + "9" * 5000, status="503 Busy"),
    "retry after nonsense": _http("", "Retry-After: in a while", status="429 Slow"),
    "retry after a date": _http("", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", status="503 Busy"),
    "retry after negative": _http("", "Retry-After: -1", status="503 Busy"),
}

BROKEN_JSON: dict[str, bytes | str] = {
    "empty body": "",
    "blank body": " \r\n",
    "text": "success",
    "html": "<!DOCTYPE html><html><body>login</body></html>",
    "cut": '{"code": 200, "data": {"a": ',
    "BOM": b"\xef\xbb\xbf" + _BODY,
    "UTF-16": json.dumps(_OK).encode("utf-16"),
    "not UTF-8": b'{"code": 200, "status": "success", "message": "\xff\xfe", "data": ""}',
    "NUL": b'{"code": 200,\x00 "data": ""}',
    "deep": _DEEP,
    "deep data": '{"code": 200, "data": ' + _DEEP + "}",
    "NaN": '{"code": NaN, "data": Infinity}',
    "long number": '{"code": 200, "data": ' + "9" * 100_000 + "}",
    "huge exponent": '{"code": 1e99999999, "data": 1e99999999}',
    "code of text": '{"code": "200", "data": {}}',
    "code true": '{"code": true, "data": {}}',
    "code of a list": '{"code": [200], "data": {}}',
    "code 200.0": '{"code": 200.0, "data": {}}',
    "no code": '{"data": {}}',
    "null": "null",
    "list": "[1]",
    "number": "7",
    "key twice": '{"code": 500, "code": 200, "data": {}}',
    "message of a list": '{"code": 400, "message": ["a"], "data": ""}',
    "message of 1 MB": '{"code": 400, "message": "' + "x" * 1_000_000 + '", "data": ""}',
    "message with half a surrogate": '{"code": 400, "message": "\\ud83d", "data": ""}',
    "message with controls": '{"code": 400, "message": "\\u001b[31m\\u0000\\u202e", "data": ""}',
    "message with a template": '{"code": 400, "message": "{{ lookup(\'env\', \'HOME\') }}", "data": ""}',
    "error of text": '{"code": 400, "success": false, "error": "no", "data": ""}',
    "code -1": '{"code": -1, "data": ""}',
    "code of 400 digits": '{"code": ' + "4" * 400 + ', "data": ""}',
}

#: What may stand as `data` of a success, in place of what a read promises.
WRONG_DATA: list[Any] = [
    None, True, 0, -1, 1.5, "", "success", "\ud83d", [], [[]], [None], [1], ["x"], {}, {"": ""},
    {"userId": None}, {"userId": {}}, {"userId": "../x"}, {"userId": 1e300}, [{"rank": "x"}], [{"rank": None, "authType": []}],
    {"contents": None}, {"contents": [1], "totalPages": "x"}, {"contents": [], "totalPages": 10**9},
    {"contents": [{"channelId": None}], "totalPages": 10**9}, {"donateCashEnabled": 7, "cashMin": "1e99999999"},
    {"goods": [None], "donateGoodEnabled": "Y"}, {"goods": {"a": 1}, "cashMin": {}}, {"recordCallbackUrl": ["x"]},
    {"recordCallbackUrl": {"a": 1}}, {"appId": [], "appSecret": {}, "userId": []},
]  # fmt: skip


def named_answers(chance: random.Random) -> list[Answer]:
    """All of them, and some that are a valid answer with bytes changed by chance."""
    return [
        *(Answer(name, [data]) for name, data in BROKEN_HTTP.items()),
        *(Answer(name, [_http(body)]) for name, body in BROKEN_JSON.items()),
        *(
            Answer(f"data {json.dumps(data)[:40]}", [_http(json.dumps({**_OK, "data": data}))])
            for data in WRONG_DATA
        ),
        *_slow(),
        *(Answer(f"mutation {number}", [_mutated(chance)]) for number in range(20)),
    ]


def _slow() -> Iterator[Answer]:
    trickle = _http("x" * 200)
    yield Answer("a byte each half second", [trickle[i : i + 1] for i in range(len(trickle))], pause=0.5)
    yield Answer("endless 100 Continue", [b"HTTP/1.1 100 Continue\r\n\r\n"] * 100, pause=0.2)
    yield Answer("silence", [], hold=30)
    yield Answer("headers, then silence", [_http("", length=50)], hold=30)


def _mutated(chance: random.Random) -> bytes:
    data = bytearray(_http(_BODY, "Date: Thu, 26 Nov 2026 00:00:00 GMT"))
    for _unused in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)
