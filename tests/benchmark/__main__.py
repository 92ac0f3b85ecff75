"""Runs the benchmark: `scripts/bench.sh`, or `python -m benchmark` with tests/ and the collection where they are found."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .contestants import CONTESTANTS, DEFAULT, Contestant, chosen
from .measure import Bench, BenchmarkError, MeasuredSimulator, Measurement
from .report import Report
from .world import World

# Enough to compile what is imported, and to fill the disk's cache.
_WARM_UP_SIZE = 2
# How often a disturbed run is made again where the result is to be kept.
_ATTEMPTS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a run failed or did not do what it should, or where the result is not to be kept."""
    options = _parse(arguments)
    report = Report(
        " ".join(["scripts/bench.sh", *(sys.argv[1:] if arguments is None else arguments)]), options.accounts
    )
    try:
        # Not below the tree: Ansible makes sockets in its temporary directory, and their paths must be short.
        with tempfile.TemporaryDirectory(prefix="bench-") as work:
            _measure(options, report, Path(work))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(report.text())
    if not options.save:
        return 0
    if refusal := report.refusal():
        print(refusal, file=sys.stderr)
        return 1
    report.save(options.save)
    return 0


def _measure(options: argparse.Namespace, report: Report, work: Path) -> None:
    """All contestants in turn, and that again: whatever disturbs the machine for a while hits all of them."""
    contestants = chosen(options.only)
    warm_up, world = World(_WARM_UP_SIZE, work / "w"), World(options.accounts, work / "a")
    simulator = MeasuredSimulator(work)
    with simulator:
        for one in (warm_up, world):
            one.write(vault=any(contestant.vault for contestant in contestants))
        for contestant in contestants:
            Bench(warm_up, simulator).measure(contestant)
        bench = Bench(world, simulator)
        for _unused in range(options.repeat):
            for contestant in contestants:
                report.add(contestant.name, _run(bench, contestant, _ATTEMPTS if options.save else 1))


def _run(bench: Bench, contestant: Contestant, attempts: int) -> Measurement:
    """The first undisturbed run, or the last one."""
    for _unused in range(attempts):
        run = bench.measure(contestant)
        disturbed = "" if run.quiet else f", disturbed: {run.elsewhere:.2f} s elsewhere"
        print(
            f"{contestant.name}: {run.seconds:.2f} s, CPU {run.cpu:.2f} s{disturbed}",
            file=sys.stderr,
            flush=True,
        )
        if run.quiet:
            break
    return run


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench.sh",
        allow_abbrev=False,
        description="Measures the collection against a simulated platform, as ratios to one debug task.",
    )
    parser.add_argument("--accounts", type=_positive, default=200, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--repeat", type=_positive, default=3, metavar="R", help="runs of each (default: %(default)s)"
    )
    parser.add_argument(
        "--only",
        type=_names,
        default=[],
        metavar="NAME,...",
        help=f"of {', '.join(one.name for one in CONTESTANTS)} (default: {','.join(DEFAULT)}); debug always takes part",
    )
    # The script has made the environment by it already.
    parser.add_argument(
        "--core", help="the ansible-core to measure on (default: the newest that this machine can run)"
    )
    parser.add_argument(
        "--save",
        type=Path,
        metavar="FILE",
        help="keep the result of an undisturbed run: FILE.md, .json and .png",
    )
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {text}")
    return value


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - {one.name for one in CONTESTANTS}:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    sys.exit(main())
