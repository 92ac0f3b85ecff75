"""Pages of a list (docs/api.md §5)."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from . import errors
from .call import Call

T = TypeVar("T")


class Paging(NamedTuple):
    """How an endpoint pages: the parameter of the page's number, the size by default, the largest size."""

    number_name: str
    default_size: int
    largest_size: int = 1000


def page(call: Call, paging: Paging, items: Sequence[T], show: Callable[[T], Any]) -> dict[str, Any]:
    """The page that the call asks for; past the last one it is empty."""
    number = call.digits(paging.number_name, 1)
    size = _size(call, paging)
    if number < 1:
        raise errors.invalid_parameters()
    return {
        "pageNumber": number,
        "pageSize": size,
        "totalItems": len(items),
        **_totals(call.switches["page_totals"], number, size, len(items)),
        "contents": [show(item) for item in items[(number - 1) * size : number * size]],
    }


def comma_separated(call: Call, name: str, most: int) -> list[str]:
    """The values of a filter that takes several; none where it is left out."""
    values = [value for value in call.text.get(name, "").split(",") if value]
    if len(values) > most:
        raise errors.invalid_parameters()
    return values


def _size(call: Call, paging: Paging) -> int:
    """What happens past the largest page is open."""
    size = call.digits("pageSize", paging.default_size)
    if size > paging.largest_size and call.switches["page_size_over"] == "clamp":
        return paging.largest_size
    if not 1 <= size <= paging.largest_size:
        raise errors.invalid_parameters()
    return size


def _totals(which: str, number: int, size: int, items: int) -> dict[str, Any]:
    """What a page may say beside its number, its size and the number of items (docs/api.md §5)."""
    pages = -(-items // size)
    if which == "none":
        return {}
    if which == "pages":
        return {"totalPages": pages}
    start = (number - 1) * size
    return {
        "totalPages": pages,
        "firstPage": number == 1,
        "lastPage": number >= pages,
        "prePageNumber": max(number - 1, 1),
        "nextPageNumber": min(number + 1, max(pages, 1)),
        "startRow": start + 1,
        "endRow": min(start + size, items),
        "offset": start,
        "limit": size,
    }
