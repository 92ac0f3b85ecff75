"""The accounts that are measured: what the simulator holds, and the inventory that stands for them.

A world is `accounts` accounts with two channels each, or one account with many channels. It has two states: `settled`,
where everything is already as the plays want it, and the one before, where every setting differs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARE = "https://share.example.com/live"
CALLBACK = "https://hooks.example.com/polyv/recordings"
LOGIN = "https://login.example.com/polyv"
CASH_MIN = 1
GOOD_NAME, GOOD_PRICE = "鲜花", "0.99"

# The smallest PNG there is: what an image weighs is not what is measured.
_IMAGE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
_FIRST_CHANNEL = 2_000_000


@dataclass(frozen=True)
class Account:
    """One account, by number."""

    number: int
    channels: tuple[str, ...]

    @property
    def app_id(self) -> str:
        """The application's id."""
        return f"app{self.number:07d}"

    @property
    def app_secret(self) -> str:
        """As long as the vendor's, and not the same for two accounts."""
        return hashlib.sha256(self.app_id.encode()).hexdigest()[:32]

    @property
    def user_id(self) -> str:
        """The account's id."""
        return f"{self.number:010x}"

    def seed(self, settled: bool) -> dict[str, Any]:
        """The account as the simulator is to hold it."""
        return {
            "user_id": self.user_id,
            "app_id": self.app_id,
            "app_secret": self.app_secret,
            "weixin_share_url": SHARE if settled else None,
            "record_callback_url": CALLBACK if settled else None,
            "channels": [_channel(channel, settled) for channel in self.channels],
        }

    def variables(self) -> dict[str, Any]:
        """What the inventory says of it, and what the plain script is given."""
        return {
            "polyv_app_id": self.app_id,
            "polyv_app_secret": self.app_secret,
            "polyv_user_id": self.user_id,
            "polyv_channels": list(self.channels),
        }


@dataclass(frozen=True)
class World:
    """The accounts of one measurement. `size` counts accounts, or the channels of the only one."""

    size: int
    accounts: tuple[Account, ...]

    def seed(self, settled: bool) -> list[dict[str, Any]]:
        """All accounts as the simulator is to hold them."""
        return [account.seed(settled) for account in self.accounts]

    def write(self, directory: Path) -> None:
        """Writes `inventory.json` with one host for each account, and the good's image."""
        hosts = {f"account-{account.number:04d}": account.variables() for account in self.accounts}
        common = {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "share": SHARE,
            "callback": CALLBACK,
            "login": LOGIN,
            "cash_min": CASH_MIN,
            "goods": [{"name": GOOD_NAME, "price": GOOD_PRICE, "image": str(directory / "good.png")}],
        }
        inventory = {"accounts": {"hosts": hosts, "vars": common}}
        (directory / "inventory.json").write_text(json.dumps(inventory), encoding="utf-8")
        (directory / "good.png").write_bytes(_IMAGE)


def many_accounts(count: int) -> World:
    """`count` accounts with two channels each."""
    return World(count, tuple(Account(number, _ids(2 * number, 2)) for number in range(count)))


def one_account(channels: int) -> World:
    """One account with so many channels."""
    return World(channels, (Account(0, _ids(0, channels)),))


def _ids(first: int, count: int) -> tuple[str, ...]:
    return tuple(str(_FIRST_CHANNEL + first + index) for index in range(count))


def _channel(channel_id: str, settled: bool) -> dict[str, Any]:
    # Custom authorization is active in both states: otherwise each task would warn of it, and printing that takes time.
    auth = {
        "rank": 1,
        "enabled": "Y",
        "authType": "custom",
        "customUri": LOGIN if settled else f"{LOGIN}/old",
    }
    good = {"goodName": GOOD_NAME, "goodPrice": float(GOOD_PRICE), "goodImg": "//img.example.com/good.png"}
    # Only the first channel takes cash, and only the second one goods; the platform may not allow both on one.
    takes_cash = int(channel_id) % 2 == 0
    donate = {
        "donateCashEnabled": "Y" if settled and takes_cash else "N",
        "cashMin": CASH_MIN if settled and takes_cash else 0,
        "donateGoodEnabled": "Y" if settled and not takes_cash else "N",
        "goods": [{**good, "goodEnabled": "Y"}] if settled and not takes_cash else [],
    }
    return {"channel_id": channel_id, "auth": [auth], "donate": donate}
