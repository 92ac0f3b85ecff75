# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listings that come in pages, read whole: an incomplete one must not pass for all there is.

Source: docs/api.md §5. Pages carry `pageNumber`, `pageSize`, `totalItems` and `contents`; `totalPages` may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .._errors import Failure
from .._options.types import is_int
from . import answers
from .client import Client
from .endpoint import Endpoint

Item = TypeVar("Item")

PAGE_SIZE = 1000  # the largest that the API allows
MOST_PAGES = 1000


def read_all(
    client: Client,
    endpoint: Endpoint,
    item: Callable[[Any], tuple[str, Item]],
    parameters: Mapping[str, str | None] | None = None,
    *,
    page_name: str = "page",
    page_size: int = PAGE_SIZE,
    expected: Callable[[Failure], bool] = lambda failure: False,
) -> dict[str, Item]:
    """Every item of a listing by its key, one request per page. `item` makes key and value of an entry.

    `page_name` is the parameter with the number of the page; an error that is `expected` is never retried. Raises CallError,
    also where the listing contradicts itself.
    """
    found: dict[str, Item] = {}
    for page in range(1, MOST_PAGES + 1):
        asked = {**(parameters or {}), page_name: str(page), "pageSize": str(page_size)}
        data = answers.mapping(endpoint, client.call(endpoint, asked, expected=expected))
        known = len(found)
        found.update(item(entry) for entry in _contents(endpoint, data))
        if _is_last(data, page, len(found)):
            return found
        if len(found) == known:
            # It might lack items, and asking on would use up the machine's request limit.
            raise answers.unexpected(
                endpoint, "a listing with something new on each page before its last one"
            )
    raise answers.unexpected(endpoint, f"a listing of at most {MOST_PAGES} pages")


def _contents(endpoint: Endpoint, data: Mapping[str, Any]) -> list[Any]:
    contents = data.get("contents")
    if isinstance(contents, list):
        return contents
    if contents in (None, "") and data.get("totalItems") == 0:
        return []
    raise answers.unexpected(endpoint, "a page with contents")


def _is_last(data: Mapping[str, Any], page: int, found: int) -> bool:
    """Whether a page is the last one, by what it says itself: where it says nothing, an empty page is."""
    items, pages = _count(data.get("totalItems")), _count(data.get("totalPages"))
    if items is not None:
        return found >= items
    if pages is not None:
        return page >= pages
    return not data.get("contents")


def _count(value: Any) -> int | None:
    return value if is_int(value) and value >= 0 else None
