"""What the simulator sends to a record callback, seen by a plain HTTP server."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from unit.simulator.support import CHANNEL, SECRET, USER_ID, Api

_RECORDINGS = f"accounts/{USER_ID}/recordings"


class Receiver:
    """Notes each request; answers with the statuses it is given, then with 200."""

    def __init__(self) -> None:
        seen: list[tuple[str, str, dict[str, str]]] = []
        statuses: list[int] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                seen.append((self.command, parts.path, dict(parse_qsl(parts.query, True))))
                self.send_response(statuses.pop(0) if statuses else 200)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """Nothing."""

        self.seen, self.statuses = seen, statuses
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?own=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(api: Api) -> Iterator[Receiver]:
    running = Receiver()
    api.control("PATCH", f"accounts/{USER_ID}", {"record_callback_url": running.url})
    yield running
    running.server.shutdown()
    running.server.server_close()


def _report(api: Api, **others: Any) -> list[dict[str, Any]]:
    attempts: list[dict[str, Any]] = api.control(
        "POST", _RECORDINGS, {"channel_id": CHANNEL, "file_id": "f1", **others}
    )
    return attempts


def test_a_callback_is_a_signed_get(api: Api, receiver: Receiver) -> None:
    (attempt,) = _report(api, origin="manual")
    assert (attempt["http_status"], attempt["text"]) == (200, "")
    ((method, path, query),) = receiver.seen
    assert (method, path, query.pop("own")) == ("GET", "/hook", "1")
    stamp, sign = query.pop("timestamp"), query.pop("sign")
    assert sign == hashlib.md5(f"{SECRET}{stamp}".encode()).hexdigest()
    assert query == {
        "channelId": CHANNEL,
        "fileUrl": "https://rec.videocc.net/f1.m3u8",
        "format": "m3u8",
        "fileId": "f1",
        "origin": "manual",
        "hasRtcRecord": "N",
        "sessionId": "fx4k2a9d",
    }


@pytest.mark.parametrize(("switch", "sent"), [("empty", ["", "", ""]), ("missing", [None, None, None])])
def test_fields_that_may_be_missing(
    api: Api, receiver: Receiver, switch: str, sent: list[str | None]
) -> None:
    api.control("PATCH", "switches", {"recording_optional_fields": switch})
    _report(api)
    ((_method, _path, query),) = receiver.seen
    assert [query.get(name) for name in ("origin", "hasRtcRecord", "sessionId")] == sent


@pytest.mark.parametrize(("resend", "count"), [("no", 1), ("same", 3), ("fresh", 3)])
def test_what_is_not_answered_with_200(api: Api, receiver: Receiver, resend: str, count: int) -> None:
    api.control("PATCH", "switches", {"recording_resend": resend})
    receiver.statuses += [503, 404]
    attempts = _report(api)
    assert [attempt["http_status"] for attempt in attempts] == [503, 404, 200][:count]
    stamps = {query["timestamp"] for _method, _path, query in receiver.seen}
    assert len(stamps) == (count if resend == "fresh" else 1)


@pytest.mark.parametrize(
    ("url", "body", "complaint"),
    [
        (None, {"channel_id": CHANNEL, "file_id": "f1"}, "no record_callback_url"),
        ("http://127.0.0.1:1/", {"channel_id": "1", "file_id": "f1"}, "no channel 1"),
        ("http://127.0.0.1:1/", {"channel_id": CHANNEL}, "file_id is required"),
        ("http://127.0.0.1:1/", {"channel_id": CHANNEL, "file_id": "f1", "odd": 1}, "unknown key 'odd'"),
        ("http://127.0.0.1:1/", [], "must be a JSON object"),
    ],
)
def test_what_can_not_be_reported(api: Api, url: str | None, body: Any, complaint: str) -> None:
    api.control("PATCH", f"accounts/{USER_ID}", {"record_callback_url": url})
    with pytest.raises(AssertionError, match=f"400 .*{complaint}"):
        api.control("POST", _RECORDINGS, body)


def test_nobody_listening_is_an_attempt_without_a_status(api: Api) -> None:
    api.control("PATCH", f"accounts/{USER_ID}", {"record_callback_url": "http://127.0.0.1:1/"})
    (attempt,) = _report(api)
    assert attempt["http_status"] is None
    assert "refused" in attempt["text"]
