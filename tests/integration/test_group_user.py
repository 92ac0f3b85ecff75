"""polyv_group_user, run by ansible-playbook against the simulator: who is registered, once, and what is returned."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

from ansible_collections.polyv.live.plugins.module_utils._secrets import ANSIBLE_MASKS

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_group_user"
EMAIL = "live@school.example.com"
PASSWORD = "q7Zk&=+% 密码x"
NEW: dict[str, Any] = {"password": PASSWORD, "contacts": "王老师", "phone": "13800000000", "max_channels": 20}
KEYS = ("email", "app_id", "app_secret", "user_id")
LIST, CREATE = "group-user-package-list", "group-user-create"


@pytest.fixture(autouse=True)
def group(simulator: Simulator) -> None:
    """The test account as a group account."""
    simulator.alter(ACCOUNT["user_id"], group_account="Y")


def register(task: str, /, email: str = EMAIL, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": email, **options}, "ignore_errors": True}


def users(simulator: Simulator, email: str = EMAIL) -> list[dict[str, Any]]:
    """The accounts registered under an email, as the simulator keeps them."""
    return [user for user in simulator.custom_users() if user["email"] == email]


def calls(simulator: Simulator) -> list[str]:
    return [call for call in simulator.calls() if call != "get-info"]


def warnings(run: Run, task: str) -> list[str]:
    found: list[str] = run.result(task).data.get("warnings", [])
    return found


@pytest.mark.smoke
def test_check_registers_nobody_and_both_later_runs_return_the_same_keys(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {**register("check", **NEW), "check_mode": True},
        register("create", **NEW),
        register("find", **NEW),
        register("keys"),
        defaults=account,
        options=["--diff"],
    )
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("create", True),
        ("find", False),
        ("keys", False),
    ], run.output
    assert calls(simulator) == [LIST, LIST, CREATE, LIST, LIST, LIST]
    assert run.result("check").data["user"] == {**dict.fromkeys(KEYS), "name": None, "email": EMAIL}
    (registered,) = users(simulator)
    # From ansible-core 2.22 on, Ansible masks what callbacks get; a registered variable holds the key.
    secret = {"app_secret": "$REDACTED$"} if ANSIBLE_MASKS else {}
    expected = {**{name: registered[name] for name in KEYS}, "name": None, **secret}
    for task in ("create", "find", "keys"):
        assert run.result(task).data["user"] == expected
    assert run.result("create").diff("before") == {}
    assert "app_secret" not in run.result("create").diff("after")
    assert PASSWORD not in run.everything


def test_everything_travels_in_the_body_and_the_read_asks_for_one_address(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    more: dict[str, Any] = {"minutes": 6000, "link_mic_minutes": 5, "link_mic_limit": 0}
    run = playbooks.tasks(register("create", **{**NEW, "max_channels": 0}, **more), defaults=account)
    assert run.result("create").changed, run.output
    (create,) = simulator.requests(CREATE)
    assert create["json"] == {
        "email": EMAIL,
        "password": PASSWORD,
        "contacts": "王老师",
        "phone": "13800000000",
        "maxChannels": 0,
        "minutes": 6000,
        "linkMicMinutes": 5,
        "linkMicLimit": 0,
    }
    assert set(create["query"]) == {"appId", "timestamp", "sign"}
    asked = simulator.requests(LIST)[0]["query"]
    assert (asked["emails"], asked["pageNumber"], asked["pageSize"]) == ([EMAIL], ["1"], ["100"])


def test_a_new_one_needs_what_the_api_needs(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [
        register(left_out, **{name: value for name, value in NEW.items() if name != left_out})
        for left_out in NEW
    ]
    run = playbooks.tasks(*tasks, defaults=account)
    for result in run.results:
        assert result.data["msg"].startswith(f"{result.task}: must be given to register {EMAIL}"), run.output
    assert simulator.writes() == []


def test_a_bad_input_is_named_and_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    bad: list[tuple[str, dict[str, Any]]] = [
        *(("email", {"email": email}) for email in ("", "a@x", "a@example.com,b@example.com")),
        *(("password", {"password": word}) for word in ("secret1", "secret12" * 5, "secretsecret")),
        *(("password", {"password": word}) for word in ("12345678", "secret12\u200b", 12345678)),
        *(("contacts", {"contacts": name}) for name in ("", " ", "a\nb", 7)),
        *(("phone", {"phone": number}) for number in ("", "call me", 10)),
        *(("max_channels", {"max_channels": number}) for number in (-1, 10**10)),
        ("minutes", {"minutes": 1, "concurrent": 1}),
        ("link_mic_limit", {"link_mic_limit": -1}),
        ("not_found_messages[0]", {"not_found_messages": [" "]}),
    ]
    tasks = [register(str(number), **{**NEW, **options}) for number, (_unused, options) in enumerate(bad)]
    run = playbooks.tasks(*tasks, defaults=account)
    named = [(result.data["failure"]["kind"], result.data["msg"].split(": ")[0]) for result in run.results]
    assert named == [("invalid_input", option) for option, _unused in bad]
    assert simulator.requests() == []
    assert "secretsecret" not in run.everything


@pytest.mark.parametrize("absent", ["empty", "error"])
def test_every_answer_that_says_absent_leads_to_a_registration(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], absent: str
) -> None:
    simulator.switch(group_user_absent=absent)
    run = playbooks.tasks(register("create", **NEW), defaults=account)
    assert run.result("create").changed, run.output
    assert calls(simulator) == [LIST, CREATE, LIST]


def test_no_other_fault_of_the_read_counts_as_absence(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(LIST, "envelope", code=400, message="application not found.")
    simulator.fault(LIST, "envelope", code=400, message="some answer of its own")
    simulator.fault(LIST, "wrong_data", data={"contents": None})
    simulator.fault(LIST, "wrong_data", data={"contents": [{"email": EMAIL}], "totalItems": 1})
    simulator.fault(LIST, "truncated")
    kinds = ["unknown_application", "rejected", "unexpected_data", "unexpected_data", "unreadable"]
    tasks = [register(str(number), **NEW, retries=0) for number in range(len(kinds))]
    run = playbooks.tasks(*tasks, defaults=account)
    assert [result.data["failure"]["kind"] for result in run.results] == kinds, run.output
    assert "add it to not_found_messages" in run.result("1").data["msg"]
    assert simulator.writes() == []

    simulator.fault(LIST, "envelope", code=400, message="some answer of its own")
    named = playbooks.tasks(register("named", **NEW, not_found_messages=["OF ITS OWN$"]), defaults=account)
    assert named.result("named").changed, named.output


def test_an_account_of_no_group_is_a_clear_failure(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(ACCOUNT["user_id"], group_account="N")
    greedy: dict[str, Any] = {"not_found_messages": ["."]}
    run = playbooks.tasks(register("read", **NEW), register("greedy", **NEW, **greedy), defaults=account)
    for result in run.results:
        assert result.data["failure"]["kind"] == "forbidden", run.output
        assert "The account is not a group account (集团账号)." in result.data["msg"]
    assert simulator.writes() == []


@pytest.mark.parametrize("status", ["expired", "frozen"])
def test_one_that_has_expired_or_is_frozen_is_an_error_that_names_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], status: str
) -> None:
    playbooks.tasks(register("create", **NEW), defaults=account)
    (user,) = users(simulator)
    simulator.alter(user["user_id"], group_user={"status": status})
    run = playbooks.tasks(register("find"), defaults=account)
    assert run.result("find").data["failure"]["kind"] == "inactive", run.output
    msg = run.result("find").data["msg"]
    assert EMAIL in msg and user["user_id"] in msg and f"(status {status})" in msg
    assert user["app_secret"] not in run.everything


def test_what_no_call_can_change_is_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("create", **NEW),
        register("same", **NEW),
        register("other", **{**NEW, "max_channels": 30}),
        defaults=account,
    )
    told = f"{EMAIL} is registered with max_channels 20; the API has no call to change it to 30."
    assert told in warnings(run, "other") and not run.result("other").changed, run.output
    assert not any("max_channels" in text for text in (*warnings(run, "create"), *warnings(run, "same")))


def test_the_secret_in_the_result_is_a_warning_unless_no_log_hides_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("shown", email="shown@example.com", **NEW),
        {**register("hidden", email="hidden@example.com", **NEW), "no_log": True, "register": "hidden"},
        {"name": "kept", "ansible.builtin.assert": {"that": "hidden.user.app_secret | length == 32"}},
        defaults=account,
        options=["-vvv", "--diff"],
    )
    assert run.returncode == 0, run.output
    assert any("no_log: true" in text for text in warnings(run, "shown"))
    assert users(simulator, "hidden@example.com")[0]["app_secret"] not in run.everything
    assert PASSWORD not in run.everything


def test_an_address_of_somebody_else_and_a_fourth_one_of_a_phone_fail_and_say_so(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("taken", email="company@example.com", **NEW),
        *(register(f"phone {number}", email=f"{number}@example.com", **NEW) for number in range(4)),
        defaults=account,
    )
    assert run.result("taken").data["failure"]["message"] == "email already exists", run.output
    assert [run.result(f"phone {number}").status for number in range(4)] == ["ok"] * 3 + ["failed"]
    assert run.result("phone 3").data["failure"]["kind"] == "rejected"
