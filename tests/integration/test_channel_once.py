"""polyv_channel makes a channel at most once: lost answers, reads that lag, and many hosts at a time."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_channel"
LIST, CREATE = "management-list", "channel-create"
USER = ACCOUNT["user_id"]
NEW = {"name": "Main hall", "scene": "topclass", "template": "ppt"}
NOT_BY_NAME = "Until the list of channels shows it, do not run this again by name"


def make(task: str, /, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {**NEW, **options}, "ignore_errors": True}


def made(simulator: Simulator, name: str = NEW["name"]) -> list[str]:
    channels = simulator.account(USER)["channels"]
    return [str(channel["channel_id"]) for channel in channels if channel["name"] == name]


def parallel(*hosts: str) -> dict[str, Any]:
    return {
        "hosts": "all",
        "connection": "local",
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        "options": ["-i", ",".join(hosts) + ",", "-f", str(len(hosts))],
    }


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_after"},
        {"kind": "truncated"},
        {"kind": "delay", "seconds": 1.5},
        {"kind": "raw", "data": '{"code": 200, "status": "success", "data": true}'},
    ],
)
def test_a_channel_whose_creation_was_carried_out_is_found_by_reading(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], fault: dict[str, Any]
) -> None:
    simulator.fault(CREATE, **fault)
    run = playbooks.tasks(
        make("lost", timeout=1, publisher="x", return_secrets=True), make("find"), defaults=account
    )
    lost, find = run.result("lost"), run.result("find")
    assert lost.changed and not find.changed, run.output
    (channel,) = made(simulator)
    assert lost.data["channel"]["channel_id"] == find.data["channel"]["channel_id"] == channel
    assert lost.data["channel"]["channel_passwd"] == simulator.channel(USER, channel)["channel_passwd"]
    assert f"was lost; channel {channel} was found by reading." in str(lost.data["warnings"])
    assert simulator.writes() == [CREATE, "basic-update"]


def test_a_channel_whose_creation_was_lost_is_found_although_the_list_lags(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_list_lag_reads=3)
    simulator.fault(CREATE, "drop_after")
    run = playbooks.tasks(make("lost"), defaults=account)
    assert run.result("lost").changed, run.output
    assert simulator.calls().count(CREATE) == 1


@pytest.mark.parametrize("switch", ["channel_list_lag_ms", "new_channel_lag_ms"])
def test_a_new_channel_that_lags_is_waited_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], switch: str
) -> None:
    simulator.switch(**{switch: 2500})
    run = playbooks.tasks(
        make("make", publisher="x"),
        {"name": "donate", "polyv.live.polyv_donate": {"channel": NEW["name"], "type": "cash"}},
        make("no change", publisher="x"),
        defaults=account,
    )
    assert [(result.task, result.changed) for result in run.results] == [
        ("make", True),
        ("donate", True),
        ("no change", False),
    ], run.output
    assert simulator.calls().count(CREATE) == 1
    (channel,) = made(simulator)
    assert simulator.channel(USER, channel)["publisher"] == "x"


def test_a_creation_that_never_shows_may_have_happened_and_running_again_is_safe(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(CREATE, "drop_before")
    simulator.fault(CREATE, "html", http_status=502)
    simulator.fault(CREATE, "envelope", code=500, message="internal server error")
    simulator.fault(CREATE, "wrong_data", data="success")
    task = make("lost", name="{{ inventory_hostname }}")
    hosts = parallel("one", "two", "three", "four")
    first = playbooks.tasks(task, defaults=account, **hosts)
    assert {result.data["failure"]["kind"] for result in first.results} == {"outcome_unknown"}, first.output
    for result in first.results:
        assert f"a channel named '{result.host}' may or may not have been made now" in result.data["msg"]
        assert "Running again is safe" in result.data["msg"]
    assert simulator.writes() == [CREATE] * 4

    again = playbooks.tasks(task, defaults=account, **hosts)
    assert [result.changed for result in again.results] == [True] * 4, again.output


def test_running_again_at_once_after_a_lost_answer_makes_no_second_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_list_lag_ms=4000)
    simulator.fault(CREATE, "drop_after")
    # The two listings before the creation work; the one after it fails, as if the task had been stopped.
    simulator.fault(LIST, "delay", seconds=0, times=2)
    simulator.fault(LIST, "envelope", code=500, message="access forbidden")
    run = playbooks.tasks(make("lost"), make("again"), defaults=account)
    assert run.result("lost").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").status == "ok", run.output
    assert not run.result("again").changed
    assert simulator.writes() == [CREATE]


def test_a_creation_that_the_api_surely_did_not_take_is_sent_again(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(CREATE, "status", http_status=503)
    run = playbooks.tasks(make("again"), defaults=account)
    assert run.result("again").changed, run.output
    assert simulator.writes() == [CREATE] * 2


def test_a_full_account_is_told_once(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, max_channels=2)
    run = playbooks.tasks(make("full"), defaults=account)
    assert run.result("full").data["failure"]["message"] == "频道数量已达上限"
    assert simulator.writes() == [CREATE]


def test_a_channel_without_its_description_is_named(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("basic-update", "envelope", code=400, message="param validate error")
    run = playbooks.tasks(make("half", publisher="x"), make("again", publisher="x"), defaults=account)
    (channel,) = made(simulator)
    half = run.result("half")
    assert half.data["msg"].startswith(
        f"Channel {channel} named 'Main hall' was made, but without publisher. basic-update: "
    )
    assert NOT_BY_NAME in half.data["msg"]
    assert half.changed and half.data["failure"]["kind"] == "rejected"
    assert run.result("again").changed
    assert simulator.writes() == [CREATE, "basic-update", "basic-update"]


@pytest.mark.thorough
def test_a_channel_that_no_update_finds_is_named_with_a_warning_of_a_second_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(new_channel_lag_ms=60000)
    run = playbooks.tasks(make("half", publisher="x"), defaults=account)
    (channel,) = made(simulator)
    half = run.result("half")
    assert half.changed and half.data["failure"]["kind"] == "unknown_channel", run.output
    assert half.data["msg"].startswith(
        f"Channel {channel} named 'Main hall' was made, but without publisher. basic-update: the API answered 'channel not found.'"
    )
    assert NOT_BY_NAME in half.data["msg"] and "Give channel_id." in half.data["msg"]


@pytest.mark.parametrize("verify", ["strict", "off"])
def test_a_channel_whose_reads_fail_is_named_with_a_warning_of_a_second_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], verify: str
) -> None:
    # The two listings before the creation work, and none after it.
    simulator.fault(LIST, "delay", seconds=0, times=2)
    simulator.fault(LIST, "envelope", code=500, message="access forbidden", times=-1)
    run = playbooks.tasks(make("unread", verify_writes=verify), defaults=account)
    (channel,) = made(simulator)
    unread = run.result("unread")
    assert unread.changed and unread.data["failure"]["kind"] == "forbidden", run.output
    assert unread.data["msg"].startswith(
        f"Channel {channel} named 'Main hall' was made, but reading it failed."
    )
    assert NOT_BY_NAME in unread.data["msg"]


@pytest.mark.parametrize("lag", [0, 2500])
def test_many_hosts_make_one_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], lag: int
) -> None:
    simulator.switch(channel_list_lag_ms=lag)
    hosts = [f"host{number}" for number in range(8)]
    run = playbooks.tasks(make("make"), defaults=account, **parallel(*hosts))
    assert [result.status for result in run.results] == ["ok"] * 8, run.output
    assert [result.changed for result in run.results].count(True) == 1
    assert len({result.data["channel"]["channel_id"] for result in run.results}) == 1
    assert len(made(simulator)) == 1


def test_a_write_that_never_shows_is_a_failure(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=60000)
    run = playbooks.tasks(
        {"name": "strict", MODULE: {"channel_id": CHANNEL, "publisher": "x"}, "ignore_errors": True},
        defaults=account,
    )
    strict = run.result("strict")
    assert strict.data["failure"]["kind"] == "not_applied" and strict.changed, run.output
    assert (
        "The API accepted {'publisher': 'x'} of channel 2191532, but still shows {'publisher': None}"
        in strict.data["msg"]
    )


@pytest.mark.thorough
def test_a_channel_that_the_list_never_shows_is_a_failure_that_warns_of_a_second_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_list_lag_ms=60000)
    run = playbooks.tasks(
        make("strict"), make("off", name="Other hall", verify_writes="off"), defaults=account
    )
    assert run.result("strict").data["failure"]["kind"] == "not_applied", run.output
    assert "do not run this again by name" in run.result("strict").data["msg"]
    assert run.result("off").status == "ok" and run.result("off").data["channel"]["channel_id"]
    assert simulator.writes() == [CREATE, CREATE]


@pytest.mark.thorough
def test_a_list_that_still_shows_a_deleted_channel_is_no_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=2500)
    name = f"channel {CHANNEL}"
    run = playbooks.tasks(
        {"name": "delete", MODULE: {"channel_id": CHANNEL, "state": "absent"}},
        {"name": "gone", MODULE: {"name": name, "state": "absent"}},
        make("make", name=name),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, False, True], run.output
    assert run.result("make").data["channel"]["channel_id"] != CHANNEL
    assert simulator.writes() == ["channel-delete", CREATE]
