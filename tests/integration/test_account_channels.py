"""polyv_account: channels by name, made where they are missing, described, and set up in the same run."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_account"
LIST, READ, CREATE, UPDATE = "management-list", "basic-get", "channel-create", "basic-update"
LOGIN = "https://login.example.com/polyv"
USER = ACCOUNT["user_id"]
NEW: dict[str, Any] = {
    "channel": "Main hall 主会场",
    "state": "present",
    "scene": "topclass",
    "template": "ppt",
}
CASH = {"type": "cash", "cash_min": 5}


def task(name: str, *channels: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"channels": list(channels), **more}, "ignore_errors": True}


def by_name(channel: str = CHANNEL, **more: Any) -> dict[str, Any]:
    return {"channel": f"channel {channel}", **more}


def settings(result: Result) -> list[tuple[str, str | None, str | None, bool, bool]]:
    names = ("setting", "channel_id", "channel", "changed", "failed")
    return [tuple(item[name] for name in names) for item in result.data["settings"]]


def names(simulator: Simulator) -> list[str]:
    return [channel["name"] for channel in simulator.account(USER)["channels"]]


@pytest.mark.smoke
def test_an_account_is_complete_after_one_run(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    wanted = (
        {**NEW, "publisher": "王老师", "oauth_custom": {"custom_uri": LOGIN}, "donate": CASH},
        {**NEW, "channel": "Rehearsal"},
        by_name(donate=CASH),
    )
    run = playbooks.tasks(
        {**task("check", *wanted), "check_mode": True},
        task("change", *wanted),
        task("no change", *wanted),
        defaults=account,
        options=["--diff"],
    )
    hall = NEW["channel"]
    assert settings(run.result("check")) == [
        ("channel", None, hall, True, False),
        ("oauth_custom", None, hall, True, False),
        ("donate", None, hall, True, False),
        ("channel", None, "Rehearsal", True, False),
        ("donate", CHANNEL, f"channel {CHANNEL}", True, False),
    ], run.output
    ids = {channel["name"]: str(channel["channel_id"]) for channel in simulator.account(USER)["channels"]}
    done = [
        ("channel", ids[hall], hall),
        ("oauth_custom", ids[hall], hall),
        ("donate", ids[hall], hall),
        ("channel", ids["Rehearsal"], "Rehearsal"),
        ("donate", CHANNEL, f"channel {CHANNEL}"),
    ]
    assert settings(run.result("change")) == [(*one, True, False) for one in done]
    assert settings(run.result("no change")) == [(*one, False, False) for one in done]
    assert [part["before_header"] for part in run.result("change").data["diff"]] == [
        f"channel {hall!r}",
        f"oauth_custom of channel {hall!r}",
        f"donate of channel {hall!r}",
        "channel 'Rehearsal'",
        f"donate of channel 'channel {CHANNEL}'",
    ]
    assert sorted(simulator.writes()) == [UPDATE, CREATE, CREATE, "oauth-custom", "setDonate", "setDonate"]
    assert simulator.channel(USER, ids[hall])["donate"]["cashMin"] == 5
    assert simulator.channel(USER, ids[hall])["publisher"] == "王老师"


def test_a_new_channel_copies_the_template_of_the_same_run_and_every_setting_follows(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    code = {"primary": {"type": "code", "enabled": True, "auth_code": "vip-81"}}
    public = {"primary": {"type": "public", "enabled": True}}
    wanted = (
        {**NEW, "function_switches": {"switches": {"danmu": False}}},
        {**NEW, "channel": "Open day", "watch_condition": public},
    )
    more = {
        "new_channel_watch_condition": code,
        "function_switches": {"account_wide": True, "switches": {"chat": False}},
    }
    check = {**task("check", *wanted, **more), "check_mode": True}
    run = playbooks.tasks(
        check, task("make", *wanted, **more), task("no change", *wanted, **more), defaults=account
    )
    assert [one[0] for one in settings(run.result("check")) if one[3]] == [
        "new_channel_watch_condition",
        "function_switches",
        "channel",
        "function_switches",
        "channel",
        "watch_condition",
    ], run.output
    assert settings(run.result("make")) != settings(run.result("no change"))
    assert not run.result("no change").changed and run.result("no change").status == "ok", run.output
    writes = simulator.writes()
    assert writes.index("global-auth-update") < writes.index(CREATE) < writes.index("switch-update")
    channels = {channel["name"]: channel for channel in simulator.account(USER)["channels"]}
    assert channels[NEW["channel"]]["auth"][0]["authType"] == "code"
    assert channels["Open day"]["auth"][0]["authType"] == "public"
    assert "vip-81" not in run.everything


def test_names_cost_one_listing_and_each_endpoint_one_read_for_each_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    auth = [{"rank": 1, "enabled": "Y", "authType": "custom", "customKey": "k", "customUri": LOGIN}]
    donate = {"donateCashEnabled": "Y", "cashMin": 5}
    channels = [
        {"channel_id": number, "name": f"Hall {number}", "publisher": "x", "auth": auth, "donate": donate}
        for number in range(1, 5)
    ]
    simulator.replace_accounts([{**ACCOUNT, "channels": channels}])
    wanted = [
        {**NEW, "channel": f"Hall {number}", "scene": "alone", "publisher": "x", "donate": CASH}
        for number in range(1, 5)
    ]
    for channel in wanted[:2]:
        channel["oauth_custom"] = {"custom_uri": LOGIN}
    ids = [{"channel_id": number, "donate": CASH} for number in range(1, 5)]
    run = playbooks.tasks(task("names", *wanted), task("ids", *ids), defaults=account)
    assert not any(result.changed or result.status == "failed" for result in run.results), run.output
    assert sorted(simulator.calls()) == sorted(
        [LIST, *[READ] * 4, "list-detail", *["donate-get"] * 4, *["donate-get"] * 4]
    )


def test_a_thousand_channels_cost_one_request_of_the_listing(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.replace_accounts([{**ACCOUNT, "channels": 2300}])
    wanted = [
        by_name(str(3000000 + number), donate={"type": "cash", "enabled": False})
        for number in (1, 1500, 2300)
    ]
    run = playbooks.tasks(task("names", *wanted), defaults=account)
    assert [one[1] for one in settings(run.result("names"))] == ["3000001", "3001500", "3002300"], run.output
    assert sorted(simulator.calls()) == [*["donate-get"] * 3, *[LIST] * 3]


def test_a_channel_is_described_and_renamed_by_nobody_without_a_state(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task(
            "known",
            by_name(publisher="x", channel_passwd="secret7"),
            {"channel_id": OTHER_CHANNEL, "category_id": 9},
        ),
        task(
            "missing",
            {"channel": NEW["channel"], "scene": "alone", "publisher": "x", "donate": CASH},
            by_name(donate=CASH),
        ),
        defaults=account,
    )
    assert settings(run.result("known")) == [
        ("channel", CHANNEL, f"channel {CHANNEL}", True, False),
        ("channel", OTHER_CHANNEL, None, True, False),
    ], run.output
    hall = NEW["channel"]
    assert settings(run.result("missing")) == [
        ("channel", None, hall, False, True),
        ("donate", None, hall, False, True),
        ("donate", CHANNEL, f"channel {CHANNEL}", True, False),
    ]
    failures = [item["failure"] for item in run.result("missing").data["settings"]]
    assert [failure and failure["kind"] for failure in failures] == [
        "unknown_channel",
        "unknown_channel",
        None,
    ]
    assert f"the account {USER} has no channel of that name" in run.result("missing").data["msg"]
    assert simulator.channel(USER, CHANNEL)["channel_passwd"] == "secret7"
    assert simulator.channel(USER, OTHER_CHANNEL)["category_id"] == 9
    assert names(simulator) == [f"channel {CHANNEL}", f"channel {OTHER_CHANNEL}"]
    assert "secret7" not in run.everything


@pytest.mark.parametrize(
    "fault", [{"code": 400, "message": "param validate error"}, {"code": 500, "message": "access forbidden"}]
)
def test_a_channel_that_can_not_be_made_fails_with_its_settings_and_no_others(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], fault: dict[str, Any]
) -> None:
    simulator.fault(CREATE, "envelope", **fault)
    wanted = ({**NEW, "donate": CASH}, {**NEW, "channel": "Rehearsal", "donate": CASH}, by_name(donate=CASH))
    run = playbooks.tasks(task("partly", *wanted), defaults=account)
    result = run.result("partly")
    assert [(*one[2:3], *one[3:]) for one in settings(result)] == [
        (NEW["channel"], False, True),
        (NEW["channel"], False, True),
        ("Rehearsal", True, False),
        ("Rehearsal", True, False),
        (f"channel {CHANNEL}", True, False),
    ], run.output
    assert f"The channel {NEW['channel']!r} was neither found nor made: " in result.data["settings"][1]["msg"]
    assert "Rehearsal" in names(simulator) and NEW["channel"] not in names(simulator)


def test_scene_and_template_are_needed_before_anything_is_made(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    bare = {"channel": "Hall", "state": "present", "donate": CASH}
    run = playbooks.tasks({**task("check", bare), "check_mode": True}, defaults=account)
    assert [item["failed"] for item in run.result("check").data["settings"]] == [True, True]
    assert "scene: must be given, and template" in run.result("check").data["msg"]
    assert simulator.writes() == []


def test_a_new_channel_that_lags_is_waited_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(new_channel_lag_ms=1500)
    run = playbooks.tasks(task("make", {**NEW, "donate": CASH}), defaults={**account, "verify_writes": "off"})
    assert [one[3:] for one in settings(run.result("make"))] == [(True, False), (True, False)], run.output
    assert simulator.writes() == [CREATE, "setDonate"]


def test_two_of_one_name_are_an_error_of_their_settings(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    channels = [{"channel_id": one, "name": "Hall", "category_id": one} for one in (11, 12)]
    simulator.replace_accounts([{**ACCOUNT, "channels": channels}])
    hall = {"channel": "Hall", "donate": CASH}
    run = playbooks.tasks(task("both", hall), task("one", {**hall, "category_id": 12}), defaults=account)
    assert run.result("both").data["failure"]["kind"] == "ambiguous_channel"
    assert "has 2 channels of that name: 11, 12" in run.result("both").data["msg"]
    assert settings(run.result("one")) == [("donate", "12", "Hall", True, False)]
    assert simulator.writes() == ["setDonate"]


@pytest.mark.thorough
def test_a_new_channel_in_another_category_than_the_one_asked_for_is_a_failure(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_create_category="ignored")
    make = task("make", {**NEW, "category_id": 7})
    run = playbooks.tasks(make, {**make, "name": "again"}, defaults=account)
    for result, changed in zip(run.results, (True, False), strict=True):
        (item,) = result.data["settings"]
        assert item["failure"]["kind"] == "not_applied", run.output
        assert "in category 1 instead of 7." in item["msg"]
        assert item["changed"] is changed
    assert simulator.writes() == [CREATE]


def test_a_listing_that_fails_is_asked_for_once(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, forbidden=[LIST])
    run = playbooks.tasks(
        task("none", by_name(donate=CASH), by_name(OTHER_CHANNEL, donate=CASH, publisher="x")),
        defaults=account,
    )
    kinds = {item["failure"]["kind"] for item in run.result("none").data["settings"]}
    assert kinds == {"forbidden"}
    # What describes a channel comes first; what follows asks once more at most.
    assert simulator.calls().count(LIST) == 1


def test_the_same_channel_twice_is_an_error(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    same = f"channel {CHANNEL}"
    run = playbooks.tasks(
        task("by name", by_name(), by_name()),
        task("by both", {"channel_id": f"0{CHANNEL}", "donate": CASH}, by_name(donate=CASH)),
        task("by category", by_name(donate=CASH), by_name(category_id=1, donate=CASH)),
        defaults=account,
    )
    assert [result.data["msg"] for result in run.results] == [
        f"channels[1].channel: got {same!r} a second time, must be given once",
        f"channels[1].channel: got {same!r}, which is channel {CHANNEL}, a second time, must be given once",
        f"channels[1].channel: got {same!r}, which is channel {CHANNEL}, a second time, must be given once",
    ]
    assert {result.data["failure"]["kind"] for result in run.results} == {"invalid_input"}
    assert simulator.calls() == [LIST, LIST]


BAD: dict[str, dict[str, Any]] = {
    "channels[0].channel_id: must be given, or channel": {"publisher": "x"},
    "channels[0].channel_id: must be left out where channel is given": {
        "channel_id": CHANNEL,
        "channel": "x",
    },
    "channels[0].channel: got ' ', must not be blank": {"channel": " "},
    "channels[0].channel: got a number": {"channel": 7},
    "channels[0].channel_passwd: got a number": {"channel": "x", "channel_passwd": 123456},
    "channels[0].channel_passwd: got 3 characters": {"channel": "x", "channel_passwd": "abc"},
    "channels[0].link_mic_limit: got 99": {"channel": "x", "link_mic_limit": 99},
    "value of state must be one of: present, got: absent": {"channel": "x", "state": "absent"},
    "value of scene must be one of": {"channel": "x", "scene": "hall"},
}


def test_bad_input_is_named_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(*[task(name, channel) for name, channel in BAD.items()], defaults=account)
    wrong = {r.task: r.data["msg"] for r in run.results if not r.data["msg"].startswith(r.task)}
    assert wrong == {}
    assert simulator.requests() == []
