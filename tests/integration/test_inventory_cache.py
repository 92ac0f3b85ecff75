"""Ansible's own cache of inventories, as the inventory plugin uses it for the channels of accounts."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from harness.channels import FLEET, SECRETS, Channels, channel
from harness.inventory import Inventory
from harness.simulator import Simulator

ALL = ["school-a-101", "school-a-102", "school.b-201"]


@pytest.fixture
def channels(tmp_path: Path, simulator: Simulator) -> Channels:
    return Channels(tmp_path, simulator)


def cached(channels: Channels, **options: Any) -> dict[str, Any]:
    """The options of an inventory with a cache."""
    directory = str(channels.inventories.directory / "cache")
    return {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": directory,
        **options,
    }


def files(channels: Channels) -> list[Path]:
    return sorted((channels.inventories.directory / "cache").iterdir())


def flush(channels: Channels, **options: Any) -> Inventory:
    """A run of a playbook that flushes the cache; before 2.19 `ansible-inventory` has no such option."""
    play = channels.inventories.write(
        "play.yml", [{"hosts": "localhost", "gather_facts": False, "tasks": []}]
    )
    channels.simulator.forget()
    return channels.inventories.run("ansible-playbook", channels.write(**options), str(play), "--flush-cache")


def age(channels: Channels, seconds: float) -> None:
    """Makes what the cache holds older. Newer releases of Ansible keep JSON as text inside of JSON."""
    for path in files(channels):
        text = path.read_text(encoding="utf-8")
        older = re.sub(r'(read\\?": )([0-9.]+)', lambda found: f"{found[1]}{float(found[2]) - seconds}", text)
        assert older != text
        path.write_text(older, encoding="utf-8")


@pytest.mark.smoke
def test_the_second_inventory_asks_for_nothing(channels: Channels) -> None:
    options = cached(channels)
    first = channels.read(**options)
    assert first.hosts("polyv_channels") == ALL
    assert channels.listed() == {"appa": 1, "appb": 1, "appe": 1}
    second = channels.read(**options)
    assert channels.simulator.calls() == []
    assert second.data == first.data
    # What is done with the channels may change.
    fewer = channels.read(**options, exclude_filters=["polyv_scene == 'alone'"])
    assert fewer.hosts("polyv_channels") == ["school-a-101"]
    assert channels.simulator.calls() == []


def test_the_cache_holds_no_secret(channels: Channels) -> None:
    channels.read(**cached(channels))
    text = "".join(path.read_text(encoding="utf-8") for path in files(channels))
    assert "Algebra" in text
    assert not [secret for secret in SECRETS if secret in text]
    assert "passwd" not in text.lower()


@pytest.mark.thorough
def test_flushing_reads_anew(channels: Channels) -> None:
    options = cached(channels)
    channels.read(**options)
    channels.alter(101, name="new name")
    assert channels.read(**options).hostvars["school-a-101"]["polyv_channel_name"] == "Algebra 代数"
    assert flush(channels, **options).returncode == 0
    assert channels.listed() == {"appa": 1, "appb": 1, "appe": 1}
    assert channels.read(**options).hostvars["school-a-101"]["polyv_channel_name"] == "new name"
    assert channels.simulator.calls() == []


@pytest.mark.thorough
def test_only_what_is_missing_is_read(channels: Channels) -> None:
    """A new account, and one that failed before; what is there does not get younger by it."""
    options = cached(channels, cache_timeout=60)
    channels.simulator.fault(
        "management-list", "envelope", app_id="appb", code=500, status="fail", message="access forbidden"
    )
    assert channels.read(**options).hosts("polyv_channels") == ALL[:2]
    assert channels.read(**options).hosts("polyv_channels") == ALL
    assert channels.listed() == {"appb": 1}
    age(channels, 50)
    channels.accounts(
        [*FLEET, {**FLEET[0], "name": "new", "user_id": "usern", "app_id": "appn", "channels": [channel(1)]}]
    )
    assert channels.read(**options).hosts("polyv_channels") == [*ALL, "new-1"]
    assert channels.listed() == {"appn": 1}
    time.sleep(11)
    channels.read(**options)
    assert channels.listed() == {"appa": 1, "appb": 1, "appe": 1}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"watch_status": "live"}, 3),
        ({"watch_status": ["live", "end"]}, 0),
        ({"keyword": "x"}, 0),
        ({"category_id": 7}, 3),
    ],
)
def test_what_the_api_filters_is_another_listing(
    channels: Channels, changes: dict[str, Any], asked: int
) -> None:
    channels.read(**cached(channels))
    channels.read(**cached(channels, filters=changes))
    assert len(channels.simulator.calls()) == asked


def test_another_accounts_file_is_another_key(channels: Channels) -> None:
    channels.read(**cached(channels))
    other = [{**FLEET[0], "channels": [channel(7)]}]
    channels.accounts(other, "other.yml")
    found = channels.read(**cached(channels, accounts_file="other.yml"))
    assert found.hosts("polyv_channels") == ["school-a-7"]
    assert len(files(channels)) == len(FLEET) + 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"read": 1e99, "channels": []}', '{"channels": []}', "other id"]
)
def test_a_cache_that_holds_something_else_is_read_anew(channels: Channels, content: str) -> None:
    channels.read(**cached(channels))
    for path in files(channels):
        text = path.read_text(encoding="utf-8")
        bad = re.sub(r'(channel_id\\?": \\?")', r"\1../", text) if content == "other id" else content
        path.write_text(bad, encoding="utf-8")
    found = channels.read(**cached(channels))
    assert found.returncode == 0, found.output
    assert found.hosts("polyv_channels") == ALL, found.output
    assert channels.listed()["appa"] == 1


def test_a_name_from_the_cache_is_never_rendered(channels: Channels) -> None:
    name = "{{ 1 + 1 }}"
    channels.accounts([{**FLEET[0], "channels": [channel(1, name=name)]}])
    options = cached(channels)
    for _time in ("read", "from the cache"):
        inventory = channels.write(**options)
        shown = channels.inventories.run(
            "ansible",
            inventory,
            "polyv_channels",
            "-m",
            "ansible.builtin.debug",
            "-a",
            "msg={{ [polyv_channel_name] | to_json | b64encode }}",
        )
        assert channels.decoded(shown.stdout) == {"school-a-1": [name]}, shown.output
    assert len(channels.simulator.requests("management-list")) == 1


def test_a_vaulted_secret_is_opened_only_where_the_api_is_asked(channels: Channels) -> None:
    """To open many takes seconds."""
    options = cached(channels)
    channels.read(**options)
    path = channels.inventories.directory / "accounts.yml"
    text = path.read_text(encoding="utf-8")
    broken = "!vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      3131\n"
    path.write_text(text.replace(FLEET[0]["app_secret"] + "\n", broken), encoding="utf-8")
    assert "$ANSIBLE_VAULT" in path.read_text(encoding="utf-8")
    found = channels.read(**options)
    assert found.hosts("polyv_channels") == ALL
    assert channels.simulator.calls() == []
    flushed = flush(channels, **options)
    assert flushed.says("account 'school-a': its channels can't be read (credentials): ")


def test_the_cache_is_left_alone_without_channels(channels: Channels) -> None:
    options = cached(channels)
    assert sorted(channels.read(**options, channels=False).hostvars) == ["empty", "school-a", "school.b"]
    assert files(channels) == []
