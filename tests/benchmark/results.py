"""What was measured, by contestant and size, with the figures that are made of it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from .contestants import Contestant
from .measure import Measurement


@dataclass
class Row:
    """All runs of one contestant at one size."""

    contestant: Contestant
    size: int
    runs: list[Measurement] = field(default_factory=list)

    def median(self, figure: str) -> float:
        """The median of a field of Measurement."""
        return float(statistics.median(getattr(run, figure) for run in self.runs))

    def worst(self, figure: str) -> float:
        """The largest value of a field of Measurement."""
        return float(max(getattr(run, figure) for run in self.runs))

    def as_dict(self) -> dict[str, Any]:
        """All of it for the JSON file."""
        fields = self.runs[0].__dataclass_fields__ if self.runs else ()
        return {
            "contestant": self.contestant.name,
            "title": self.contestant.title,
            "size": self.size,
            "median": {name: self.median(name) for name in fields},
            "runs": [asdict(run) for run in self.runs],
        }


class Results:
    """Rows that belong together: all were measured in turn, and all their items are of one kind."""

    def __init__(self, items: str, contestants: Iterable[Contestant]) -> None:
        self.items = items
        self._order = [contestant.name for contestant in contestants]
        self._rows: dict[tuple[str, int], Row] = {}

    def add(self, contestant: Contestant, size: int, measurement: Measurement) -> None:
        """Takes one run."""
        row = self._rows.setdefault((contestant.name, size), Row(contestant, size))
        row.runs.append(measurement)

    def sizes(self) -> list[int]:
        """The sizes that were measured, the smallest first."""
        return sorted({size for _unused, size in self._rows})

    def rows(self, size: int) -> Iterator[Row]:
        """What was measured at a size, in the order of the contestants."""
        for name in self._order:
            row = self.row(name, size)
            if row:
                yield row

    def all_rows(self) -> list[Row]:
        """Everything, the smallest sizes first."""
        return [row for size in self.sizes() for row in self.rows(size)]

    def measurements(self) -> list[Measurement]:
        """Every single run."""
        return [run for row in self.all_rows() for run in row.runs]

    def row(self, name: str, size: int) -> Row | None:
        """The runs of a contestant at a size, if there are any."""
        return self._rows.get((name, size))

    def floor(self, size: int) -> Row | None:
        """The runs of the contestant that calls nobody."""
        return next((row for row in self.rows(size) if row.contestant.is_floor), None)

    def limit(self, row: Row) -> Row | None:
        """The runs of the plain script that does the same as the contestant of `row`."""
        return None if row.contestant.is_floor else self.row(row.contestant.limit, row.size)


def ratio(row: Row | None, other: Row | None, figure: str) -> float | None:
    """How many times as much `row` takes as `other`; None where one of them was not measured."""
    if row is None or other is None or not other.median(figure):
        return None
    return row.median(figure) / other.median(figure)
