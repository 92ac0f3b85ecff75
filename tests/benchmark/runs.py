"""A whole run of the benchmark: measure, then report."""

from __future__ import annotations

import argparse
import functools
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from . import settings
from .contestants import ACCOUNTS, CHANNELS, Contestant
from .machine import describe
from .measure import Bench, MeasuredSimulator
from .quiet import Patience
from .report import Report
from .results import Results
from .schedule import Schedule
from .world import World, many_accounts, one_account

# More accounts would tell nothing else about a setting. Gathering facts takes long, so its plays get fewer.
_SETTINGS_SIZE, _PLAYS_SIZE = 100, 20


def run(options: argparse.Namespace) -> None:
    """Measures what the options ask for, prints the tables and writes the files."""
    report = Report(options, describe())
    # Not below the tree: Ansible makes sockets in its temporary directory, and their paths must be short.
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        _measure(options, report, Path(work))
    print(report.text())
    report.write()


def _measure(options: argparse.Namespace, report: Report, work: Path) -> None:
    simulator = MeasuredSimulator(work)
    with simulator:
        runs = _Runs(options, report, Bench(work, simulator))
        if options.settings:
            runs.settings(work)
        else:
            runs.contestants()


class _Runs:
    """What a run measures."""

    def __init__(self, options: argparse.Namespace, report: Report, bench: Bench) -> None:
        self._options = options
        self._report = report
        # Ansible as it comes, but for the number of forks, said outright so that the report can name it.
        environ = {"ANSIBLE_FORKS": str(options.forks)}
        self._schedule = Schedule(bench, environ, Patience(options.patience), _tell, options.repeat)

    def contestants(self) -> None:
        """One task for each account, and many channels of one account."""
        accounts = self._measured("accounts", ACCOUNTS, self._options.sizes, many_accounts)
        self._report.add_accounts(accounts)
        channels = self._measured("channels of one account", CHANNELS, self._options.channels, one_account)
        self._report.add_channels(channels)

    def settings(self, work: Path) -> None:
        """Ansible's own settings; the plays made for it go to `work`."""
        variations = [one for variation in settings.VARIATIONS for one in variation.contestants()]
        plays = settings.plays(work)
        largest = max(self._options.sizes, default=_SETTINGS_SIZE)
        for contestants, size, render in (
            (variations, _SETTINGS_SIZE, settings.of_variations),
            (plays, _PLAYS_SIZE, settings.of_plays),
        ):
            results = self._measured("accounts", contestants, [min(size, largest)], many_accounts)
            self._report.add_settings(results, functools.partial(render, results))

    def _measured(
        self, items: str, contestants: Sequence[Contestant], sizes: list[int], make: Callable[[int], World]
    ) -> Results:
        chosen = list(self._chosen(contestants)) if sizes else []
        results = Results(items, chosen)
        if self._options.warm_up:
            self._schedule.warm_up(chosen, make)
        self._schedule.measure(results, chosen, [make(size) for size in sorted(sizes)])
        return results

    def _chosen(self, contestants: Iterable[Contestant]) -> Iterable[Contestant]:
        """Those asked for; the floor is always there, to compare with."""
        only = tuple(self._options.only)
        return (one for one in contestants if not only or one.is_floor or one.name.startswith(only))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
