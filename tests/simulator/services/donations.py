"""Donations of channels and accounts: the multipart write and its read (docs/api.md §4), the newer JSON writes (§5)."""

import re
import secrets
from typing import Any

from .. import errors, presentation
from ..accounts import Account, Channel, Item
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError
from ..parameters import Upload
from ..seed_fields import Fields, SeedError

Amount = int | float

_DEFAULTS: Item = {
    "donateCashEnabled": "N",
    "donateGoodEnabled": "N",
    "donateTips": None,
    "cashMin": 0,
    "cashes": [],
    "goods": [],
}
_GOOD_KEYS = ("goodName", "goodImg", "goodPrice", "goodEnabled")
_MAX_CASH_MIN = 9999
_CASHES = 6
_MAX_GOODS = 3
_MAX_NEW_GOODS = 10
_MAX_IMAGE_BYTES = 100 * 1024
_IMAGE_STARTS = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_TRY_AGAIN = "设置失败,请重试."


def _seeded_donate(fields: Fields, key: str) -> Item:
    where = f"{fields.where}, {key}"
    donate = Fields({} if fields.get(key) is None else fields.get(key), where, _DEFAULTS)
    return {
        **_DEFAULTS,
        **donate.given,
        "donateCashEnabled": donate.flag("donateCashEnabled"),
        "donateGoodEnabled": donate.flag("donateGoodEnabled"),
        "cashMin": _seeded_amount(donate.get("cashMin", 0), f"{where}: cashMin"),
        "cashes": [_seeded_amount(cash, f"{where}: cashes") for cash in donate.entries("cashes")],
        "goods": [_seeded_good(good, f"{where}, good") for good in donate.entries("goods")],
    }


def _seeded_good(given: object, where: str) -> Item:
    fields = Fields(given, where, _GOOD_KEYS)
    return {
        "goodName": fields.required("goodName"),
        "goodImg": fields.optional("goodImg", "//liveimages.example/uploaded/seed.png"),
        "goodPrice": _seeded_amount(fields.get("goodPrice", 0), f"{where}: goodPrice"),
        "goodEnabled": fields.flag("goodEnabled", "Y"),
    }


def _seeded_amount(given: Any, where: str) -> Amount:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise SeedError(f"{where} must be a number, not {given!r}")
    return given


def _seeded_channel_donate(fields: Fields, key: str) -> Item | None:
    """A null that somebody wrote down means a channel without settings; nothing given means default settings."""
    return None if fields.get(key, {}) is None else _seeded_donate(fields, key)


ACCOUNT_FIELDS = {"donate": _seeded_donate}
CHANNEL_FIELDS = {"donate": _seeded_channel_donate}


def donate_get(call: Call) -> Any:
    """The donations of a channel; one that follows its account shows the account's values (docs/api.md §4)."""
    channel = call.signed_channel()
    followed = call.followed(channel, "donate") if channel else None
    donate = call.read(call.account if channel is None or followed == "Y" else channel, "donate")
    if donate is None:
        raise _no_settings()
    return {
        "globalSettingEnabled": followed,
        **donate,
        **presentation.with_texts(call.switches, {"donateTips": donate["donateTips"]}),
        "cashMin": presentation.price(call.switches, donate["cashMin"]),
        "cashes": [presentation.price(call.switches, cash) for cash in donate["cashes"]],
        "goods": [
            {**good, "goodPrice": presentation.price(call.switches, good["goodPrice"])}
            for good in donate["goods"]
        ],
    }


def set_donate(call: Call) -> Any:
    """Set cash or goods of a channel; a form that is not multipart fails, even for cash."""
    channel = call.channel(call.path_value)
    if channel.settings["donate"] is None:
        raise _no_settings()
    if call.parameters.encoding != "multipart":
        raise ApiError(_TRY_AGAIN)
    enabled = call.text.get("donateEnabled", "")
    if enabled not in ("Y", "N"):
        raise ApiError("donateEnabled is wrong.")
    kind = call.text.get("type", "")
    if kind == "cash":
        return _write(call, channel, kind, enabled, cashMin=_cash_min(call))
    if kind == "good":
        return _write(call, channel, kind, enabled, goods=_goods(call))
    raise ApiError("type is wrong.")


def update_cash(call: Call) -> Any:
    """Set cash by JSON; without a `channelId` in the query it is the account's setting (docs/api.md §5)."""
    holder = call.signed_channel() or call.account
    body = call.json_object()
    cashes, cash_min = body.get("cashes"), body.get("cashMin")
    if not isinstance(cashes, list) or len(cashes) != _CASHES or not all(map(_is_amount, cashes)):
        raise errors.invalid_parameters()
    if not _is_amount(cash_min):
        raise ApiError("cashMin is wrong.")
    return _write(call, holder, "cash", _enabled(body), cashes=cashes, cashMin=cash_min)


def update_good(call: Call) -> Any:
    """Set goods by JSON, their images by address; `channelId` as in `update_cash` (docs/api.md §5)."""
    holder = call.signed_channel() or call.account
    body = call.json_object()
    goods = body.get("goods")
    if not isinstance(goods, list) or not 1 <= len(goods) <= _MAX_NEW_GOODS:
        raise errors.invalid_parameters()
    return _write(call, holder, "good", _enabled(body), goods=[_new_good(good) for good in goods])


def _write(call: Call, holder: Account | Channel, kind: str, enabled: str, **changes: Any) -> Any:
    """Write one kind; whether enabling it switches the other off is open: `cash_good_exclusive`."""
    stored = holder.settings["donate"]
    if stored is None:
        raise _no_settings()
    own, other = ("donateCashEnabled", "donateGoodEnabled")[:: 1 if kind == "cash" else -1]
    if enabled == "Y" and call.switches["cash_good_exclusive"] == "yes":
        changes[other] = "N"
    call.require_old_backend(holder)
    call.write(holder, "donate", {**stored, own: enabled, **changes})
    return presentation.written(call.switches, "success")


def _no_settings() -> ApiError:
    """The channel exists but has no settings (docs/api.md §4)."""
    return ApiError("channelSetting not found.")


def _cash_min(call: Call) -> Amount:
    """The table says `casnMin`, everything else `cashMin`: which is read is open. Left out, it is 0."""
    name = call.switches["cash_min_name"]
    names = ("cashMin", "casnMin") if name == "both" else (name,)
    amount = _amount(next((call.text[name] for name in names if call.text.get(name)), "0"))
    if amount is None or amount > _MAX_CASH_MIN:
        raise ApiError("cashMin is wrong.")
    return amount


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MAX_CASH_MIN


def _amount(text: str) -> Amount | None:
    """A decimal as JSON shows it, whole ones without a point; None if it is none."""
    if not _DECIMAL.fullmatch(text):
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def _enabled(body: Item) -> str:
    """Left out it is Y, as the vendor's client documents."""
    enabled = body.get("enabled") or "Y"
    if enabled not in ("Y", "N"):
        raise errors.invalid_parameters()
    return str(enabled)


def _new_good(given: Any) -> Item:
    """One good of the newer endpoint, its image an address (docs/api.md §5)."""
    if not isinstance(given, dict):
        raise errors.invalid_parameters()
    for name in ("goodName", "goodImg"):
        if not given.get(name):
            raise errors.empty_parameter(name)
    price = _amount(str(given.get("goodPrice")))
    if price is None or given.get("goodEnabled") not in ("Y", "N"):
        raise errors.invalid_parameters()
    return {name: given[name] for name in _GOOD_KEYS} | {"goodPrice": price}


def _goods(call: Call) -> list[Item]:
    """The goods of a form: all three of names, prices and images are required, a disabling call's too.

    The checks come in the order in which the page lists their errors.
    """
    names, prices, images = _texts(call, "goodName"), _texts(call, "goodPrice"), _images(call)
    if max(len(names), len(prices), len(images)) > _MAX_GOODS:
        raise ApiError("道具不能超过3个.")
    given = [name for name in names if name]
    if len(set(given)) < len(given):
        raise ApiError("道具名称不能相同.")
    if not all(names) or not all(prices) or not len(names) == len(prices) == len(images):
        raise ApiError("打赏道具的信息不能为空.")
    amounts = [_amount(price) for price in prices]
    if None in amounts:
        raise ApiError(_TRY_AGAIN)
    addresses = [_stored(image, call.switches["image_check"]) for image in images]
    return [
        {"goodName": name, "goodImg": address, "goodPrice": price, "goodEnabled": "Y"}
        for name, price, address in zip(names, amounts, addresses, strict=True)
    ]


def _texts(call: Call, name: str) -> list[str]:
    """The table joins them by commas; the list of fields numbers them."""
    joined = call.text.get(name, "").split(",")
    numbered = [call.text[key] for key in _numbered(name) if key in call.text]
    accepted = {"joined": joined, "numbered": numbered or [""], "any": numbered or joined}
    return accepted[call.switches["good_fields"]]


def _images(call: Call) -> list[Upload]:
    """The part name for several images is open: one name repeated, numbered ones, or indexed ones as in PHP."""
    files = call.parameters.files
    repeated = [upload for upload in files if upload.name == "goodImg"]
    numbered = _named(files, _numbered("goodImg"))
    indexed = _named(files, [f"goodImg[{index}]" for index in range(_MAX_GOODS + 1)])
    accepted = {"goodImg": repeated, "numbered": numbered, "indexed": indexed}
    return accepted.get(call.switches["good_image_part"], repeated or numbered or indexed)


def _numbered(name: str) -> list[str]:
    """One more than allowed, so that too many are noticed."""
    return [f"{name}{position}" for position in range(1, _MAX_GOODS + 2)]


def _named(files: list[Upload], names: list[str]) -> list[Upload]:
    by_name = {upload.name: upload for upload in files}
    return [by_name[name] for name in names if name in by_name]


def _stored(image: Upload, check: str) -> str:
    """Check an image and give it an address. Random: what is read back says nothing about the content."""
    if len(image.content) > _MAX_IMAGE_BYTES:
        raise ApiError("image oversize error.")
    suffix = image.filename.rpartition(".")[2].lower()
    start = _IMAGE_STARTS.get(suffix)
    if start is None or (check == "content" and not image.content.startswith(start)):
        raise ApiError("image format error.")
    return f"//liveimages.example/uploaded/{secrets.token_hex(8)}.{suffix}"


ENDPOINTS = (
    Endpoint("donate-get", "read", "GET", "v3/channel/donate/get", donate_get),
    Endpoint("setDonate", "write", "POST", "v2/channelSetting/{}/setDonate", set_donate, "works"),
    Endpoint("update-cash", "write", "POST", "v3/channel/donate/update-cash", update_cash, "ignored"),
    Endpoint("update-good", "write", "POST", "v3/channel/donate/update-good", update_good, "ignored"),
)
