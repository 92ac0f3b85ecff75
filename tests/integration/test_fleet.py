"""The example fleet, generated and provisioned: whole, in slices as AWX makes them, and from an accounts file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

ROOT = Path(__file__).parents[2]
COUNT = 7
SETTINGS = 5


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def fleet(tmp_path: Path, playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """A generated fleet, and the simulator with its accounts."""
    generate(tmp_path, COUNT)
    seed = yaml.safe_load((tmp_path / "seed.yml").read_text(encoding="utf-8"))
    simulator.replace_accounts(seed["accounts"])
    return playbooks


def generate(directory: Path, count: int) -> None:
    command = [sys.executable, str(ROOT / "examples/fleet/generate.py"), str(count), str(directory)]
    subprocess.run(command, check=True)


def hosts(directory: Path) -> list[str]:
    inventory = yaml.safe_load((directory / "inventory/accounts.yml").read_text(encoding="utf-8"))
    return list(inventory["all"]["hosts"])


def provision(fleet: Playbooks, *options: str, environ: dict[str, str] | None = None) -> Run:
    return fleet.run("polyv.live.provision", "-i", "inventory", *options, environ=environ)


def summary(fleet: Playbooks) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((fleet.directory / "polyv-summary.json").read_text(encoding="utf-8"))
    return found


def goods(channel: dict[str, Any]) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = channel["donate"]["goods"] or []
    return found


@pytest.mark.smoke
def test_the_fleet_is_provisioned_and_stays_so(fleet: Playbooks, simulator: Simulator) -> None:
    first = provision(fleet)
    assert first.returncode == 0, first.output
    assert "WARNING" not in first.output
    assert [len(changed) for changed in summary(fleet)["changed"].values()] == [SETTINGS] * COUNT
    simulator.forget()
    assert provision(fleet).returncode == 0
    assert summary(fleet)["counts"]["same"] == COUNT
    assert simulator.writes() == []


def test_an_account_without_channels_is_complete_after_one_run(
    fleet: Playbooks, simulator: Simulator
) -> None:
    simulator.switch(new_channel_auth="custom")
    bare = [{**account, "channels": []} for account in simulator.accounts()]
    simulator.replace_accounts(bare)
    first = provision(fleet)
    assert first.returncode == 0 and "WARNING" not in first.output, first.output
    assert [len(changed) for changed in summary(fleet)["changed"].values()] == [SETTINGS + 2] * COUNT
    assert simulator.calls().count("channel-create") == 2 * COUNT
    made = {channel["name"] for account in simulator.accounts() for channel in account["channels"]}
    assert made == {"Main hall", "Shop"}
    simulator.forget()
    assert provision(fleet).returncode == 0
    assert summary(fleet)["counts"]["same"] == COUNT
    # One listing resolves the names of an account.
    assert simulator.calls().count("management-list") == COUNT
    assert simulator.writes() == []


def test_brands_and_regions_differ_as_their_variables_say(fleet: Playbooks, simulator: Simulator) -> None:
    provision(fleet)
    found = {account["email"].split("@")[0]: account for account in simulator.accounts()}
    assert found["school-01"]["weixin_share_url"] == "https://lotus.example.com/live/school-01"
    assert found["school-02"]["weixin_share_url"] == "https://aurora.example.com/live/school-02"
    shop = {
        name: [good["goodName"] for good in goods(account["channels"][1])] for name, account in found.items()
    }
    assert (shop["school-01"], shop["school-02"]) == (["绿茶"], ["玫瑰", "灯笼"])
    least = {float(account["channels"][0]["donate"]["cashMin"]) for account in found.values()}
    assert least == {0.5, 1, 2}


def test_the_keys_may_come_from_the_equivalent_accounts_file(fleet: Playbooks) -> None:
    for vault in (fleet.directory / "inventory/host_vars").glob("*/vault.yml"):
        vault.unlink()
    environ = {"POLYV_ACCOUNTS_FILE": str(fleet.directory / "accounts-file.yml")}
    run = provision(fleet, environ=environ)
    assert run.returncode == 0, run.output
    assert summary(fleet)["counts"]["changed"] == COUNT


def test_no_key_of_the_fleet_lies_in_clear_in_its_inventory(fleet: Playbooks) -> None:
    entries = yaml.safe_load((fleet.directory / "accounts-file.yml").read_text(encoding="utf-8"))["accounts"]
    inventory = [path for path in (fleet.directory / "inventory").rglob("*") if path.is_file()]
    everything = "".join(path.read_text(encoding="utf-8") for path in inventory)
    assert len(entries) == COUNT
    assert not [entry["name"] for entry in entries if entry["app_secret"] in everything]
    private = [fleet.directory / "vault-password", fleet.directory / "accounts-file.yml"]
    private += (fleet.directory / "inventory/host_vars").glob("*/vault.yml")
    assert {oct(path.stat().st_mode & 0o777) for path in private} == {"0o600"}


def test_a_smaller_fleet_replaces_a_larger_one(tmp_path: Path) -> None:
    generate(tmp_path, 3)
    generate(tmp_path, 2)
    assert hosts(tmp_path) == ["school-01", "school-02"]
    assert sorted(path.name for path in (tmp_path / "inventory/host_vars").iterdir()) == hosts(tmp_path)


@pytest.mark.parametrize("arguments", [[], ["0", "here"], ["many", "here"], ["3"]])
def test_what_cannot_be_generated_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    command = [sys.executable, str(ROOT / "examples/fleet/generate.py"), *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "usage: python generate.py N DIRECTORY\n")
    assert list(tmp_path.iterdir()) == []
