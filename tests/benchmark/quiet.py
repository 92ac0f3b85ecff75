"""Patience with a machine that others use as well: waits for a quiet moment, and has a disturbed run repeated.

Which run counts is decided by what else the machine did meanwhile, never by the figures of the run itself.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from .machine import busy, cores
from .measure import Measurement

# The launcher and the kernel take this much of any run.
_OWN_SECONDS = 0.1
_SHARE = 0.03


class Patience:
    """Waits and repeats for so many minutes in all; after that everything is accepted as it comes."""

    def __init__(self, minutes: float) -> None:
        self._until = time.monotonic() + 60 * minutes

    def wait(self) -> None:
        """Returns once the machine was idle for two seconds."""
        while not self._is_over():
            before = busy()
            time.sleep(2)
            if busy() - before <= _allowed(2):
                return

    def accepts(self, run: Measurement) -> bool:
        """Whether a run was undisturbed, as far as there is patience left to repeat it."""
        return _is_quiet(run) or self._is_over()

    def _is_over(self) -> bool:
        return time.monotonic() >= self._until


def disturbance(runs: Sequence[Measurement]) -> str:
    """One sentence on how much of the machine was busy with something else."""
    whole = sum(run.seconds for run in runs) * cores()
    share = sum(run.elsewhere for run in runs) / whole if whole else 0.0
    disturbed = sum(not _is_quiet(run) for run in runs)
    verdict = (
        "The machine was quiet" if not disturbed else f"**{disturbed} of {len(runs)} runs were disturbed**"
    )
    return f"{verdict}: other processes used {100 * share:.1f} % of its CPU during the runs."


def _is_quiet(run: Measurement) -> bool:
    return run.elsewhere <= _allowed(run.seconds)


def _allowed(seconds: float) -> float:
    return _OWN_SECONDS + _SHARE * seconds * cores()
