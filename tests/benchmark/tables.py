"""Results as Markdown tables, which can be read on a terminal as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .results import Results, Row, ratio
from .targets import Target

_FIGURES = (
    "",
    "s",
    "ms each",
    "× floor",
    "× limit",
    "CPU s",
    "CPU ms each",
    "× floor",
    "× limit",
    "peak MiB",
    "requests",
    "simulator CPU s",
    "elsewhere CPU s",
)


def of_results(results: Results) -> str:
    """One table for each size."""
    parts = []
    for size in results.sizes():
        rows = list(results.rows(size))
        runs = max(len(row.runs) for row in rows)
        parts.append(f"### {size} {results.items}\n\nMedian of {runs} run{'s' if runs > 1 else ''}.\n")
        parts.append(table(_FIGURES, [_figures(results, row) for row in rows]))
    return "\n".join(parts)


def of_targets(targets: Iterable[Target]) -> str:
    """The targets, what was measured, and whether that is enough."""
    rows = [
        (target.what, f"{target.sign} {_short(target.bound)}{target.unit}", _measured(target), target.verdict)
        for target in targets
    ]
    return table(("", "target", "measured", "reached"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with aligned columns, all but the first to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "".join(_line(line, widths) for line in (lines[0], rule, *lines[1:]))


def number(value: float | None, digits: int = 2) -> str:
    """A figure, or a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def _figures(results: Results, row: Row) -> list[str]:
    floor, limit = results.floor(row.size), results.limit(row)
    cells = [row.contestant.title]
    for figure in ("seconds", "cpu"):
        cells += [
            number(row.median(figure)),
            number(1000 * row.median(figure) / row.size, 1),
            number(ratio(row, floor, figure)),
            number(ratio(row, limit, figure), 1),
        ]
    cells += [number(row.median(figure), 0) for figure in ("memory", "requests")]
    return [*cells, *(number(row.median(figure)) for figure in ("simulator", "elsewhere"))]


def _measured(target: Target) -> str:
    return "–" if target.measured is None else f"{_short(target.measured)}{target.unit}"


def _short(value: float) -> str:
    """Two decimals, and none for a whole number."""
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0] + " " * (widths[0] - len(cells[0]))
    others = [" " * (width - len(cell)) + cell for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join([first, *others])} |\n"
