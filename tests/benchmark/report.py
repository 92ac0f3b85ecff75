"""The report of a run: a Markdown table, which can be read on a terminal as well, and files for an undisturbed one."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .contestants import CONTESTANTS, FLOOR
from .machine import cores, describe
from .measure import LATENCY_MS, Measurement

_ALLOWED, _WINDOW = 1200, 10.0
_HEAD = ("", "s", "× floor", "CPU s", "× floor")


@dataclass
class Report:
    """The runs by contestant, in the order in which they are shown."""

    command: str
    size: int
    runs: dict[str, list[Measurement]] = field(default_factory=dict)
    machine: str = field(default_factory=describe)

    def add(self, name: str, run: Measurement) -> None:
        """Takes one run."""
        self.runs.setdefault(name, []).append(run)

    def median(self, name: str, figure: str) -> float:
        """The median of a field of Measurement over the runs of a contestant."""
        return float(statistics.median(getattr(run, figure) for run in self.runs[name]))

    def ratio(self, name: str, figure: str) -> float:
        """How many times as much as the floor a contestant takes."""
        return self.median(name, figure) / self.median(FLOOR.name, figure)

    def text(self) -> str:
        """The whole report."""
        rows = [(one.title, *self._figures(one.name)) for one in CONTESTANTS if one.name in self.runs]
        repeat = max(map(len, self.runs.values()))
        head = (
            f"`{self.command}`, {self.machine}. {self.size} unchanged accounts, plain variables, rate limit off, 5 forks; "
            f"simulator with {LATENCY_MS} ms latency. Median of {repeat} run{'s' if repeat > 1 else ''}."
        )
        return "\n\n".join([head, _table([_HEAD, *rows]), *self._remarks(), self._disturbance()])

    def refusal(self) -> str:
        """Why these runs are not to be kept, or nothing."""
        return "" if all(run.quiet for run in self._all()) else f"Not saved. {self._disturbance()}"

    def save(self, file: Path) -> None:
        """Writes the text, and every single run as JSON beside it. The drawing is made of that."""
        drawing = file.with_suffix(".png").name
        file.with_suffix(".md").write_text(
            f"# Benchmark\n\n{self.text()}\n\n![Ratios to the floor]({drawing})\n", encoding="utf-8"
        )
        content = {"command": self.command, "machine": self.machine, "accounts": self.size}
        lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in content.items()]
        ratios = {name: [self.ratio(name, figure) for figure in ("seconds", "cpu")] for name in self.runs}
        lines.append(f'"ratios": {json.dumps(ratios)}')
        lines += [
            f"{json.dumps(name)}: {json.dumps([*map(asdict, runs)])}" for name, runs in self.runs.items()
        ]
        file.with_suffix(".json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    def _figures(self, name: str) -> Iterator[str]:
        for figure in ("seconds", "cpu"):
            yield f"{self.median(name, figure):.2f}"
            yield f"{self.ratio(name, figure):.2f}"

    def _remarks(self) -> Iterator[str]:
        """What the ratios to the floor do not say."""
        if "limited" in self.runs:
            requests = self.median("limited", "requests")
            due = max(requests * _WINDOW / _ALLOWED, self.median("provision", "seconds"))
            most = max(run.busiest for run in self.runs["limited"])
            yield (
                f"Rate limit: {self.median('limited', 'seconds') / due:.2f} × the {due:.2f} s that it allows, which is "
                f"{requests:.0f} requests at {_ALLOWED} in {_WINDOW:.0f} s, or `provision` without it if that is slower. "
                f"At most {most} requests in any {_WINDOW:.0f} s."
            )
        if "account" in self.runs and "provision" in self.runs:
            seconds, cpu = (
                self.median("provision", figure) / self.median("account", figure)
                for figure in ("seconds", "cpu")
            )
            yield f"`provision` takes {seconds:.2f} × the seconds and {cpu:.2f} × the CPU of `polyv_account`."
        if "vault" in self.runs:
            more = self.median("vault", "seconds") - self.median("provision", "seconds")
            times = more / self.median("decrypt", "seconds")
            yield f"Vault files: {more:.2f} s more, {times:.2f} × to decrypt each of them once."

    def _disturbance(self) -> str:
        runs = self._all()
        elsewhere, seconds = sum(run.elsewhere for run in runs), sum(run.seconds for run in runs)
        disturbed = sum(not run.quiet for run in runs)
        verdict = f"{disturbed} of {len(runs)} runs were disturbed" if disturbed else "The machine was quiet"
        return f"{verdict}: other processes used {100 * elsewhere / (seconds * cores()):.1f} % of its CPU."

    def _all(self) -> list[Measurement]:
        return [run for runs in self.runs.values() for run in runs]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns, all but the first to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (rows[0], rule, *rows[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]
    return f"| {' | '.join(padded)} |"
