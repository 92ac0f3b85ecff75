"""Makes a fleet of any size: the inventory of accounts, and the simulated platform that has them.

Usage: python generate.py N DIRECTORY. The README beside this file says what comes out. The same N always makes the same
accounts; the vault files differ from run to run, as encryption does. Needs ansible-core, for the encryption.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

STANDARD = Path(__file__).parent / "standard"
BRANDS = ("aurora", "lotus")
REGIONS = ("east", "south", "west")
IMAGES = {"rose.png": (196, 30, 58), "lantern.png": (255, 140, 0), "tea.png": (60, 130, 60)}
FIRST_CHANNEL = 4000001
# The standard names them; their ids differ by account.
CHANNELS = (
    {"name": "Main hall", "scene": "topclass", "template": "ppt"},
    {"name": "Shop", "scene": "alone", "template": "alone"},
)
# Of a demonstration: it protects made-up keys of a simulated platform.
PASSWORD = "a password for the demonstration only"


@dataclass(frozen=True)
class Account:
    """One account of the fleet, by its number from 1."""

    number: int
    width: int

    @property
    def name(self) -> str:
        return f"school-{self.number:0{self.width}}"

    @property
    def brand(self) -> str:
        return BRANDS[self.number % len(BRANDS)]

    @property
    def region(self) -> str:
        return REGIONS[self.number % len(REGIONS)]

    @property
    def channels(self) -> list[dict[str, Any]]:
        """A channel with a hall full of viewers, and one that sells goods."""
        first = FIRST_CHANNEL + 2 * (self.number - 1)
        return [{"channel_id": first + index, **channel} for index, channel in enumerate(CHANNELS)]

    @property
    def keys(self) -> dict[str, str]:
        return {
            "app_id": self._made("app", 10),
            "app_secret": self._made("secret", 32),
            "user_id": self._made("user", 10),
        }

    def _made(self, what: str, length: int) -> str:
        return hashlib.sha256(f"{what} of fleet account {self.number}".encode()).hexdigest()[:length]


def main() -> None:
    if len(sys.argv) != 3 or not sys.argv[1].isdigit() or int(sys.argv[1]) < 1:
        sys.exit("usage: python generate.py N DIRECTORY")
    generate(int(sys.argv[1]), Path(sys.argv[2]))


def generate(count: int, directory: Path) -> list[Account]:
    """Writes a fleet of so many accounts into a directory and returns its accounts."""
    accounts = [Account(number, max(2, len(str(count)))) for number in range(1, count + 1)]
    inventory = directory / "inventory"
    # Accounts of a larger fleet that was here before would still have their variables.
    shutil.rmtree(inventory, ignore_errors=True)
    shutil.copytree(STANDARD, directory, dirs_exist_ok=True)
    _write_private(directory / "vault-password", PASSWORD + "\n")
    _write_yaml(inventory / "accounts.yml", _inventory(accounts))
    for account, text in _encrypted(accounts):
        (inventory / "host_vars" / account.name).mkdir(parents=True)
        _write_private(inventory / "host_vars" / account.name / "vault.yml", text)
    _write_images(directory / "images")
    _write_yaml(directory / "seed.yml", {"accounts": [_seeded(account) for account in accounts]})
    _write_private(
        directory / "accounts-file.yml",
        _yaml({"accounts": [{"name": account.name, **account.keys} for account in accounts]}),
    )
    return accounts


def _inventory(accounts: list[Account]) -> dict[str, Any]:
    hosts: dict[str, Any] = {account.name: {} for account in accounts}
    groups: dict[str, Any] = {f"brand_{name}": {"hosts": {}} for name in BRANDS}
    groups.update({f"region_{name}": {"hosts": {}} for name in REGIONS})
    for account in accounts:
        groups[f"brand_{account.brand}"]["hosts"][account.name] = None
        groups[f"region_{account.region}"]["hosts"][account.name] = None
    return {"all": {"hosts": hosts, "children": groups}}


def _encrypted(accounts: list[Account]) -> Iterator[tuple[Account, str]]:
    vault = VaultLib([("default", VaultSecret(PASSWORD.encode()))])
    for account in accounts:
        keys = {f"account_{name}": value for name, value in account.keys.items()}
        yield account, vault.encrypt(_yaml(keys)).decode() + "\n"


def _seeded(account: Account) -> dict[str, Any]:
    # Custom authorization is on, with nothing behind it: switching it on is not what the collection does.
    auth = [
        {"rank": 1, "enabled": "Y", "authType": "custom", "customKey": account.keys["app_id"]},
        {"rank": 2, "enabled": "N"},
    ]
    channels = [{**channel, "auth": auth} for channel in account.channels]
    return {**account.keys, "email": f"{account.name}@example.com", "channels": channels}


def _write_images(directory: Path) -> None:
    directory.mkdir(exist_ok=True)
    for name, colour in IMAGES.items():
        (directory / name).write_bytes(_png(colour))


def _png(colour: tuple[int, int, int], size: int = 8) -> bytes:
    """A square of one colour."""
    rows = (b"\0" + bytes(colour) * size) * size
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _write_yaml(path: Path, data: Any) -> None:
    path.write_text("---\n" + _yaml(data), encoding="utf-8")


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
