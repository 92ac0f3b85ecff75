"""Running the application on uvicorn: announce the address, stop cleanly on a signal."""

import signal
import socket
import sys
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from .connection import DroppableProtocol

#: A request that hangs (a `delay` fault) must not keep the process from stopping.
_SHUTDOWN_SECONDS = 1


class AnnouncingServer(uvicorn.Server):
    """Prints where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn; when it returns, connections are accepted."""
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()[:2]
            print(f"Polyv simulator listening on http://{_in_url(host)}:{port}", flush=True)


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT."""
    # uvicorn raises the signal again after its own clean shutdown: that must not look like a crash.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)
    config = uvicorn.Config(
        app,
        http=DroppableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        # The gateway sends its own, for the fault that shows a wrong clock.
        date_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    AnnouncingServer(config).run(sockets=[listener])


def _exit(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
