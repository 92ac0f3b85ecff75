"""The settings inside a seed: watch conditions ("auth") and donations, spelled as the API spells them."""

from collections.abc import Collection, Iterable
from typing import Any

from .accounts import Item
from .seed_fields import Fields, SeedError

_AUTH_DEFAULTS: Item = {"enabled": "N", "authType": None, "customKey": None, "customUri": None}
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
    """Why the API would call these items an error together (contract §7.2)."""
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


def parse_names(given: list[Any], known: Collection[str], where: str) -> frozenset[str]:
    """A list of endpoint names."""
    unknown = [name for name in given if name not in known]
    if unknown:
        there_are = ", ".join(sorted(known))
        raise SeedError(f"{where}: no endpoint is named {unknown[0]!r}; there are: {there_are}")
    return frozenset(given)
