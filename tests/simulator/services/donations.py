"""Donations: how they are seeded, the multipart write and its read (docs/api.md §4), the newer JSON writes (§5)."""

from typing import Any

from .. import errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..errors import ApiError
from ..registry import Endpoint
from ..seed_fields import Fields, SeedError
from . import donated_goods

_DONATE_DEFAULTS: Item = {
    "donateCashEnabled": "N",
    "donateGoodEnabled": "N",
    "donateTips": None,
    "cashMin": 0,
    "cashes": [],
    "goods": [],
}
_GOOD_KEYS = frozenset({"goodName", "goodImg", "goodPrice", "goodEnabled"})
_DONATE_FLAGS = ("donateCashEnabled", "donateGoodEnabled")
_MAX_CASH_MIN = 9999
_CASHES = 6
_MAX_NEW_GOODS = 10


def set_donate(call: Call) -> Any:
    """Set cash or goods of a channel; a form that is not multipart fails, even for cash."""
    channel = call.channel(call.path_value)
    stored = _settings(channel)
    if call.parameters.encoding != "multipart":
        raise ApiError("设置失败,请重试.")
    enabled = call.text.get("donateEnabled", "")
    if enabled not in ("Y", "N"):
        raise ApiError("donateEnabled is wrong.")
    kind = call.text.get("type", "")
    if kind == "cash":
        changes: Item = {"donateCashEnabled": enabled, "cashMin": _cash_min(call)}
    elif kind == "good":
        changes = {"donateGoodEnabled": enabled, "goods": donated_goods.read_goods(call)}
    else:
        raise ApiError("type is wrong.")
    _write(call, channel, {**stored, **changes}, kind)
    return presentation.written(call.switches, "success")


def donate_get(call: Call) -> Any:
    """The donations of a channel; one that follows its account shows the account's values (docs/api.md §4)."""
    channel = call.signed_channel()
    follows = channel is not None and channel.global_settings == "Y"
    holder: Account | Channel = call.account if channel is None or follows else channel
    donate = call.read(holder, "donate")
    if donate is None:
        raise errors.channel_setting_not_found()
    return {
        "globalSettingEnabled": channel.global_settings if channel else None,
        **donate,
        **presentation.with_texts(call.switches, {"donateTips": donate["donateTips"]}),
        "cashMin": presentation.price(call.switches, donate["cashMin"]),
        "cashes": [presentation.price(call.switches, cash) for cash in donate["cashes"]],
        "goods": [_shown_good(call, good) for good in donate["goods"]],
    }


def update_cash(call: Call) -> Any:
    """Set cash by JSON; without a `channelId` in the query it is the account's setting (docs/api.md §5)."""
    holder = call.signed_channel() or call.account
    body = call.json_object()
    cashes, cash_min = body.get("cashes"), body.get("cashMin")
    if not isinstance(cashes, list) or len(cashes) != _CASHES or not all(map(_is_amount, cashes)):
        raise errors.invalid_parameters()
    if not _is_amount(cash_min):
        raise ApiError("cashMin is wrong.")
    changes = {"donateCashEnabled": _enabled(body), "cashes": cashes, "cashMin": cash_min}
    _write(call, holder, {**_settings(holder), **changes}, "cash")
    return presentation.written(call.switches, "success")


def update_good(call: Call) -> Any:
    """Set goods by JSON, their images by address; `channelId` as in `update_cash` (docs/api.md §5)."""
    holder = call.signed_channel() or call.account
    body = call.json_object()
    goods = body.get("goods")
    if not isinstance(goods, list) or not 1 <= len(goods) <= _MAX_NEW_GOODS:
        raise errors.invalid_parameters()
    checked = [donated_goods.checked_good(good) for good in goods]
    changes = {"donateGoodEnabled": _enabled(body), "goods": checked}
    _write(call, holder, {**_settings(holder), **changes}, "good")
    return presentation.written(call.switches, "success")


def _settings(holder: Account | Channel) -> Item:
    if holder.donate is None:
        raise errors.channel_setting_not_found()
    return holder.donate


def _cash_min(call: Call) -> int | float:
    """The table says `casnMin`, everything else `cashMin`: which is read is open. Left out, it is 0."""
    name = call.switches["cash_min_name"]
    names = ("cashMin", "casnMin") if name == "both" else (name,)
    given = next((call.text[name] for name in names if call.text.get(name)), "0")
    amount = donated_goods.amount(given)
    if amount is None or amount > _MAX_CASH_MIN:
        raise ApiError("cashMin is wrong.")
    return amount


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MAX_CASH_MIN


def _enabled(body: Item) -> str:
    """Left out it is Y, as the vendor's client documents."""
    enabled = body.get("enabled") or "Y"
    if enabled not in ("Y", "N"):
        raise errors.invalid_parameters()
    return str(enabled)


def _write(call: Call, holder: Account | Channel, donate: Item, kind: str) -> None:
    """Whether one kind switches the other off is open: `cash_good_exclusive`."""
    own, other = ("donateCashEnabled", "donateGoodEnabled")[:: 1 if kind == "cash" else -1]
    if call.switches["cash_good_exclusive"] == "yes" and donate[own] == "Y":
        donate = {**donate, other: "N"}
    call.write(holder, "donate", donate)


def _shown_good(call: Call, good: Item) -> Item:
    return {**good, "goodPrice": presentation.price(call.switches, good["goodPrice"])}


def parse_donate(given: object, where: str) -> Item:
    """The donations of an account or a channel."""
    where = f"{where}, donate"
    fields = Fields({} if given is None else given, where, _DONATE_DEFAULTS)
    donate = {key: fields.get(key, default) for key, default in _DONATE_DEFAULTS.items()}
    donate.update({key: fields.flag(key) for key in _DONATE_FLAGS})
    donate["cashMin"] = _number(donate["cashMin"], f"{where}: cashMin")
    donate["cashes"] = [_number(cash, f"{where}: cashes") for cash in fields.entries("cashes")]
    donate["goods"] = [_good(good, f"{where}, good") for good in fields.entries("goods")]
    return donate


def _good(given: object, where: str) -> Item:
    fields = Fields(given, where, _GOOD_KEYS)
    return {
        "goodName": fields.required("goodName"),
        "goodImg": fields.optional("goodImg", "//liveimages.example/uploaded/seed.png"),
        "goodPrice": _number(fields.get("goodPrice", 0), f"{where}: goodPrice"),
        "goodEnabled": fields.flag("goodEnabled", "Y"),
    }


def _number(given: Any, where: str) -> int | float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise SeedError(f"{where} must be a number, not {given!r}")
    return given


ENDPOINTS = (
    Endpoint("donate-get", "read", "GET", "v3/channel/donate/get", donate_get),
    Endpoint("setDonate", "write", "POST", "v2/channelSetting/{}/setDonate", set_donate),
    Endpoint("update-cash", "write", "POST", "v3/channel/donate/update-cash", update_cash),
    Endpoint("update-good", "write", "POST", "v3/channel/donate/update-good", update_good),
)
