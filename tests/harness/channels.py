"""Accounts with channels, and the inventories over them."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.inventory import PLUGIN, Inventories, Inventory
from harness.simulator import Simulator

_SEED = ("user_id", "app_id", "app_secret", "channels")


def channel(number: int, **settings: Any) -> dict[str, Any]:
    """A channel as the simulator wants it, with a password that nobody may see."""
    return {"channel_id": number, "channel_passwd": f"pw-{number}-0q8z", **settings}


def _account(name: str, letter: str, channels: Any, **entry: Any) -> dict[str, Any]:
    keys = {"user_id": f"user{letter}", "app_id": f"app{letter}", "app_secret": f"s3cret-of-{letter}-8w2k6z"}
    return {"name": name, **keys, "channels": channels, **entry}


_A = [
    channel(101, name="Algebra 代数", scene="topclass", category_id=7, watch_status="live"),
    channel(102, name="History", category_id=8),
]
_B = [channel(201, name="Algebra for all", category_id=7)]
EMPTY = _account("empty", "e", [])
SPARE = _account("spare", "s", [])
FLEET = [
    _account("school-a", "a", _A, groups=["brand_x"], vars={"region": "east"}),
    _account("school.b", "b", _B),
    EMPTY,
]
SECRETS = [
    *(account["app_secret"] for account in FLEET),
    *(each["channel_passwd"] for each in (*_A, *_B)),
]


class Channels:
    """Accounts of the simulator as an accounts file, and an inventory that asks for their channels."""

    def __init__(self, directory: Path, simulator: Simulator) -> None:
        self.inventories = Inventories(directory)
        self.simulator = simulator
        self.accounts(FLEET)

    def accounts(self, fleet: Sequence[Mapping[str, Any]], file: str = "accounts.yml") -> None:
        """Other accounts, in the simulator and in a file."""
        seed = [{key: account[key] for key in _SEED} for account in fleet]
        self.simulator.replace_accounts(seed)
        entries = [{key: value for key, value in account.items() if key != "channels"} for account in fleet]
        self.inventories.write(file, {"accounts": entries})

    def write(self, **options: Any) -> Path:
        """The inventory file, with these options."""
        content = {
            **PLUGIN,
            "accounts_file": "accounts.yml",
            "channels": True,
            "api_url": self.simulator.url,
            **options,
        }
        return self.inventories.write("fleet.polyv.yml", content)

    def read(self, *arguments: str, environ: Mapping[str, str] | None = None, **options: Any) -> Inventory:
        """The inventory with these options, after the log of requests was emptied."""
        self.simulator.forget()
        return self.inventories.read(self.write(**options), *arguments, environ=environ)

    def listed(self) -> dict[str, int]:
        """How many times the channels of each account were asked for, by app id."""
        return dict(Counter(entry["app_id"] for entry in self.simulator.requests("management-list")))

    def alter(self, number: int, **settings: Any) -> None:
        """Changes a channel of the first account behind the collection's back."""
        self.simulator.alter(FLEET[0]["user_id"], channels=[{"channel_id": number, **settings}])

    def members(self, found: Inventory, group: str) -> set[str]:
        """The hosts of a group and of all groups below it."""
        below = found.data.get(group, {}).get("children", [])
        return set(found.hosts(group)).union(*(self.members(found, child) for child in below))

    def decoded(self, output: str) -> dict[str, Any]:
        """By host, the JSON that the command `ansible` printed as base64."""
        shown = re.findall(r'(\S+) \| SUCCESS => \{\s+"msg": "([^"]+)"', output)
        return {host: json.loads(base64.b64decode(text)) for host, text in shown}
