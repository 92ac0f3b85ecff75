"""A panel with two logarithmic axes, drawn as SVG. Knows nothing of what it shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

_LINE_HEIGHT = 16.0


@dataclass(frozen=True)
class Series:
    """One line. Series with the same label share one text; `dash` is SVG's stroke-dasharray."""

    label: str
    colour: str
    dash: str
    points: Sequence[Point]


class _Axis:
    """A logarithmic axis from the decade below the smallest value to the one above the largest, as pixels."""

    def __init__(self, values: Iterable[float], start: float, length: float) -> None:
        logs = [math.log10(value) for value in values]
        self._first = math.floor(min(logs))
        self._last = max(math.ceil(max(logs) - 1e-9), self._first + 1)
        self._start, self._length = start, length

    def at(self, value: float) -> float:
        """Where a value lies."""
        part = (math.log10(value) - self._first) / (self._last - self._first)
        return self._start + part * self._length

    def ticks(self) -> list[float]:
        """The powers of ten."""
        return [10.0**power for power in range(self._first, self._last + 1)]

    def minor_ticks(self) -> list[float]:
        """The multiples of the powers of ten in between."""
        return [tick * factor for tick in self.ticks()[:-1] for factor in range(2, 10)]


class Panel:
    """A rectangle in pixels whose axes have room for all `points`."""

    def __init__(self, left: float, top: float, width: float, height: float, points: Sequence[Point]) -> None:
        self._left, self._top, self._right, self._bottom = left, top, left + width, top + height
        self._x = _Axis((x for x, _unused in points), left, width)
        self._y = _Axis((y for _unused, y in points), self._bottom, -height)

    def frame(self, title: str, x_label: str, y_label: str) -> str:
        """Title, grid, ticks and the names of the axes."""
        parts = [_text(self._left, self._top - 10, title, weight="bold")]
        for minor, colour in ((True, "#f0f0f0"), (False, "#cfcfcf")):
            parts += [self._vertical(x, colour) for x in _chosen(self._x, minor)]
            parts += [self._horizontal(y, colour) for y in _chosen(self._y, minor)]
        parts += [_text(self._x.at(x), self._bottom + 18, f"{x:g}", anchor="middle") for x in self._x.ticks()]
        parts += [_text(self._left - 7, self._y.at(y) + 4, f"{y:g}", anchor="end") for y in self._y.ticks()]
        middle = (self._left + self._right) / 2
        parts.append(_text(middle, self._bottom + 36, x_label, anchor="middle"))
        if y_label:
            x, y = self._left - 44, (self._top + self._bottom) / 2
            parts.append(
                f'<g transform="rotate(-90 {x:.1f} {y:.1f})">{_text(x, y, y_label, anchor="middle")}</g>'
            )
        return "\n".join(parts)

    def lines(self, series: Iterable[Series]) -> str:
        """The lines with a mark at each point, and their labels at their ends."""
        given = list(series)
        return "\n".join([*map(self._line, given), *self._labels(given)])

    def _line(self, series: Series) -> str:
        places = [(self._x.at(x), self._y.at(y)) for x, y in series.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks = "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{series.colour}"/>' for x, y in places
        )
        return (
            f'<polyline points="{path}" fill="none" stroke="{series.colour}" stroke-width="2" '
            f'stroke-dasharray="{series.dash}"/>{marks}'
        )

    def _labels(self, series: Sequence[Series]) -> list[str]:
        ends: dict[tuple[str, str], list[Point]] = {}
        for one in series:
            x, y = one.points[-1]
            ends.setdefault((one.label, one.colour), []).append((self._x.at(x), self._y.at(y)))
        # Half way between the ends of the lines that share the label.
        wanted = [
            (
                max(x for x, _unused in places) + 9,
                sum(y for _unused, y in places) / len(places),
                label,
                colour,
            )
            for (label, colour), places in ends.items()
        ]
        columns = sorted({round(x) for x, *_unused in wanted})
        return [
            _text(x, y + 4, label, colour=colour)
            for column in columns
            for x, y, label, colour in _spread([one for one in wanted if round(one[0]) == column])
        ]

    def _vertical(self, x: float, colour: str) -> str:
        at = self._x.at(x)
        return f'<line x1="{at:.1f}" y1="{self._top}" x2="{at:.1f}" y2="{self._bottom}" stroke="{colour}"/>'

    def _horizontal(self, y: float, colour: str) -> str:
        at = self._y.at(y)
        return f'<line x1="{self._left}" y1="{at:.1f}" x2="{self._right}" y2="{at:.1f}" stroke="{colour}"/>'


def _chosen(axis: _Axis, minor: bool) -> list[float]:
    return axis.minor_ticks() if minor else axis.ticks()


def _spread(labels: list[tuple[float, float, str, str]]) -> list[tuple[float, float, str, str]]:
    """The labels moved apart, so that none covers another: each pair that is too close, by half of what is missing."""
    placed = sorted(labels, key=lambda label: label[1])
    for _unused in range(50):
        for index in range(len(placed) - 1):
            upper, lower = placed[index], placed[index + 1]
            missing = (_LINE_HEIGHT - (lower[1] - upper[1])) / 2
            if missing > 0:
                placed[index] = (upper[0], upper[1] - missing, *upper[2:])
                placed[index + 1] = (lower[0], lower[1] + missing, *lower[2:])
    return placed


def _text(
    x: float, y: float, text: str, *, colour: str = "#222222", anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )
