# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The goods of a donation: their options and limits. Source: docs/api.md §4."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..._api.transport import MultipartField
from ..._errors import InputError
from ..._options import checks
from ..._options.local_files import regular_file
from ..._options.quoting import got

MOST_GOODS = 3
MOST_IMAGE_BYTES = 102400  # "不能超过100K"

OPTIONS: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "price": {"type": "str", "required": True},
    "image": {"type": "path", "required": True},
}

_PNG, _JPEG = "image/png", "image/jpeg"
_BY_NAME = {".png": _PNG, ".jpg": _JPEG, ".jpeg": _JPEG}
_BY_CONTENT = {b"\x89PNG\r\n\x1a\n": _PNG, b"\xff\xd8\xff": _JPEG}


@dataclass(frozen=True)
class Image:
    """A checked image file: its content and media type."""

    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class WantedGood:
    """One good as asked for."""

    name: str
    price: Decimal
    image: Image


def check(goods: Sequence[Mapping[str, Any]]) -> tuple[WantedGood, ...]:
    """The goods of the option `goods`, images read. Raises InputError."""
    check_count("goods", goods)
    names: list[str] = []
    for index, good in enumerate(goods):
        option = f"goods[{index}].name"
        name = checks.name(option, good["name"])
        if "," in name:
            raise InputError(option, f"got {name!r}, must be a name without a comma")
        if name in names:
            raise InputError(option, f"got {name!r} a second time, names must be distinct")
        names.append(name)
    return tuple(
        WantedGood(
            names[index],
            checks.decimal(f"goods[{index}].price", good["price"], 0),
            _image(f"goods[{index}].image", good["image"]),
        )
        for index, good in enumerate(goods)
    )


def check_count(option: str, goods: Any) -> None:
    """Refuses too many goods, or none; they are counted before anybody looks for their images."""
    if isinstance(goods, (list, tuple)) and not 1 <= len(goods) <= MOST_GOODS:
        raise InputError(option, f"got {len(goods)} goods, must be 1 to {MOST_GOODS}")


def parts(goods: Sequence[WantedGood]) -> list[MultipartField]:
    """The images as parts of the body. One name repeated, as in the vendor's other upload (docs/api.md §4, open)."""
    return [
        (
            "goodImg",
            (
                f"good{number}.{good.image.media_type.rpartition('/')[2]}",
                good.image.content,
                good.image.media_type,
            ),
        )
        for number, good in enumerate(goods, 1)
    ]


def _image(option: str, path: str) -> Image:
    by_name = _BY_NAME.get(os.path.splitext(path)[1].lower())
    if by_name is None:
        raise InputError(option, f"{got(path)}, must be the name of a .jpg, .jpeg or .png file")
    content = regular_file(option, path, MOST_IMAGE_BYTES + 1)
    if len(content) > MOST_IMAGE_BYTES:
        raise InputError(
            option, f"got {path!r} with more than {MOST_IMAGE_BYTES} bytes, must be at most 100 KB"
        )
    by_content = next((kind for start, kind in _BY_CONTENT.items() if content.startswith(start)), None)
    if by_content != by_name:
        found = by_content or "neither JPEG nor PNG"
        raise InputError(
            option, f"got {path!r} whose content is {found}, must be the {by_name} that its name says"
        )
    return Image(content, by_name)
