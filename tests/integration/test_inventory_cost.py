"""What the hosts of ten thousand channels cost: requests, and time beside the same hosts without any API."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from harness import inventory_plugins
from harness.channels import Channels
from harness.inventory import Inventory
from harness.simulator import Simulator

ACCOUNTS, CHANNELS = 50, 200
PLUGINS = Path(inventory_plugins.__file__).parent


@pytest.fixture
def channels(tmp_path: Path, simulator: Simulator) -> Channels:
    found = Channels(tmp_path, simulator)
    keys = [
        {"user_id": f"u{n}", "app_id": f"a{n}", "app_secret": f"secret-of-{n}-4x8k"} for n in range(ACCOUNTS)
    ]
    found.accounts([{"name": f"school-{n:02}", **each, "channels": CHANNELS} for n, each in enumerate(keys)])
    return found


def measured(
    channels: Channels, inventory: Path, environ: Mapping[str, str]
) -> tuple[tuple[float, float], Inventory]:
    """What listing an inventory took, in seconds: of the CPU, and of the clock, which says as much of the machine."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    found = channels.inventories.read(inventory, environ=environ)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds), found


@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_ten_thousand_channels_cost_little_more_than_their_hosts(channels: Channels) -> None:
    ours, plain = channels.write(), channels.inventories.directory / "listed.json"
    environ = {"ANSIBLE_INVENTORY_PLUGINS": str(PLUGINS), "ANSIBLE_INVENTORY_ENABLED": "listed"}
    with_api, without = [], []
    for _turn in range(2):
        channels.simulator.forget()
        seconds, found = measured(channels, ours, {})
        with_api.append(seconds)
        assert len(found.hosts("polyv_channels")) == ACCOUNTS * CHANNELS, found.output
        assert channels.simulator.calls() == ["management-list"] * ACCOUNTS
        plain.write_text(found.stdout, encoding="utf-8")
        seconds, same = measured(channels, plain, environ)
        without.append(seconds)
        assert same.hostvars == found.hostvars
    ratio, by_clock = (
        min(seconds[which] for seconds in with_api) / min(seconds[which] for seconds in without)
        for which in (0, 1)
    )
    print(
        f"with the API {with_api}, without {without}: {ratio:.2f} times the CPU, {by_clock:.2f} times as long"
    )
    assert ratio <= 1.5
