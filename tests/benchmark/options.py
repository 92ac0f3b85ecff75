"""The command line of the benchmark."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options, with defaults for a full run, which takes three quarters of an hour on two cores."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench.sh",
        description="Measures the collection against a simulated platform: seconds, CPU, memory and requests.",
    )
    parser.add_argument(
        "--sizes", type=_positive, nargs="*", default=[10, 100, 1000], metavar="N", help="numbers of accounts"
    )
    parser.add_argument(
        "--channels",
        type=_positive,
        nargs="*",
        default=[500],
        metavar="N",
        help="numbers of channels of one account",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="NAME",
        help="only the contestants whose names begin so (floor, limit, worker, module, uri, account, tasks, limited, …)",
    )
    parser.add_argument(
        "--forks", type=_positive, default=5, metavar="N", help="forks of Ansible (default: 5)"
    )
    parser.add_argument(
        "--repeat", type=_positive, metavar="N", help="runs of each (default: 5 to 2, the larger the fewer)"
    )
    parser.add_argument(
        "--no-warm-up",
        action="store_false",
        dest="warm_up",
        help="leave out the first run of each, which is not kept",
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=0.0,
        metavar="MINUTES",
        help="wait for a quiet machine, and repeat runs that other processes disturbed, for so long in all",
    )
    parser.add_argument(
        "--settings", action="store_true", help="measure the settings of Ansible instead of the contestants"
    )
    parser.add_argument(
        "--save", action="store_true", help="put the results into docs/ as well, for all to see"
    )
    parser.add_argument(
        "--directory",
        type=Path,
        default=Path(".cache/bench"),
        metavar="DIR",
        help="where the results go (default: .cache/bench)",
    )
    options = parser.parse_args(arguments)
    given = sys.argv[1:] if arguments is None else arguments
    options.command = " ".join(["scripts/bench.sh", *given]) if given else "make bench"
    return options


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {text}")
    return value
