"""Closing a connection without an answer: the one thing that ASGI has no message for."""

import asyncio

from starlette.requests import Request
from starlette.types import Receive
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "simulator.transport"


class DroppableProtocol(H11Protocol):
    """uvicorn's HTTP protocol; hands its TCP transport to the application, in the ASGI scope's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the event loop for each new connection."""
        self.app_state = {**self.app_state, _TRANSPORT: transport}
        super().connection_made(transport)


async def drop(request: Request, receive: Receive) -> None:
    """Close the connection at once, and wait until the server has noticed: it would answer 500 otherwise."""
    _transport(request).abort()
    await _closed(receive)


async def send_raw(request: Request, receive: Receive, data: bytes) -> None:
    """Send bytes that need not be HTTP, and close the connection."""
    transport = _transport(request)
    transport.write(data)
    transport.close()
    await _closed(receive)


def _transport(request: Request) -> asyncio.Transport:
    transport: asyncio.Transport = request.scope["state"][_TRANSPORT]
    return transport


async def _closed(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
