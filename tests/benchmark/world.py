"""The accounts that are measured: what the simulator holds, and the inventories that stand for them.

Every account has two channels and five settings, all of which are already as the plays want them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible.parsing.vault import VaultLib, VaultSecret

SHARE = "https://share.example.com/live"
CALLBACK = "https://hooks.example.com/polyv/recordings"
LOGIN = "https://login.example.com/polyv"
CASH_MIN = 1
GOOD_NAME, GOOD_PRICE = "鲜花", "0.99"
PASSWORD = "of a benchmark"

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

    @property
    def host(self) -> str:
        """Its name in the inventory."""
        return f"account-{self.number:04d}"

    @property
    def keys(self) -> dict[str, str]:
        """Its credentials, as variables of the role `account`. Secrets are as long as the vendor's, and all differ."""
        app_id = f"app{self.number:07d}"
        return {
            "account_app_id": app_id,
            "account_app_secret": hashlib.sha256(app_id.encode()).hexdigest()[:32],
            "account_user_id": f"{self.number:010x}",
        }

    @property
    def channels(self) -> tuple[str, str]:
        """The channel that takes cash, and the one that takes goods."""
        first = _FIRST_CHANNEL + 2 * self.number
        return str(first), str(first + 1)

    def seed(self) -> dict[str, Any]:
        """The account as the simulator is to hold it."""
        cash, goods = self.channels
        return {
            **{name.removeprefix("account_"): value for name, value in self.keys.items()},
            "weixin_share_url": SHARE,
            "record_callback_url": CALLBACK,
            "channels": [_channel(cash, takes_cash=True), _channel(goods, takes_cash=False)],
        }

    def variables(self, image: str) -> dict[str, Any]:
        """What the inventory says of it beside the keys: for the role `account`, and for a play written by hand."""
        cash, goods = self.channels
        return {
            "channel_ids": [cash, goods],
            "account_channels": [
                {
                    "channel_id": cash,
                    "oauth_custom": {"custom_uri": LOGIN},
                    "donate": {"type": "cash", "cash_min": CASH_MIN},
                },
                {"channel_id": goods, "donate": {"type": "good", "goods": _goods(image)}},
            ],
        }


@dataclass(frozen=True)
class World:
    """`size` accounts, and their inventories below `directory`: `plain`, and `vault` with an encrypted file for each."""

    size: int
    directory: Path

    @property
    def accounts(self) -> list[Account]:
        """All accounts."""
        return [Account(number) for number in range(self.size)]

    @property
    def password_file(self) -> Path:
        """The file of the vault password."""
        return self.directory / "vault-password"

    def inventory(self, vault: bool = False) -> Path:
        """The file of an inventory."""
        return self.directory / ("vault" if vault else "plain") / "inventory.json"

    def write(self, vault: bool) -> None:
        """Writes the plain inventory and the good's image; the other inventory only where it is asked for."""
        self.directory.mkdir(parents=True)
        (self.directory / "good.png").write_bytes(_IMAGE)
        image = str(self.directory / "good.png")
        plain = {account.host: {**account.keys, **account.variables(image)} for account in self.accounts}
        self._write_inventory(self.inventory(), plain, image)
        if vault:
            hosts = {account.host: account.variables(image) for account in self.accounts}
            self._write_inventory(self.inventory(vault=True), hosts, image)
            self._write_vault()

    def _write_inventory(self, path: Path, hosts: dict[str, Any], image: str) -> None:
        common = {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "account_weixin_share": {"url": SHARE},
            "account_record_callback": {"url": CALLBACK},
            "share": SHARE,
            "callback": CALLBACK,
            "login": LOGIN,
            "cash_min": CASH_MIN,
            "goods": _goods(image),
        }
        path.parent.mkdir()
        path.write_text(json.dumps({"accounts": {"hosts": hosts, "vars": common}}), encoding="utf-8")

    def _write_vault(self) -> None:
        self.password_file.write_text(PASSWORD, encoding="utf-8")
        vault = VaultLib([("default", VaultSecret(PASSWORD.encode()))])
        for account in self.accounts:
            directory = self.inventory(vault=True).parent / "host_vars" / account.host
            directory.mkdir(parents=True)
            (directory / "vault.yml").write_bytes(vault.encrypt(json.dumps(account.keys)))


def _goods(image: str) -> list[dict[str, str]]:
    return [{"name": GOOD_NAME, "price": GOOD_PRICE, "image": image}]


def _channel(channel_id: str, takes_cash: bool) -> dict[str, Any]:
    # Custom authorization is active: otherwise each task would warn of it, and printing that takes time.
    auth = {"rank": 1, "enabled": "Y", "authType": "custom", "customUri": LOGIN}
    good = {"goodName": GOOD_NAME, "goodPrice": float(GOOD_PRICE), "goodImg": "//img.example.com/good.png"}
    # The platform may not allow both kinds of donations on one channel.
    donate = {
        "donateCashEnabled": "Y" if takes_cash else "N",
        "cashMin": CASH_MIN if takes_cash else 0,
        "donateGoodEnabled": "N" if takes_cash else "Y",
        "goods": [] if takes_cash else [{**good, "goodEnabled": "Y"}],
    }
    return {"channel_id": channel_id, "auth": [auth], "donate": donate}
