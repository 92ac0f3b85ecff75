"""Two controllers at once: each sees what it set, and on one machine nobody is registered twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness.accounts import ACCOUNT
from harness.simulator import Simulator

from .conftest import Figures
from .processes import Controller, finished
from .scenarios import SCENARIOS, Scenario

pytestmark = pytest.mark.timeout(600)


# Two machines that register one email are beyond what either of them can see.
IDEMPOTENT = [scenario for scenario in SCENARIOS if scenario.module != "polyv_custom_user"]


@pytest.mark.parametrize("scenario", IDEMPOTENT, ids=lambda scenario: str(scenario.module))
def test_two_machines_set_the_same(
    simulator: Simulator, way: str, tmp_path: Path, figures: Figures, scenario: Scenario
) -> None:
    """Without any lock in common both succeed, and a third run finds nothing to do."""
    variables = {"polyv_in_process": way == "worker"}
    machines = [
        Controller(tmp_path / name, {"POLYV_API_URL": simulator.url}, variables) for name in ("one", "two")
    ]
    task = {"name": "task", scenario.fqcn: {**ACCOUNT, **scenario.options(5)}}
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [task]}
    for process in [machine.start(play) for machine in machines]:
        finished(process)
    assert "changed=0" in finished(machines[0].start(play))
    figures.count("two controllers", 2)


def test_two_runs_on_one_machine_register_once(
    simulator: Simulator, way: str, tmp_path: Path, figures: Figures
) -> None:
    """Four hosts in each of two runs ask for the same two emails."""
    scenario = next(scenario for scenario in SCENARIOS if scenario.module == "polyv_custom_user")
    machine = Controller(tmp_path, {"POLYV_API_URL": simulator.url}, {"polyv_in_process": way == "worker"})
    options = {
        **ACCOUNT,
        **scenario.options(0),
        "email": "user{{ inventory_hostname[1:] | int % 2 }}@example.com",
    }
    task = {"name": "task", scenario.fqcn: options, "no_log": True}
    play = {"hosts": "all", "gather_facts": False, "tasks": [task]}
    hosts = ["h0", "h1", "h2", "h3"]
    for process in [machine.start(play, inventory=hosts) for _unused in range(2)]:
        finished(process)
    figures.count("two controllers", 2 * len(hosts))
    assert sorted(user["email"] for user in simulator.custom_users()) == [
        "user0@example.com",
        "user1@example.com",
    ]
    assert len(simulator.requests("add-custom-user")) == 2
