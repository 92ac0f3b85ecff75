"""Watch conditions: the read of contract §4 and the newer write of contract §5."""

from typing import Any

from .. import errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..seed_fields import SeedError
from ..seed_settings import auth_conflict, new_auth_item, parse_auth_items
from .auth_items import shown_items


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
    """Taken, and nothing changes (contract §7.2)."""
    return (item["rank"], item.get("authType"), item.get("enabled")) == (1, "none", "N")


def _merge(holder: Account | Channel, given: list[Item]) -> dict[int, Item]:
    """Sent fields over the stored ones, rank by rank: a field that is not sent stays."""
    stored: dict[int, Item] = {item["rank"]: item for item in holder.auth}
    changed = {
        item["rank"]: {**stored.get(item["rank"], new_auth_item(item["rank"])), **item} for item in given
    }
    return {**stored, **changed}
