"""The targets of the collection's speed, and whether a run reached them. All are ratios within one run, but for CPU an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .contestants import SLOW_UP_TO
from .results import Results, Row, ratio

# Below this size Ansible's start decides everything, and the targets say nothing of it.
SMALLEST_SIZE = 100
_REQUESTS, _SECONDS = 1200, 10.0
# How many times as fast the worker must be as these.
_SLOW = [
    (name, state, bound)
    for name, bound in (("module", 10.0), ("uri", 20.0))
    for state in ("unchanged", "changed")
]


@dataclass(frozen=True)
class Target:
    """One target. `measured` is None where the run did not measure it."""

    what: str
    sign: str
    bound: float
    measured: float | None
    unit: str = ""

    @property
    def verdict(self) -> str:
        """`yes`, `NO`, or `not measured`."""
        if self.measured is None:
            return "not measured"
        reached = self.measured >= self.bound if self.sign == "≥" else self.measured <= self.bound
        return "yes" if reached else "NO"


def of_accounts(results: Results) -> list[Target]:
    """The targets for one task an account."""
    sizes = [size for size in results.sizes() if size >= SMALLEST_SIZE]
    found = [target for size in sizes for target in _at_one_size(results, size)]
    return [*_each_further(results), *found, *_growth(results, sizes), *_limited(results, sizes)]


def of_channels(results: Results) -> list[Target]:
    """The targets for a loop over the channels of an account."""
    found = []
    for size in results.sizes():
        for name, bound in (("loop-unchanged", 12.0), ("loop-changed", 25.0)):
            row = results.row(name, size)
            each = None if row is None else 1000 * row.median("cpu") / size
            found.append(Target(f"{size} channels, {name}: CPU an item", "≤", bound, each, " ms"))
            found.append(Target(f"{size} channels, {name}: connections", "≤", 1, _worst(row, "connections")))
    return found


def _each_further(results: Results) -> Iterator[Target]:
    """Each further account as an ordinary module or by hand against one in the worker: without the start of Ansible."""
    small, large = results.sizes()[0], SLOW_UP_TO
    if small >= large or large not in results.sizes():
        return
    for slow, state, bound in _SLOW:
        taken, compared = (_further(results, f"{name}-{state}", small, large) for name in (slow, "worker"))
        factor = taken / compared if taken and compared else None
        what = f"each account from {small} to {large}, {slow}-{state}: seconds of the same in the worker"
        yield Target(what, "≥", bound, factor, " ×")


def _further(results: Results, name: str, small: int, large: int) -> float | None:
    rows = results.row(name, small), results.row(name, large)
    if rows[0] is None or rows[1] is None:
        return None
    return (rows[1].median("seconds") - rows[0].median("seconds")) / (large - small)


def _at_one_size(results: Results, size: int) -> Iterator[Target]:
    floor = results.floor(size)

    def compared(name: str, other: Row | None, figure: str, sign: str, bound: float, what: str) -> Target:
        title = f"{size} accounts, {name}: {what}"
        return Target(title, sign, bound, ratio(results.row(name, size), other, figure), " ×")

    if size <= SLOW_UP_TO:
        for slow, state, bound in _SLOW:
            worker = results.row(f"worker-{state}", size)
            what = "seconds of the same in the worker"
            yield compared(f"{slow}-{state}", worker, "seconds", "≥", bound, what)
    yield compared("worker-unchanged", floor, "cpu", "≤", 1.7, "CPU of the floor")
    yield compared("worker-changed", floor, "cpu", "≤", 2.5, "CPU of the floor")
    yield compared("account-unchanged", floor, "seconds", "≤", 2.5, "seconds of the floor")
    tasks = results.row("tasks-unchanged", size)
    yield compared("account-unchanged", tasks, "seconds", "≤", 0.45, "seconds of the same as five tasks")


def _growth(results: Results, sizes: list[int]) -> Iterator[Target]:
    """Time an account at the largest size against the smallest one that counts."""
    if len(sizes) < 2:
        return
    small, large = sizes[0], sizes[-1]
    for name in ("worker-unchanged", "worker-changed", "account-unchanged", "account-changed"):
        whole = ratio(results.row(name, large), results.row(name, small), "seconds")
        each = None if whole is None else whole * small / large
        yield Target(f"{name}: seconds an account, {large} against {small} accounts", "≤", 1.15, each, " ×")


def _limited(results: Results, sizes: list[int]) -> Iterator[Target]:
    """The default rate limit, at the largest size: as fast as it allows, and never faster."""
    for name in ("unchanged", "changed"):
        for size in sizes[-1:]:
            limited, free = results.row(f"limited-{name}", size), results.row(f"account-{name}", size)
            due = None
            if limited and free:
                due = max(limited.median("requests") * _SECONDS / _REQUESTS, free.median("seconds"))
            taken = limited.median("seconds") / due if limited and due else None
            what = f"{size} accounts, limited-{name}"
            yield Target(f"{what}: seconds that {_REQUESTS} requests in 10 s allow", "≤", 1.15, taken, " ×")
            yield Target(f"{what}: most requests in any 10 s", "≤", _REQUESTS, _worst(limited, "busiest"))


def _worst(row: Row | None, figure: str) -> float | None:
    return None if row is None else row.worst(figure)
