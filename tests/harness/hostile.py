"""A server that answers with whatever bytes it was given, valid HTTP or not."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

_TARGET = re.compile(rb"^[A-Z]+ /(\d+)(/\S*) HTTP/1\.[01]\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """Bytes to send, `pause` seconds after each; `hold` seconds pass before the connection is closed."""

    name: str
    chunks: Sequence[bytes]
    pause: float = 0
    hold: float = 0


class HostileServer:
    """Gives the answer number N to every request whose path begins with /N. `paths` are the rest of the paths asked for."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.paths: list[tuple[int, str]] = []
        self._answers = answers
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> HostileServer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._socket.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            matched = _TARGET.match(_request(connection))
            if matched is None:
                return
            number = int(matched[1])
            self.paths.append((number, matched[2].decode("latin-1").split("?")[0]))
            answer = self._answers[number]
            if not answer.pause and not answer.hold:
                # The end of the answer and of the connection arrive as one: nobody sends another request in between.
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
            for chunk in answer.chunks:
                connection.sendall(chunk)
                time.sleep(answer.pause)
            time.sleep(answer.hold)


def _request(connection: socket.socket) -> bytes:
    """One request, read whole: a connection that is closed with unread bytes resets, and the answer is lost."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return data
        data += more
    head, _blank, body = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head + b"\r\n")
    while length and len(body) < int(length[1]):
        more = connection.recv(65536)
        if not more:
            break
        body += more
    return data
