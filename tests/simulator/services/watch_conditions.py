"""The newer write of watch conditions, and the documented way to switch them off (docs/api.md §7.2)."""

from typing import Any, Final

from .. import condition_fields, errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..endpoints import Endpoint
from ..json_values import checked, flag, integer, one_of
from .authorization import conflict, new_item

_INFO_FIELDS: Final = 5
_KEY_LENGTH: Final = 10
_NONE: Final = "none"


def auth_update(call: Call) -> Any:
    """Change watch conditions by JSON: sent fields over the stored ones, rank by rank.

    Only the query's `channelId` counts: one in the body is ignored, and the account's default is changed. Whether
    that changes channels, too, is open: the switch `auth_update_without_channel`.
    """
    channel = call.signed_channel()
    sent = _sent_items(call)
    holders: list[Account | Channel] = [channel or call.account]
    if channel is None and call.switches["auth_update_without_channel"] == "channels":
        holders += call.account.channels.values()
    changed = [(holder, _merged(holder, sent)) for holder in holders]
    for holder, items in changed:
        call.write(holder, "auth", items)
    return presentation.written(call.switches, True)


def _sent_items(call: Call) -> list[Item]:
    """The items of a body, checked, of different rank; without a rank it is the position."""
    given = call.json_object().get("authSettings")
    if not given:
        raise errors.empty_parameter("authSettings")
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise errors.invalid_parameters()
    limits = {"authCode": call.switches.number("auth_code_most"), "customKey": _KEY_LENGTH}
    item_checks = {
        "rank": integer(1, 2),
        "enabled": flag,
        "authType": one_of(*condition_fields.TYPES, _NONE),
        **condition_fields.checks(limits, _INFO_FIELDS),
    }
    items = [{"rank": position, **checked(item, item_checks)} for position, item in enumerate(given, start=1)]
    ranks = {item["rank"] for item in items}
    if len(ranks) < len(items) or not ranks <= {1, 2}:
        raise errors.invalid_parameters()
    return items


def _merged(holder: Account | Channel, sent: list[Item]) -> list[Item]:
    """What a holder's items become. A type none is no type to store, and on rank 1 it says nothing at all."""
    items: dict[int, Item] = {item["rank"]: item for item in holder.settings["auth"]}
    for item in sent:
        rank, is_none = item["rank"], item.get("authType") == _NONE
        if is_none and item.get("enabled") != "N":
            raise errors.invalid_parameters()
        if is_none and rank == 1:
            continue
        change = {"enabled": "N"} if is_none else item
        items[rank] = _enabled_completely({**new_item(rank), **items.get(rank, {}), **change}, change)
    if conflict(items.values()):
        raise errors.invalid_parameters()
    return [items[rank] for rank in sorted(items)]


def _enabled_completely(item: Item, change: Item) -> Item:
    """Refuse an item that would be on without a type, or without what its type needs."""
    if item["enabled"] == "Y":
        if item["authType"] in (None, "", _NONE):
            raise errors.invalid_parameters()
        condition_fields.require(change, condition_fields.REQUIRED)
    return item


def set_auth_type(call: Call) -> Any:
    """Switch off; what happens to rank 2, and which type shows then, is open: the switches `set_auth_type_…`."""
    channel = call.channel(call.path_value)
    if call.required("authType") != _NONE:
        raise errors.invalid_parameters()
    call.require_old_backend(channel)
    ranks = (1, 2) if call.switches["set_auth_type_ranks"] == "both" else (1,)
    off = {"enabled": "N", **({"authType": _NONE} if call.switches["set_auth_type_shows"] == _NONE else {})}
    items = [{**item, **off} if item["rank"] in ranks else item for item in channel.settings["auth"]]
    call.write(channel, "auth", items)
    return presentation.written(call.switches, True)


ENDPOINTS = (
    Endpoint("auth-update", "write", "POST", "v3/channel/auth/update", auth_update),
    Endpoint("set-auth-type", "write", "POST", "v2/channelSetting/{}/set-auth-type", set_auth_type, "works"),
)
