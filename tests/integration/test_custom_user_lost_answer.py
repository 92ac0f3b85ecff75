"""polyv_custom_user when the answer to a registration gets lost, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_custom_user"
EMAIL = "live@school.example.com"


def register(task: str, /, **options: Any) -> dict[str, Any]:
    given = {"email": EMAIL, "mobile": "13800000000", "password": "secret12", **options}
    return {"name": task, MODULE: given, "ignore_errors": True}


@pytest.mark.parametrize(
    "fault", [{"kind": "drop_after"}, {"kind": "truncated"}, {"kind": "delay", "seconds": 1.5}]
)
def test_a_user_whose_registration_was_carried_out_is_found_by_reading(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], fault: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", **fault)
    run = playbooks.tasks(register("lost", timeout=1), register("find"), defaults=account)
    lost, find = run.result("lost"), run.result("find")
    assert lost.changed and not find.changed, run.output
    assert lost.data["user"] == find.data["user"]
    assert (
        f"The answer to the registration of {EMAIL} was lost; the user was found by reading."
        in lost.data["warnings"]
    )
    assert simulator.writes() == ["add-custom-user"]


def test_a_user_whose_registration_was_lost_is_found_although_reads_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=3)
    simulator.fault("add-custom-user", "drop_after")
    run = playbooks.tasks(register("lost"), defaults=account)
    assert run.result("lost").changed, run.output
    assert simulator.calls().count("add-custom-user") == 1


def test_a_registration_that_never_shows_may_have_happened_and_running_again_is_safe(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", "drop_before")
    simulator.fault("add-custom-user", "html", http_status=502)
    simulator.fault("add-custom-user", "envelope", code=500, message="internal server error")
    simulator.fault("add-custom-user", "wrong_data", data="success")
    hosts: dict[str, Any] = {
        "hosts": "all",
        "connection": "local",
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        "options": ["-i", "one,two,three,four,"],
    }
    task = register("lost", email="{{ inventory_hostname }}@example.com")
    first = playbooks.tasks(task, defaults=account, **hosts)
    assert {result.data["failure"]["kind"] for result in first.results} == {"outcome_unknown"}, first.output
    assert all("may or may not be registered" in result.data["msg"] for result in first.results)
    assert all("Running again is safe" in result.data["msg"] for result in first.results)
    assert simulator.writes() == ["add-custom-user"] * 4

    again = playbooks.tasks(task, defaults=account, **hosts)
    assert [result.changed for result in again.results] == [True] * 4, again.output


def test_running_again_at_once_after_a_lost_answer_does_not_register_twice(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=4000, custom_user_duplicate="new")
    simulator.fault("add-custom-user", "drop_after")
    # The first task gives up at the first read, as if it had been stopped.
    simulator.fault("get-custom-user", "delay", seconds=0)
    simulator.fault("get-custom-user", "envelope", code=500, message="access forbidden")
    run = playbooks.tasks(register("lost"), register("again"), defaults=account)
    assert run.result("lost").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").status == "ok"
    assert simulator.writes() == ["add-custom-user"]


def test_a_registration_that_the_api_surely_did_not_take_is_sent_again(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", "status", http_status=503)
    run = playbooks.tasks(register("again"), defaults=account)
    assert run.result("again").changed, run.output
    assert simulator.writes() == ["add-custom-user"] * 2


def test_a_registration_that_the_api_refuses_is_sent_once(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", "envelope", code=400, message="param validate error", data=400)
    run = playbooks.tasks(register("refused"), defaults=account)
    assert run.result("refused").data["failure"]["message"] == "param validate error"
    assert simulator.calls() == ["get-custom-user", "get-info", "add-custom-user"]
