"""The watch conditions that new channels copy, and those of polyv_account, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_watch_condition"
READ, WRITE = "global-auth-get", "global-auth-update"
USER = ACCOUNT["user_id"]
PRIVACY = {"authType": "phone", "status": "Y", "content": "隐私"}
OTHER_PRIVACY = {"authType": "info", "status": "Y", "content": "other"}
TEMPLATE = [
    {
        "authEnabled": "Y",
        "authType": "phone",
        "authTips": "tips",
        "whiteListEntryText": "enter",
        "privacyParam": [PRIVACY, OTHER_PRIVACY],
    },
    {"authEnabled": "N", "authType": "none", "codeAuthTips": "code tips"},
]
LOGIN = "https://login.example.com/polyv"
CUSTOM = {"type": "custom", "custom_uri": LOGIN, "custom_key": "k3y-of-ten"}


def task(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"for_new_channels": True, **options}}


@pytest.mark.parametrize("update", ["merge", "replace"])
def test_both_items_are_sent_complete_and_privacy_texts_are_not_lost(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], update: str
) -> None:
    simulator.switch(global_auth_update=update)
    simulator.alter(USER, auth_template=TEMPLATE)
    asked: dict[str, Any] = {"primary": {"type": "phone", "auth_tips": "new tips"}}
    run = playbooks.tasks(
        task("check", **asked) | {"check_mode": True},
        task("change", **asked),
        task("same", **asked),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, True, False]
    calls = [call for call in simulator.calls() if call != "get-info"]
    assert calls == [READ, READ, WRITE, READ, READ]
    (write,) = simulator.requests(WRITE)
    first, second = write["json"]
    assert (first["privacyParamEnabled"], first["privacyParam"]) == ("Y", "隐私")
    assert (first["authTips"], first["whiteListEntryText"]) == ("new tips", "enter")
    assert second["codeAuthTips"] == "code tips"
    kept = simulator.account(USER)["auth_template"]
    assert sorted(kept[0]["privacyParam"], key=str) == sorted([PRIVACY, OTHER_PRIVACY], key=str)
    assert run.result("same").data["watch_conditions"][0]["auth_tips"] == "new tips"
    assert run.result("same").data["watch_conditions"][0]["channel_id"] is None


def test_off_keeps_the_rest_and_bad_input_is_refused(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, auth_template=TEMPLATE)
    off = {"primary": {"enabled": False}}
    run = playbooks.tasks(task("off", **off), task("same", **off), defaults=account)
    assert [result.changed for result in run.results] == [True, False]
    assert simulator.account(USER)["auth_template"][0]["authTips"] == "tips"
    bad: dict[str, dict[str, Any]] = {
        "long": {"primary": {"type": "phone", "auth_tips": "t" * 21}},
        "follower": {"primary": {"type": "public"}, "follow_account": False},
        "nothing": {},
        "needed": {"secondary": {"type": "phone"}, "primary": {"type": "public"}},
    }
    run = playbooks.tasks(
        *(task(name, **options) | {"ignore_errors": True} for name, options in bad.items()), defaults=account
    )
    said = {result.task: result.data["msg"] for result in run.results}
    assert said["long"] == "primary.auth_tips: got 21 characters, must be at most 20"
    assert said["follower"].startswith("follow_account: must be left out with for_new_channels")
    assert said["nothing"].startswith("primary: must be given, or secondary")
    assert said["needed"].startswith("secondary.auth_tips: must be given with type=phone")
    assert len(simulator.writes()) == 1


def test_a_price_of_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    free = {"primary": {"type": "pay", "price": "0.00"}}
    run = playbooks.tasks(
        task("paid", primary={"type": "pay", "price": 5}),
        task("free", **free),
        task("same", **free),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, True, False]
    assert simulator.requests(WRITE)[1]["json"][0]["price"] == "0.00"


@pytest.mark.parametrize("switches", ["no", "yes"])
def test_a_watch_condition_is_set_after_the_older_call_that_may_switch_its_type(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], switches: str
) -> None:
    simulator.switch(oauth_switches_auth_type=switches, oauth_switches_enabled=switches)
    public = {"primary": {"type": "public"}}
    older = {"custom_uri": LOGIN}
    mixed = {
        "name": "mixed",
        "polyv.live.polyv_account": {
            "oauth_custom": {"all_channels": True, **older},
            "watch_condition": {"all_channels": True, **public},
        },
    }
    one = {
        "channels": [
            {"channel_id": CHANNEL, "oauth_custom": {"custom_uri": f"{LOGIN}/1"}, "watch_condition": public}
        ]
    }
    run = playbooks.tasks(mixed, {"name": "one", "polyv.live.polyv_account": one}, defaults=account)
    assert run.returncode == 0, run.output
    for channel in (CHANNEL, OTHER_CHANNEL):
        primary = simulator.channel(USER, channel)["auth"][0]
        assert (primary["authType"], primary["enabled"]) == ("public", "Y")
        assert primary["customUri"].startswith(LOGIN)


def test_polyv_account_takes_the_template_every_channel_and_the_own_conditions_of_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    standard = {
        "new_channel_watch_condition": {"primary": {"type": "public"}},
        "watch_condition": {"all_channels": True, "primary": CUSTOM, "secondary": {"enabled": False}},
        "channels": [
            {"channel_id": CHANNEL, "watch_condition": {"primary": {"type": "code", "auth_code": "219153"}}}
        ],
    }
    whole = {"name": "change", "polyv.live.polyv_account": standard}
    run = playbooks.tasks(whole, {**whole, "name": "same"}, defaults=account)
    assert run.returncode == 0, run.output
    names = ["new_channel_watch_condition", "watch_condition", "watch_condition"]
    for name, changed in (("change", True), ("same", False)):
        found = run.result(name).data["settings"]
        assert [item["setting"] for item in found if item["changed"] is changed] == names
    assert [write["query"]["channelId"] for write in simulator.requests("auth-update")] == [
        [OTHER_CHANNEL],
        [CHANNEL],
    ]
    assert "219153" not in run.everything.replace(CHANNEL, "").replace(OTHER_CHANNEL, "")
    assert CUSTOM["custom_key"] not in run.everything


def test_polyv_account_refuses_the_older_and_the_newer_way_together(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    own = {"channel_id": CHANNEL, "oauth_custom": {"custom_uri": LOGIN}}
    custom = {"primary": CUSTOM}
    every = {"all_channels": True, **custom}
    bad: dict[str, dict[str, Any]] = {
        "channel": {"channels": [{**own, "watch_condition": custom}]},
        "every condition": {"channels": [own], "watch_condition": every},
        "both for all": {
            "oauth_custom": {"all_channels": True, "custom_uri": LOGIN},
            "watch_condition": every,
        },
        "in other words": {"watch_condition": {**every, "all_channels": "yes"}},
    }
    run = playbooks.tasks(
        *(
            {"name": name, "polyv.live.polyv_account": given, "ignore_errors": True}
            for name, given in bad.items()
        ),
        defaults=account,
    )
    said = {result.task: result.data["msg"] for result in run.results}
    assert said["channel"].startswith("channels[0].watch_condition: must not be of type custom")
    assert said["every condition"].startswith("watch_condition: must not be of type custom")
    assert said["both for all"].startswith("watch_condition: must not be of type custom")
    assert said["in other words"].startswith("watch_condition.all_channels: got 'yes', must be true")
    assert simulator.calls() == []
