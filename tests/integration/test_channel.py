"""polyv_channel, run by ansible-playbook against the simulator: made, described, renamed, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_channel"
LIST, READ, CREATE, UPDATE, DELETE = (
    "management-list",
    "basic-get",
    "channel-create",
    "basic-update",
    "channel-delete",
)
USER = ACCOUNT["user_id"]
NEW = {"name": "Main hall 主会场", "scene": "topclass", "template": "ppt"}


def task(label: str, /, **options: Any) -> dict[str, Any]:
    return {"name": label, MODULE: options, "ignore_errors": True}


def checked(task: dict[str, Any]) -> dict[str, Any]:
    return {**task, "name": "check", "check_mode": True}


def warnings_of(result: Any) -> str:
    return " ".join(result.data.get("warnings", []))


def named(simulator: Simulator, name: str = NEW["name"]) -> list[dict[str, Any]]:
    return [channel for channel in simulator.account(USER)["channels"] if channel["name"] == name]


@pytest.mark.smoke
def test_check_make_no_change_and_absent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    make = task("make", **NEW, publisher="王老师", link_mic_limit=3, channel_passwd="abc123")
    gone = task("absent", name=NEW["name"], state="absent")
    run = playbooks.tasks(
        checked(make),
        make,
        {**make, "name": "no change"},
        {**gone, "name": "check absent", "check_mode": True},
        gone,
        {**gone, "name": "no change absent"},
        defaults=account,
        options=["--diff"],
    )
    assert [(result.task, result.status, result.changed) for result in run.results] == [
        ("check", "ok", True),
        ("make", "ok", True),
        ("no change", "ok", False),
        ("check absent", "ok", True),
        ("absent", "ok", True),
        ("no change absent", "ok", False),
    ], run.output
    check, made = run.result("check").data["channel"], run.result("make").data["channel"]
    assert check["channel_id"] is None
    assert {**check, "channel_id": made["channel_id"]}.items() >= {
        "name": NEW["name"],
        "scene": "topclass",
        "publisher": "王老师",
        "link_mic_limit": 3,
    }.items()
    assert made == run.result("no change").data["channel"]
    assert made["channel_id"] and made["scene"] == "topclass" and "channel_passwd" not in made
    assert run.result("check absent").data["channel"] == run.result("absent").data["channel"]
    assert run.result("check absent").diff("before")["channel_id"] == made["channel_id"]
    assert run.result("check absent").diff("before")["name"] == NEW["name"]
    assert run.result("absent").diff("after") == {}
    calls = [call for call in simulator.calls() if call != "get-info"]
    assert calls == [
        *[LIST],
        *[LIST, LIST, CREATE, UPDATE, READ, LIST],
        *[LIST, READ],
        *[LIST, READ],
        *[LIST, READ, DELETE, READ],
        *[LIST],
    ]
    assert "abc123" not in run.everything
    assert named(simulator) == []


def test_a_creation_sends_what_is_given_and_nothing_else(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    more = {
        "category_id": 7,
        "seminar_host_password": "host12",
        "seminar_attendee_password": "guest1",
        "pure_rtc_enabled": True,
        "type": "normal",
        "start_time": 1893456000000,
    }
    seminar = {**NEW, "scene": "seminar", "template": "seminar"}
    run = playbooks.tasks(
        task("bare", **NEW), task("all", **{**seminar, **more, "name": "all"}), defaults=account
    )
    assert run.returncode == 0, run.output
    bare, full = simulator.requests(CREATE)
    assert bare["json"] == {"name": NEW["name"], "newScene": "topclass", "template": "ppt"}
    assert full["json"] == {
        "name": "all",
        "newScene": "seminar",
        "template": "seminar",
        "categoryId": 7,
        "seminarHostPassword": "host12",
        "seminarAttendeePassword": "guest1",
        "pureRtcEnabled": "Y",
        "type": "normal",
        "startTime": 1893456000000,
    }
    assert set(full["query"]) == {"appId", "timestamp", "sign"}
    assert UPDATE not in simulator.calls()
    assert "guest1" not in run.everything


def test_a_missing_channel_needs_scene_and_template(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    half = {"name": NEW["name"], "scene": "alone"}
    run = playbooks.tasks(
        task("none", name=NEW["name"]),
        checked(task("half", **half)),
        task("id", channel_id="999"),
        defaults=account,
    )
    none, half_given, unknown = run.results
    assert none.data["msg"].startswith(
        f"scene: must be given, and template, to make a channel named {NEW['name']!r}"
    )
    assert half_given.data["msg"].startswith("template: must be given to make")
    assert none.data["failure"]["kind"] == "invalid_input"
    assert unknown.data["failure"]["kind"] == "unknown_channel"
    assert simulator.writes() == []


def test_only_what_is_given_and_differs_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    wanted = {"publisher": "Ms Wang", "max_viewer": 500, "max_viewer_restrict": True, "start_time": 0}
    change = task("change", name=f"channel {CHANNEL}", **wanted)
    run = playbooks.tasks(checked(change), change, {**change, "name": "no change"}, defaults=account)
    assert [result.changed for result in run.results] == [True, True, False], run.output
    (sent,) = simulator.requests(UPDATE)
    assert sent["json"] == {
        "basicSetting": {"publisher": "Ms Wang", "maxViewer": 500, "maxViewerRestrict": "Y"}
    }
    assert sent["query"]["channelId"] == [CHANNEL]
    assert simulator.calls() == [LIST, READ, LIST, READ, UPDATE, READ, LIST, READ]
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert simulator.channel(USER, OTHER_CHANNEL)["publisher"] is None


def test_an_id_needs_no_list_and_takes_another_name_and_category(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    rename = task("rename", channel_id=f"00{CHANNEL}", name="Hall", category_id=9)
    run = playbooks.tasks(rename, {**rename, "name": "no change"}, defaults=account)
    assert [result.changed for result in run.results] == [True, False], run.output
    assert run.result("rename").data["channel"]["channel_id"] == CHANNEL
    assert simulator.requests(UPDATE)[0]["json"] == {"basicSetting": {"name": "Hall", "categoryId": 9}}
    assert simulator.calls() == [READ, UPDATE, READ, READ]


def test_a_category_tells_two_of_one_name_apart(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    channels = [{"channel_id": one, "name": "Hall", "category_id": one % 10} for one in (11, 12)]
    simulator.replace_accounts([{**ACCOUNT, "channels": channels}])
    hall = {"name": "Hall", "publisher": "x"}
    run = playbooks.tasks(
        task("both", **hall),
        task("absent", name="Hall", state="absent"),
        task("one", **hall, category_id=2),
        task("new", **{**NEW, "name": "Hall"}, category_id=3),
        defaults=account,
    )
    for name in ("both", "absent"):
        assert run.result(name).data["failure"]["kind"] == "ambiguous_channel"
        assert "has 2 channels of that name: 11, 12. Give channel_id" in run.result(name).data["msg"]
    assert run.result("one").data["channel"]["channel_id"] == "12"
    assert run.result("new").changed, run.output
    assert simulator.writes() == [UPDATE, CREATE]
    assert [channel["category_id"] for channel in named(simulator, "Hall")] == [1, 2, 3]


def test_a_category_that_the_list_does_not_show_makes_no_second_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(optional_fields="missing")
    run = playbooks.tasks(
        task("hall", **{**NEW, "name": f"channel {CHANNEL}"}, category_id=3), defaults=account
    )
    assert "does not show the category of 2191532" in run.result("hall").data["msg"]
    assert simulator.writes() == []


def test_a_scene_is_never_changed(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("other", **{**NEW, "name": f"channel {CHANNEL}"}), defaults=account)
    assert run.result("other").status == "ok" and not run.result("other").changed
    assert "has the scene alone; the API has no call to change it to topclass" in warnings_of(
        run.result("other")
    )
    assert run.result("other").data["channel"]["scene"] == "alone"


def test_a_description_goes_along_or_is_forced(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task("alone", channel_id=CHANNEL, desc="两行\n介绍"),
        task("along", channel_id=CHANNEL, desc="one", publisher="x"),
        task("forced", channel_id=CHANNEL, desc="two", force=True),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [False, True, True], run.output
    assert "No read shows desc of channel 2191532" in warnings_of(run.result("alone"))
    assert warnings_of(run.result("along")) == warnings_of(run.result("forced")) == ""
    assert [entry["json"]["basicSetting"] for entry in simulator.requests(UPDATE)] == [
        {"publisher": "x", "desc": "one"},
        {"desc": "two"},
    ]


def test_a_description_that_reads_back_is_compared(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_desc="shown")
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "desc": "old"}])
    change = task("change", channel_id=CHANNEL, desc="new")
    run = playbooks.tasks(change, {**change, "name": "no change"}, defaults=account)
    assert [(result.changed, result.data["channel"]["desc"]) for result in run.results] == [
        (True, "new"),
        (False, "new"),
    ]


def test_fields_that_a_read_lacks_are_sent_like_a_description(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(basic_get_fields="named", unset_text="missing")
    run = playbooks.tasks(
        task("alone", channel_id=CHANNEL, link_mic_limit=2, end_time=1893456000000),
        task("along", channel_id=CHANNEL, link_mic_limit=2, publisher="x"),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [False, True], run.output
    assert "No read shows end_time, link_mic_limit" in warnings_of(run.result("alone"))
    assert simulator.channel(USER, CHANNEL)["link_mic_limit"] == 2


def test_a_password_is_compared_with_the_list_and_never_shown(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    change = task("change", channel_id=CHANNEL, channel_passwd="191532")
    run = playbooks.tasks(
        change,
        {**change, "name": "no change"},
        defaults=account,
        options=["--diff", "-vvv"],
        environ={"ANSIBLE_INJECT_INVOCATION": "true"},
    )
    assert [result.changed for result in run.results] == [True, False], run.output
    assert simulator.channel(USER, CHANNEL)["channel_passwd"] == "191532"
    assert run.result("change").diff("before")["channel_passwd"] == "(another one)"
    assert run.result("change").diff("after")["channel_passwd"] == "(as given)"
    # A part of the id is not hidden for being the password.
    assert run.result("change").data["channel"]["channel_id"] == CHANNEL
    assert "pw2191532" not in run.everything
    assert "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in str(run.result("change").data["invocation"])


def test_a_channel_without_a_password_gets_the_one_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "channel_passwd": ""}])
    change = task("change", channel_id=CHANNEL, channel_passwd="secret7", return_secrets=True)
    run = playbooks.tasks(
        task("none", channel_id=CHANNEL, return_secrets=True),
        checked(change),
        change,
        {**change, "name": "no change"},
        defaults=account,
        options=["--diff"],
    )
    assert [result.changed for result in run.results] == [False, True, True, False], run.output
    assert run.result("none").data["channel"]["channel_passwd"] is None
    assert run.result("change").data["channel"]["channel_passwd"] == "secret7"
    assert run.result("change").diff("before")["channel_passwd"] is None
    assert run.result("change").diff("after")["channel_passwd"] == "(as given)"
    assert simulator.channel(USER, CHANNEL)["channel_passwd"] == "secret7"
    assert simulator.writes() == [UPDATE]


def test_a_password_that_the_list_does_not_show_is_sent_like_a_description(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(optional_fields="missing")
    password = {"channel_id": CHANNEL, "channel_passwd": "secret7"}
    run = playbooks.tasks(
        task("alone", **password), task("along", **password, publisher="x"), defaults=account
    )
    assert [result.changed for result in run.results] == [False, True], run.output
    assert "No read shows channel_passwd of channel 2191532" in warnings_of(run.result("alone"))
    assert simulator.channel(USER, CHANNEL)["channel_passwd"] == "secret7"


def test_the_password_that_the_api_made_is_returned_when_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    silent = playbooks.tasks(task("silent", **NEW), defaults=account, options=["--diff", "-vvv"])
    (kept,) = named(simulator)
    assert kept["channel_passwd"] not in silent.everything
    run = playbooks.tasks(task("asked", **NEW, return_secrets=True), defaults=account)
    assert run.result("asked").data["channel"]["channel_passwd"] == kept["channel_passwd"]
    assert not run.result("asked").changed


def test_the_wrong_account_gets_no_channel_and_loses_none(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    wrong = {**account, "user_id": "2c559cf434"}
    run = playbooks.tasks(
        task("make", **NEW),
        {**task("check", **NEW), "check_mode": True},
        task("absent", channel_id=CHANNEL, state="absent"),
        defaults=wrong,
    )
    assert [result.data["failure"]["kind"] for result in run.results] == ["wrong_account"] * 3
    assert simulator.writes() == []


def test_a_channel_that_is_not_there_is_gone(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(DELETE, "drop_after")
    run = playbooks.tasks(
        task("unknown", channel_id="999", state="absent"),
        task("twice", channel_id=CHANNEL, state="absent"),
        defaults=account,
    )
    assert [(result.status, result.changed) for result in run.results] == [("ok", False), ("ok", True)]
    assert [channel["channel_id"] for channel in simulator.account(USER)["channels"]] == [OTHER_CHANNEL]
    (delete, again) = simulator.requests(DELETE)
    assert delete["query"]["userId"] == again["query"]["userId"] == [USER]
    assert delete["form"] == {}


BAD: dict[str, dict[str, Any]] = {
    "name: must be given, or channel_id": {},
    "name: got ' ', must not be blank": {"name": " "},
    "name: got 'a\\nb', must be a text on one line": {"name": "a\nb"},
    "name: got 'xxx": {"name": "x" * 101},
    "name: got a number, must be a text": {"name": 2026},
    "name: must be left out with channel_id and state=absent": {
        "channel_id": CHANNEL,
        "name": "x",
        "state": "absent",
    },
    "channel_id: got '0', must be the number": {"channel_id": "0"},
    "channel_id: got '', must be the number": {"channel_id": "", "state": "absent"},
    "channel_passwd: got 5 characters, must be 6 to 16": {"channel_id": CHANNEL, "channel_passwd": "12345"},
    "channel_passwd: holds a blank": {"channel_id": CHANNEL, "channel_passwd": "123 456"},
    "channel_passwd: got a number, must be a text": {"channel_id": CHANNEL, "channel_passwd": 123456},
    "seminar_host_password: got 17 characters": {"channel_id": CHANNEL, "seminar_host_password": "1" * 17},
    "link_mic_limit: got 17, must be from -1 to 16": {"channel_id": CHANNEL, "link_mic_limit": 17},
    "max_viewer: got -1, must be at least 0": {"channel_id": CHANNEL, "max_viewer": -1},
    "start_time: got -1": {"channel_id": CHANNEL, "start_time": -1},
    "desc: got '\\n', must not be blank": {"channel_id": CHANNEL, "desc": "\n"},
    "publisher: got 'a\\u200bb'": {"channel_id": CHANNEL, "publisher": "a\u200bb"},
    "value of scene must be one of": {"name": "x", "scene": "hall"},
    "value of template must be one of": {"name": "x", "template": "hall"},
}


def test_bad_input_is_named_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(*[task(name, **options) for name, options in BAD.items()], defaults=account)
    wrong = {
        result.task: result.data["msg"]
        for result in run.results
        if not result.data["msg"].startswith(result.task)
    }
    assert wrong == {}
    assert simulator.requests() == []
