"""The declared plan and rollout as AWX runs them over a fleet: one credential, an inventory from it, slices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from awx_declared import REPOSITORY_SETTINGS, Declared, render
from awx_fleet import accounts, install_project, job_of, update_inventory
from awx_rules.credentials import Credential
from awx_rules.inventory import JobInventory, slices
from awx_rules.job import JobResult, run_job
from awx_rules.leaks import find_leaks
from harness.simulator import Simulator

# All jobs run in one fixture.
pytestmark = pytest.mark.timeout(600)

FLEET = accounts(5)
SLICES = 3
STANDARD = {
    "account_weixin_share": {"url": "https://share.example.com/live"},
    "account_record_callback": {"url": "https://hooks.example.com/record"},
}
AUTH_CODE = "w4tch-c0de-5r8k1m"
#: As somebody types it into the variables of the inventory.
WATCH_CONDITION = {
    "account_new_channel_watch_condition": {
        "primary": {"type": "code", "auth_code": "{{ lookup('ansible.builtin.env', 'POLYV_AUTH_CODE') }}"}
    }
}
#: What somebody leaves who touches nothing, what AWX makes of an empty number, and a template, which stays text.
ANSWERS = {"polyv_hosts": "", "polyv_serial": "", "polyv_stop_on_failure": "no"}


@dataclass
class Rollout:
    """What became of all jobs, each run once, and of the accounts after each."""

    inventory: JobInventory
    results: dict[str, JobResult] = field(default_factory=dict)
    writes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)


class Launcher:
    """Launches jobs on one AWX, whose accounts are the simulator's."""

    def __init__(self, directory: Path, simulator: Simulator) -> None:
        settings = {**REPOSITORY_SETTINGS, "polyv_awx_standard": STANDARD, "polyv_awx_slices": SLICES}
        self.directory = directory
        self.simulator = simulator
        self.declared = Declared(dict(render(directory, settings, {})["apply"]))
        text = json.dumps({"accounts": [account.entry(simulator.url) for account in FLEET]})
        self.credential = Credential(
            "Polyv accounts", self.declared.types["Polyv accounts file"], {"accounts": text}
        )
        self.watch_condition = Credential(
            "Codes", self.declared.types["Polyv watch condition"], {"auth_code": AUTH_CODE}
        )
        self.where = install_project(directory)
        inventory = update_inventory(self.declared, self.credential, *self.where)
        self.rollout = Rollout(
            JobInventory(inventory.hosts, inventory.groups, {**inventory.variables, **WATCH_CONDITION})
        )

    def run(self, name: str, template: str, **changes: Any) -> JobResult:
        """Run a job and keep what it wrote and left behind under `name`."""
        self.simulator.forget()
        settings = {"answers": ANSWERS, "credentials": (self.credential, self.watch_condition), **changes}
        job = job_of(self.declared, template, self.where, self.rollout.inventory, **settings)
        result = run_job(job, self.directory)
        writes = self.simulator.requests(access="write")
        self.rollout.results[name] = result
        self.rollout.writes[name] = sorted((entry["app_id"], entry["endpoint"]) for entry in writes)
        self.rollout.states[name] = without_keys(self.simulator.accounts())
        return result

    def start_anew(self) -> None:
        """All accounts as they were before any job."""
        self.simulator.replace_accounts([account.seed for account in FLEET])


def without_keys(state: Any) -> Any:
    """The accounts without the keys of custom authorization, which the platform makes up."""
    if isinstance(state, dict):
        return {name: without_keys(value) for name, value in state.items() if name != "customKey"}
    return [without_keys(value) for value in state] if isinstance(state, list) else state


@pytest.fixture(scope="module")
def rollout(tmp_path_factory: pytest.TempPathFactory, running_simulator: Simulator) -> Rollout:
    """Plan, rollout with what the plan published, plan again; then the same fleet anew, in slices."""
    launcher = Launcher(tmp_path_factory.mktemp("fleet"), running_simulator)
    launcher.start_anew()
    plan = launcher.run("plan", "Polyv plan")
    launcher.run("apply", "Polyv apply", prompted_vars=plan.artifacts)
    launcher.run("again", "Polyv plan")
    running_simulator.alter(FLEET[3].user_id, weixin_share_url="https://drift.example.com")
    launcher.run("drift", "Polyv plan")
    launcher.run("audit", "Polyv audit")
    launcher.start_anew()
    for number in range(1, SLICES + 1):
        launcher.run(f"slice {number}", "Polyv apply", slice_number=number, slice_count=SLICES)
    only = {
        **ANSWERS,
        "polyv_hosts": FLEET[0].name,
        "polyv_serial": "{{ lookup('env', 'POLYV_ACCOUNTS_FILE') }}",
    }
    launcher.run("template", "Polyv plan", answers=only)
    launcher.run(
        "other slice",
        "Polyv plan",
        answers={"polyv_hosts": FLEET[0].name},
        slice_number=2,
        slice_count=SLICES,
    )
    running_simulator.reset()
    return launcher.rollout


def counts(result: JobResult) -> Mapping[str, int]:
    """The numbers of the summary that a job published."""
    found: Mapping[str, int] = next(iter(result.artifacts.values()))["counts"]
    return found


def seen_hosts(result: JobResult) -> set[str]:
    """The accounts that a job worked on."""
    return {
        str(event["event_data"]["host"])
        for event in result.events
        if event["event"].startswith("runner_on_ok")
    }


def test_inventory_has_one_local_host_for_each_account(rollout: Rollout) -> None:
    """With the variables of its entry, in its group, and without a secret."""
    assert sorted(rollout.inventory.hosts) == [account.name for account in FLEET]
    assert sorted(rollout.inventory.groups["brand_x"]["hosts"]) == sorted(rollout.inventory.hosts)
    assert {host["ansible_connection"] for host in rollout.inventory.hosts.values()} == {"local"}
    stored = [
        dict(rollout.inventory.hosts),
        dict(rollout.inventory.groups),
        dict(rollout.inventory.variables),
    ]
    assert find_leaks(stored, [account.app_secret for account in FLEET]) == []
    # What ansible-core 2.19 makes of text that a plugin does not vouch for; AWX would keep it as a mapping.
    assert "__ansible_unsafe" not in str(stored)


def test_plan_shows_and_writes_nothing(rollout: Rollout) -> None:
    """Check mode: every account would change, with a diff, and no write was sent."""
    plan = rollout.results["plan"]
    assert plan.status == "successful", plan.stdout
    assert rollout.writes["plan"] == []
    assert (counts(plan)["changed"], counts(plan)["failed"]) == (len(FLEET), 0)
    assert "https://share.example.com/live" in plan.stdout


def test_rollout_after_the_plan_changes_all(rollout: Rollout) -> None:
    """What the plan published comes as variables of the rollout, as in the workflow, and must not become its result."""
    done = rollout.results["apply"]
    assert done.status == "successful", done.stdout
    assert counts(done)["changed"] == len(FLEET)
    assert {app_id for app_id, _endpoint in rollout.writes["apply"]} == {account.app_id for account in FLEET}
    # By the code of the second credential.
    assert [endpoint for _app_id, endpoint in rollout.writes["apply"]].count("global-auth-update") == len(
        FLEET
    )
    assert "check mode" not in done.stdout


def test_second_plan_finds_nothing(rollout: Rollout) -> None:
    """The weekly check is quiet as long as nobody changed anything."""
    again = rollout.results["again"]
    assert (again.status, counts(again)["same"], counts(again)["changed"]) == ("successful", len(FLEET), 0)


def test_plan_finds_the_drifted_account(rollout: Rollout) -> None:
    """One account was changed behind AWX's back; the check names it and mends nothing."""
    drift = rollout.results["drift"]
    assert (counts(drift)["same"], counts(drift)["changed"]) == (len(FLEET) - 1, 1)
    assert list(next(iter(drift.artifacts.values()))["changed"]) == [FLEET[3].name]
    assert rollout.writes["drift"] == []


def test_audit_reports_the_drifted_account(rollout: Rollout) -> None:
    """What AWX keeps names it, with what it has and what the data wants, and nothing was written."""
    audit = rollout.results["audit"]
    assert audit.status == "successful", audit.stdout
    found = audit.artifacts["polyv_audit"]
    assert (found["totals"]["same"], found["totals"]["drifted"]) == (len(FLEET) - 1, 1)
    (drifted,) = found["accounts"]
    assert drifted["name"] == FLEET[3].name
    assert [finding["before"] for finding in drifted["findings"]] == [{"url": "https://drift.example.com"}]
    assert rollout.writes["audit"] == []


def test_slices_cover_every_account_once(rollout: Rollout) -> None:
    """Together they reach all, no two reach the same, and each has the share that AWX deals to it."""
    dealt = slices([account.name for account in FLEET], SLICES)
    reached = [seen_hosts(rollout.results[f"slice {number}"]) for number in range(1, SLICES + 1)]
    assert reached == [set(names) for names in dealt]
    assert sum(map(len, reached)) == len(FLEET)


def test_slices_end_in_the_same_state_as_one_run(rollout: Rollout) -> None:
    """The same calls in all, and the same accounts."""
    written = [entry for number in range(1, SLICES + 1) for entry in rollout.writes[f"slice {number}"]]
    assert sorted(written) == rollout.writes["apply"]
    assert rollout.states[f"slice {SLICES}"] == rollout.states["apply"]
    assert rollout.states["apply"] != rollout.states["plan"]


def test_request_budget_reaches_the_module(rollout: Rollout) -> None:
    """Each job gets its share, whatever the number of its slice."""
    shares = {result.stored["extra_vars"]["account_rate_limit"] for result in rollout.results.values()}
    assert {int(share) for share in shares} == {1200 // (3 * SLICES + 1)}


def test_answer_is_no_template(rollout: Rollout) -> None:
    """A template that somebody typed is refused as the text that it is."""
    refused = rollout.results["template"]
    assert refused.status == "failed"
    assert "lookup(" in refused.stdout
    assert rollout.writes["template"] == []


def test_slice_without_the_asked_account_does_nothing(rollout: Rollout) -> None:
    """The pattern of the survey may name accounts of another slice; that is no failure."""
    other = rollout.results["other slice"]
    assert (other.status, other.artifacts) == ("successful", {}), other.stdout


def test_nothing_that_awx_stores_holds_a_secret(rollout: Rollout) -> None:
    """No event, no artifact, no fact, no stored environment and no stored variable, of no job."""
    secrets = [*(account.app_secret for account in FLEET), AUTH_CODE]
    for name, result in rollout.results.items():
        assert find_leaks(result.stored, secrets) == [], name
        # Nothing is cached, whether or not a template caches facts.
        assert set(result.stored["facts"].values()) <= {"{}", '{"__payload__": "{}"}'}, name
