"""The channels of an account, in the shapes of contract §5."""

from collections.abc import Callable
from typing import Any

from .. import errors, presentation
from ..accounts import Channel
from ..call import Call
from .auth_items import shown_items

_MAX_PAGE_SIZE = 1000
_DEFAULT_PAGE_SIZE = 20


def user_channels(call: Call) -> Any:
    """All ids at once."""
    ids = [presentation.channel_id(call.switches, channel_id) for channel_id in call.account.channels]
    return {"channels": ids}


def management_list(call: Call) -> Any:
    """One page of short descriptions."""
    return _page(call, "page", _summary)


def list_detail(call: Call) -> Any:
    """One page of descriptions with their watch conditions (contract §4)."""
    return _page(call, "page", _detail)


def channel_detail_list(call: Call) -> Any:
    """The same page by page as v4 counts them (contract §5)."""
    return _page(call, "pageNumber", _summary)


def _page(call: Call, number_name: str, show: Callable[[Call, Channel], dict[str, Any]]) -> dict[str, Any]:
    number = call.digits(number_name, 1)
    size = call.digits("pageSize", _DEFAULT_PAGE_SIZE)
    if number < 1 or not 1 <= size <= _MAX_PAGE_SIZE:
        raise errors.invalid_parameters()
    channels = list(call.account.channels.values())
    shown = channels[(number - 1) * size : number * size]
    return {
        "pageNumber": number,
        "pageSize": size,
        "totalItems": len(channels),
        "totalPages": -(-len(channels) // size),
        "contents": [show(call, channel) for channel in shown],
    }


def _summary(call: Call, channel: Channel) -> dict[str, Any]:
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id),
        "name": channel.name,
        "channelPasswd": channel.passwd,
    }


def _detail(call: Call, channel: Channel) -> dict[str, Any]:
    return {**_summary(call, channel), "authSetting": shown_items(call, channel)}
