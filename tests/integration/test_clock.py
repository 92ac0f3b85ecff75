"""A clock that is off, by ansible-playbook against a simulator with another time."""

from __future__ import annotations

from typing import Any

import pytest
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_record_callback"
READ = "callback-get"
TASK = {"name": "task", MODULE: {"state": "absent"}, "ignore_errors": True}


@pytest.mark.parametrize(
    ("seconds", "direction", "wording"),
    [(3600, "behind", "english"), (-3600, "ahead of", "english"), (3600, "behind", "chinese")],
)
def test_the_servers_time_is_used_and_the_user_warned(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    seconds: int,
    direction: str,
    wording: str,
) -> None:
    simulator.switch(expired_timestamp=wording)
    simulator.fault("*", "date", seconds=seconds, times=-1)
    run = playbooks.tasks(TASK, defaults=account)
    assert run.result("task").status == "ok", run.output
    (warning,) = run.result("task").data["warnings"]
    assert direction in warning and "set the clock" in warning
    assert 3595 <= int(warning.split(" is ")[1].split(" s ")[0]) <= 3605
    assert simulator.calls() == [READ, READ]


def test_the_correction_holds_for_the_rest_of_the_task(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("*", "date", seconds=3600, times=-1)
    write = {**TASK, MODULE: {"url": "https://hooks.example.com/x"}}
    run = playbooks.tasks(write, defaults=account)
    assert run.result("task").changed, run.output
    assert simulator.calls() == [READ, READ, "get-info", "set-record-callback", READ]
    assert len(run.result("task").data["warnings"]) == 1


def test_an_invalid_timestamp_is_answered_once_only(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "date", seconds=3600)
    run = playbooks.tasks(TASK, defaults=account)
    failure = run.result("task").data["failure"]
    assert (failure["kind"], failure["attempts"]) == ("invalid_timestamp", 2)
    assert len(simulator.requests()) == 2


def test_an_invalid_timestamp_at_the_right_time_is_final(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "envelope", code=400, message="invalid timestamp.")
    run = playbooks.tasks(TASK, defaults=account)
    assert run.result("task").data["failure"]["attempts"] == 1
    assert "Set the clock of this machine" in run.result("task").data["msg"]


def test_a_clock_that_is_off_within_the_window_is_no_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("*", "date", seconds=170, times=-1)
    run = playbooks.tasks(TASK, defaults=account)
    assert run.result("task").status == "ok", run.output
    assert run.result("task").data.get("warnings", []) == []
