"""The seed: the document that test accounts are made from; state file and control API speak it too."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import asdict
from typing import Any

from .accounts import Account, Accounts, Channel
from .seed_fields import Fields, SeedError
from .services.callbacks import parse_callbacks
from .services.donations import parse_donate
from .services.watch_conditions import parse_auth

Document = dict[str, Any]

#: Ids of channels that the seed only counts: 3000001, 3000002, … in the order of the seed.
FIRST_GENERATED_CHANNEL = 3_000_001

_ACCOUNT_KEYS = frozenset(Account.__dataclass_fields__)
_CHANNEL_KEYS = frozenset(Channel.__dataclass_fields__)


class SeedReader:
    """Reads seed documents; knows the endpoints' names, for `forbidden` and `missing`."""

    def __init__(self, endpoint_names: Collection[str]) -> None:
        self._endpoint_names = endpoint_names

    def read(self, document: object) -> Accounts:
        """All accounts of a document."""
        fields = Fields({} if document is None else document, "seed", ("accounts", "custom_users"))
        given = fields.entries("accounts")
        custom = fields.entries("custom_users")
        free_ids = _generated_ids(_given_channel_ids([*given, *custom]))
        own = [self.account(entry, f"accounts[{i}]", free_ids) for i, entry in enumerate(given)]
        users = [self._custom_user(entry, f"custom_users[{i}]", free_ids) for i, entry in enumerate(custom)]
        _require_unique([*own, *users])
        return Accounts([*own, *users])

    def account(self, given: object, where: str, free_ids: Iterator[str] | None = None) -> Account:
        """One account; without `free_ids` its channels must be a list."""
        fields = Fields(given, where, _ACCOUNT_KEYS)
        return Account(
            user_id=fields.required("user_id"),
            app_id=fields.required("app_id"),
            app_secret=fields.required("app_secret"),
            email=fields.optional("email"),
            name=fields.optional("name"),
            owner=fields.optional("owner"),
            weixin_share_url=fields.optional("weixin_share_url"),
            record_callback_url=fields.optional("record_callback_url"),
            callback=parse_callbacks(fields),
            forbidden=_names(fields.entries("forbidden"), self._endpoint_names, f"{where}, forbidden"),
            missing=_names(fields.entries("missing"), self._endpoint_names, f"{where}, missing"),
            auth=parse_auth(fields.get("auth"), where),
            donate=parse_donate(fields.get("donate"), where),
            channels=_channels(fields, free_ids),
        )

    def _custom_user(self, given: object, where: str, free_ids: Iterator[str]) -> Account:
        account = self.account(given, where, free_ids)
        if not account.email or not account.owner:
            raise SeedError(f"{where}: email and owner are required")
        return account


def dump(accounts: Accounts) -> Document:
    """The document that makes these accounts again."""
    documents = [dump_account(account) for account in accounts]
    return {
        "accounts": [document for document in documents if document["owner"] is None],
        "custom_users": [document for document in documents if document["owner"] is not None],
    }


def dump_account(account: Account) -> Document:
    """One account in the seed's schema, complete."""
    document = asdict(account)
    document["forbidden"] = sorted(account.forbidden)
    document["missing"] = sorted(account.missing)
    document["channels"] = list(document["channels"].values())
    return document


def _channels(fields: Fields, free_ids: Iterator[str] | None) -> dict[str, Channel]:
    given = fields.get("channels")
    if isinstance(given, int) and not isinstance(given, bool):
        if free_ids is None:
            raise SeedError(f"{fields.where}: channels must be a list here")
        entries: list[Any] = [{"channel_id": channel_id} for channel_id in itertools.islice(free_ids, given)]
    else:
        entries = fields.entries("channels")
    channels = [_channel(entry, f"{fields.where}, channels[{i}]") for i, entry in enumerate(entries)]
    by_id = {channel.channel_id: channel for channel in channels}
    if len(by_id) < len(channels):
        raise SeedError(f"{fields.where}: a channel_id occurs twice")
    return by_id


def _channel(given: object, where: str) -> Channel:
    fields = Fields(given, where, _CHANNEL_KEYS)
    channel_id = fields.required("channel_id")
    if not channel_id.isdigit():
        raise SeedError(f"{where}: channel_id must be digits, not {channel_id!r}")
    # A null that somebody wrote down means a channel without settings; nothing given means default settings.
    without_donate = fields.get("donate", {}) is None
    return Channel(
        channel_id=channel_id,
        name=fields.optional("name") or f"channel {channel_id}",
        passwd=fields.optional("passwd") or f"pw{channel_id}",
        global_settings=fields.flag("global_settings"),
        auth=parse_auth(fields.get("auth"), where),
        donate=None if without_donate else parse_donate(fields.get("donate"), where),
    )


def _given_channel_ids(entries: Iterable[Any]) -> Set[str]:
    listed = (entry.get("channels") for entry in entries if isinstance(entry, dict))
    channels = itertools.chain.from_iterable(channels for channels in listed if isinstance(channels, list))
    return {str(channel.get("channel_id")) for channel in channels if isinstance(channel, dict)}


def _generated_ids(taken: Set[str]) -> Iterator[str]:
    return (number for number in map(str, itertools.count(FIRST_GENERATED_CHANNEL)) if number not in taken)


def _require_unique(accounts: Iterable[Account]) -> None:
    seen: set[tuple[str, str]] = set()
    for account in accounts:
        ids = [("user_id", account.user_id), ("app_id", account.app_id)]
        ids += [("channel_id", channel_id) for channel_id in account.channels]
        for kind, value in ids:
            if (kind, value) in seen:
                raise SeedError(f"seed: {kind} {value} occurs twice")
            seen.add((kind, value))


def _names(given: list[Any], known: Collection[str], where: str) -> frozenset[str]:
    """A list of endpoint names."""
    unknown = [name for name in given if name not in known]
    if unknown:
        there_are = ", ".join(sorted(known))
        raise SeedError(f"{where}: no endpoint is named {unknown[0]!r}; there are: {there_are}")
    return frozenset(given)
