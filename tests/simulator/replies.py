"""What goes back over the wire: envelopes in one shape for v2 and v3 and another for v4 (docs/api.md §3), and pages."""

import json
import uuid
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response

from .errors import ApiError

#: The codes that are an HTTP status too.
HTTP_ERRORS = range(400, 600)
#: As the data of a success: the envelope carries no `data` at all.
NO_DATA: Final = object()
_V4 = 4
_JSON = "application/json;charset=UTF-8"


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

    def response(self, date: str) -> Response:
        """The ASGI answer, stamped with the server's clock."""
        headers = {"date": date, "content-type": self.content_type, **self.headers}
        return Response(self.body, status_code=self.http_status, headers=headers)


def success_reply(version: int, data: Any) -> Reply:
    """Wrap the data of a successful call."""
    envelope: dict[str, Any] = {"code": 200, "status": "success"}
    if version == _V4:
        envelope |= {"success": True, "requestId": str(uuid.uuid4()), "error": None}
    else:
        envelope["message"] = ""
    if data is not NO_DATA:
        envelope["data"] = data
    return Reply(200, encode(envelope), _JSON, code=200, message="")


def error_reply(version: int, error: ApiError, http_status: int | None = None) -> Reply:
    """Wrap an error; where nothing else is said, v4's HTTP status is its code (docs/api.md §3), others' is 200."""
    envelope: dict[str, Any] = {"code": error.code, "status": error.status}
    if version == _V4:
        finer = {"code": error.detail or error.code, "desc": error.message}
        envelope |= {"success": False, "requestId": str(uuid.uuid4()), "data": None, "error": finer}
    else:
        envelope |= {"message": error.message, "data": error.data}
    if http_status is None:
        http_status = error.code if version == _V4 and error.code in HTTP_ERRORS else 200
    return Reply(http_status, encode(envelope), _JSON, code=error.code, message=error.message)


def html_reply(http_status: int) -> Reply:
    """The page of a gateway in front of the API: no envelope in it (docs/api.md §3)."""
    known = http_status in set(HTTPStatus)
    title = f"{http_status} {HTTPStatus(http_status).phrase if known else 'Unknown'}"
    page = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>\n"
    return Reply(http_status, page.encode(), "text/html; charset=utf-8")


def encode(value: Any) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
