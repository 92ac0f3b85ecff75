"""polyv_sub_account, run by ansible-playbook against the simulator: created once, changed where it differs, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_sub_account"
EMAIL = "teacher@school.example.com"
PASSWORD = "q7Zk&=+% 密码x"
NEW: dict[str, Any] = {"name": "王老师", "password": PASSWORD, "role": "讲师"}
KNOWN = {"childEmail": EMAIL, "childName": "王老师", "roleId": 2, "childUserId": "d2e9f0a1b3"}
LIST, ROLES = "children-list", "children-role-list"


def sub_account(task: str, /, email: str = EMAIL, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": email, **options}, "ignore_errors": True}


def kept(simulator: Simulator) -> list[dict[str, Any]]:
    """The sub-accounts as the simulator keeps them."""
    found: list[dict[str, Any]] = simulator.account(ACCOUNT["user_id"])["sub_accounts"]
    return found


def seed(simulator: Simulator, *known: dict[str, Any]) -> None:
    simulator.alter(ACCOUNT["user_id"], sub_accounts=list(known or [KNOWN]))


def warnings(run: Run, task: str) -> list[str]:
    found: list[str] = run.result(task).data.get("warnings", [])
    return found


def changes(run: Run) -> list[tuple[str, str, bool]]:
    return [(result.task, result.status, result.changed) for result in run.results]


@pytest.mark.smoke
def test_check_create_change_and_delete(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {**sub_account("check", **NEW), "check_mode": True},
        sub_account("create", **NEW),
        sub_account("same", **NEW),
        {**sub_account("check change", role="管理员"), "check_mode": True},
        sub_account("change", role="管理员", description="Teaches mathematics"),
        {**sub_account("check delete", state="absent"), "check_mode": True},
        sub_account("delete", state="absent"),
        sub_account("gone", state="absent"),
        defaults=account,
        options=["--diff"],
    )
    assert changes(run) == [
        ("check", "ok", True),
        ("create", "ok", True),
        ("same", "ok", False),
        ("check change", "ok", True),
        ("change", "ok", True),
        ("check delete", "ok", True),
        ("delete", "ok", True),
        ("gone", "ok", False),
    ], run.output
    assert simulator.writes() == ["children-create", "children-update", "children-delete"]
    assert run.result("check").data["sub_account"] == {
        **dict.fromkeys(("child_user_id", "status", "organization", "organization_id", "telephone")),
        "email": EMAIL,
        "name": "王老师",
        "role": "讲师",
        "role_id": "2",
        "description": None,
    }
    created = run.result("create").data["sub_account"]
    assert created["status"] == "NORMAL" and created["child_user_id"]
    assert run.result("same").data["sub_account"] == created
    assert run.result("check change").data["sub_account"]["role"] == "管理员"
    assert run.result("change").data["sub_account"] == {
        **created,
        "role": "管理员",
        "role_id": "1",
        "description": "Teaches mathematics",
    }
    assert run.result("check delete").diff("before")["email"] == EMAIL
    assert run.result("check delete").diff("after") == {}
    assert set(run.result("gone").data["sub_account"].values()) == {EMAIL, None}
    assert kept(simulator) == []
    assert PASSWORD not in run.everything


def test_each_state_costs_one_list_and_names_are_looked_up_only_where_they_differ(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    seed(simulator)
    run = playbooks.tasks(sub_account("same", **NEW), defaults=account)
    assert not run.result("same").changed, run.output
    assert simulator.calls() == [LIST, "get-info"][: len(simulator.calls())]
    assert simulator.requests(LIST)[0]["query"]["childEmail"] == [EMAIL]
    simulator.forget()
    playbooks.tasks(sub_account("change", role="管理员"), defaults=account)
    assert [call for call in simulator.calls() if call != "get-info"] == [
        LIST,
        ROLES,
        "children-update",
        LIST,
    ]


def test_only_what_is_given_and_differs_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    seed(simulator, {**KNOWN, "description": "kept", "password": "old-passw0rd", "organizationId": 10})
    given = {**NEW, "telephone": "010-1234567", "organization_id": "10"}
    run = playbooks.tasks(sub_account("change", **given), defaults=account)
    assert run.result("change").changed, run.output
    (update,) = simulator.requests("children-update")
    assert update["json"] == {"childEmail": EMAIL, "telephone": "010-1234567"}
    assert set(update["query"]) == {"appId", "timestamp", "sign"}
    (item,) = kept(simulator)
    assert (item["description"], item["password"]) == ("kept", "old-passw0rd")
    assert run.result("change").data["sub_account"]["organization"] == "总部"


def test_everything_of_a_new_one_travels_in_the_body(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    more = {"organization_id": "10", "telephone": "+86 138", "description": "名 &=+%41?#名"}
    run = playbooks.tasks(
        sub_account("create", name="C", password=PASSWORD, role_id="2", **more), defaults=account
    )
    assert run.result("create").changed, run.output
    (create,) = simulator.requests("children-create")
    assert create["json"] == {
        "childEmail": EMAIL,
        "childName": "C",
        "password": PASSWORD,
        "roleId": "2",
        "organizationId": "10",
        "telephone": "+86 138",
        "description": "名 &=+%41?#名",
    }
    assert set(create["query"]) == {"appId", "timestamp", "sign"}
    assert ROLES not in simulator.calls()


def test_a_delete_carries_the_address_in_the_signed_query(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    seed(simulator)
    run = playbooks.tasks(sub_account("delete", state="absent"), defaults=account)
    assert run.result("delete").changed, run.output
    (delete,) = simulator.requests("children-delete")
    assert delete["query"]["childEmail"] == [EMAIL] and delete["form"] == {}


def test_an_existing_password_is_set_only_where_that_is_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    seed(simulator, {**KNOWN, "password": "old-passw0rd"})
    always = {"password": PASSWORD, "update_password": "always"}
    run = playbooks.tasks(
        sub_account("on_create", password=PASSWORD),
        {**sub_account("check", **always), "check_mode": True},
        sub_account("always", **always),
        sub_account("again", **always),
        sub_account("without", update_password="always"),
        defaults=account,
        options=["--diff", "-vvv"],
    )
    assert [result.changed for result in run.results] == [False, True, True, True, False], run.output
    assert [entry["json"] for entry in simulator.requests(access="write")] == [
        {"childEmail": EMAIL, "password": PASSWORD}
    ] * 2
    assert kept(simulator)[0]["password"] == PASSWORD
    assert run.result("always").diff("after")["password"] == "set anew"
    assert run.result("without").data["msg"] == "password: must be given with update_password: always"
    assert PASSWORD not in run.everything


def test_a_frozen_one_is_an_error_of_present_and_can_be_deleted(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    seed(simulator, {**KNOWN, "status": "FROZEN"})
    run = playbooks.tasks(
        sub_account("present", **NEW),
        {**sub_account("check", **NEW), "check_mode": True},
        sub_account("absent", state="absent"),
        defaults=account,
    )
    assert changes(run) == [("present", "failed", False), ("check", "failed", False), ("absent", "ok", True)]
    assert "frozen (status FROZEN)" in run.result("present").data["msg"]
    assert run.result("present").data["failure"]["kind"] == "inactive"
    assert simulator.writes() == ["children-delete"]


@pytest.mark.parametrize(
    ("recreate", "statuses"),
    [("replaced", ["NORMAL"]), ("second", ["DELETE", "NORMAL"]), ("error", ["DELETE"])],
)
def test_one_that_is_listed_as_deleted_is_absent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], recreate: str, statuses: list[str]
) -> None:
    simulator.switch(sub_account_deleted="listed", sub_account_recreate=recreate)
    seed(simulator)
    run = playbooks.tasks(
        sub_account("delete", state="absent"),
        sub_account("gone", state="absent"),
        sub_account("again", **NEW),
        sub_account("same", **NEW),
        defaults=account,
    )
    assert [result.changed for result in run.results][:2] == [True, False], run.output
    assert [item["status"] for item in kept(simulator)] == statuses
    again = run.result("again")
    if recreate == "error":
        assert again.data["failure"]["message"] == "email already exists"
        assert "was deleted before, and the API may not take the address again" in again.data["msg"]
    else:
        assert again.changed and again.data["sub_account"]["status"] == "NORMAL"
        assert run.result("same").status == "ok" and not run.result("same").changed


def test_reads_that_lag_and_writes_that_never_show(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=3)
    run = playbooks.tasks(
        sub_account("create", **NEW),
        sub_account("change", name="李老师"),
        sub_account("delete", state="absent"),
        defaults=account,
    )
    assert [result.status for result in run.results] == ["ok"] * 3, run.output
    assert run.result("change").data["sub_account"]["name"] == "李老师"
    assert run.result("delete").data["sub_account"]["name"] is None

    seed(simulator)
    simulator.switch(read_lag_reads=0, write_effect="never")
    run = playbooks.tasks(
        sub_account("strict", name="张老师"),
        sub_account("warn", name="张老师", verify_writes="warn"),
        sub_account("off", name="张老师", verify_writes="off"),
        defaults=account,
    )
    assert changes(run) == [("strict", "failed", True), ("warn", "ok", True), ("off", "ok", True)], run.output
    assert run.result("strict").data["failure"]["kind"] == "not_applied"
