"""Channels as hosts in AWX: an inventory update with the fleet's credential, and jobs over what AWX keeps of it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from awx_declared import REPOSITORY_SETTINGS, Declared, render
from awx_fleet import accounts, install_project, job_of, update_inventory
from awx_rules.credentials import Credential
from awx_rules.inventory import JobInventory
from awx_rules.job import Job, JobResult, run_job
from awx_rules.leaks import find_leaks
from harness.simulator import Simulator

# All jobs run in one fixture.
pytestmark = pytest.mark.timeout(600)

FLEET = accounts(2)
PASSWORD = "ch4nnel-p4ssw0rd"
NAMES = {"11": "Algebra 代数", "12": "{{ lookup('ansible.builtin.pipe', 'echo ran') }}"}
SOURCE = {
    "plugin": "polyv.live.polyv",
    "channels": True,
    "strict": True,
    "groups": {"lessons": "'Algebra' in polyv_channel_name | default('')"},
}
STANDARD = {"account_weixin_share": {"url": "https://share.example.com/live"}}
#: As a user would write it. The names are encoded, because text in an event is no proof of text in a variable.
PLAY = [
    {
        "hosts": "polyv_channels",
        "gather_facts": False,
        "tasks": [
            {"ansible.builtin.debug": {"msg": "named {{ polyv_channel_name | b64encode }}"}},
            {
                "polyv.live.polyv_donate": {
                    "account": "{{ polyv_account }}",
                    "channel_id": "{{ polyv_channel_id }}",
                    "type": "cash",
                    "cash_min": 1,
                }
            },
        ],
    }
]


@dataclass
class Jobs:
    """What the update brought and what it asked for, and what became of the jobs."""

    inventory: JobInventory
    asked: list[str]
    results: dict[str, JobResult]


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory, running_simulator: Simulator) -> Jobs:
    """An update, the declared plan, and a job of the user's own."""
    directory = tmp_path_factory.mktemp("channels")
    channels = [
        {"channel_id": int(number), "name": name, "channel_passwd": PASSWORD}
        for number, name in NAMES.items()
    ]
    first, second = (account.seed for account in FLEET)
    running_simulator.replace_accounts([{**first, "channels": [*first["channels"], *channels]}, second])
    running_simulator.forget()
    settings = {**REPOSITORY_SETTINGS, "polyv_awx_slices": 1, "polyv_awx_standard": STANDARD}
    declared = Declared(dict(render(directory, settings, {})["apply"]))
    text = json.dumps({"accounts": [account.entry(running_simulator.url) for account in FLEET]})
    credential = Credential("Polyv accounts", declared.types["Polyv accounts file"], {"accounts": text})
    where = install_project(directory)
    (source,) = declared.lists["inventory_sources"]
    path = str(Path(source["source_path"]).with_name("channels.polyv.yml"))
    declared.lists["inventory_sources"] = [{**source, "source_path": path}]
    (where[0] / path).write_text(yaml.safe_dump(SOURCE), encoding="utf-8")
    (where[0] / "playbooks" / "channels.yml").write_text(yaml.safe_dump(PLAY), encoding="utf-8")
    inventory = update_inventory(declared, credential, *where)
    asked = running_simulator.calls()
    own = Job(where[0], "playbooks/channels.yml", inventory, (credential,), collections=where[1])
    plan = job_of(declared, "Polyv plan", where, inventory, answers={}, credentials=(credential,))
    results = {"plan": run_job(plan, directory), "own": run_job(own, directory)}
    running_simulator.reset()
    return Jobs(inventory, asked, results)


def test_an_update_brings_accounts_and_channels(jobs: Jobs) -> None:
    """By one request for each account; what AWX keeps in clear holds neither keys nor passwords."""
    assert jobs.asked == ["management-list"] * 2
    first, second = (account.name for account in FLEET)
    of_channels = [
        f"{first}-11",
        f"{first}-12",
        *(f"{account.name}-{account.channel_id}" for account in FLEET),
    ]
    assert set(jobs.inventory.hosts) == {first, second, *of_channels}
    assert jobs.inventory.hosts[f"{first}-11"]["polyv_channel_name"] == NAMES["11"]
    assert jobs.inventory.groups["lessons"] == {"hosts": [f"{first}-11"]}
    stored: list[Any] = [
        dict(jobs.inventory.hosts),
        dict(jobs.inventory.groups),
        dict(jobs.inventory.variables),
    ]
    assert find_leaks(stored, [PASSWORD, *(account.app_secret for account in FLEET)]) == []


def test_only_a_name_that_looks_like_a_template_is_marked(jobs: Jobs) -> None:
    """AWX keeps marked text as a mapping, so nothing else is marked."""
    marked = [
        host
        for host, variables in jobs.inventory.hosts.items()
        if "__ansible_unsafe" in json.dumps(variables)
    ]
    assert marked == [f"{FLEET[0].name}-12"]


def test_a_job_over_channels_names_them_and_renders_nothing(jobs: Jobs) -> None:
    own = jobs.results["own"]
    assert own.status == "successful", own.stdout
    shown = {
        event["event_data"]["host"]: event["event_data"]["res"]["msg"]
        for event in own.events
        if event["event"] == "runner_on_ok" and event["event_data"]["task_action"].endswith("debug")
    }
    for number, name in NAMES.items():
        assert shown[f"{FLEET[0].name}-{number}"] == f"named {base64.b64encode(name.encode()).decode()}"


def test_a_plan_over_the_same_inventory_is_about_accounts(jobs: Jobs) -> None:
    plan = jobs.results["plan"]
    assert plan.status == "successful", plan.stdout
    assert next(iter(plan.artifacts.values()))["counts"]["accounts"] == len(FLEET)


def test_nothing_that_awx_stores_holds_a_secret(jobs: Jobs) -> None:
    for name, result in jobs.results.items():
        assert find_leaks(result.stored, [PASSWORD, *(account.app_secret for account in FLEET)]) == [], name
