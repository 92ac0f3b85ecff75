"""Whether a channel follows the donations of its account, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

USER = ACCOUNT["user_id"]
READ, WRITE, FOLLOW = "donate-get", "setDonate", "update-global-enabled"


def donate(name: str, **options: Any) -> dict[str, Any]:
    task = {"name": name, "polyv.live.polyv_donate": {"channel_id": CHANNEL, **options}}
    return {**task, "ignore_errors": True}


def test_following_is_set_and_is_left_alone_where_nobody_asks(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        donate("check", follow_account=True) | {"check_mode": True},
        donate("follow", follow_account=True),
        donate("same", follow_account=True),
        donate("no longer", follow_account=False),
        donate("same again", follow_account=False),
        defaults=account,
    )
    assert [(result.changed, result.data["donate"]["follows_account"]) for result in run.results] == [
        (True, True),
        (True, True),
        (False, True),
        (True, False),
        (False, False),
    ]
    assert simulator.writes() == [FOLLOW, FOLLOW]
    assert [request["form"]["globalEnabledType"] for request in simulator.requests(FOLLOW)] == [
        ["donate"]
    ] * 2


def test_a_channel_that_no_longer_follows_gets_its_own_donations(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    own = {"type": "cash", "cash_min": 5, "follow_account": False}
    run = playbooks.tasks(
        donate("follow", follow_account=True), donate("own", **own), donate("same", **own), defaults=account
    )
    assert [result.changed for result in run.results] == [True, True, False]
    assert simulator.writes() == [FOLLOW, FOLLOW, WRITE]
    assert run.result("same").data["donate"]["cash_min"] == "5"


def test_a_channel_of_the_new_backend_refuses_only_what_was_asked(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(backend="new")
    run = playbooks.tasks(
        donate("nothing to do", follow_account=False),
        donate("refused", follow_account=True),
        defaults=account,
    )
    assert run.result("nothing to do").status == "ok"
    assert run.result("refused").status == "failed"
    assert "A channel of Polyv's new backend does not take this setting." in run.result("refused").data["msg"]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "values of its own": (
        {"type": "cash", "follow_account": True},
        "type: must be left out with follow_account=true",
    ),
    "a minimum alone": (
        {"cash_min": 1, "follow_account": True},
        "cash_min: must be left out with follow_account alone",
    ),
    "nothing": ({}, "type: must be given, or follow_account"),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        *(donate(name, **options) for name, (options, _unused) in BAD.items()), defaults=account
    )
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
    assert simulator.calls() == []
