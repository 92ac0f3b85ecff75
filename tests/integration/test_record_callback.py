"""polyv_record_callback, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

MODULE = "polyv.live.polyv_record_callback"
URL = "https://hooks.example.com/录制?a=1&b=x+y%20z&c=%E4%B8%AD"
USER = ACCOUNT["user_id"]


def on(**task: Any) -> dict[str, Any]:
    return {"name": "on", MODULE: {"url": URL}, **task}


@pytest.mark.smoke
def test_check_change_no_change_and_off(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {**on(), "name": "check", "check_mode": True},
        {**on(), "name": "change"},
        {**on(), "name": "no change"},
        {"name": "check off", MODULE: {"state": "absent"}, "check_mode": True},
        {"name": "off", MODULE: {"state": "absent"}},
        {"name": "still off", MODULE: {"state": "absent"}},
        defaults=account,
        options=["--diff"],
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
    assert simulator.writes() == ["set-record-callback", "set-record-callback"]
    assert run.result("check").diff("before") == {"url": None}
    assert run.result("check").diff("after") == run.result("change").diff("after") == {"url": URL}
    assert run.result("change").data["account"] == {"source": "options", "user_id": USER}
