"""Runs the benchmark: `scripts/bench.sh`, or `python -m benchmark` with tests/ and the collection where they are found."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .measure import BenchmarkError
from .options import parse
from .runs import run


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a run failed or did not do what it should."""
    try:
        run(parse(arguments))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
