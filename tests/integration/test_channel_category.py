"""polyv_channel makes one channel in a category, also where the API takes the category and puts the channel elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_channel"
LIST, CREATE, UPDATE = "management-list", "channel-create", "basic-update"
USER = ACCOUNT["user_id"]
NEW = {"name": "Main hall", "scene": "topclass", "template": "ppt", "category_id": 7}
ELSEWHERE = {"channel_id": "11", "name": "Main hall", "category_id": 3}


def make(task: str, /, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {**NEW, **options}, "ignore_errors": True}


def made(simulator: Simulator) -> dict[str, int]:
    """The category of each channel of the name, by its id."""
    channels = simulator.account(USER)["channels"]
    return {str(one["channel_id"]): one["category_id"] for one in channels if one["name"] == NEW["name"]}


def lose_the_search(simulator: Simulator) -> None:
    """The two listings before the creation work; the one after it fails, as if the task had been stopped."""
    simulator.fault(LIST, "delay", seconds=0, times=2)
    simulator.fault(LIST, "envelope", code=500, message="access forbidden")


def test_a_new_channel_that_shows_in_another_category_is_a_failure_and_no_second_one_is_made(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_create_category="ignored")
    run = playbooks.tasks(make("first"), make("again"), make("off", verify_writes="off"), defaults=account)
    assert made(simulator) != {}, run.output
    ((channel, category),) = made(simulator).items()
    assert category == 1
    first, again, off = run.results
    assert first.changed and first.status == "failed", run.output
    assert f"The API made channel {channel} named 'Main hall', but " in first.data["msg"]
    assert "the list of channels shows it in category 1 instead of 7." in first.data["msg"]
    assert "do not run this again by name" in first.data["msg"]
    assert not again.changed and not off.changed
    for result in (again, off):
        assert f"channel {channel}, named 'Main hall', in category 1 instead of 7" in result.data["msg"]
    assert {result.data["failure"]["kind"] for result in run.results} == {"not_applied"}
    assert simulator.writes() == [CREATE]

    move = {"name": "move", MODULE: {"channel_id": channel, "category_id": 7}}
    run = playbooks.tasks(move, make("found"), defaults=account)
    assert [result.changed for result in run.results] == [True, False], run.output
    assert simulator.writes() == [CREATE, UPDATE]


def test_a_lost_creation_is_found_in_another_category(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_create_category="ignored")
    simulator.fault(CREATE, "drop_after")
    run = playbooks.tasks(make("lost", verify_writes="warn"), defaults=account)
    (channel,) = made(simulator)
    warnings = str(run.result("lost").data["warnings"])
    assert f"was lost; channel {channel} was found by reading." in warnings, run.output
    assert "in category 1 instead of 7." in warnings
    assert run.result("lost").data["channel"]["category_id"] == 1
    assert simulator.writes() == [CREATE]


@pytest.mark.thorough
def test_running_again_after_a_lost_search_makes_no_second_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(channel_create_category="ignored")
    simulator.fault(CREATE, "drop_after")
    lose_the_search(simulator)
    run = playbooks.tasks(make("lost"), make("again"), defaults=account)
    assert run.result("lost").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").data["failure"]["kind"] == "not_applied", run.output
    assert len(made(simulator)) == 1 and simulator.writes() == [CREATE]


@pytest.mark.thorough
def test_a_channel_of_the_name_in_another_category_is_not_taken_for_the_lost_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, channels=[ELSEWHERE])
    simulator.fault(CREATE, "drop_before")
    lose_the_search(simulator)
    simulator.fault(LIST, "delay", seconds=0, times=20)
    run = playbooks.tasks(make("never came"), make("again"), defaults=account)
    assert run.result("never came").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").changed and run.result("again").status == "ok", run.output
    assert sorted(made(simulator).values()) == [3, 7]

    simulator.fault(CREATE, "drop_after")
    run = playbooks.tasks(make("lost", category_id=8), defaults=account)
    assert run.result("lost").data["channel"]["category_id"] == 8, run.output
    assert sorted(made(simulator).values()) == [3, 7, 8]


@pytest.mark.thorough
@pytest.mark.parametrize("before", [{"refused": True}, {"refused": False}])
def test_what_others_made_elsewhere_is_no_reason_to_refuse(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], before: dict[str, bool]
) -> None:
    """Neither after a creation that the API refused, nor after one whose channel has shown in its category."""
    if before["refused"]:
        simulator.fault(CREATE, "envelope", code=400, message="param validate error")
    first = playbooks.tasks(make("first"), defaults=account).result("first")
    assert first.changed is not before["refused"]
    for channel in made(simulator):
        simulator.alter(USER, channels=[{"channel_id": channel, "category_id": 9}])
    simulator.alter(USER, channels=[ELSEWHERE])
    run = playbooks.tasks(make("again"), defaults=account)
    assert run.result("again").changed and run.result("again").status == "ok", run.output
    assert 7 in made(simulator).values()


@pytest.mark.thorough
@pytest.mark.parametrize("answer", ["kept", "ignored"])
def test_many_hosts_make_one_channel(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], answer: str
) -> None:
    simulator.switch(channel_create_category=answer)
    simulator.alter(USER, channels=[ELSEWHERE])
    hosts = [f"host{number}" for number in range(5)]
    run = playbooks.tasks(
        make("make"),
        defaults=account,
        hosts="all",
        connection="local",
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        options=["-i", ",".join(hosts) + ",", "-f", str(len(hosts))],
    )
    assert [result.changed for result in run.results].count(True) == 1, run.output
    assert {result.status for result in run.results} == {"ok" if answer == "kept" else "failed"}
    assert sorted(made(simulator).values()) == ([3, 7] if answer == "kept" else [1, 3])


@pytest.mark.thorough
def test_a_category_that_the_list_does_not_show_is_compared_where_it_reads(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(optional_fields="missing")
    simulator.fault(LIST, "delay", seconds=0)
    run = playbooks.tasks(make("kept"), defaults=account)
    assert run.result("kept").changed and run.result("kept").status == "ok", run.output
    simulator.switch(channel_create_category="ignored")
    run = playbooks.tasks(make("ignored", name="Small hall"), defaults=account)
    assert run.result("ignored").data["failure"]["kind"] == "not_applied", run.output
    assert "in category 1 instead of 7." in run.result("ignored").data["msg"]
