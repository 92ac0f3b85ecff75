"""The seed: the document that test accounts are made from; state file and control API speak it too."""

import itertools
from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict, fields
from typing import Any

from .accounts import Account, Accounts, Channel
from .seed_fields import Fields, SeedError
from .services import ACCOUNT_FIELDS, CHANNEL_FIELDS, REGISTRY, FieldReaders

Document = dict[str, Any]

#: Ids of channels that the seed only counts: 3000001, 3000002, … in the order of the seed.
_FIRST_GENERATED_CHANNEL = 3_000_001

_ACCOUNT_KEYS = {field.name for field in fields(Account)} - {"settings"} | set(ACCOUNT_FIELDS)
_CHANNEL_KEYS = {field.name for field in fields(Channel)} - {"settings"} | set(CHANNEL_FIELDS)
_UNCHANGEABLE = ("user_id", "app_id", "owner")


def read_seed(document: object) -> Accounts:
    """All accounts of a document."""
    seed = Fields({} if document is None else document, "seed", ("accounts", "custom_users"))
    own, custom = seed.entries("accounts"), seed.entries("custom_users")
    free_ids = _generated_ids(_given_channel_ids([*own, *custom]))
    accounts = [read_account(entry, f"accounts[{i}]", free_ids) for i, entry in enumerate(own)]
    for i, entry in enumerate(custom):
        user = read_account(entry, f"custom_users[{i}]", free_ids)
        if not user.email or not user.owner:
            raise SeedError(f"custom_users[{i}]: email and owner are required")
        accounts.append(user)
    _require_unique(accounts)
    return Accounts(accounts)


def read_account(given: object, where: str, free_ids: Iterator[str] | None = None) -> Account:
    """One account; without `free_ids` its channels must be a list."""
    account = Fields(given, where, _ACCOUNT_KEYS)
    return Account(
        user_id=account.required("user_id"),
        app_id=account.required("app_id"),
        app_secret=account.required("app_secret"),
        email=account.optional("email"),
        name=account.optional("name"),
        owner=account.optional("owner"),
        forbidden=_endpoint_names(account, "forbidden"),
        missing=_endpoint_names(account, "missing"),
        settings=_settings(account, ACCOUNT_FIELDS),
        channels=_channels(account, free_ids),
    )


def changed_account(account: Account, changes: object) -> Account:
    """An account with some of its top-level keys replaced, and those of its channels by their id."""
    where = f"account {account.user_id}"
    given = Fields(changes, where, _ACCOUNT_KEYS)
    document = dump_account(account)
    for key in _UNCHANGEABLE:
        if given.get(key, document[key]) != document[key]:
            raise SeedError(f"{where}: {key} can't be changed; replace the accounts instead")
    channels = {channel["channel_id"]: channel for channel in document["channels"]}
    for change in given.entries("channels"):
        if not isinstance(change, dict) or "channel_id" not in change:
            raise SeedError("channels: each entry needs a channel_id")
        channel_id = str(change["channel_id"])
        channels[channel_id] = {**channels.get(channel_id, {}), **change}
    return read_account({**document, **given.given, "channels": list(channels.values())}, where)


def dump(accounts: Accounts) -> Document:
    """The document that makes these accounts again."""
    documents = [dump_account(account) for account in accounts]
    return {
        "accounts": [document for document in documents if document["owner"] is None],
        "custom_users": [document for document in documents if document["owner"] is not None],
    }


def dump_account(account: Account) -> Document:
    """One account in the seed's schema, complete."""
    document = _flat(asdict(account))
    document["forbidden"] = sorted(account.forbidden)
    document["missing"] = sorted(account.missing)
    document["channels"] = [_flat(channel) for channel in document["channels"].values()]
    return document


def _flat(document: Document) -> Document:
    """The services' settings among the other keys."""
    settings = document.pop("settings")
    return {**document, **settings}


def _settings(holder: Fields, readers: FieldReaders) -> dict[str, Any]:
    return {key: read(holder, key) for key, read in readers.items()}


def _channels(account: Fields, free_ids: Iterator[str] | None) -> dict[str, Channel]:
    given = account.get("channels")
    if isinstance(given, int) and not isinstance(given, bool):
        if free_ids is None:
            raise SeedError(f"{account.where}: channels must be a list here")
        entries: list[Any] = [{"channel_id": channel_id} for channel_id in itertools.islice(free_ids, given)]
    else:
        entries = account.entries("channels")
    channels = [read_channel(entry, f"{account.where}, channels[{i}]") for i, entry in enumerate(entries)]
    by_id = {channel.channel_id: channel for channel in channels}
    if len(by_id) < len(channels):
        raise SeedError(f"{account.where}: a channel_id occurs twice")
    return by_id


def read_channel(given: object, where: str) -> Channel:
    """One channel."""
    channel = Fields(given, where, _CHANNEL_KEYS)
    channel_id = channel.required("channel_id")
    if not channel_id.isdigit():
        raise SeedError(f"{where}: channel_id must be digits, not {channel_id!r}")
    return Channel(channel_id, channel.flag("global_settings"), _settings(channel, CHANNEL_FIELDS))


def _given_channel_ids(entries: Iterable[Any]) -> Set[str]:
    listed = (entry.get("channels") for entry in entries if isinstance(entry, dict))
    channels = itertools.chain.from_iterable(channels for channels in listed if isinstance(channels, list))
    return {str(channel.get("channel_id")) for channel in channels if isinstance(channel, dict)}


def _generated_ids(taken: Set[str]) -> Iterator[str]:
    return (number for number in map(str, itertools.count(_FIRST_GENERATED_CHANNEL)) if number not in taken)


def _require_unique(accounts: Iterable[Account]) -> None:
    seen: set[tuple[str, str]] = set()
    for account in accounts:
        ids = [("user_id", account.user_id), ("app_id", account.app_id)]
        ids += [("channel_id", channel_id) for channel_id in account.channels]
        for kind, value in ids:
            if (kind, value) in seen:
                raise SeedError(f"seed: {kind} {value} occurs twice")
            seen.add((kind, value))


def _endpoint_names(account: Fields, key: str) -> frozenset[str]:
    names = account.entries(key)
    unknown = [name for name in names if name not in REGISTRY.names]
    if unknown:
        there_are = ", ".join(sorted(REGISTRY.names))
        raise SeedError(
            f"{account.where}, {key}: no endpoint is named {unknown[0]!r}; there are: {there_are}"
        )
    return frozenset(names)
