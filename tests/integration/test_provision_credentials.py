"""The playbook provision and credentials from the environment: they are those of one account, and never of several."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

ENVIRON = {"POLYV_APP_ID": ACCOUNT["app_id"], "POLYV_APP_SECRET": ACCOUNT["app_secret"]}
OWN = {f"account_{name}": value for name, value in OTHER_ACCOUNT.items()}


@pytest.fixture
def door() -> str:
    """The doors have their own tests."""
    return "worker"


def provision(playbooks: Playbooks, hosts: dict[str, Any], environ: dict[str, str]) -> Run:
    standard = {"account_weixin_share": {"url": "https://share.example.com/{{ inventory_hostname }}"}}
    inventory = playbooks.directory / "accounts.yml"
    inventory.write_text(yaml.safe_dump({"all": {"vars": standard, "hosts": hosts}}), encoding="utf-8")
    return playbooks.run("polyv.live.provision", "-i", str(inventory), environ=environ)


@pytest.mark.parametrize("hosts", [{"a": None, "b": None}, {"a": None, "b": OWN}], ids=["none", "one of two"])
def test_several_accounts_never_share_those_of_the_environment(
    playbooks: Playbooks, simulator: Simulator, hosts: dict[str, Any]
) -> None:
    run = provision(playbooks, hosts, ENVIRON)
    assert run.returncode == 2
    assert "have no credentials of their own and would all be the one in POLYV_APP_ID: a" in run.words
    assert simulator.requests() == []


def test_a_single_account_may_use_them(playbooks: Playbooks, simulator: Simulator) -> None:
    run = provision(playbooks, {"a": None}, ENVIRON)
    assert run.returncode == 0, run.output
    assert simulator.writes() == ["set-weixin-share-api"]


def test_accounts_of_a_file_are_their_own(playbooks: Playbooks, simulator: Simulator) -> None:
    accounts = [{"name": "a", **ACCOUNT}, {"name": "b", **OTHER_ACCOUNT}]
    file = playbooks.directory / "keys.json"
    file.write_text(json.dumps({"accounts": accounts}), encoding="utf-8")
    run = provision(playbooks, {"a": None, "b": None}, {**ENVIRON, "POLYV_ACCOUNTS_FILE": str(file)})
    assert run.returncode == 0, run.output
    written = {entry["user_id"] for entry in simulator.requests(access="write")}
    assert written == {ACCOUNT["user_id"], OTHER_ACCOUNT["user_id"]}
