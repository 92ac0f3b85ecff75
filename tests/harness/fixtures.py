"""The fixtures that every test with a simulator uses; a conftest.py imports those it offers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .accounts import ACCOUNT
from .onboarding import Onboarding
from .playbook import Playbooks
from .simulator import Simulator

SEED = Path(__file__).parents[1] / "integration" / "seed.yml"


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
def way(request: pytest.FixtureRequest) -> str:
    """Tests that run playbooks go through both ways of running: inside the worker, and as an ordinary module."""
    return str(request.param)


@pytest.fixture
def playbooks(tmp_path: Path, simulator: Simulator, way: str) -> Playbooks:
    """Runs playbooks with their own directory for state and temporary files."""
    return Playbooks(tmp_path, {"POLYV_API_URL": simulator.url}, {"polyv_in_process": way == "worker"})


@pytest.fixture
def account(simulator: Simulator) -> dict[str, Any]:
    """The options that name the account, for module_defaults."""
    return {**ACCOUNT, "retries": 1}


@pytest.fixture
def onboarding(playbooks: Playbooks, simulator: Simulator) -> Onboarding:
    """Runs the role onboard, and looks at what it left behind."""
    return Onboarding(playbooks, simulator)
