"""In which order contestants are measured: in turn, so that whatever disturbs the machine for a while hits all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from .contestants import Contestant
from .measure import Bench, Measurement
from .quiet import Patience
from .results import Results
from .world import World

# Enough to find the slowest import and to fill the disk's cache.
_WARM_UP_SIZE = 2


def repetitions(size: int) -> int:
    """How often a size is measured: the smaller, the more a run varies, and the less it costs."""
    if size <= 20:
        return 5
    return 3 if size <= 500 else 2


class Schedule:
    """Measures contestants with common settings of Ansible, given as environment variables.

    `tell` gets one line for each run; `times` overrides how often each size is measured.
    """

    def __init__(
        self,
        bench: Bench,
        settings: Mapping[str, str],
        patience: Patience,
        tell: Callable[[str], None],
        times: int | None = None,
    ) -> None:
        self._bench = bench
        self._patience = patience
        self._settings = settings
        self._tell = tell
        self._times = times

    def warm_up(self, contestants: Iterable[Contestant], make: Callable[[int], World]) -> None:
        """Runs each of them once on a small world, and keeps nothing of it."""
        for contestant in contestants:
            self._run(contestant, make(_WARM_UP_SIZE), "warm-up")

    def measure(self, results: Results, contestants: Sequence[Contestant], worlds: Sequence[World]) -> None:
        """All contestants, one after the other, and that again."""
        largest = max((world.size for world in worlds), default=0)
        for world in worlds:
            taking_part = [one for one in contestants if one.takes_part(world.size, largest)]
            for repetition in range(self._times or repetitions(world.size)):
                for contestant in taking_part:
                    measurement = self._measure(contestant, world, f"run {repetition + 1}")
                    results.add(contestant, world.size, measurement)

    def _measure(self, contestant: Contestant, world: World, occasion: str) -> Measurement:
        while True:
            self._patience.wait()
            measurement = self._run(contestant, world, occasion)
            if self._patience.accepts(measurement):
                return measurement

    def _run(self, contestant: Contestant, world: World, occasion: str) -> Measurement:
        measurement = self._bench.measure(contestant, world, self._settings)
        self._tell(
            f"{occasion:8} {contestant.name:22} {world.size:5}  {measurement.seconds:8.2f} s  "
            f"{measurement.cpu:8.2f} s CPU  {measurement.elsewhere:6.2f} s elsewhere"
        )
        return measurement
