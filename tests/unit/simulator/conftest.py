"""Fixtures for the tests of the simulator."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# For the packages `simulator` and `harness`, and for `unit.simulator.support`.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unit.simulator.support import Api


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One process for all tests of a worker."""
    with Api(tmp_path_factory.mktemp("simulator")) as api:
        yield api


@pytest.fixture
def api(started: Api) -> Api:
    """The API of a simulator with the test accounts as the seed has them."""
    started.reset()
    return started
