"""A write that concerns a whole account is sent only to the account of `user_id`: that is confirmed before, once."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

USER, OTHER = ACCOUNT["user_id"], OTHER_ACCOUNT["user_id"]
INFO = "get-info"
URL = "https://new.example.com/hook"
KNOWN = {"childEmail": "known@school.example.com", "childName": "王老师", "roleId": 2}
GONE = {"childEmail": "gone@school.example.com", "childName": "李老师", "roleId": 2}
PASSWORD = "q7Zk8w2Lm"

CALLBACKS = {"stream_url": URL}
SWITCHES = {"account_wide": True, "switches": {"danmu": False}}
ALL = {"all_channels": True}
PUBLIC = {"primary": {"type": "code", "auth_code": "a1b2c3", "enabled": True}}
# One module and kind of write each, all of them with something to change.
TASKS: dict[str, tuple[str, dict[str, Any]]] = {
    "weixin_share": ("weixin_share", {"url": URL}),
    "record_callback": ("record_callback", {"url": URL}),
    "callbacks": ("callbacks", CALLBACKS),
    "function_switches": ("function_switches", SWITCHES),
    "oauth_custom": ("oauth_custom", {**ALL, "custom_uri": URL}),
    "watch_condition": ("watch_condition", {**ALL, **PUBLIC}),
    "watch_condition of new channels": ("watch_condition", {"for_new_channels": True, **PUBLIC}),
    "channel": ("channel", {"name": "Hall", "scene": "alone", "template": "alone"}),
    "custom_user": (
        "custom_user",
        {"email": "live@school.example.com", "mobile": "13800000000", "password": PASSWORD},
    ),
    "group_user": (
        "group_user",
        {
            "email": "group@school.example.com",
            "password": PASSWORD,
            "contacts": "王老师",
            "phone": "13800000000",
            "max_channels": 20,
        },
    ),
    "new sub-account": (
        "sub_account",
        {"email": "teacher@school.example.com", "name": "王老师", "password": PASSWORD, "role_id": "2"},
    ),
    "changed sub-account": ("sub_account", {"email": KNOWN["childEmail"], "name": "another"}),
    "deleted sub-account": ("sub_account", {"email": GONE["childEmail"], "state": "absent"}),
}
# What polyv_account writes to an account.
PARTS = {"weixin_share": {"url": URL}, "callbacks": CALLBACKS, "function_switches": SWITCHES}


@pytest.fixture(autouse=True)
def seeded(simulator: Simulator) -> None:
    """The test account as a group account with two sub-accounts."""
    simulator.alter(USER, group_account="Y", sub_accounts=[KNOWN, GONE])


def tasks(*names: str) -> list[dict[str, Any]]:
    """Those of the names, or all; a failure does not end the play."""
    return [
        {"name": name, f"polyv.live.polyv_{module}": options, "ignore_errors": True}
        for name, (module, options) in TASKS.items()
        if not names or name in names
    ]


def kinds(run: Run) -> dict[str, Any]:
    """The kind of each task's failure, by the task's name."""
    return {result.task: result.data.get("failure", {}).get("kind") for result in run.results}


@pytest.mark.smoke
def test_no_module_writes_to_an_account_that_user_id_does_not_name(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    before = simulator.accounts()
    run = playbooks.tasks(*tasks(), defaults={**account, "user_id": OTHER})
    assert simulator.writes() == []
    assert kinds(run) == dict.fromkeys(TASKS, "wrong_account"), run.output
    for result in run.results:
        assert result.data["msg"].startswith(
            f"user_id: got '{OTHER}', but app_id belongs to the account '{USER}'"
        )
        assert not result.changed
    assert simulator.accounts() == before


def test_each_of_them_is_written_where_user_id_is_right_or_left_out(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    del account["user_id"]
    for user_id in ({"user_id": USER}, {}):
        simulator.reset()
        simulator.alter(USER, group_account="Y", sub_accounts=[KNOWN, GONE])
        run = playbooks.tasks(*tasks(), defaults={**account, **user_id})
        assert kinds(run) == dict.fromkeys(TASKS), run.output
        assert all(result.changed for result in run.results), run.output
        # A task is a worker of its own, and each asks once.
        assert simulator.calls().count(INFO) == len(TASKS)


def test_every_setting_of_an_account_fails_by_itself(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    task = {"name": "wrong", "polyv.live.polyv_account": PARTS}
    settings = playbooks.tasks(task, defaults={**account, "user_id": OTHER}).result("wrong").data["settings"]
    assert {item["setting"]: item["failure"]["kind"] for item in settings} == dict.fromkeys(
        PARTS, "wrong_account"
    )
    assert simulator.writes() == []
    assert simulator.calls().count(INFO) == 1


def test_a_plan_fails_as_the_run_would(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(*tasks(), defaults={**account, "user_id": OTHER}, options=["--check"])
    assert kinds(run) == dict.fromkeys(TASKS, "wrong_account"), run.output


def test_where_nothing_differs_nobody_is_asked(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    same = [name for name in TASKS if name not in ("record_callback", "channel")]
    first = playbooks.tasks(*tasks(*same), defaults=account)
    assert all(result.changed for result in first.results), first.output
    simulator.forget()
    second = playbooks.tasks(*tasks(*same), defaults=account)
    assert not any(result.changed or result.data.get("failed") for result in second.results), second.output
    assert INFO not in simulator.calls()


def test_the_switches_of_a_channel_are_no_matter_of_the_account(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    switches = {"channel_id": "2191532", "switches": {"danmu": False}}
    run = playbooks.tasks({"name": "one", "polyv.live.polyv_function_switches": switches}, defaults=account)
    assert run.result("one").changed
    assert INFO not in simulator.calls()
