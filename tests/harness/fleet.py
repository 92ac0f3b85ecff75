"""A fleet in which one host is one account, for the tests of the playbook provision."""

from __future__ import annotations

import json
from typing import Any

import yaml

from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

NAMES = ["a", "b", "c", "d", "e", "f"]
SHARE, HOOK = "https://share.example.com/", "https://hooks.example.com/"
STANDARD = {
    "account_weixin_share": {"url": SHARE + "{{ inventory_hostname }}"},
    "account_record_callback": {"url": HOOK},
    "account_retries": 0,
}


def keys(name: str) -> dict[str, str]:
    return {"app_id": f"app{name}", "app_secret": f"secret-of-{name}-0123456789", "user_id": f"user{name}"}


def make(playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """An inventory of accounts that says nothing of connections, and the simulated accounts."""
    simulator.replace_accounts([{**keys(name), "email": f"{name}@example.com"} for name in NAMES])
    write_inventory(playbooks, {name: host(name) for name in NAMES})
    return playbooks


def host(name: str) -> dict[str, Any]:
    """The variables of the host that is the account of that name."""
    return {f"account_{key}": value for key, value in keys(name).items()}


def write_inventory(playbooks: Playbooks, hosts: dict[str, Any], **variables: Any) -> None:
    """Another inventory. The variables are those of all hosts, beside the standard."""
    inventory = {"all": {"vars": {**STANDARD, **variables}, "hosts": hosts}}
    (playbooks.directory / "accounts.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")


def provision(fleet: Playbooks, *options: str, **variables: Any) -> Run:
    """Runs the playbook with further options of ansible-playbook, and these extra variables."""
    return fleet.run("polyv.live.provision", "-i", "accounts.yml", "-e", json.dumps(variables), *options)


def summary(fleet: Playbooks, run: Run) -> dict[str, Any]:
    """The summary, which is the same as file, as text and as statistics."""
    found: dict[str, Any] = json.loads((fleet.directory / "polyv-summary.json").read_text(encoding="utf-8"))
    assert run.result("Write the summary").data["ansible_stats"] == {
        "aggregate": False,
        "data": {"polyv_summary": found},
        "per_host": False,
    }
    assert run.result("Show the summary").data["msg"] == found["text"]
    kinds = ("changed", "same", "skipped", "failed", "not_reached")
    assert found["counts"] == {"accounts": sum(len(found[kind]) for kind in kinds)} | {
        kind: len(found[kind]) for kind in kinds
    }
    return found


def touched(simulator: Simulator) -> set[str]:
    """The accounts that got any request."""
    return {entry["app_id"].removeprefix("app") for entry in simulator.requests()}
