"""The goods of a donation: names, prices and images (docs/api.md §4)."""

import re
import secrets
from typing import Any

from .. import errors
from ..accounts import Item
from ..call import Call
from ..errors import ApiError
from ..parameters import Upload

_MAX_GOODS = 3
_MAX_IMAGE_BYTES = 100 * 1024
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_FORMATS = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


def read_goods(call: Call) -> list[Item]:
    """The goods of a form: all three of names, prices and images are required, a disabling call's too.

    The checks come in the order in which the page lists their errors.
    """
    names, prices = _texts(call, "goodName"), _texts(call, "goodPrice")
    images = _images(call)
    if max(len(names), len(prices), len(images)) > _MAX_GOODS:
        raise ApiError("道具不能超过3个.")
    given = [name for name in names if name]
    if len(set(given)) < len(given):
        raise ApiError("道具名称不能相同.")
    if not all(names) or not all(prices) or not len(names) == len(prices) == len(images):
        raise ApiError("打赏道具的信息不能为空.")
    amounts = [price for price in map(amount, prices) if price is not None]
    if len(amounts) < len(prices):
        raise ApiError("设置失败,请重试.")
    addresses = [_stored(image, call.switches["image_check"]) for image in images]
    return [_good(*good) for good in zip(names, amounts, addresses, strict=True)]


def checked_good(given: Any) -> Item:
    """One good of the newer endpoint, its image an address (docs/api.md §5)."""
    if not isinstance(given, dict):
        raise errors.invalid_parameters()
    for name in ("goodName", "goodImg"):
        if not given.get(name):
            raise errors.empty_parameter(name)
    price = amount(str(given.get("goodPrice")))
    if price is None or given.get("goodEnabled") not in ("Y", "N"):
        raise errors.invalid_parameters()
    return {**_good(given["goodName"], price, given["goodImg"]), "goodEnabled": given["goodEnabled"]}


def amount(text: str) -> int | float | None:
    """A decimal as JSON shows it, whole ones without a point; None if it is none."""
    if not _DECIMAL.fullmatch(text):
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


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
    start = _FORMATS.get(suffix)
    if start is None or (check == "content" and not image.content.startswith(start)):
        raise ApiError("image format error.")
    return f"//liveimages.example/uploaded/{secrets.token_hex(8)}.{suffix}"


def _good(name: str, price: int | float, address: str) -> Item:
    return {"goodName": name, "goodImg": address, "goodPrice": price, "goodEnabled": "Y"}
