"""Channels themselves: made, described, changed, deleted (docs/api.md §7.5), and what is kept of each."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from .. import errors, presentation
from ..accounts import Channel
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError
from ..json_values import Check, checked, flag, integer, one_of, text
from ..seed_fields import Fields, SeedError
from .condition_template import new_channel_conditions

SCENES: Final = ("topclass", "double", "train", "alone", "seminar", "guide")
TEMPLATES: Final = (
    "ppt",
    "portrait_ppt",
    "alone",
    "portrait_alone",
    "topclass",
    "portrait_topclass",
    "seminar",
)
WATCH_STATUS_TEXTS: Final = {"waiting": "等待中", "live": "直播中", "playback": "回放中", "end": "已结束"}
MAX_CHANNELS: Final = 5000
_PASSWORD: Final = text(6, 16)
_LINK_MIC_LIMIT: Final = integer(-1, 16)

#: Body's name, setting's key and check of what a channel keeps.
_BASIC: Final[tuple[tuple[str, str, Check], ...]] = (
    ("name", "name", text(1, 100)),
    ("channelPasswd", "channel_passwd", text(0, 16)),
    ("publisher", "publisher", text()),
    ("startTime", "start_time", integer(0)),
    ("endTime", "end_time", integer(0)),
    ("desc", "desc", text()),
    ("maxViewerRestrict", "max_viewer_restrict", flag),
    ("maxViewer", "max_viewer", integer(0)),
    ("categoryId", "category_id", integer(0)),
    ("linkMicLimit", "link_mic_limit", _LINK_MIC_LIMIT),
    ("splashEnabled", "splash_enabled", flag),
    ("coverImg", "cover_img", text()),
)
_BASIC_CHECKS: Final = {name: check for name, _key, check in _BASIC}
_CREATE_REQUIRED: Final = ("name", "newScene", "template")
_CREATE_CHECKS: Final[Mapping[str, Check]] = {
    **_BASIC_CHECKS,
    "newScene": one_of(*SCENES),
    "template": one_of(*TEMPLATES),
    "channelPasswd": _PASSWORD,
    "seminarHostPassword": _PASSWORD,
    "seminarAttendeePassword": _PASSWORD,
    "pureRtcEnabled": flag,
    "type": one_of("normal", "transmit", "receive"),
}


def _with_id(prefix: str) -> Callable[[Fields, str], str]:
    """A text of the seed; where it is left out, one that is made of the channel's id."""
    return lambda fields, key: fields.optional(key) or f"{prefix}{fields.required('channel_id')}"


def _number(default: int | None) -> Callable[[Fields, str], int | None]:
    def read(fields: Fields, key: str) -> int | None:
        value = fields.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | None):
            raise SeedError(f"{fields.where}: {key} must be a whole number, not {value!r}")
        return value

    return read


def _choice(*values: str) -> Callable[[Fields, str], str]:
    """One of some values; the first is the default."""

    def read(fields: Fields, key: str) -> str:
        value = fields.optional(key, values[0])
        if value not in values:
            raise SeedError(f"{fields.where}: {key} can't be {value!r}; allowed: {', '.join(values)}")
        return value

    return read


def _seeded_password(fields: Fields, key: str) -> str:
    """A text of the seed, empty for a channel that has none; where it is left out, one that is made of the channel's id."""
    given = fields.optional(key)
    return f"pw{fields.required('channel_id')}" if given is None else given


ACCOUNT_FIELDS = {"max_channels": _number(MAX_CHANNELS), "last_channel_id": _number(0)}
CHANNEL_FIELDS = {
    "name": _with_id("channel "),
    "channel_passwd": _seeded_password,
    "scene": _choice("alone", *SCENES),
    "template": _choice("alone", *TEMPLATES),
    "category_id": _number(1),
    "publisher": Fields.optional,
    "desc": Fields.optional,
    "start_time": _number(None),
    "end_time": _number(None),
    "max_viewer_restrict": Fields.flag,
    "max_viewer": _number(0),
    "link_mic_limit": _number(-1),
    "splash_enabled": Fields.flag,
    "cover_img": Fields.optional,
    "watch_status": _choice(*WATCH_STATUS_TEXTS),
}


def channel_create(call: Call) -> Any:
    """Make a channel; names need not be unique, so each call makes another one."""
    body = call.json_object()
    sent = checked(body, _CREATE_CHECKS, _CREATE_REQUIRED)
    if len(call.account.channels) >= call.account.settings["max_channels"]:
        raise ApiError("频道数量已达上限")
    if call.switches["channel_create_category"] == "ignored":
        sent.pop("categoryId", None)
    password = sent.setdefault("channelPasswd", str(secrets.randbelow(900_000) + 100_000))
    channel = call.create_channel(
        {
            **{key: sent[name] for name, key, _check in _BASIC if name in sent},
            "scene": sent["newScene"],
            "template": sent["template"],
            "start_time": sent.get("startTime") or None,
            **_first_condition(call),
        }
    )
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id),
        "userId": call.account.user_id,
        "channelPasswd": password,
    }


def _first_condition(call: Call) -> dict[str, Any]:
    """A new channel may start with custom authorization, enabled, on rank 1 (docs/api.md §4)."""
    if call.switches["new_channel_auth"] == "template":
        return {"auth": new_channel_conditions(call.account)}
    custom = {"authType": "custom", "enabled": "Y", "customKey": presentation.random_id(10)}
    return {"auth": [{"rank": 1, **custom}, {"rank": 2, "enabled": "N"}]}


def basic_get(call: Call) -> Any:
    """What describes a channel: no scene, no template, and maybe an empty `desc`."""
    channel = _signed_channel(call)
    texts = {name: call.read(channel, key) for name, key in _SHOWN_TEXTS.items()}
    shows_desc = call.switches["channel_desc"] == "shown"
    more = {
        "endTime": call.read(channel, "end_time"),
        "maxViewerRestrict": call.read(channel, "max_viewer_restrict"),
        "linkMicLimit": call.read(channel, "link_mic_limit"),
    }
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id),
        "name": call.read(channel, "name"),
        "startTime": shown_start(call, channel),
        "categoryId": call.read(channel, "category_id"),
        "maxViewer": call.read(channel, "max_viewer"),
        "watchStatus": channel.settings["watch_status"],
        "splashEnabled": call.read(channel, "splash_enabled"),
        **presentation.with_texts(call.switches, texts),
        "desc": (call.read(channel, "desc") or "") if shows_desc else "",
        **(more if call.switches["basic_get_fields"] == "all" else {}),
    }


_SHOWN_TEXTS: Final = {"publisher": "publisher", "coverImg": "cover_img"}


def shown_start(call: Call, channel: Channel) -> int | None:
    """The start; how one reads that is unset or hidden (0) is open."""
    start: int | None = call.read(channel, "start_time")
    return start or (0 if call.switches["start_time_unset"] == "zero" else None)


def basic_update(call: Call) -> Any:
    """Change what is sent; null stays. A channel's id in the body is ignored (docs/api.md §7.5)."""
    channel = _signed_channel(call)
    body = call.json_object().get("basicSetting")
    if not isinstance(body, dict):
        raise errors.empty_parameter("basicSetting") if body is None else errors.invalid_parameters()
    sent = checked(body, _BASIC_CHECKS)
    for name, key, _check in _BASIC:
        if name in sent:
            call.write(channel, key, sent[name])
    return presentation.written(call.switches, True)


def channel_delete(call: Call) -> Any:
    """Delete a channel of the account that `userId` names again."""
    if call.required("userId") != call.account.user_id:
        raise ApiError("userId is error.")
    call.delete_channel(call.channel(call.path_value))
    return presentation.written(call.switches, True)


def _signed_channel(call: Call) -> Channel:
    call.required("channelId")
    channel = call.signed_channel()
    if channel is None:
        raise errors.empty_parameter("channelId")
    return channel


ENDPOINTS = (
    Endpoint("basic-get", "read", "GET", "v4/channel/basic/get", basic_get),
    Endpoint("channel-create", "write", "POST", "v4/channel/create", channel_create),
    Endpoint("basic-update", "write", "POST", "v3/channel/basic/update", basic_update),
    Endpoint("channel-delete", "write", "POST", "v2/channels/{}/delete", channel_delete),
)
