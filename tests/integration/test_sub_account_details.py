"""polyv_sub_account where the read lacks fields: they are not compared, go along with other changes, and can be forced."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_sub_account"
EMAIL = "teacher@school.example.com"
NEW: dict[str, Any] = {"name": "王老师", "password": "secret12", "role": "讲师"}
KNOWN = {"childEmail": EMAIL, "childName": "王老师", "roleId": 2, "childUserId": "d2e9f0a1b3"}
DETAILS = {"organization_id": "10", "telephone": "13800000000", "description": "Teaches mathematics"}
NAMES = "organization_id, telephone, description"
ALONE = f"No read shows {NAMES} of {EMAIL}, so it was neither compared nor sent."
ALONG = f"No read shows {NAMES} of {EMAIL}, so it goes along without being compared or read back."


def sub_account(task: str, /, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": EMAIL, **options}, "ignore_errors": True}


def checked(task: dict[str, Any]) -> dict[str, Any]:
    return {**task, "name": f"check {task['name']}", "check_mode": True}


def warnings_of(result: Result) -> str:
    return " ".join(result.data.get("warnings", []))


def bodies(simulator: Simulator) -> list[dict[str, Any]]:
    return [entry["json"] for entry in simulator.requests(access="write")]


@pytest.fixture(autouse=True)
def _details_are_missing(simulator: Simulator) -> None:
    simulator.switch(sub_account_details="missing")


def test_a_creation_sends_them_and_no_later_run_does(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        sub_account("create", **NEW, **DETAILS), sub_account("same", **NEW, **DETAILS), defaults=account
    )
    assert [(result.status, result.changed) for result in run.results] == [("ok", True), ("ok", False)], (
        run.output
    )
    (body,) = bodies(simulator)
    assert (
        body.items()
        >= {
            "organizationId": "10",
            "telephone": DETAILS["telephone"],
            "description": DETAILS["description"],
        }.items()
    )
    assert ALONG in warnings_of(run.result("create"))
    assert ALONE in warnings_of(run.result("same"))


def test_they_go_along_with_another_change_or_are_forced(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(ACCOUNT["user_id"], sub_accounts=[KNOWN])
    along = sub_account("along", name="李老师", **DETAILS)
    forced = sub_account("forced", force=True, **{**DETAILS, "telephone": "13900000000"})
    run = playbooks.tasks(
        sub_account("alone", **DETAILS), checked(along), along, checked(forced), forced, defaults=account
    )
    assert [result.changed for result in run.results] == [False, True, True, True, True], run.output
    sent = {"childEmail": EMAIL, "organizationId": "10", "description": DETAILS["description"]}
    assert bodies(simulator) == [
        {**sent, "childName": "李老师", "telephone": "13800000000"},
        {**sent, "telephone": "13900000000"},
    ]
    assert ALONE in warnings_of(run.result("alone"))
    for task in ("check along", "along", "check forced", "forced"):
        assert ALONG in warnings_of(run.result(task))


def test_a_role_that_no_read_shows_goes_along_as_well(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(sub_account_references="missing", sub_account_details="shown")
    simulator.alter(ACCOUNT["user_id"], sub_accounts=[{**KNOWN, "telephone": "13800000000"}])
    run = playbooks.tasks(
        sub_account("alone", role="管理员", telephone="13800000000"),
        sub_account("along", role="管理员", telephone="13900000000"),
        sub_account("by id", role_id="2", telephone="13800000000"),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [False, True, True], run.output
    assert bodies(simulator) == [
        {"childEmail": EMAIL, "roleId": "1", "telephone": "13900000000"},
        {"childEmail": EMAIL, "roleId": "2", "telephone": "13800000000"},
    ]
    assert f"No read shows role of {EMAIL}" in warnings_of(run.result("alone"))
    assert f"No read shows role_id of {EMAIL}" in warnings_of(run.result("by id"))


@pytest.mark.parametrize("form", ["null", "empty"])
def test_one_that_reads_as_unset_is_compared(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], form: str
) -> None:
    simulator.switch(sub_account_details="shown", unset_text=form)
    simulator.alter(ACCOUNT["user_id"], sub_accounts=[KNOWN])
    run = playbooks.tasks(sub_account("change", **DETAILS), sub_account("same", **DETAILS), defaults=account)
    assert [result.changed for result in run.results] == [True, False], run.output
    assert "No read shows" not in run.words
