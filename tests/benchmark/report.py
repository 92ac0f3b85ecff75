"""The report of a run: text for the terminal, and files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import plot, tables, targets
from .measure import LATENCY_MS
from .quiet import disturbance
from .results import Results
from .targets import Target

_DOCS = Path("docs")


class Report:
    """Collects results in the order in which they are shown."""

    def __init__(self, options: argparse.Namespace, machine: dict[str, Any]) -> None:
        self._options = options
        self._machine = machine
        self._name = "benchmark-settings" if options.settings else "benchmark"
        self._results: list[Results] = []
        self._sections: list[str] = []
        self._targets: list[Target] = []
        self._drawing: str | None = None

    def add_accounts(self, results: Results) -> None:
        """One task an account."""
        if not results.sizes():
            return
        self._add(results, f"## One task for each account\n\n{tables.of_results(results)}")
        self._targets += targets.of_accounts(results)
        if plot.shows(results):
            self._drawing = plot.drawing(results, self._conditions())

    def add_channels(self, results: Results) -> None:
        """Many channels of one account."""
        if not results.sizes():
            return
        self._add(results, f"## Many channels of one account\n\n{tables.of_results(results)}")
        self._targets += targets.of_channels(results)

    def add_settings(self, results: Results, render: Callable[[int], str]) -> None:
        """Settings of Ansible, as `render` shows them for a size."""
        for size in results.sizes():
            self._add(results, f"## {size} {results.items}\n\n{render(size)}")

    def text(self) -> str:
        """The whole report, as Markdown."""
        parts = [self._head(), *self._sections]
        if self._targets:
            reached = sum(target.verdict == "yes" for target in self._targets)
            measured = sum(target.measured is not None for target in self._targets)
            parts.append(
                f"## Targets\n\n{tables.of_targets(self._targets)}\n{reached} of {measured} targets reached.\n"
            )
        return "\n".join(parts)

    def write(self) -> None:
        """The files: below the run's directory, and with `--save` in docs/."""
        for directory in (self._options.directory, *([_DOCS] if self._options.save else [])):
            directory.mkdir(parents=True, exist_ok=True)
            (directory / f"{self._name}.md").write_text(self.text(), encoding="utf-8")
            (directory / f"{self._name}.json").write_text(self._json(), encoding="utf-8")
            if self._drawing:
                (directory / f"{self._name}.svg").write_text(self._drawing, encoding="utf-8")

    def _add(self, results: Results, section: str) -> None:
        if results not in self._results:
            self._results.append(results)
        self._sections.append(section)

    def _head(self) -> str:
        machine = self._machine
        measurements = [run for results in self._results for run in results.measurements()]
        return (
            f"# Benchmark\n\n"
            f"Made by `{self._options.command}` on {machine['date']}: {machine['cores']} cores ({machine['processor']}), "
            f"{machine['system']}, Python {machine['python']}, ansible-core {machine['ansible_core']}.\n"
            f"Simulated platform: one process with all its checks on, {LATENCY_MS} ms latency. Ansible: {self._options.forks} "
            "forks, `gather_facts: false`, everything else as it comes (strategy linear, callback default).\n\n"
            "Seconds and CPU are those of the whole command, start included; nothing is subtracted. CPU is user and system "
            "time of the command and all its children. Peak memory is that of the largest process. CPU of the simulator and "
            f"of everything else on the machine stands beside the figures.\n{disturbance(measurements)}\n"
        )

    def _conditions(self) -> str:
        machine = self._machine
        return (
            f"Simulated platform with {LATENCY_MS} ms latency, {machine['cores']} cores, {self._options.forks} forks, "
            f"ansible-core {machine['ansible_core']}. Start of Ansible included; median."
        )

    def _json(self) -> str:
        report = {
            "machine": self._machine,
            "forks": self._options.forks,
            "latency_ms": LATENCY_MS,
            "results": {
                f"{number}: {results.items}": [row.as_dict() for row in results.all_rows()]
                for number, results in enumerate(self._results, start=1)
            },
            "targets": [{**asdict(target), "reached": target.verdict} for target in self._targets],
        }
        return json.dumps(report, indent=1, ensure_ascii=False) + "\n"
