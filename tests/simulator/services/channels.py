"""The channels of an account and their names, in the shapes of docs/api.md §5."""

from collections.abc import Callable
from typing import Any

from .. import errors, presentation
from ..accounts import Channel
from ..call import Call
from ..endpoints import Endpoint
from ..seed_fields import Fields
from .authorization import shown_items

_MAX_PAGE_SIZE = 1000
_DEFAULT_PAGE_SIZE = 20
_DEFAULT_PAGE_SIZE_V4 = 10
#: The same for all channels: nothing here depends on them.
_OPTIONAL = {
    "categoryId": 1,
    "scene": "alone",
    "sceneText": "活动直播",
    "watchStatus": "waiting",
    "watchStatusText": "等待中",
    "watchUrl": "https://live.example/watch",
}
_OPTIONAL_DETAIL = {"publisher": None, "startTime": None, "content": ""}


def _with_id(prefix: str) -> Callable[[Fields, str], str]:
    """A text of the seed; where it is left out, one that is made of the channel's id."""
    return lambda fields, key: fields.optional(key) or f"{prefix}{fields.required('channel_id')}"


CHANNEL_FIELDS = {"name": _with_id("channel "), "passwd": _with_id("pw")}


def user_channels(call: Call) -> Any:
    """All ids at once."""
    ids = [presentation.channel_id(call.switches, channel_id) for channel_id in call.account.channels]
    return {"channels": ids}


def management_list(call: Call) -> Any:
    """One page of short descriptions."""
    return _page(call, "page", _DEFAULT_PAGE_SIZE, _summary)


def list_detail(call: Call) -> Any:
    """One page of descriptions with their watch conditions (docs/api.md §4)."""
    return _page(call, "page", _DEFAULT_PAGE_SIZE, _detail)


def channel_detail_list(call: Call) -> Any:
    """A page by another name of its number, and of another size (docs/api.md §5)."""
    return _page(call, "pageNumber", _DEFAULT_PAGE_SIZE_V4, _summary)


def _page(
    call: Call, number_name: str, default_size: int, show: Callable[[Call, Channel], dict[str, Any]]
) -> dict[str, Any]:
    number = call.digits(number_name, 1)
    size = _size(call, default_size)
    if number < 1:
        raise errors.invalid_parameters()
    channels = list(call.account.channels.values())
    shown = channels[(number - 1) * size : number * size]
    return {
        "pageNumber": number,
        "pageSize": size,
        "totalItems": len(channels),
        **_totals(call.switches["page_totals"], number, size, len(channels)),
        "contents": [show(call, channel) for channel in shown],
    }


def _size(call: Call, default: int) -> int:
    """What happens past the largest page is open."""
    size = call.digits("pageSize", default)
    if size > _MAX_PAGE_SIZE and call.switches["page_size_over"] == "clamp":
        return _MAX_PAGE_SIZE
    if not 1 <= size <= _MAX_PAGE_SIZE:
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


def _summary(call: Call, channel: Channel) -> dict[str, Any]:
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id),
        "name": channel.settings["name"],
        "channelPasswd": channel.settings["passwd"],
        **presentation.optional(call.switches, _OPTIONAL),
    }


def _detail(call: Call, channel: Channel) -> dict[str, Any]:
    return {
        **_summary(call, channel),
        **presentation.optional(call.switches, _OPTIONAL_DETAIL),
        "authSetting": shown_items(call, channel),
    }


ENDPOINTS = (
    Endpoint("list-detail", "read", "POST", "v3/channel/management/list-detail", list_detail),
    Endpoint("channels", "read", "GET", "v3/user/channels", user_channels),
    Endpoint("management-list", "read", "GET", "v3/channel/management/list", management_list),
    Endpoint("channel-detail-list", "read", "GET", "v4/channel/detail/list", channel_detail_list),
)
