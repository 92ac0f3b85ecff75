# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The images of goods, which an export keeps as files: to set goods again takes their images."""

from __future__ import annotations

import os
from typing import Any

from ...module_utils._api.transport import Request, exchange
from ...module_utils._errors import CallError, InputError
from ...module_utils._options.urls import url
from ...module_utils._settings.donate.goods import MOST_IMAGE_BYTES
from .donations import NoImage
from .exported import Channel, Exported
from .text import Template

_SUFFIXES = (".png", ".jpg", ".jpeg")
_BY_CONTENT = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
_TIMEOUT = 20.0  # s


class Images:
    """The images of one account. Fetched ones lie in `waiting` until the export is written.

    `directory` is where they are kept, None for nowhere; `inventory` is the directory of the inventory, from which a file below
    it is named. With `force` an image is fetched whether there is a file or not.
    """

    def __init__(self, directory: str | None, waiting: str, inventory: str | None, force: bool) -> None:
        self._directory = directory
        self._waiting = waiting
        self._inventory = inventory
        self._force = force
        #: Where each fetched image is to be put, by where it lies.
        self.moves: dict[str, str] = {}

    def find(self, channel_id: str, number: int, address: str | None) -> str:
        """The file of an image: one that is there already, or one that is fetched. Raises NoImage."""
        if self._directory is None:
            raise NoImage("no directory is named to keep them in")
        base = os.path.join(self._directory, f"{channel_id}-{number}")
        there = [base + suffix for suffix in _SUFFIXES if os.path.isfile(base + suffix)]
        if there and not self._force:
            return there[0]
        try:
            return self._fetched(base, address)
        except NoImage as error:
            raise NoImage(f"{error}; put it into {base}.png or .jpg and export again") from None

    def place(self, account: Exported) -> None:
        """Names each image in the settings by where it is to be."""
        used = set()
        for channel in account.channels:
            for good in _goods(channel):
                used.add(good["image"])
                good["image"] = self._named(self.moves.get(good["image"], good["image"]))
        self.moves = {source: target for source, target in self.moves.items() if source in used}

    def _fetched(self, base: str, address: str | None) -> str:
        content = _fetch(address)
        suffix = next((found for start, found in _BY_CONTENT.items() if content.startswith(start)), None)
        if suffix is None or len(content) > MOST_IMAGE_BYTES:
            raise NoImage(f"what lies at {address} is no PNG or JPEG of at most {MOST_IMAGE_BYTES} bytes")
        source = os.path.join(self._waiting, f"{len(self.moves)}{suffix}")
        with open(source, "wb") as file:
            file.write(content)
        self.moves[source] = base + suffix
        return source

    def _named(self, path: str) -> str:
        """A path as the settings name it: from the directory of the inventory where the file is below or beside it."""
        if self._inventory is not None:
            way = os.path.relpath(path, os.path.realpath(self._inventory))
            if not way.startswith(os.path.join(os.pardir, os.pardir)) and "{" not in way:
                return Template("{{ inventory_dir }}/" + way)
        return path


def _goods(channel: Channel) -> list[dict[str, Any]]:
    goods: list[dict[str, Any]] = channel.options.get("donate", {}).get("goods", [])
    return goods


def _fetch(address: str | None) -> bytes:
    # The API gives addresses without a scheme.
    full = f"https:{address}" if (address or "").startswith("//") else address or ""
    try:
        answer = exchange(Request("image", "GET", url("image", full), {}, {}), _TIMEOUT, True)
    except InputError:
        raise NoImage(f"its address {address!r} is no URL") from None
    except CallError as error:
        raise NoImage(f"it can't be fetched ({error.failure.kind.word} at {full})") from None
    if answer.status != 200:
        raise NoImage(f"{full} answers with HTTP {answer.status}")
    return answer.body
