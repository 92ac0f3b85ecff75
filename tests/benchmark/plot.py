"""The results as a drawing for the README: seconds by number of accounts, both axes logarithmic, as SVG text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from .chart import Panel, Series
from .results import Results

_WIDTH, _HEIGHT, _TOP, _BOTTOM = 1000, 560, 78, 92
_STATES = (("unchanged", ""), ("changed", "7 4"))


@dataclass(frozen=True)
class _Line:
    """A contestant in the drawing; without `states` it has only one."""

    name: str
    label: str
    colour: str
    states: bool = True


# Colours that people who don't see all colours can tell apart (Okabe and Ito).
_FLOOR = _Line("floor", "floor: debug task", "#767676", states=False)
_PANELS = (
    (
        "One setting of each account",
        (
            _Line("uri", "uri tasks by hand", "#d55e00"),
            _Line("module", "ordinary module", "#b07900"),
            _Line("worker", "module in the worker", "#0072b2"),
            _FLOOR,
            _Line("limit-one", "limit: plain script", "#000000"),
        ),
    ),
    (
        "Five settings of each account",
        (
            _Line("tasks", "five tasks", "#aa4488"),
            _Line("account", "polyv_account", "#00795a"),
            _FLOOR,
            _Line("limit-five", "limit: plain script", "#000000"),
        ),
    ),
)


def shows(results: Results) -> bool:
    """Whether anything was measured that the drawing shows."""
    return any(list(_series(results, lines)) for _unused, lines in _PANELS)


def drawing(results: Results, subtitle: str) -> str:
    """The SVG file. Both panels have the same axes, so that they can be compared."""
    panels = [(title, list(_series(results, lines))) for title, lines in _PANELS]
    points = [point for _unused, series in panels for one in series for point in one.points]
    width = _WIDTH / len(panels)
    parts = [_head(subtitle)]
    for index, (title, series) in enumerate(panels):
        panel = Panel(index * width + 58, _TOP, width - 205, _HEIGHT - _TOP - _BOTTOM, points)
        parts += [panel.frame(title, "accounts", "seconds" if index == 0 else ""), panel.lines(series)]
    return "\n".join([*parts, _legend(), "</svg>", ""])


def _series(results: Results, lines: Iterable[_Line]) -> Iterable[Series]:
    for line in lines:
        names = (
            [(f"{line.name}-{state}", dash) for state, dash in _STATES] if line.states else [(line.name, "")]
        )
        for name, dash in names:
            rows = [(size, results.row(name, size)) for size in results.sizes()]
            points = [(float(size), row.median("seconds")) for size, row in rows if row]
            if points:
                yield Series(line.label, line.colour, dash, points)


def _head(subtitle: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="13" role="img">\n'
        "<title>Seconds for one run of ansible-playbook, by number of accounts</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n'
        '<text x="20" y="26" font-size="17" font-weight="bold">Seconds for one run of ansible-playbook</text>\n'
        f'<text x="20" y="46" fill="#555555">{escape(subtitle)}</text>'
    )


def _legend() -> str:
    parts = []
    for index, (text, dash) in enumerate(
        (("nothing changes (reads only)", ""), ("everything changes (reads and writes)", _STATES[1][1]))
    ):
        x, y = 58 + index * 260, _HEIGHT - 22
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{x + 34}" y2="{y}" stroke="#333333" stroke-width="2" stroke-dasharray="{dash}"/>'
            f'<text x="{x + 42}" y="{y + 4}">{text}</text>'
        )
    return "\n".join(parts)
