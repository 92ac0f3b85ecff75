"""What the simulator keeps: accounts and their channels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

#: A setting, or an item of one: keys spelled as the API spells them.
Item = dict[str, Any]


@dataclass
class Channel:
    """One live channel; `settings` are the values that the services keep of it, by their keys in the seed.

    `global_settings`: whether it shows its account's settings wherever its setting `follows` says nothing else.
    """

    channel_id: str
    global_settings: str
    settings: dict[str, Any]


@dataclass
class Account:
    """One account and its application; a custom user has an `owner`, the user id that registered it."""

    user_id: str
    app_id: str
    app_secret: str
    email: str | None
    name: str | None
    owner: str | None
    forbidden: frozenset[str]
    missing: frozenset[str]
    settings: dict[str, Any]
    channels: dict[str, Channel]


class Accounts:
    """All accounts in the order of the seed, found by user id or by app id."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._by_user_id: dict[str, Account] = {}
        self._by_app_id: dict[str, Account] = {}
        for account in accounts:
            self.put(account)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_user_id.values())

    def put(self, account: Account) -> None:
        """Add an account, or replace the one with the same user id and app id."""
        self._by_user_id[account.user_id] = account
        self._by_app_id[account.app_id] = account

    def of_user(self, user_id: str) -> Account | None:
        """The account with this user id."""
        return self._by_user_id.get(user_id)

    def of_app(self, app_id: str | None) -> Account | None:
        """The account whose application this is."""
        return self._by_app_id.get(app_id) if app_id else None

    def with_email(self, email: str) -> list[Account]:
        """Accounts registered under an address, the oldest first."""
        return [account for account in self if account.email == email]
