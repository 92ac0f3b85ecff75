"""polyv_group_user when answers get lost or come late, run by ansible-playbook against the simulator: nobody is registered twice."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_group_user"
EMAIL = "live@school.example.com"
NEW: dict[str, Any] = {"password": "secret12", "contacts": "C", "phone": "13800000000", "max_channels": 20}
LIST, CREATE = "group-user-package-list", "group-user-create"


@pytest.fixture(autouse=True)
def group(simulator: Simulator) -> None:
    """The test account as a group account."""
    simulator.alter(ACCOUNT["user_id"], group_account="Y")


def register(task: str, /, **options: Any) -> dict[str, Any]:
    return {"name": task, MODULE: {"email": EMAIL, **NEW, **options}, "ignore_errors": True}


@pytest.mark.parametrize("fault", [{"kind": "drop_after"}, {"kind": "wrong_data", "data": "success"}])
def test_a_lost_answer_is_no_lost_key(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], fault: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=2)
    simulator.fault(CREATE, **fault)
    run = playbooks.tasks(register("lost"), register("find"), defaults=account)
    lost, find = run.result("lost"), run.result("find")
    if fault["kind"] == "wrong_data":  # answered and not carried out
        assert lost.data["failure"]["kind"] == "outcome_unknown", run.output
        assert find.changed and simulator.writes() == [CREATE] * 2
        return
    assert lost.changed and not find.changed, run.output
    assert lost.data["user"] == find.data["user"]
    assert lost.data["user"]["user_id"] == simulator.custom_users()[-1]["user_id"]
    assert simulator.writes() == [CREATE]


def test_running_again_at_once_after_a_lost_answer_does_not_register_twice(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=4000, group_user_duplicate="new")
    simulator.fault(CREATE, "drop_after")
    # The first task gives up at the first read, as if it had been stopped.
    simulator.fault(LIST, "delay", seconds=0)
    simulator.fault(LIST, "envelope", code=500, message="access forbidden")
    run = playbooks.tasks(register("lost"), register("again"), defaults=account)
    assert run.result("lost").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("again").status == "ok" and not run.result("again").changed
    assert simulator.writes() == [CREATE]


@pytest.mark.parametrize(("answer", "status"), [("error", "failed"), ("success", "ok"), ("new", "ok")])
def test_an_address_that_another_machine_has_just_registered(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
    answer: str,
    status: str,
) -> None:
    simulator.switch(read_lag_ms=60_000, group_user_duplicate=answer)
    here = playbooks.tasks(register("here", verify_writes="off"), defaults=account)
    elsewhere = {"TMPDIR": str(tmp_path_factory.mktemp("x"))}
    there = playbooks.tasks(register("there", verify_writes="off"), defaults=account, environ=elsewhere)
    assert there.result("there").status == status, there.output
    if answer == "error":
        assert there.result("there").data["failure"]["message"] == "email already exists"
    if answer == "success":
        assert there.result("there").data["user"] == here.result("here").data["user"]
    if answer == "new":
        # Two accounts of one address: which one is meant is not guessed.
        simulator.switch(read_lag_ms=0)
        simulator.alter(ACCOUNT["user_id"], group_account="Y")
        both = playbooks.tasks(register("both"), defaults=account)
        assert both.result("both").data["failure"]["kind"] == "unexpected_data", both.output


def test_the_keys_survive_a_read_back_that_fails_or_never_shows(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(LIST, "delay", seconds=0)
    simulator.fault(LIST, "envelope", code=500, message="access forbidden", times=-1)
    run = playbooks.tasks(register("create"), defaults=account)
    assert run.result("create").changed, run.output
    assert run.result("create").data["user"]["user_id"] == simulator.custom_users()[-1]["user_id"]
    told = run.result("create").data["warnings"]
    assert any("was registered, but reading it back failed" in text for text in told)


def test_tasks_at_the_same_time_register_an_address_once_while_reads_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=1200, group_user_duplicate="new")
    run = playbooks.tasks(
        register("same email"),
        defaults=account,
        hosts="all",
        connection="local",
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        options=["-i", "one,two,three,"],
    )
    assert run.returncode == 0, run.output
    assert simulator.writes() == [CREATE]
    assert len({result.data["user"]["user_id"] for result in run.results}) == 1
