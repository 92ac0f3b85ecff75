"""What was asked and how it was answered, for tests to read."""

import itertools
import time
from collections import deque
from typing import Any

from starlette.requests import Request

from .accounts import Account
from .endpoints import Endpoint
from .parameters import Parameters

Entry = dict[str, Any]

#: Enough for any test, and a bound for a simulator that runs for weeks.
_CAPACITY = 100_000


class RequestLog:
    """The latest requests, oldest first. Ids rise for ever: clearing the log does not start them anew."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_CAPACITY)
        self._ids = itertools.count(1)

    def open(
        self, request: Request, parameters: Parameters, endpoint: Endpoint | None, account: Account | None
    ) -> Entry:
        """Note a request that just came in; how it was answered is filled in later."""
        entry: Entry = {
            "id": next(self._ids),
            "time": time.time(),
            "endpoint": endpoint.name if endpoint else None,
            "access": endpoint.access if endpoint else None,
            "method": request.method,
            "path": request.scope["path"],
            "app_id": parameters.app_id,
            "user_id": account.user_id if account else None,
            "query": parameters.query,
            "form": parameters.form,
            "json": parameters.json,
            "files": [upload.summary() for upload in parameters.files],
            "encoding": parameters.encoding,
            "http_status": None,
            "code": None,
            "message": None,
            "headers": dict(request.headers),
            # Calls on one kept-alive connection share it.
            "client_port": request.client.port if request.client else None,
            "outcome": "pending",
        }
        self._entries.append(entry)
        return entry

    def after(self, last_seen: int) -> list[Entry]:
        """The requests with a higher id."""
        return [entry for entry in self._entries if entry["id"] > last_seen]

    def clear(self) -> None:
        """Forget all requests."""
        self._entries.clear()
