"""polyv_weixin_share, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_weixin_share"
READ, WRITE = "get-weixin-share-api", "set-weixin-share-api"
OLD, URL = "https://old.example.com/share", "https://share.example.com/分享?a=1&b=x+y%20z&c=%E4%B8%AD"
USER = ACCOUNT["user_id"]


def share(name: str, url: str = URL, **task: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"url": url}, **task}


@pytest.mark.smoke
def test_check_change_and_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, weixin_share_url=OLD)
    run = playbooks.tasks(
        share("check", check_mode=True), share("change"), share("no change"), defaults=account
    )
    assert [(result.task, result.changed, result.data["weixin_share"]) for result in run.results] == [
        ("check", True, {"url": URL}),
        ("change", True, {"url": URL}),
        ("no change", False, {"url": URL}),
    ]
    assert simulator.calls() == [READ, "get-info", READ, "get-info", WRITE, READ, READ]
    assert run.result("check").diff("before") == {"url": OLD}
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert run.result("no change").diff("before") == run.result("no change").diff("after") == {"url": URL}


@pytest.mark.parametrize(
    ("field", "http_status", "reason"),
    [
        ("forbidden", "200", "access forbidden"),
        ("forbidden", "code", "access forbidden"),
        ("missing", "200", "HTTP 404"),
    ],
)
def test_what_can_not_be_read_is_written_with_a_warning(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    field: str,
    http_status: str,
    reason: str,
) -> None:
    simulator.switch(error_http_status=http_status)
    simulator.alter(USER, **{field: [READ]}, weixin_share_url=URL)
    run = playbooks.tasks(share("check", check_mode=True), share("change"), defaults=account)
    for result in run.results:
        assert result.changed
        assert result.data["weixin_share"] == {"url": URL}
        (warning,) = result.data["warnings"]
        assert f"can't be read ({reason})" in warning
    assert simulator.writes() == [WRITE]
    assert simulator.calls()[-1] == WRITE, "nothing may be read back"


def test_check_and_change_show_the_same_diff_when_nothing_can_be_read(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, forbidden=[READ])
    run = playbooks.tasks(share("check", check_mode=True), share("change"), defaults=account)
    assert run.result("check").diff("before") == {"url": "(not readable)"}
    assert run.result("check").data["diff"] == run.result("change").data["diff"]


def test_a_read_that_is_missing_at_an_address_without_an_account_fails(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, missing=[READ, "get-info"])
    result = playbooks.tasks(share("wrong address"), defaults=account).result("wrong address")
    assert result.status == "failed"
    assert "Check api_url" in result.data["msg"]
    assert simulator.writes() == []


def test_any_other_fault_of_the_read_fails_without_a_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    faults: dict[str, dict[str, Any]] = {
        "unreadable": {"kind": "html", "http_status": 200},
        "redirected": {"kind": "redirect", "location": "https://elsewhere.example/"},
        "unavailable": {"kind": "status", "http_status": 500},
        "rejected": {"kind": "envelope", "code": 400, "message": "param validate error"},
        "unexpected_data": {"kind": "wrong_data", "data": {"url": URL}},
        "invalid_signature": {"kind": "envelope", "code": 403, "message": "invalid signature."},
    }
    for fault in faults.values():
        simulator.fault(READ, **fault)
    tasks = [share(kind, ignore_errors=True) for kind in faults]
    run = playbooks.tasks(*tasks, defaults={**account, "retries": 0})
    assert {result.task: result.data["failure"]["kind"] for result in run.results} == {
        kind: kind for kind in faults
    }
    assert simulator.calls() == [READ] * len(faults)
