"""Watch conditions ("auth items"): how they are seeded, read (docs/api.md §4) and written by the newer endpoint (§5)."""

from collections.abc import Iterable
from typing import Any

from .. import errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..registry import Endpoint
from ..seed_fields import Fields, SeedError

_AUTH_DEFAULTS: Item = {"enabled": "N", "authType": None, "customKey": None, "customUri": None}

_TEXTS = ("authType", "customKey", "customUri")


def parse_auth(given: object, where: str) -> list[Item]:
    """A list of auth items by rank; nothing given is two items that are off. Further API fields are kept."""
    if given is None:
        return [new_auth_item(rank) for rank in (1, 2)]
    if not isinstance(given, list):
        raise SeedError(f"{where}: auth must be a list, not {given!r}")
    items = parse_auth_items(given, where)
    problem = auth_conflict(items)
    if problem:
        raise SeedError(f"{where}: {problem}")
    return items


def parse_auth_items(given: list[Any], where: str) -> list[Item]:
    """Items of different rank, whatever they are together."""
    items = [_auth_item(item, rank, f"{where}, auth item {rank}") for rank, item in enumerate(given, start=1)]
    if len({item["rank"] for item in items}) < len(items):
        raise SeedError(f"{where}: two auth items have the same rank")
    return items


def auth_conflict(items: Iterable[Item]) -> str | None:
    """Why the API would call these items an error together (docs/api.md §7.2)."""
    on = {item["rank"]: item["authType"] for item in items if item["enabled"] == "Y"}
    if set(on) == {2}:
        return "rank 2 is enabled while rank 1 is not"
    if len(on) > 1 and on[1] == on[2]:
        return f"both ranks are enabled with the authType {on[1]!r}"
    return None


def new_auth_item(rank: int) -> Item:
    """A watch condition that is off."""
    return {"rank": rank, **_AUTH_DEFAULTS}


def _auth_item(given: object, position: int, where: str) -> Item:
    fields = Fields(given, where, allowed=given if isinstance(given, dict) else ())
    item = {**new_auth_item(position), **(given if isinstance(given, dict) else {})}
    item["enabled"] = fields.flag("enabled")
    if item["rank"] not in (1, 2):
        raise SeedError(f"{where}: rank must be 1 or 2, not {item['rank']!r}")
    return item


def shown_items(call: Call, channel: Channel | None) -> list[Item]:
    """The items of a channel, or the account's default, by rank.

    What a channel that follows its account shows is open: the switch `oauth_follows_shows`.
    """
    holder: Account | Channel = channel or call.account
    follows = channel is not None and channel.global_settings == "Y"
    if follows and call.switches["oauth_follows_shows"] == "account":
        holder = call.account
    items = sorted(call.read(holder, "auth"), key=lambda item: item["rank"])
    return [_shown_item(call, channel, item) for item in items]


def _shown_item(call: Call, channel: Channel | None, item: Item) -> dict[str, Any]:
    texts = presentation.with_texts(call.switches, {name: item[name] for name in _TEXTS})
    others = {name: value for name, value in item.items() if name not in _TEXTS}
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id) if channel else None,
        "userId": call.account.user_id,
        "globalSettingEnabled": channel.global_settings if channel else None,
        **others,
        **texts,
    }


def auth_get(call: Call) -> Any:
    """The watch conditions of a channel; without `channelId` the account's default."""
    return shown_items(call, call.signed_channel())


def auth_update(call: Call) -> Any:
    """Change watch conditions by JSON.

    Only the query's `channelId` counts: one in the body is ignored, and the account's default is changed.
    """
    holder = call.signed_channel() or call.account
    given = _checked(call.json_object().get("authSettings"))
    merged = _merge(holder, given)
    if auth_conflict(merged.values()):
        raise errors.invalid_parameters()
    call.write(holder, "auth", [merged[rank] for rank in sorted(merged)])
    return presentation.written(call.switches, True)


def _checked(given: Any) -> list[Item]:
    """Items as sent: parsing tells whether they are good, but its defaults must not be written."""
    if not given:
        raise errors.empty_parameter("authSettings")
    if not isinstance(given, list):
        raise errors.invalid_parameters()
    try:
        complete = parse_auth_items(given, "authSettings")
    except SeedError as error:
        raise errors.invalid_parameters() from error
    items = [{**item, "rank": parsed["rank"]} for item, parsed in zip(given, complete, strict=True)]
    return [item for item in items if not _says_nothing(item)]


def _says_nothing(item: Item) -> bool:
    """Taken, and nothing changes (docs/api.md §7.2)."""
    return (item["rank"], item.get("authType"), item.get("enabled")) == (1, "none", "N")


def _merge(holder: Account | Channel, given: list[Item]) -> dict[int, Item]:
    """Sent fields over the stored ones, rank by rank: a field that is not sent stays."""
    stored: dict[int, Item] = {item["rank"]: item for item in holder.auth}
    changed = {
        item["rank"]: {**stored.get(item["rank"], new_auth_item(item["rank"])), **item} for item in given
    }
    return {**stored, **changed}


ENDPOINTS = (
    Endpoint("auth-get", "read", "GET POST", "v3/channel/auth/get", auth_get),
    Endpoint("auth-update", "write", "POST", "v3/channel/auth/update", auth_update),
)
