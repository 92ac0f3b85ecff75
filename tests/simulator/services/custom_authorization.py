"""Custom authorization of one channel, or of a whole account (docs/api.md §4)."""

import secrets
import string
from typing import Any
from urllib.parse import urlsplit

from .. import errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..registry import Endpoint
from .watch_conditions import auth_conflict, new_auth_item

_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


def oauth_custom(call: Call) -> Any:
    """Set `customUri`; without `channelId`, or with 0, on every channel and on the account's default."""
    call.require_own_user_id()
    uri = _checked_uri(call.required("customUri"))
    channels = _channels(call)
    if channels is None:
        channels = list(call.account.channels.values())
        _write(call, call.account, uri)
    return [_result(call, channel, _write(call, channel, uri)) for channel in channels]


def _checked_uri(uri: str) -> str:
    """No question mark, and no local host (docs/api.md §4)."""
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise errors.invalid_parameters() from error
    is_web_address = parts.scheme in ("http", "https") and parts.hostname
    if "?" in uri or not is_web_address or parts.hostname in _LOCAL_HOSTS:
        raise errors.invalid_parameters()
    return uri


def _channels(call: Call) -> list[Channel] | None:
    """The one channel meant; None for all. An empty value counts as left out, as Java's clients see it."""
    number, given = call.digits("channelId", 0), call.text.get("channelId", "")
    means_all = number == 0 and (given in ("", "0") or call.switches["channel_id_zeros"] == "number")
    return None if means_all else [call.channel(given)]


def _write(call: Call, holder: Account | Channel, uri: str) -> str:
    """Write the item that the switches choose; return its key."""
    items = {item["rank"]: item for item in holder.auth}
    rank = _rank(call, holder.auth)
    item = items.get(rank) or new_auth_item(rank)
    items[rank] = changed = _changed_item(call, item, uri)
    if auth_conflict(items.values()):
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
        changed["customKey"] = _new_key()
    if call.switches["oauth_switches_auth_type"] == "yes":
        changed["authType"] = "custom"
    if call.switches["oauth_switches_enabled"] == "yes":
        changed["enabled"] = "Y"
    return changed


def _new_key() -> str:
    """Ten letters and digits, like the key in the seed's sample."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _unused in range(10))


def _result(call: Call, channel: Channel, key: str) -> dict[str, Any]:
    return {"channelId": presentation.channel_id(call.switches, channel.channel_id), "secretKey": key}


ENDPOINTS = (Endpoint("oauth-custom", "write", "POST", "v2/channelSetting/{}/oauth-custom", oauth_custom),)
