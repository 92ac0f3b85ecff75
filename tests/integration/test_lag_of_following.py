"""A channel that no longer follows its account goes on showing the account's values for a while, which must not become its own."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

USER = ACCOUNT["user_id"]
FOLLOWS = {"channel_id": CHANNEL, "global_settings": "Y"}
FOLLOW = "update-global-enabled"
OWN = {"rank": 1, "enabled": "Y", "authType": "phone", "authTips": "own"}
OF_ACCOUNT = {
    "rank": 1,
    "enabled": "Y",
    "authType": "phone",
    "authTips": "account",
    "whiteListEntryText": "x",
}


def test_the_minimum_that_is_sent_is_that_of_the_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(
        USER,
        donate={"cashMin": 7},
        channels=[{**FOLLOWS, "donate": {"cashMin": 3, "donateCashEnabled": "N"}}],
    )
    simulator.switch(read_lag_reads=2)
    own = {"channel_id": CHANNEL, "type": "cash", "follow_account": False}
    run = playbooks.tasks({"name": "own", "polyv.live.polyv_donate": own}, defaults=account)
    assert run.returncode == 0, run.output
    assert simulator.writes() == [FOLLOW, "setDonate"]
    assert simulator.requests("setDonate")[0]["form"]["cashMin"] == ["3"]
    assert run.result("own").data["donate"]["cash_min"] == "3"


def test_the_fields_that_are_sent_are_those_of_the_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, auth=[OF_ACCOUNT], channels=[{**FOLLOWS, "auth": [OWN]}])
    simulator.switch(read_lag_reads=2)
    own = {
        "channel_id": CHANNEL,
        "primary": {"type": "phone", "white_list_entry_text": "enter"},
        "follow_account": False,
    }
    run = playbooks.tasks({"name": "own", "polyv.live.polyv_watch_condition": own}, defaults=account)
    assert run.returncode == 0, run.output
    assert simulator.writes() == [FOLLOW, "auth-update"]
    (sent,) = simulator.requests("auth-update")[0]["json"]["authSettings"]
    assert (sent["authTips"], sent["whiteListEntryText"]) == ("own", "enter")


@pytest.mark.parametrize(
    "verify",
    ["strict", *(pytest.param(other, marks=pytest.mark.thorough) for other in ("warn", "off"))],
)
def test_nothing_is_sent_to_a_channel_that_goes_on_following(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], verify: str
) -> None:
    simulator.alter(USER, channels=[FOLLOWS])
    simulator.switch(**{f"write_effect@{FOLLOW}": "never"})
    own = {"channel_id": CHANNEL, "follow_account": False, "verify_writes": verify}
    modules = {
        "donate": {"polyv.live.polyv_donate": {**own, "type": "cash", "cash_min": 5}},
        "watch": {"polyv.live.polyv_watch_condition": {**own, "primary": {"type": "public"}}},
    }
    run = playbooks.tasks(
        *(
            {"name": host, **module, "when": f"inventory_hostname == '{host}'"}
            for host, module in modules.items()
        ),
        defaults=account,
        options=["-i", ",".join(modules)],
        hosts="all",
        vars={"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        strategy="free",
    )
    for host in modules:
        result = next(one for one in run.results if one.host == host and one.status != "skipped")
        assert (result.status, result.data["failure"]["kind"]) == ("failed", "not_applied"), host
        assert f"channel {CHANNEL}" in result.data["msg"]
        assert "still shows that it follows them. Nothing more was sent to it" in result.data["msg"]
    assert simulator.writes() == [FOLLOW, FOLLOW]
