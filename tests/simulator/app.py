"""The ASGI application: the API, and beside it the control API."""

from starlette.applications import Starlette
from starlette.routing import Mount

from .control import Control
from .gateway import Gateway
from .simulation import Simulation


def create_app(simulation: Simulation) -> Starlette:
    """Make the application of one simulator."""
    return Starlette(
        routes=[
            Mount("/_simulator", app=Control(simulation).app()),
            Mount("/", app=Gateway(simulation)),
        ]
    )
