"""The command line: see README.md for the seed, the switches and the control API."""

import argparse
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from .app import create_app
from .seed_fields import SeedError
from .server import serve
from .simulation import Options, Simulation
from .switches import SwitchError

_BAD_USAGE = 2
_BACKLOG = 2048


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the simulator; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        simulation = Simulation(_read_seed(options.seed), _simulation_options(options))
        listener = _listen(options.host, options.port)
    except (SeedError, SwitchError, OSError) as error:
        print(f"simulator: {error}", file=sys.stderr)
        return _BAD_USAGE
    serve(create_app(simulation), listener)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description="A simulator of the Polyv live API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port; 0, the default, takes a free one")
    parser.add_argument("--seed", type=Path, metavar="FILE", help="test accounts, YAML or JSON")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep accounts here; wins over the seed")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="see README.md")
    parser.add_argument("--latency", type=_count, default=0, metavar="MS", help="wait before each answer")
    parser.add_argument("--requests-per-window", type=_count, default=1500, metavar="N", help="0: no limit")
    parser.add_argument("--block-seconds", type=float, default=300.0, metavar="S", help="of a block")
    return parser


def _simulation_options(options: argparse.Namespace) -> Options:
    return Options(
        switches=dict(_switch(given) for given in options.switch),
        state=options.state,
        latency_ms=options.latency,
        requests_per_window=options.requests_per_window,
        block_seconds=options.block_seconds,
    )


def _switch(given: str) -> tuple[str, str]:
    name, separator, value = given.partition("=")
    if not separator:
        raise SwitchError(f"--switch needs NAME=VALUE, not {given!r}")
    return name, value


def _read_seed(path: Path | None) -> Any:
    """JSON is YAML too. A complaint of the parser would quote lines of the file: secrets, maybe."""
    if path is None:
        return None
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SeedError(f"{path} is neither YAML nor JSON") from error


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return value


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    # Connections inherit it. asyncio sets it only where a socket names its protocol, and without it each answer on a
    # connection that is kept alive waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
