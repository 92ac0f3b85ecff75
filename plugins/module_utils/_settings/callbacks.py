# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callbacks: every URL that Polyv calls for an account, and how recordings are reported. Source: docs/api.md §7.1."""

from __future__ import annotations

from .._api.endpoint import Access, Carrier, Endpoint
from .._api.shared_reads import CALLBACK_GET
from .._engine.definition import Context, Definition, one_setting
from .._engine.table import Field, Table, TableSetting
from .._errors import InputError
from .._options import urls

# Each URL by its option.
URLS = {
    "record_url": "recordCallbackUrl",
    "playback_url": "playbackCallbackUrl",
    "ppt_record_url": "pptRecordCallbackUrl",
    "stream_url": "streamCallbackUrl",
    "channel_basic_update_url": "channelBasicUpdateCallbackUrl",
    "live_scan_url": "liveScanCallbackUrl",
    "playback_cache_url": "playbackCacheCallbackUrl",
    "ai_ppt_video_url": "aiPptVideoCallbackUrl",
    "live_violation_cutoff_url": "liveViolationCutoffCallbackUrl",
    "live_stats_url": "liveStatsCallbackUrl",
}
VIDEO_TYPES = ("m3u8", "mp4")


def _video_types(option: str, value: list[str]) -> str:
    if not value:
        raise InputError(option, f"got an empty list, must have at least one of {', '.join(VIDEO_TYPES)}")
    return _spelled(",".join(value))


def _spelled(value: str) -> str:
    return ",".join(sorted(set(value.split(","))))


TABLE = Table(
    "callbacks",
    CALLBACK_GET,
    Endpoint(
        "callback-update",
        "POST",
        "/live/v4/user/global-setting/callback/update",
        Access.WRITE,
        Carrier.JSON,
    ),
    (
        *(Field(option, read_as=name, write_as=name, check=urls.url) for option, name in URLS.items()),
        Field(
            "record_file_type",
            read_as="recordFileCallBackType",
            write_as="recordFileCallBackType",
            check=lambda option, value: str(value),
            unset="all",
        ),
        Field(
            "record_video_types",
            read_as="recordCallbackVideoType",
            write_as="recordCallbackVideoType",
            check=_video_types,
            unset="m3u8",
            spelled=_spelled,
            shown=lambda value: (value or "").split(","),
        ),
        Field(
            "rebirth_vod",
            read_as="rebirthVodCallbackEnabled",
            write_as="rebirthVodCallbackEnabled",
            check=lambda option, value: "Y" if value else "N",
            unset="N",
            shown=lambda value: value == "Y",
        ),
    ),
    merges=True,
)


def callbacks(context: Context) -> TableSetting:
    """The setting that the options ask for. Raises InputError."""
    options = context.options
    given = {
        field.option: options[field.option] for field in TABLE.fields if options[field.option] is not None
    }
    cleared = options["cleared"] or []
    if not given and not cleared:
        raise InputError(
            "cleared",
            "must name a callback to clear, or another option must be given: there is nothing to set",
        )
    for name in cleared:
        if name in given:
            raise InputError(
                "cleared", f"got {name!r}, which is also given a value, must be only one of the two"
            )
    return TableSetting(TABLE, context, {**given, **dict.fromkeys(cleared)})


CALLBACKS = Definition(
    options={
        **{option: {"type": "str"} for option in URLS},
        "record_file_type": {"type": "str", "choices": ["all", "last"]},
        "record_video_types": {"type": "list", "elements": "str", "choices": list(VIDEO_TYPES)},
        "rebirth_vod": {"type": "bool"},
        "cleared": {"type": "list", "elements": "str", "choices": list(URLS)},
    },
    prepare=one_setting(callbacks),
)
