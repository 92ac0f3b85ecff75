"""The playbook provision in other people's inventories, configurations and command lines."""

from __future__ import annotations

from typing import Any

import pytest
from harness.fleet import NAMES, host, make, provision, summary, touched, write_inventory
from harness.playbook import Playbooks
from harness.simulator import Simulator

UNREACHABLE = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}
NOT_WHOLE = "This playbook can't start at a later task or leave one out"


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """Six accounts."""
    return make(playbooks, simulator)


@pytest.mark.parametrize("order", [["127.0.0.1", "::1", "localhost"], ["a", "::1", "127.0.0.1"]])
def test_accounts_may_be_named_like_this_machine(fleet: Playbooks, order: list[str]) -> None:
    write_inventory(fleet, {name: host(account) for name, account in zip(order, "abc", strict=True)})
    run = provision(fleet)
    assert run.returncode == 0, run.output
    assert summary(fleet, run)["counts"]["changed"] == 3


@pytest.mark.parametrize("name", ["127.0.0.1", "::1", "localhost"])
def test_a_machine_of_that_name_that_is_no_account_is_left_alone(fleet: Playbooks, name: str) -> None:
    machine = {name: {**UNREACHABLE, "ansible_python_interpreter": "/nowhere/python"}}
    write_inventory(fleet, {**machine, "a": host("a"), "b": host("b")})
    run = provision(fleet, polyv_hosts=f"all,!{name}")
    assert run.returncode == 0, run.output
    assert summary(fleet, run)["counts"] | {"changed": 2, "accounts": 2} == summary(fleet, run)["counts"]


@pytest.mark.parametrize(
    "broken",
    [
        UNREACHABLE,
        {"ansible_connection": "{{ nowhere }}"},
        {"ansible_host": "{{ nowhere }}"},
        {"account_app_id": "{{ nowhere }}"},
    ],
)
@pytest.mark.parametrize("serial", ["1", "100%"])
def test_the_first_account_may_be_broken_and_the_record_goes_on(
    fleet: Playbooks, broken: dict[str, Any], serial: str
) -> None:
    write_inventory(fleet, {"a": {**host("a"), **broken}, "b": host("b"), "c": host("c")})
    run = provision(fleet, polyv_serial=serial, polyv_max_failed_percentage=100)
    found = summary(fleet, run)
    assert (list(found["changed"])[-2:], found["not_reached"]) == (["b", "c"], [])


@pytest.mark.parametrize(
    "task",
    [
        "Open the record for the batch",
        "Bring the account to its set-up",
        "Enter the batch in the record",
        "Sum up",
        "Fail for the accounts that were left to sum up",
    ],
)
def test_a_start_at_a_later_task_is_refused(fleet: Playbooks, simulator: Simulator, task: str) -> None:
    run = provision(fleet, "--start-at-task", task)
    assert run.returncode == 2
    assert NOT_WHOLE in run.words
    assert simulator.calls() == []


@pytest.mark.parametrize("tag", ["always", "tagged"])
def test_what_keeps_the_record_cannot_be_skipped(fleet: Playbooks, simulator: Simulator, tag: str) -> None:
    run = provision(fleet, "--skip-tags", tag)
    assert run.returncode != 0
    assert "The tags always and tagged can't be skipped" in run.words
    assert simulator.calls() == []


@pytest.mark.parametrize(
    ("options", "hosts"),
    [((), "nowhere"), ((), "all:!all"), (("--limit", "a"), "b,c"), (("-i", "/dev/null"), "")],
)
def test_a_run_without_any_account_fails(
    fleet: Playbooks, simulator: Simulator, options: tuple[str, ...], hosts: str
) -> None:
    if "/dev/null" in options:
        (fleet.directory / "accounts.yml").write_text("all:\n", encoding="utf-8")
    run = provision(fleet, *options, polyv_hosts=hosts)
    assert run.returncode == 2, run.output
    assert f"No account matches the pattern {hosts or 'all'}" in run.words
    assert simulator.calls() == []
    allowed = provision(fleet, *options, polyv_hosts=hosts, polyv_allow_no_match="yes")
    assert allowed.returncode == 0, allowed.output


@pytest.mark.parametrize("hosts", ["~[ab]$", ["a", "b"], "all:&a", "all[0:1]"])
def test_any_pattern_of_hosts_is_understood(fleet: Playbooks, simulator: Simulator, hosts: Any) -> None:
    run = provision(fleet, polyv_hosts=hosts)
    assert run.returncode == 0, run.output
    assert touched(simulator) <= {"a", "b"}


@pytest.mark.parametrize("by", ["inventory", "configuration", "command line"])
def test_nothing_becomes_another_user(fleet: Playbooks, by: str) -> None:
    broken = {"ansible_become_exe": "/nowhere/sudo"}
    if by == "inventory":
        broken["ansible_become"] = "true"
    write_inventory(fleet, {name: host(name) for name in NAMES[:2]}, **broken)
    fleet.environ["ANSIBLE_BECOME"] = str(by == "configuration")
    run = provision(fleet, *(["--become"] if by == "command line" else []))
    assert run.returncode == 0, run.output
    assert summary(fleet, run)["counts"]["changed"] == 2


def test_variables_of_the_operator_are_not_ours(fleet: Playbooks) -> None:
    names = ("record", "is_first_batch", "without", "new_record", "results", "item", "summary", "batch")
    run = provision(fleet, **dict.fromkeys(names, "theirs"))
    assert run.returncode == 0, run.output
    assert summary(fleet, run)["counts"]["changed"] == len(NAMES)
