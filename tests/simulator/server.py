"""The ASGI application, and running it on uvicorn: announce the address, stop cleanly on a signal."""

import signal
import socket
import sys
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from .connection import DroppableProtocol
from .control import Control
from .gateway import Gateway
from .simulation import Simulation

#: A request that hangs (a `delay` fault) must not keep the process from stopping.
_SHUTDOWN_SECONDS = 1
_BACKLOG = 2048


def create_app(simulation: Simulation) -> Starlette:
    """The API, and beside it the control API."""
    control = Mount("/_simulator", app=Control(simulation).app())
    return Starlette(routes=[control, Mount("/", app=Gateway(simulation))])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    # Connections inherit it. asyncio sets it only where a socket names its protocol, and without it each answer on a
    # connection that is kept alive waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class AnnouncingServer(uvicorn.Server):
    """Prints where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn; when it returns, connections are accepted."""
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()[:2]
            print(f"Polyv simulator listening on http://{_in_url(host)}:{port}", flush=True)


def serve(simulation: Simulation, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT."""
    # uvicorn raises the signal again after its own clean shutdown: that must not look like a crash.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)
    config = uvicorn.Config(
        create_app(simulation),
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
