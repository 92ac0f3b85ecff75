"""The lists of an account's channels, in the shapes of docs/api.md §5."""

from collections.abc import Callable
from typing import Any, Final

from .. import errors, presentation
from ..accounts import Channel
from ..call import Call
from ..endpoints import Endpoint
from ..pages import Paging, page
from .authorization import shown_items
from .channel_basics import WATCH_STATUS_TEXTS, shown_start

_PAGING: Final = Paging("page", 20)
_PAGING_V4: Final = Paging("pageNumber", 10)
_SCENE_TEXTS: Final = {
    "topclass": "大班课",
    "double": "双师课",
    "train": "企业培训",
    "alone": "活动直播",
    "seminar": "研讨会",
    "guide": "导播",
}


def user_channels(call: Call) -> Any:
    """All ids at once."""
    ids = [presentation.channel_id(call.switches, channel_id) for channel_id in call.listed_channels()]
    return {"channels": ids}


def management_list(call: Call) -> Any:
    """One page of short descriptions."""
    return _page(call, _PAGING, _summary)


def list_detail(call: Call) -> Any:
    """One page of descriptions with their watch conditions (docs/api.md §4)."""
    return _page(call, _PAGING, _detail)


def channel_detail_list(call: Call) -> Any:
    """A page by another name of its number, and of another size (docs/api.md §5)."""
    return _page(call, _PAGING_V4, _summary)


def _page(call: Call, paging: Paging, show: Callable[[Call, Channel], dict[str, Any]]) -> dict[str, Any]:
    return page(call, paging, _found(call), lambda channel: show(call, channel))


def _found(call: Call) -> list[Channel]:
    """The channels that pass the filters `categoryId`, `watchStatus` and `keyword`; an empty one is left out."""
    category, status = call.digits("categoryId", -1), call.text.get("watchStatus")
    if status and status not in WATCH_STATUS_TEXTS:
        raise errors.invalid_parameters()
    return [
        channel
        for channel in call.listed_channels().values()
        if category in (-1, call.read(channel, "category_id"))
        and (not status or status == channel.settings["watch_status"])
        and _matches(call, channel)
    ]


def _matches(call: Call, channel: Channel) -> bool:
    """Whether `keyword` matches a part of the name or only the whole of it is open."""
    keyword, name = call.text.get("keyword", ""), call.read(channel, "name")
    if not keyword or keyword == name:
        return True
    return call.switches["channel_keyword"] == "part" and keyword.casefold() in name.casefold()


def _summary(call: Call, channel: Channel) -> dict[str, Any]:
    scene, status = channel.settings["scene"], channel.settings["watch_status"]
    optional = {
        "channelPasswd": call.read(channel, "channel_passwd"),
        "categoryId": call.read(channel, "category_id"),
        "scene": scene,
        "sceneText": _SCENE_TEXTS[scene],
        "watchStatus": status,
        "watchStatusText": WATCH_STATUS_TEXTS[status],
        "watchUrl": f"https://live.example/watch/{channel.channel_id}",
    }
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id),
        "name": call.read(channel, "name"),
        **presentation.optional(call.switches, optional),
    }


def _detail(call: Call, channel: Channel) -> dict[str, Any]:
    optional = {
        "publisher": call.read(channel, "publisher"),
        "startTime": shown_start(call, channel),
        "content": "",
    }
    return {
        **_summary(call, channel),
        **presentation.optional(call.switches, optional),
        "authSetting": shown_items(call, channel),
    }


ENDPOINTS = (
    Endpoint("list-detail", "read", "POST", "v3/channel/management/list-detail", list_detail),
    Endpoint("channels", "read", "GET", "v3/user/channels", user_channels),
    Endpoint("management-list", "read", "GET", "v3/channel/management/list", management_list),
    Endpoint("channel-detail-list", "read", "GET", "v4/channel/detail/list", channel_detail_list),
)
