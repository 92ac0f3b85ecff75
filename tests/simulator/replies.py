"""What goes back over the wire, and what the request log keeps of it."""

import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from .envelope import Envelope, failure
from .errors import ApiError

#: The codes that are an HTTP status too.
HTTP_ERRORS = range(400, 600)
_V4 = 4


@dataclass(frozen=True)
class Reply:
    """A finished answer; `code` and `message` are the envelope's, if it has one."""

    http_status: int
    body: bytes
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    code: int | None = None
    message: str | None = None

    def truncated(self) -> "Reply":
        """The first half of the body; Content-Length says what is sent, so only the JSON is broken."""
        return replace(self, body=self.body[: len(self.body) // 2])

    def summary(self) -> dict[str, Any]:
        """What the request log keeps of it."""
        return {"http_status": self.http_status, "code": self.code, "message": self.message}

    def response(self, date: str) -> Response:
        """The ASGI answer, stamped with the server's clock."""
        headers = {"date": date, "content-type": self.content_type, **self.headers}
        return Response(self.body, status_code=self.http_status, headers=headers)


def json_reply(envelope: Envelope, http_status: int = 200) -> Reply:
    """An envelope as the API sends it: UTF-8, Chinese messages unescaped."""
    message = envelope.get("message")
    if message is None:
        message = (envelope.get("error") or {}).get("desc", "")
    return Reply(
        http_status,
        encode(envelope),
        "application/json;charset=UTF-8",
        code=envelope.get("code"),
        message=message,
    )


def error_reply(version: int, error: ApiError, http_status: int | None = None) -> Reply:
    """An error envelope; where nothing else is said, v4's HTTP status is its code (docs/api.md §3), others' is 200."""
    if http_status is None:
        http_status = error.code if version == _V4 and error.code in HTTP_ERRORS else 200
    return json_reply(failure(version, error), http_status)


def html_reply(http_status: int) -> Reply:
    """The page of a gateway in front of the API: no envelope in it (docs/api.md §3)."""
    title = f"{http_status} {_phrase(http_status)}"
    page = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>\n"
    return Reply(http_status, page.encode(), "text/html; charset=utf-8")


def encode(value: Any) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _phrase(http_status: int) -> str:
    try:
        return HTTPStatus(http_status).phrase
    except ValueError:
        return "Unknown"
