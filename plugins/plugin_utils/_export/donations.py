# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Donations as the role takes them: of one kind for a channel, and goods only with their images."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .exported import Note

#: The file of an image, from the channel, the number of the good, and the address. Raises NoImage.
FindImage = Callable[[str, int, "str | None"], str]

_LACKS_IMAGES = "goods without their images"


class NoImage(Exception):
    """Why there is no file of an image, in words that complete a sentence."""


def options(items: Iterable[Mapping[str, Any]], image: FindImage) -> tuple[dict[str, Any], list[Note]]:
    """The option of both kinds of donation, as `polyv_account_info` shows them, and what is not in it."""
    by_type = {item["type"]: item for item in items}
    cash, good = by_type.get("cash"), by_type.get("good")
    if cash is None or good is None:
        return {}, []
    if cash["follows_account"]:
        return {"follow_account": True}, []
    offered, notes = _offered(good)
    in_cash = {"type": "cash", "enabled": cash["enabled"], "cash_min": cash["cash_min"]}
    if not good["enabled"]:
        return in_cash, notes
    try:
        goods = _with_images(offered, image, str(good["channel_id"]))
    except NoImage as reason:
        told = ", ".join(f"{one['name']} for {one['price']}" for _number, one in offered)
        text = f"donate: goods are on, {told}, and can't be set without their images: {reason}."
        notes.append(Note(text, _LACKS_IMAGES))
        return (in_cash if cash["enabled"] else {}), notes
    if cash["enabled"]:
        text = f"donate: donations in cash are on as well, from {cash['cash_min']}. The role takes one kind for a channel."
        notes.append(Note(text, "donations of both kinds on one channel"))
    return {"type": "good", "enabled": True, "goods": goods}, notes


def _offered(good: Mapping[str, Any]) -> tuple[list[tuple[int, Mapping[str, Any]]], list[Note]]:
    """The goods that viewers see, each with its number, and a note on the others."""
    listed = list(enumerate(good["goods"], start=1))
    if not good["enabled"]:
        off = [one for _number, one in listed]
    else:
        off = [one for _number, one in listed if not one["enabled"]]
        listed = [(number, one) for number, one in listed if one["enabled"]]
    names = ", ".join(str(one["name"]) for one in off)
    return listed, [Note(f"donate: goods that are switched off are left out: {names}.")] if off else []


def _with_images(
    offered: Sequence[tuple[int, Mapping[str, Any]]], image: FindImage, channel_id: str
) -> list[dict[str, Any]]:
    return [
        {"name": one["name"], "price": one["price"], "image": image(channel_id, number, one["image"])}
        for number, one in offered
    ]
