"""The answers' envelopes: one shape for v2 and v3, another for v4 (docs/api.md §3)."""

import uuid
from typing import Any, Final

from .errors import ApiError

Envelope = dict[str, Any]

#: As the data of a success: the envelope carries no `data` at all.
NO_DATA: Final = object()


def success(version: int, data: Any) -> Envelope:
    """Wrap the data of a successful call."""
    if version == 4:
        envelope: Envelope = {"success": True, "requestId": _request_id(), "error": None}
    else:
        envelope = {"message": ""}
    if data is not NO_DATA:
        envelope["data"] = data
    return {"code": 200, "status": "success", **envelope}


def failure(version: int, error: ApiError) -> Envelope:
    """Wrap an error."""
    if version == 4:
        return {
            "code": error.code,
            "status": error.status,
            "success": False,
            "requestId": _request_id(),
            "data": None,
            "error": {"code": error.detail or error.code, "desc": error.message},
        }
    return {"code": error.code, "status": error.status, "message": error.message, "data": error.data}


def _request_id() -> str:
    return str(uuid.uuid4())
