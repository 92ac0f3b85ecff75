"""The addresses that Polyv calls for an account: of finished recordings, and others (docs/api.md §4, §7.1)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .. import errors, presentation
from ..accounts import Item
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError
from ..seed_fields import Fields, SeedError

#: Kept apart from the others: `set-record-callback` has an endpoint of its own.
RECORD_URL: Final = "recordCallbackUrl"
URLS: Final = (
    "playbackCallbackUrl",
    "pptRecordCallbackUrl",
    "streamCallbackUrl",
    "channelBasicUpdateCallbackUrl",
    "liveScanCallbackUrl",
    "playbackCacheCallbackUrl",
    "aiPptVideoCallbackUrl",
    "liveViolationCutoffCallbackUrl",
    "liveStatsCallbackUrl",
)
_BAD_URL: Final = "url format error."
DEFAULTS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(URLS),
    "recordFileCallBackType": "all",
    "recordCallbackVideoType": "m3u8",
    "rebirthVodCallbackEnabled": "N",
}


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _is_video_type(value: Any) -> bool:
    return isinstance(value, str) and set(value.split(",")) <= {"m3u8", "mp4"}


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "recordFileCallBackType": lambda value: value in ("all", "last"),
    "recordCallbackVideoType": _is_video_type,
    "rebirthVodCallbackEnabled": lambda value: value in ("Y", "N"),
}


def _bad_value(settings: Item) -> str | None:
    """The first setting, other than an address, whose value is not allowed."""
    return next((name for name, fits in _FITS.items() if name in settings and not fits(settings[name])), None)


def _seeded_callback(fields: Fields, key: str) -> Item:
    where = f"{fields.where}, {key}"
    callback = {**DEFAULTS, **Fields(fields.get(key) or {}, where, DEFAULTS).given}
    bad_urls = (name for name in URLS if callback[name] is not None and not _is_url(callback[name]))
    problem = _bad_value(callback) or next(bad_urls, None)
    if problem:
        raise SeedError(f"{where}: {problem} can't be {callback[problem]!r}")
    return callback


ACCOUNT_FIELDS = {"record_callback_url": Fields.optional, "callback": _seeded_callback}


def set_record_callback(call: Call) -> Any:
    """Set the address; leaving `url` out clears it. What an empty one does is open."""
    call.require_own_user_id()
    url = call.text.get("url")
    if url == "" and call.switches["record_callback_empty"] == "error":
        raise ApiError(_BAD_URL)
    checked = _checked(url)
    call.require_old_backend(call.account)
    call.write(call.account, "record_callback_url", checked)
    return presentation.written(call.switches, "")


def callback_get(call: Call) -> Any:
    """All callback settings."""
    others = call.read(call.account, "callback")
    urls = {
        RECORD_URL: call.read(call.account, "record_callback_url"),
        **{name: others[name] for name in URLS},
    }
    return {
        **{name: value for name, value in others.items() if name not in URLS},
        **presentation.with_texts(call.switches, urls),
    }


def callback_update(call: Call) -> Any:
    """Change callback settings by JSON; what is not sent, or null, stays (docs/api.md §7.1).

    A channel's id in the body is ignored like every unknown name: the call always changes the account.
    """
    known = (RECORD_URL, *DEFAULTS)
    body = call.json_object()
    sent = {name: body[name] for name in known if body.get(name) is not None}
    if _bad_value(sent):
        raise errors.invalid_parameters()
    sent |= {name: _checked(url) for name, url in sent.items() if name in (RECORD_URL, *URLS)}
    if RECORD_URL in sent:
        call.write(call.account, "record_callback_url", sent.pop(RECORD_URL))
    call.write(call.account, "callback", {**call.account.settings["callback"], **sent})
    return presentation.written(call.switches, True)


def _checked(url: Any) -> str | None:
    """An address, or None to clear it."""
    if url is None or url == "":
        return None
    if not _is_url(url):
        raise ApiError(_BAD_URL)
    return str(url)


ENDPOINTS = (
    Endpoint("callback-get", "read", "GET", "v4/user/global-setting/callback/get", callback_get),
    Endpoint(
        "set-record-callback",
        "write",
        "POST",
        "v2/user/{}/set-record-callback",
        set_record_callback,
        "works",
    ),
    Endpoint("callback-update", "write", "POST", "v4/user/global-setting/callback/update", callback_update),
)
