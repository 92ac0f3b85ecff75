"""polyv_function_switches, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_function_switches"
READ, WRITE = "switch-get", "switch-update"
USER = ACCOUNT["user_id"]


def task(name: str, options: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {"name": name, MODULE: options, **keywords}


@pytest.mark.smoke
def test_check_change_and_no_change_with_one_write_for_each_switch_that_differs(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    asked = {
        "channel_id": CHANNEL,
        "switches": {"danmu": False, "preview": True, "chat": False, "praise": True},
    }
    run = playbooks.tasks(
        task("check", asked, check_mode=True), task("change", asked), task("same", asked), defaults=account
    )
    assert run.returncode == 0, run.output
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("change", True),
        ("same", False),
    ]
    assert simulator.calls() == [READ, READ, WRITE, WRITE, READ, READ]
    sent = [(*write["form"]["type"], *write["form"]["enabled"]) for write in simulator.requests(WRITE)]
    assert sent == [("closeDanmu", "Y"), ("chat", "N")], "danmu is off where the API says that it is closed"
    assert [write["form"]["channelId"] for write in simulator.requests(WRITE)] == [[CHANNEL], [CHANNEL]]
    assert run.result("check").diff("after") == asked["switches"]
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert run.result("same").data["switches"]["booking"] is True
    assert simulator.account(USER)["function_switches"] == {}, "the account stays what it is"


@pytest.mark.parametrize("shown", ["all", "written"])
def test_the_switches_of_the_account_are_set_in_so_many_words(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], shown: str
) -> None:
    simulator.switch(function_switches_shown=shown)
    asked = {"account_wide": True, "switches": {"red_pack": False, "chat_list": False}}
    run = playbooks.tasks(task("change", asked), task("same", asked), defaults=account)
    assert [result.changed for result in run.results] == [True, False]
    assert all("channelId" not in request["form"] for request in simulator.requests(WRITE))
    assert simulator.account(USER)["function_switches"] == {"redPack": "N", "closeChaterList": "Y"}
    assert simulator.channel(USER, OTHER_CHANNEL)["function_switches"] == {}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no place": ({}, "channel_id: must be given, or channel, the name of one, or account_wide must be true"),
    "blank channel": ({"channel_id": ""}, "channel_id: got ''"),
    "zero": ({"channel_id": "0"}, "channel_id: got '0'"),
    "blank name": ({"channel": " "}, "channel: got ' '"),
    "both": (
        {"channel_id": CHANNEL, "account_wide": True},
        "must be only one of channel_id, channel and account_wide",
    ),
    "two names": ({"channel_id": CHANNEL, "channel": "x"}, "channel: got a name together with channel_id"),
    "yes": ({"account_wide": "yes"}, "account_wide: got 'yes', must be true or left out"),
    "one": ({"account_wide": 1}, "account_wide: got 1, must be true or left out"),
    "none": ({"channel_id": CHANNEL, "switches": {}}, "switches: must have at least one switch"),
    "null": ({"channel_id": CHANNEL, "switches": {"chat": None}}, "switches: must have at least one switch"),
    "unknown": ({"channel_id": CHANNEL, "switches": {"closeDanmu": True}}, "closeDanmu"),
    "no boolean": ({"channel_id": CHANNEL, "switches": {"chat": "maybe"}}, "chat"),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [
        task(name, {"switches": {"chat": False}, **options}, ignore_errors=True)
        for name, (options, _unused) in BAD.items()
    ]
    run = playbooks.tasks(*tasks, defaults=account)
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
        assert run.result(name).data["failure"]["kind"] == "invalid_input", name
    assert simulator.calls() == []


def test_a_channel_is_found_by_its_name_in_one_listing(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(
        USER,
        channels=[
            {"channel_id": CHANNEL, "name": "大厅 A"},
            {"channel_id": OTHER_CHANNEL, "name": "twin"},
            {"channel_id": 2191534, "name": "twin"},
        ],
    )
    asked = {"switches": {"chat": False}}
    run = playbooks.tasks(
        task("named", {**asked, "channel": "大厅 A"}),
        task("twins", {**asked, "channel": "twin"}, ignore_errors=True),
        task("none", {**asked, "channel": "大厅"}, ignore_errors=True),
        defaults=account,
    )
    assert run.result("named").data["channel_id"] == CHANNEL
    assert simulator.calls() == ["management-list", READ, WRITE, READ, "management-list", "management-list"]
    twins, none = run.result("twins").data, run.result("none").data
    assert twins["failure"]["kind"] == "ambiguous_channel"
    assert f"the account {USER} has 2 channels of that name: {OTHER_CHANNEL}, 2191534" in twins["msg"]
    assert none["failure"]["kind"] == "unknown_channel"
    assert f"channel: got '大厅', and the account {USER} has no channel of that name" in none["msg"]


@pytest.mark.thorough
@pytest.mark.parametrize("shows", ["account", "channel"])
def test_a_channel_that_follows_its_account_may_not_show_its_own_switches(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], shows: str
) -> None:
    simulator.switch(function_switches_follow=shows)
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "follows": {"switch": "Y"}}])
    asked = {"channel_id": CHANNEL, "switches": {"chat": False}}
    result = playbooks.tasks(task("change", asked, ignore_errors=True), defaults=account).result("change")
    assert result.changed
    if shows == "channel":
        assert result.status == "ok"
        return
    assert result.data["failure"]["kind"] == "not_applied"
    assert f"the switches {{'chat': False}} of channel {CHANNEL}" in result.data["msg"]
    assert "the channel may follow its account" in result.data["msg"]
