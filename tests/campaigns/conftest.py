"""What the campaigns share: the fixtures of the integration tests, a seed, and figures of what was tried."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from harness.fixtures import account, playbooks, running_simulator, simulator, way

__all__ = ["account", "way", "playbooks", "running_simulator", "simulator"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--campaign-seed` repeats a run or starts another; `--figures` names a file for the table of figures."""
    parser.addoption("--campaign-seed", type=int, default=1, help="what random choices follow from")
    parser.addoption("--figures", type=Path, help="write the figures as a Markdown table into this file")


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Random numbers that follow from the seed and the test's name."""
    return random.Random(f"{request.config.getoption('--campaign-seed')} {request.node.name}")


class Figures:
    """Counts what a test tried; the closing lines of the run add them up."""

    def __init__(self, node: pytest.Item) -> None:
        self._node = node

    def count(self, campaign: str, number: int) -> None:
        """`number` more cases of a campaign."""
        self._node.user_properties.append((campaign, number))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Where a test counts its cases."""
    return Figures(request.node)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """A line for each campaign: how many cases, how many seconds, how many tests failed."""
    if hasattr(config, "workerinput"):
        return  # a worker of xdist knows its own part only
    cases: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for status in ("passed", "failed"):
        for report in terminalreporter.stats.get(status, []):
            for campaign, number in report.user_properties:
                cases[campaign] += number
            for campaign in {campaign for campaign, _number in report.user_properties}:
                seconds[campaign] += report.duration
                failed[campaign] += report.outcome == "failed"
    lines = [
        f"| {campaign} | {cases[campaign]} | {failed[campaign]} | {seconds[campaign]:.0f} |"
        for campaign in sorted(cases)
    ]
    terminalreporter.section("campaigns")
    # Of all processes together: several of them run at the same time.
    table = ["| campaign | cases | tests failed | seconds |", "|---|---|---|---|", *lines]
    terminalreporter.write_line("\n".join(table))
    target = config.getoption("--figures")
    if target:
        target.write_text("\n".join(table) + "\n", encoding="utf-8")
