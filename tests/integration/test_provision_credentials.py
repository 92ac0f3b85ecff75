"""The playbook provision refuses hosts that stand for one account: it would get the set-up of each of them in turn."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

ENVIRON = {"POLYV_APP_ID": ACCOUNT["app_id"], "POLYV_APP_SECRET": ACCOUNT["app_secret"]}
ONE = {f"account_{name}": value for name, value in ACCOUNT.items()}
OTHER = {f"account_{name}": value for name, value in OTHER_ACCOUNT.items()}
SHARED = f"2 hosts are one account, that with app_id {ACCOUNT['app_id']} at "


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


def provision(
    playbooks: Playbooks,
    hosts: dict[str, Any],
    *options: str,
    everywhere: dict[str, Any] | None = None,
    environ: dict[str, str] | None = None,
    playbook: str = "polyv.live.provision",
) -> Run:
    standard = {"account_weixin_share": {"url": "https://share.example.com/{{ inventory_hostname }}"}}
    inventory = playbooks.directory / "accounts.yml"
    groups = {"all": {"vars": {**standard, **(everywhere or {})}, "hosts": hosts}}
    inventory.write_text(yaml.safe_dump(groups), encoding="utf-8")
    return playbooks.run(playbook, "-i", str(inventory), *options, environ=environ)


def accounts_file(playbooks: Playbooks, **accounts: dict[str, str]) -> str:
    path = playbooks.directory / "keys.json"
    path.write_text(json.dumps({"accounts": accounts}), encoding="utf-8")
    return str(path)


def refused(run: Run, simulator: Simulator, sentence: str) -> bool:
    """Whether the run was refused with that sentence, before anything was sent."""
    return run.returncode == 2 and sentence in run.words and simulator.requests() == []


@pytest.mark.parametrize(
    "hosts", [{"a": None, "b": None}, {"a": None, "b": OTHER}], ids=["none", "one of two"]
)
def test_several_accounts_never_share_those_of_the_environment(
    playbooks: Playbooks, simulator: Simulator, hosts: dict[str, Any]
) -> None:
    sentence = "have no credentials of their own and would all be the one in POLYV_APP_ID: a"
    assert refused(provision(playbooks, hosts, environ=ENVIRON), simulator, sentence)


def test_a_single_account_may_use_them(playbooks: Playbooks, simulator: Simulator) -> None:
    run = provision(playbooks, {"a": None}, environ=ENVIRON)
    assert run.returncode == 0, run.output
    assert simulator.writes() == ["set-weixin-share-api"]


def test_accounts_of_a_file_are_their_own(playbooks: Playbooks, simulator: Simulator) -> None:
    file = accounts_file(playbooks, a=ACCOUNT, b=OTHER_ACCOUNT)
    run = provision(playbooks, {"a": None, "b": None}, environ={**ENVIRON, "POLYV_ACCOUNTS_FILE": file})
    assert run.returncode == 0, run.output
    written = {entry["user_id"] for entry in simulator.requests(access="write")}
    assert written == {ACCOUNT["user_id"], OTHER_ACCOUNT["user_id"]}


@pytest.mark.smoke
@pytest.mark.parametrize("by", ["group", "command line", "host", "import", "template"])
def test_keys_given_once_are_refused_for_several_hosts(
    playbooks: Playbooks, simulator: Simulator, by: str
) -> None:
    hosts: dict[str, Any] = {"a": None, "b": None, "c": OTHER}
    everywhere: dict[str, Any] = {}
    options: list[str] = []
    playbook = "polyv.live.provision"
    if by == "group":
        everywhere = ONE
    elif by == "command line":
        del hosts["c"]
        options = ["-e", json.dumps(ONE)]
    elif by == "host":
        hosts.update(a=ONE, b={**ONE})
    else:
        variables = {name: f"{{{{ vault_{name} }}}}" for name in ONE} if by == "template" else ONE
        own = {f"vault_{name}": value for name, value in OTHER.items()}
        hosts = {"a": None, "b": None, "c": own} if by == "template" else {"a": None, "b": None}
        everywhere = {f"vault_{name}": value for name, value in ONE.items()}
        playbook = "imported.yml"
        play = {"import_playbook": "polyv.live.provision", "vars": variables}
        (playbooks.directory / playbook).write_text(yaml.safe_dump([play]), encoding="utf-8")
    run = provision(playbooks, hosts, *options, everywhere=everywhere, playbook=playbook)
    assert refused(run, simulator, SHARED), run.output
    assert ": a, b." in run.words
    assert ACCOUNT["app_secret"] not in run.everything


def test_one_entry_of_an_accounts_file_is_refused_for_several_hosts(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    file = {"account_accounts_file": accounts_file(playbooks, one=ACCOUNT, b=OTHER_ACCOUNT)}
    run = provision(playbooks, {"a": None, "b": None}, everywhere={**file, "account_name": "one"})
    assert refused(run, simulator, SHARED), run.output
    mixed = {"a": {**file, "account_name": "one"}, "b": ONE, "c": {**file, "account_name": "b"}}
    assert refused(provision(playbooks, mixed), simulator, SHARED)


def test_hosts_share_an_account_where_that_is_allowed(playbooks: Playbooks, simulator: Simulator) -> None:
    allowed = ["-e", "polyv_allow_shared_account=yes"]
    run = provision(playbooks, {"a": None, "b": None}, *allowed, everywhere=ONE)
    assert run.returncode == 0, run.output
    assert len(simulator.writes()) == 2


def test_hosts_outside_the_run_are_not_compared(playbooks: Playbooks) -> None:
    run = provision(playbooks, {"a": None, "b": None}, "--limit", "b", everywhere=ONE)
    assert run.returncode == 0, run.output


@pytest.mark.parametrize(
    "broken",
    [
        {"account_app_id": "{{ nowhere }}"},
        {"account_app_id": ""},
        {"account_accounts_file": "/nowhere"},
        {"account_accounts_file": "{{ undef() }}"},
        {"account_api_url": "http://x:y"},
    ],
)
def test_a_host_whose_keys_can_not_be_read_fails_alone(
    playbooks: Playbooks, simulator: Simulator, broken: dict[str, Any]
) -> None:
    hosts = {"a": ONE, "b": broken if "account_accounts_file" in broken else {**OTHER, **broken}}
    run = provision(playbooks, hosts)
    assert run.returncode == 2
    assert simulator.writes() == ["set-weixin-share-api"]
