"""An account's callback settings, and which values the API takes (contract §7.1)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .accounts import Item

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
DEFAULTS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(URLS),
    "recordFileCallBackType": "all",
    "recordCallbackVideoType": "m3u8",
    "rebirthVodCallbackEnabled": "N",
}


def is_url(value: Any) -> bool:
    """Say whether a value has the scheme that each callback's address needs."""
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def bad_value(settings: Item) -> str | None:
    """The first setting, other than an address, whose value is not allowed."""
    return next((name for name, fits in _FITS.items() if name in settings and not fits(settings[name])), None)


def _is_video_type(value: Any) -> bool:
    return isinstance(value, str) and set(value.split(",")) <= {"m3u8", "mp4"}


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "recordFileCallBackType": lambda value: value in ("all", "last"),
    "recordCallbackVideoType": _is_video_type,
    "rebirthVodCallbackEnabled": lambda value: value in ("Y", "N"),
}
