"""polyv_sub_account, run by ansible-playbook against the simulator: what is refused, roles by name, and what is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_sub_account"
EMAIL = "teacher@school.example.com"
PASSWORD = "q7Zk&=+% 密码x"
NEW: dict[str, Any] = {"name": "王老师", "password": PASSWORD, "role": "讲师"}
KNOWN = {"childEmail": EMAIL, "childName": "王老师", "roleId": 2, "childUserId": "d2e9f0a1b3"}


def sub_account(task: str, /, email: str = EMAIL, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": email, **options}, "ignore_errors": True}


def alter(simulator: Simulator, **settings: Any) -> None:
    simulator.alter(ACCOUNT["user_id"], **settings)


def test_a_new_one_needs_name_password_and_role(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    options = [{name: value for name, value in NEW.items() if name != left_out} for left_out in NEW]
    tasks = [sub_account(left_out, **given) for left_out, given in zip(NEW, options, strict=True)]
    run = playbooks.tasks(*tasks, defaults=account)
    for result in run.results:
        assert result.data["msg"].startswith(f"{result.task}: must be given to create {EMAIL}"), run.output
        assert result.data["failure"]["kind"] == "invalid_input"
    assert simulator.writes() == []


def test_a_role_that_is_none_or_several_names_the_roles_there_are(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    roles = [{"id": 1, "name": "管理员"}, {"id": 2, "name": "讲师"}, {"id": 3, "name": "讲师"}]
    alter(simulator, sub_account_roles=roles)
    run = playbooks.tasks(
        sub_account("none", **{**NEW, "role": "校长"}),
        sub_account("several", **NEW),
        sub_account("unknown id", **{**NEW, "role": None, "role_id": "99"}),
        sub_account("both", **NEW, role_id="2"),
        defaults=account,
    )
    assert (
        "the account has no such role. It has '管理员' (role_id 1), '讲师' (role_id 2)"
        in (run.result("none").data["msg"])
    ), run.output
    assert "2 roles of that name: 2, 3. Give role_id instead" in run.result("several").data["msg"]
    assert run.result("unknown id").data["failure"]["message"] == "param validate error"
    assert (
        run.result("both").data["msg"]
        == "role: got a name together with role_id, must be only one of the two"
    )
    assert simulator.account(ACCOUNT["user_id"])["sub_accounts"] == []


@pytest.mark.parametrize("keys", ["nested", "missing"])
def test_roles_under_other_keys_or_not_shown(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], keys: str
) -> None:
    simulator.switch(sub_account_references=keys)
    run = playbooks.tasks(
        sub_account("create", **NEW),
        sub_account("same", **NEW),
        sub_account("other", role="管理员"),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, False, keys == "nested"], run.output
    for task in ("create", "same", "other"):
        warnings = str(run.result(task).data.get("warnings", []))
        assert (f"No read shows role of {EMAIL}" in warnings) == (keys == "missing")


def test_a_bad_input_is_named_and_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    bad: list[tuple[str, dict[str, Any]]] = [
        *(("email", {"email": email}) for email in ("", "a@x", "a@example.com,b@example.com")),
        *(("name", {"name": name}) for name in ("", " ", "x" * 51, "a\nb", 7)),
        *(("password", {"password": word}) for word in ("secret1", "secret1secret1234", "secretsecret")),
        *(("password", {"password": word}) for word in ("12345678", "secret12\u200b", 12345678)),
        *(("role", {"role": role}) for role in ("", 2)),
        *(("role_id", {"role": None, "role_id": role}) for role in ("", "a b", "1.5e+10", "2?x=1")),
        ("organization_id", {"organization_id": " "}),
        *(("telephone", {"telephone": number}) for number in ("", "call me", 10)),
        *(("description", {"description": text}) for text in (" ", "x" * 101, "a\tb")),
    ]
    tasks = [sub_account(str(number), **{**NEW, **options}) for number, (_unused, options) in enumerate(bad)]
    run = playbooks.tasks(*tasks, defaults=account)
    named = [(result.data["failure"]["kind"], result.data["msg"].split(": ")[0]) for result in run.results]
    assert named == [("invalid_input", option) for option, _unused in bad]
    assert simulator.requests() == []
    assert "secretsecret" not in run.everything and "secret1secret1234" not in run.everything


def test_an_address_that_holds_the_password_is_returned_as_it_is(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        sub_account("create", email="abcd1234@example.com", **{**NEW, "password": "abcd1234"}),
        defaults=account,
    )
    assert run.result("create").data["sub_account"]["email"] == "abcd1234@example.com", run.output
    assert "abcd1234" not in run.result("create").data["diff"]["after"]


def test_a_message_that_repeats_the_password_is_masked(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("children-create", "envelope", code=400, message=f"bad password {PASSWORD}")
    run = playbooks.tasks(sub_account("create", **NEW), defaults=account, options=["-vvv", "--diff"])
    assert run.result("create").status == "failed"
    assert PASSWORD not in run.everything


def test_two_of_one_address_are_not_chosen_from(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    alter(simulator, sub_accounts=[KNOWN, {**KNOWN, "childUserId": "other"}])
    run = playbooks.tasks(
        sub_account("present", **NEW), sub_account("absent", state="absent"), defaults=account
    )
    kinds = [result.data["failure"]["kind"] for result in run.results]
    assert kinds == ["unexpected_data"] * 2, run.output
    assert simulator.writes() == []
