"""Watch conditions ("auth items") of channels and accounts, and the old write of the custom authorization among them.

See docs/api.md §4; the newer writes are in `watch_conditions`.
"""

from collections.abc import Iterable
from typing import Any

from .. import condition_fields, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..endpoints import Endpoint
from ..seed_fields import Fields, SeedError

_DEFAULTS: Item = {"enabled": "N", "authType": None, "customKey": None, "customUri": None}
_KEY_LENGTH = 10


def new_item(rank: int) -> Item:
    """A watch condition that is off."""
    return {"rank": rank, **_DEFAULTS}


def conflict(items: Iterable[Item]) -> str | None:
    """Why the API would call these items an error together (docs/api.md §7.2)."""
    return condition_fields.conflict(
        {item["rank"]: item["authType"] for item in items if item["enabled"] == "Y"}
    )


def _seeded_items(fields: Fields, key: str) -> list[Item]:
    """The items of an account or a channel; nothing given is two items that are off.

    Only the second may be on: that is what `set-auth-type` may leave behind.
    """
    if fields.get(key) is None:
        return [new_item(rank) for rank in (1, 2)]
    items = _parsed(fields.entries(key), fields.where)
    problem = conflict(items)
    if problem and any(item["rank"] == 1 and item["enabled"] == "Y" for item in items):
        raise SeedError(f"{fields.where}: {problem}")
    return items


def _parsed(given: list[Any], where: str) -> list[Item]:
    """Complete items of different rank, whatever they are together. Further API fields are kept."""
    items = [
        _parsed_item(item, rank, f"{where}, auth item {rank}") for rank, item in enumerate(given, start=1)
    ]
    if len({item["rank"] for item in items}) < len(items):
        raise SeedError(f"{where}: two auth items have the same rank")
    return items


def _parsed_item(given: object, position: int, where: str) -> Item:
    fields = Fields(given, where)
    item = {**new_item(position), **fields.given, "enabled": fields.flag("enabled")}
    if item["rank"] not in (1, 2):
        raise SeedError(f"{where}: rank must be 1 or 2, not {item['rank']!r}")
    return item


ACCOUNT_FIELDS = {"auth": _seeded_items}
CHANNEL_FIELDS = {"auth": _seeded_items}


def auth_get(call: Call) -> Any:
    """The watch conditions of a channel; without `channelId` the account's default."""
    return shown_items(call, call.signed_channel())


def shown_items(call: Call, channel: Channel | None) -> list[Item]:
    """The items of a channel, or the account's default, by rank.

    What a channel that follows its account shows is open: the switch `oauth_follows_shows`.
    """
    follows = channel and call.followed(channel, "auth") == "Y"
    shows_account = channel is None or (follows and call.switches["oauth_follows_shows"] == "account")
    holder = call.account if channel is None or shows_account else channel
    items = sorted(call.read(holder, "auth"), key=lambda item: item["rank"])
    return [_shown_item(call, channel, item) for item in items]


def _shown_item(call: Call, channel: Channel | None, item: Item) -> Item:
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id) if channel else None,
        "userId": call.account.user_id,
        "globalSettingEnabled": call.followed(channel, "auth") if channel else None,
        **condition_fields.shown(call.switches, item),
    }


def oauth_custom(call: Call) -> Any:
    """Set `customUri`; without `channelId`, or with 0, on every channel and on the account's default."""
    call.require_own_user_id()
    uri = condition_fields.custom_uri("customUri", call.required("customUri"))
    channels = _channels(call)
    if channels is None:
        channels = list(call.account.channels.values())
        call.require_old_backend(call.account, *channels)
        _write_uri(call, call.account, uri)
    call.require_old_backend(*channels)
    return [
        {
            "channelId": presentation.channel_id(call.switches, channel.channel_id),
            "secretKey": _write_uri(call, channel, uri),
        }
        for channel in channels
    ]


def _channels(call: Call) -> list[Channel] | None:
    """The one channel meant; None for all. An empty value counts as left out, as Java's clients see it."""
    number, given = call.digits("channelId", 0), call.text.get("channelId", "")
    means_all = number == 0 and (given in ("", "0") or call.switches["channel_id_zeros"] == "number")
    return None if means_all else [call.channel(given)]


def _write_uri(call: Call, holder: Account | Channel, uri: str) -> str:
    """Write the item that the switches choose; return its key."""
    items = {item["rank"]: item for item in holder.settings["auth"]}
    rank = _rank(call, holder.settings["auth"])
    item = items.get(rank) or new_item(rank)
    items[rank] = changed = _changed_item(call, item, uri)
    if conflict(items.values()):
        # Whatever the switches want, two conditions that exclude each other don't come about.
        items[rank] = changed = {**changed, "authType": item["authType"], "enabled": item["enabled"]}
    call.write(holder, "auth", [items[rank] for rank in sorted(items)])
    return str(changed["customKey"])


def _rank(call: Call, items: list[Item]) -> int:
    """Which item is written is open; `custom` means the one that is of this type, else the first."""
    if call.switches["oauth_rank"] != "custom":
        return call.switches.number("oauth_rank")
    return next((int(item["rank"]) for item in items if item["authType"] == "custom"), 1)


def _changed_item(call: Call, item: Item, uri: str) -> Item:
    changed = {**item, "customUri": uri}
    if not item["customKey"] or call.switches["oauth_key"] == "change":
        changed["customKey"] = presentation.random_id(_KEY_LENGTH)
    if call.switches["oauth_switches_auth_type"] == "yes":
        changed["authType"] = "custom"
    if call.switches["oauth_switches_enabled"] == "yes":
        changed["enabled"] = "Y"
    return changed


ENDPOINTS = (
    Endpoint("auth-get", "read", "GET POST", "v3/channel/auth/get", auth_get),
    Endpoint("oauth-custom", "write", "POST", "v2/channelSetting/{}/oauth-custom", oauth_custom, "works"),
)
