# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections that note when a request begins to leave, and that stop reading at a deadline and at a number of bytes."""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .libraries import HTTPAdapter, urllib3

# Headers and body as they travel. A listing of 1000 channels takes some megabytes.
MOST_BYTES = 16 * 1024 * 1024


class TooLarge(Exception):
    """The answer has more bytes than any answer of the API."""


@dataclass
class Progress:
    """One exchange on its way. `deadline` is a time of the monotonic clock."""

    timeout: float
    deadline: float
    started: float = field(default_factory=time.monotonic)
    sent: bool = False  # whether a byte of the request may have left this machine
    received: int = 0  # bytes

    def seconds_left(self) -> float:
        """Seconds for the next wait. Raises TimeoutError past the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the exchange took too long")
        return min(self.timeout, left)

    def seconds_spent(self) -> float:
        """Seconds since the exchange began."""
        return time.monotonic() - self.started

    def count(self, received: int) -> None:
        """More bytes arrived. Raises TooLarge past the limit."""
        self.received += received
        if self.received > MOST_BYTES:
            raise TooLarge


class _Current(threading.local):
    """The exchange of the running thread: connections are made and used by layers that pass nothing on."""

    progress: Progress | None = None


current = _Current()


class _BoundedReader(io.RawIOBase):
    """What a connection receives, as long as the exchange of this thread allows it."""

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._socket = connection
        # Keeps the socket open until this reader is closed, as http.client expects of the file it reads from.
        self._raw: io.RawIOBase = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        progress = current.progress
        if progress is None:
            return self._raw.readinto(buffer)
        self._socket.settimeout(progress.seconds_left())
        received = self._raw.readinto(buffer)
        progress.count(received or 0)
        return received

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer that is read within the bounds, its status line and headers as well as its body."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_BoundedReader(sock))


def _watched(connection_class: Any) -> Any:
    """A subclass of one of urllib3's connection classes."""

    class Watched(connection_class):  # type: ignore[misc]
        response_class = _Response
        _in_tunnel = False

        def _tunnel(self) -> None:
            # What goes to a proxy before the request does is no part of it.
            self._in_tunnel = True
            try:
                super()._tunnel()
            finally:
                self._in_tunnel = False

        def send(self, data: Any) -> None:
            if self.sock is None and self.auto_open:
                self.connect()
            progress = current.progress
            if progress is not None and self.sock is not None:
                self.sock.settimeout(progress.seconds_left())
                progress.sent = progress.sent or not self._in_tunnel
            super().send(data)

    return Watched


class Adapter(HTTPAdapter):  # type: ignore[misc, unused-ignore]
    """The adapter of `requests` over connections of this kind, to servers and to proxies."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools()

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _pools()
        return manager


def _pools() -> dict[str, Any]:
    # Made when first needed: at the time of import urllib3 may be missing.
    if not _pool_classes:
        pools = urllib3.connectionpool
        for scheme, pool in (("http", pools.HTTPConnectionPool), ("https", pools.HTTPSConnectionPool)):
            _pool_classes[scheme] = type(
                pool.__name__, (pool,), {"ConnectionCls": _watched(pool.ConnectionCls)}
            )
    return _pool_classes


_pool_classes: dict[str, Any] = {}
