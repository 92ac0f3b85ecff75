"""Playbooks for accounts over an inventory in which channels are hosts, too."""

from __future__ import annotations

from typing import Any

import pytest
from harness.channels import FLEET, Channels
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

ACCOUNTS = [account["name"] for account in FLEET]
STANDARD = {"account_weixin_share": {"url": "https://share.example.com/"}, "account_retries": 0}
LEFT_OUT = "Channels are no accounts."


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """Three accounts and their channels."""
    channels = Channels(playbooks.directory, simulator)
    channels.write()
    playbooks.environ["POLYV_ACCOUNTS_FILE"] = str(playbooks.directory / "accounts.yml")
    playbooks.variables.update(STANDARD)
    return playbooks


def run(fleet: Playbooks, playbook: str, *options: str, **variables: Any) -> Run:
    fleet.variables.update(variables)
    return fleet.run(playbook, "-i", "fleet.polyv.yml", *options)


def hosts(found: Run) -> set[str]:
    """The hosts that any task ran on."""
    return {result.host for result in found.results}


@pytest.mark.smoke
@pytest.mark.parametrize("pattern", [None, "", "all", "school*,empty", ["all"], "all:!nowhere"])
def test_provision_leaves_channels_out(fleet: Playbooks, simulator: Simulator, pattern: Any) -> None:
    found = run(fleet, "polyv.live.provision", **({} if pattern is None else {"polyv_hosts": pattern}))
    assert found.returncode == 0, found.output
    assert hosts(found) == set(ACCOUNTS)
    assert sorted(entry["app_id"] for entry in simulator.requests("set-weixin-share-api")) == [
        "appa",
        "appb",
        "appe",
    ]
    # Two hosts of one account would be a complaint, and so would hosts of none.
    assert "hosts are one account" not in found.output


@pytest.mark.parametrize(
    ("pattern", "options"),
    [
        ("polyv_channels", ()),
        ("polyv_channels_of_school_a", ()),
        ("school-a-101", ()),
        ("all", ("--limit", "polyv_channels")),
    ],
)
def test_provision_of_channels_only_fails(
    fleet: Playbooks, simulator: Simulator, pattern: str, options: tuple[str, ...]
) -> None:
    found = run(fleet, "polyv.live.provision", *options, polyv_hosts=pattern)
    assert found.returncode == 2, found.output
    assert f"No account matches the pattern {pattern}" in found.words
    assert LEFT_OUT in found.words
    assert set(simulator.calls()) == {"management-list"}


def test_a_limit_chooses_among_accounts(fleet: Playbooks) -> None:
    found = run(fleet, "polyv.live.provision", "--limit", "school-a*")
    assert found.returncode == 0, found.output
    assert hosts(found) == {"school-a"}


@pytest.mark.parametrize("mismatch", ["warning", "error"])
def test_an_inventory_without_channels_is_as_before(
    fleet: Playbooks, simulator: Simulator, mismatch: str
) -> None:
    Channels(fleet.directory, simulator).write(channels=False)
    fleet.environ["ANSIBLE_HOST_PATTERN_MISMATCH"] = mismatch
    found = run(fleet, "polyv.live.provision")
    assert found.returncode == 0, found.output
    assert hosts(found) == set(ACCOUNTS)
    assert "Could not match" not in found.output


def test_onboard_never_runs_on_channels(fleet: Playbooks, simulator: Simulator) -> None:
    simulator.forget()
    only = run(fleet, "polyv.live.onboard", polyv_onboard_hosts="polyv_channels")
    assert only.returncode == 2, only.output
    assert "The pattern polyv_channels matches channels only" in only.words
    assert set(simulator.calls()) == {"management-list"}
    # No user is given, which each host says for itself.
    others = run(fleet, "polyv.live.onboard", polyv_onboard_hosts="all")
    assert hosts(others) == set(ACCOUNTS)
    assert "No user is given" in others.output
    usual = run(fleet, "polyv.live.onboard", polyv_onboard_hosts="localhost")
    assert hosts(usual) == {"localhost"}


def test_channels_count_as_no_account(fleet: Playbooks) -> None:
    """Without credentials of their own they would all be the account of the environment."""
    del fleet.environ["POLYV_ACCOUNTS_FILE"]
    fleet.environ.update({"POLYV_APP_ID": "appa", "POLYV_APP_SECRET": FLEET[0]["app_secret"]})
    names = "'school-a', *groups.polyv_channels"
    ask = {
        "name": "Ask",
        "debug": {"msg": f"{{{{ lookup('polyv.live.shared_accounts', {names}, wantlist=true) }}}}"},
    }
    play: dict[str, Any] = {"options": ("-i", "fleet.polyv.yml"), "hosts": "school-a"}
    assert fleet.tasks(ask, **play).result("Ask").data["msg"] == []
    fleet.variables["polyv_kind"] = "account"
    assert "4 of 4 accounts have no credentials" in fleet.tasks(ask, **play).result("Ask").data["msg"][0]
