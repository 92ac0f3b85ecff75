"""Fixtures for the tests of the simulator."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# For the package `simulator`, and for `unit.simulator.support`.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unit.simulator.support import Api, StartedSimulator, api_for, start


@pytest.fixture
def api() -> Api:
    """The API of a fresh simulator with the test accounts, called in this process."""
    return api_for()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[StartedSimulator]:
    """A simulator in a process of its own."""
    with start(tmp_path) as simulator:
        yield simulator
