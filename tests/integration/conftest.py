"""What the integration tests share: a simulator, and playbooks that run against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

SEED = Path(__file__).parent / "seed.yml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--every-door`, for `make test-all`."""
    parser.addoption(
        "--every-door",
        action="store_true",
        help="run the tests marked either_door as ordinary modules as well, and not only inside the worker",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the second pass of what is below the doors, where time counts; pytest says how many."""
    if config.getoption("--every-door"):
        return
    left_out = [item for item in items if _is_second_pass(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_second_pass(item: pytest.Item) -> bool:
    either = item.get_closest_marker("either_door") and not item.get_closest_marker("smoke")
    return bool(either) and "[module" in item.name


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """One process for all tests of a worker."""
    with Simulator(SEED) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """The simulator, as the seed describes it."""
    running_simulator.reset()
    return running_simulator


@pytest.fixture(params=["worker", "module"])
def door(request: pytest.FixtureRequest) -> str:
    """Tests that run playbooks go through both doors: inside the worker, and as an ordinary module."""
    return str(request.param)


@pytest.fixture
def playbooks(tmp_path: Path, simulator: Simulator, door: str) -> Playbooks:
    """Runs playbooks with their own directory for state and temporary files."""
    return Playbooks(tmp_path, {"POLYV_API_URL": simulator.url}, {"polyv_in_process": door == "worker"})


@pytest.fixture
def account(simulator: Simulator) -> dict[str, Any]:
    """The options that name the account, for module_defaults."""
    return {**ACCOUNT, "retries": 1}
