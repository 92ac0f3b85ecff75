"""Runs the event source `record_callback` as ansible-rulebook does, by its path and with a queue, in a thread of its own."""

from __future__ import annotations

import asyncio
import hashlib
import runpy
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

PLUGIN = Path(__file__).parents[2] / "extensions" / "eda" / "plugins" / "event_source" / "record_callback.py"


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def callback(secret: str, channel: str, *, age: float = 0, **changes: str) -> dict[str, str]:
    """The parameters of a signed callback that is `age` seconds old. `changes` come after signing."""
    timestamp = changes.get("timestamp", str(int((time.time() - age) * 1000)))
    return {
        "channelId": channel,
        "fileUrl": "https://rec.videocc.net/5f2c0b7d.mp4",
        "format": "mp4",
        "timestamp": timestamp,
        "sign": hashlib.md5(f"{secret}{timestamp}".encode()).hexdigest(),
        "fileId": "5f2c0b7d",
        "origin": "auto",
        "hasRtcRecord": "N",
        "sessionId": "fx4k2a",
        **changes,
    }


class EventSource:
    """A running source. `room` is how many events its queue holds, 0 for any number; `hand_over` how long a full one holds up."""

    def __init__(
        self,
        *accounts: dict[str, Any],
        room: int = 0,
        hand_over: float | None = None,
        put: Callable[[Any], None] = lambda event: None,
        **options: Any,
    ) -> None:
        self.port = free_port()
        scheme = "https" if "certfile" in options else "http"
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self._args = {"port": self.port, "accounts": list(accounts), **options}
        self._room = room
        self._put = put
        self._main = runpy.run_path(str(PLUGIN))["main"]
        if hand_over is not None:
            self._main.__globals__["_HAND_OVER_SECONDS"] = hand_over
        self._session = requests.Session()
        self._session.trust_env = False
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._started = threading.Event()
        self._failed: BaseException | None = None

    def __enter__(self) -> EventSource:
        self._thread.start()
        self._started.wait(10)
        if self._failed:
            raise self._failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(20)
        assert not self._thread.is_alive()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue = _Queue(self._room, self._put)
        self._task = asyncio.create_task(self._main(self._queue, self._args))
        while not self._task.done() and not self._listens():
            await asyncio.sleep(0.02)
        self._failed = self._task.exception() if self._task.done() else None
        self._started.set()
        await asyncio.wait([self._task])

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, parameters: Any, path: str = "/", **options: Any) -> requests.Response:
        """What a callback is answered."""
        return self._session.get(self.url + path, params=parameters, timeout=20, **options)

    def request(self, method: str, parameters: Any, **options: Any) -> requests.Response:
        """What any other request is answered."""
        return self._session.request(method, self.url, params=parameters, timeout=20, **options)

    def events(self) -> list[dict[str, Any]]:
        """The recordings of the events since the last call, oldest first. Makes room in the queue."""

        async def take() -> list[dict[str, Any]]:
            taken = []
            while not self._queue.empty():
                taken.append(self._queue.get_nowait())
                # Whoever waits for room puts now.
                await asyncio.sleep(0.01)
            return taken

        return [
            event["recording"] for event in asyncio.run_coroutine_threadsafe(take(), self._loop).result(10)
        ]


class _Queue(asyncio.Queue[Any]):
    """A queue that can refuse what it is given, as a filter of ansible-rulebook may."""

    def __init__(self, room: int, check: Callable[[Any], None]) -> None:
        super().__init__(room)
        self._check = check

    async def put(self, item: Any) -> None:
        self._check(item)
        await super().put(item)
