"""The command line: see README.md for the seed, the switches and the control API."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from .seed_fields import SeedError
from .server import listen, serve
from .simulation import Options, Simulation
from .switches import SwitchError

_BAD_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the simulator; return the exit code."""
    given = _parser().parse_args(arguments)
    try:
        options = Options(
            switches=dict(_switch(switch) for switch in given.switch),
            state=given.state,
            latency_ms=given.latency,
            requests_per_window=given.requests_per_window,
            block_seconds=given.block_seconds,
        )
        simulation = Simulation(_read_seed(given.seed), options)
        listener = listen(given.host, given.port)
    except (SeedError, SwitchError, OSError) as error:
        print(f"simulator: {error}", file=sys.stderr)
        return _BAD_USAGE
    serve(simulation, listener)
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
