"""Runs that are killed at random moments and started again: nothing twice, nothing lost, no lock left behind."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from harness.accounts import ACCOUNT
from harness.simulator import Simulator

from .conftest import Figures
from .processes import Controller, finished, killed
from .scenarios import SCENARIOS

pytestmark = pytest.mark.timeout(1200)

VAULT_PASSWORD = "vault-Passw0rd-7Q"
# One exchange lasts three times this at most; a run after a kill waits that long, and for the lag of reads.
TIMEOUT = 1
USERS = [
    {"email": f"new{number}@example.com", "mobile": f"1380000000{number}", "account_name": f"new{number}"}
    for number in (1, 2)
]


@pytest.fixture
def controller(simulator: Simulator, way: str, tmp_path: Path) -> Controller:
    """The machine whose runs are killed."""
    return Controller(tmp_path, {"POLYV_API_URL": simulator.url}, {"polyv_in_process": way == "worker"})


def onboarding(directory: Path) -> dict[str, Any]:
    """A play that registers two accounts and keeps their keys in vault files."""
    variables = {
        **{f"onboard_{name}": value for name, value in ACCOUNT.items()},
        "onboard_users": USERS,
        "onboard_sink": "vault_file",
        "onboard_vault_directory": str(directory / "host_vars"),
        "onboard_vault_password": VAULT_PASSWORD,
        "onboard_timeout": TIMEOUT,
    }
    role = {"role": "polyv.live.onboard"}
    return {"hosts": "localhost", "gather_facts": False, "vars": variables, "roles": [role]}


def kept(directory: Path, name: str) -> dict[str, Any]:
    """What the vault file of an account holds."""
    vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
    text = vault.decrypt((directory / "host_vars" / name / "vault.yml").read_bytes())
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@pytest.mark.parametrize("round_", range(4))
def test_a_killed_onboarding_registers_nobody_twice_and_keeps_every_key(
    simulator: Simulator,
    controller: Controller,
    tmp_path: Path,
    chance: random.Random,
    figures: Figures,
    round_: int,
) -> None:
    """Kill, start again until it is through, and compare files, keys and passwords with what the server has."""
    simulator.fault("add-custom-user", "delay", times=2, seconds=0.4)
    kills = 0
    for _unused in range(2):
        kills += killed(controller.start(onboarding(tmp_path)), chance.uniform(0.8, 6.0))
    finished(controller.start(onboarding(tmp_path)))
    figures.count("kills, then a rerun", kills)
    registered = {user["email"]: user for user in simulator.custom_users()}
    assert sorted(user["email"] for user in simulator.custom_users()) == [user["email"] for user in USERS]
    passwords: dict[str, list[str]] = {}
    for entry in simulator.requests("add-custom-user"):
        passwords.setdefault(entry["form"]["email"][0], []).append(entry["form"]["passwd"][0])
    for user in USERS:
        content, account = kept(tmp_path, user["account_name"]), registered[user["email"]]
        assert content["account_app_id"] == account["app_id"]
        assert content["account_app_secret"] == account["app_secret"]
        # Whichever attempt was the one that registered, its password is the one that was kept.
        assert set(passwords[user["email"]]) == {_password(content)}


def _password(content: dict[str, Any]) -> str:
    found: list[str] = [value for name, value in content.items() if name.endswith("password")]
    assert len(found) == 1, sorted(content)
    return found[0]


@pytest.mark.parametrize("round_", range(4))
def test_a_killed_rollout_is_completed_by_the_next_run(
    controller: Controller, chance: random.Random, figures: Figures, round_: int
) -> None:
    """A rerun after a kill brings everything to the wanted state; the run after it changes nothing."""
    account = next(scenario for scenario in SCENARIOS if scenario.module == "polyv_account")
    task = {"name": "task", account.fqcn: {**ACCOUNT, **account.options(7)}}
    play = {"hosts": "all", "gather_facts": False, "tasks": [task]}
    kills = sum(killed(controller.start(play), chance.uniform(0.3, 2.5)) for _unused in range(3))
    finished(controller.start(play))
    figures.count("kills, then a rerun", kills)
    assert "changed=0" in finished(controller.start(play))
