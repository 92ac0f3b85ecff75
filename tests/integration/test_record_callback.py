"""polyv_record_callback, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_record_callback"
READ, WRITE = "callback-get", "set-record-callback"
URL = "https://hooks.example.com/录制?a=1&b=x+y%20z&c=%E4%B8%AD"
USER = ACCOUNT["user_id"]


def on(name: str, url: str = URL, **task: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"url": url}, **task}


def off(name: str, **task: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"state": "absent"}, **task}


@pytest.mark.smoke
def test_check_change_no_change_and_off(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        on("check", check_mode=True),
        on("change"),
        on("no change"),
        off("check off", check_mode=True),
        off("off"),
        off("still off"),
        defaults=account,
    )
    assert run.returncode == 0, run.output
    assert [
        (result.task, result.changed, result.data["record_callback"]["url"]) for result in run.results
    ] == [
        ("check", True, URL),
        ("change", True, URL),
        ("no change", False, URL),
        ("check off", True, None),
        ("off", True, None),
        ("still off", False, None),
    ]
    assert simulator.writes() == [WRITE, WRITE]
    assert run.result("check").diff("before") == {"url": None}
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert run.result("check off").data["diff"] == run.result("off").data["diff"]
    assert run.result("change").data["account"] == {"source": "options", "user_id": USER}


def test_off_leaves_the_url_out_instead_of_sending_it_empty(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, record_callback_url=URL)
    playbooks.tasks(off("off"), defaults=account)
    (write,) = simulator.requests(WRITE)
    assert set(write["form"]) == {"appId", "timestamp", "sign"}
    assert simulator.account(USER)["record_callback_url"] is None


def test_the_other_callback_settings_stay_what_they_are(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    others = {"recordFileCallBackType": "all", "recordCallbackVideoType": "mp4"}
    simulator.alter(USER, callback=others)
    before = simulator.account(USER)["callback"]
    playbooks.tasks(on("change"), defaults=account)
    assert simulator.account(USER)["callback"] == before


@pytest.mark.parametrize("check", [True, False])
def test_a_user_id_of_another_account_stops_the_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], check: bool
) -> None:
    mixed = {**account, "user_id": OTHER_ACCOUNT["user_id"]}
    result = playbooks.tasks(on("mixed", check_mode=check), defaults=mixed).result("mixed")
    assert result.data["failure"]["kind"] == "wrong_account"
    assert OTHER_ACCOUNT["user_id"] in result.data["msg"]
    assert USER in result.data["msg"]
    assert simulator.writes() == []


def test_without_a_user_id_the_api_is_asked_for_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    del account["user_id"]
    result = playbooks.tasks(on("asked"), defaults=account).result("asked")
    assert result.data["account"] == {"source": "options", "user_id": USER}
    assert simulator.requests(WRITE)[0]["path"] == f"/live/v2/user/{USER}/set-record-callback"


@pytest.mark.parametrize("field", ["forbidden", "missing"])
def test_a_read_that_is_not_available_fails_without_a_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], field: str
) -> None:
    simulator.alter(USER, **{field: [READ]})
    result = playbooks.tasks(on("unreadable"), defaults=account).result("unreadable")
    assert result.data["failure"]["endpoint"] == READ
    assert simulator.writes() == []


def test_a_url_left_out_or_null_does_not_switch_the_callback_off(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {"name": "left out", MODULE: {}, "ignore_errors": True},
        {"name": "null", MODULE: {"url": None}, "ignore_errors": True},
        defaults=account,
    )
    assert [result.data["msg"] for result in run.results] == [
        "state is present but all of the following are missing: url",
        "url: must be given; to switch the callback off, say state=absent",
    ]
    assert simulator.calls() == []
