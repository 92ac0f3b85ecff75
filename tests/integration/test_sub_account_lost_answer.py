"""polyv_sub_account when answers get lost, run by ansible-playbook against the simulator: nobody is created twice."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_sub_account"
EMAIL = "teacher@school.example.com"
NEW: dict[str, Any] = {"name": "王老师", "password": "secret12", "role_id": "2"}


def sub_account(task: str, /, email: str = EMAIL, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": email, **options}, "ignore_errors": True}


def kept(simulator: Simulator) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = simulator.account(ACCOUNT["user_id"])["sub_accounts"]
    return found


@pytest.mark.parametrize(
    "fault", [{"kind": "drop_after"}, {"kind": "truncated"}, {"kind": "delay", "seconds": 1.5}]
)
def test_one_whose_creation_was_carried_out_is_found_although_reads_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], fault: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=2)
    simulator.fault("children-create", **fault)
    run = playbooks.tasks(sub_account("lost", **NEW, timeout=1), sub_account("same", **NEW), defaults=account)
    assert run.result("lost").changed and not run.result("same").changed, run.output
    assert (
        f"The answer to the creation of {EMAIL} was lost; the sub-account was found by reading."
        in run.result("lost").data["warnings"]
    )
    assert simulator.writes() == ["children-create"]


def test_a_creation_that_never_shows_may_have_happened_and_running_again_is_safe(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("children-create", "drop_before")
    run = playbooks.tasks(sub_account("lost", **NEW), sub_account("again", **NEW), defaults=account)
    lost = run.result("lost")
    assert lost.data["failure"]["kind"] == "outcome_unknown", run.output
    assert f"{EMAIL} may or may not exist now. Running again is safe" in lost.data["msg"]
    assert run.result("again").changed
    assert len(kept(simulator)) == 1


def test_running_again_at_once_after_a_lost_answer_does_not_create_twice(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=4000)
    simulator.fault("children-create", "drop_after")
    # The first task gives up at the first read, as if it had been stopped.
    simulator.fault("children-list", "delay", seconds=0)
    simulator.fault("children-list", "envelope", code=500, message="access forbidden")
    run = playbooks.tasks(sub_account("lost", **NEW), sub_account("again", **NEW), defaults=account)
    assert run.result("lost").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").status == "ok" and not run.result("again").changed
    assert simulator.writes() == ["children-create"]


def test_what_the_api_surely_did_not_take_is_sent_again_and_what_it_refuses_is_not(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("children-create", "status", http_status=503)
    run = playbooks.tasks(sub_account("again", **NEW), defaults=account)
    assert run.result("again").changed, run.output
    simulator.fault("children-create", "envelope", code=400, message="param validate error")
    refused = playbooks.tasks(sub_account("refused", email="other@example.com", **NEW), defaults=account)
    assert refused.result("refused").data["failure"]["kind"] == "rejected"
    assert simulator.writes() == ["children-create"] * 3


def test_a_delete_whose_answer_was_lost_is_no_failure(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(sub_account("create", **NEW), defaults=account)
    simulator.fault("children-delete", "drop_after")
    run = playbooks.tasks(sub_account("delete", state="absent"), defaults=account)
    assert run.result("delete").changed, run.output
    assert simulator.writes() == ["children-create", "children-delete", "children-delete"]
    assert kept(simulator) == []


def test_tasks_at_the_same_time_create_an_address_once_while_reads_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=1200)
    run = playbooks.tasks(
        sub_account("same email", **NEW),
        defaults=account,
        hosts="all",
        connection="local",
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        options=["-i", "one,two,three,"],
    )
    assert run.returncode == 0, run.output
    assert simulator.writes() == ["children-create"]
    assert sorted(result.changed for result in run.results) == [False, False, True]
