"""What reads tell of a channel: unset, unknown, or of a form that nobody knows (docs/api.md §5, §7.5)."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._settings.channel import fields

UNSET = {"name": None, "publisher": None, "start_time": 0, "category_id": None, "max_viewer": 0}


@pytest.mark.parametrize(
    "unset", [{}, {"publisher": None, "startTime": None}, {"publisher": "", "startTime": ""}]
)
def test_unset_is_null_or_empty_or_missing(unset: dict[str, Any]) -> None:
    assert fields.read(unset) == UNSET


def test_what_the_read_may_lack_is_unknown_and_not_unset() -> None:
    shown = {"endTime": None, "maxViewerRestrict": "N", "linkMicLimit": "3", "desc": "x"}
    assert fields.read(shown) == {
        **UNSET,
        "end_time": 0,
        "max_viewer_restrict": False,
        "link_mic_limit": 3,
        "desc": "x",
    }


@pytest.mark.parametrize("value", ["2026-01-01 10:00", [1], True, 1e99])
def test_a_value_of_another_form_is_unknown(value: Any) -> None:
    assert "start_time" not in fields.read({"startTime": value, "desc": ""})
    assert fields.read({"startTime": value})["max_viewer"] == 0


def test_a_password_is_read_from_the_list_only() -> None:
    assert fields.PASSWORD not in fields.read({"channelPasswd": "abc123"})


def test_what_is_sent() -> None:
    values = fields.given({"name": "Hall", "max_viewer_restrict": True, "start_time": 0, "desc": None})
    assert fields.sent(values) == {"name": "Hall", "maxViewerRestrict": "Y", "startTime": 0}
    assert fields.of_creation(values) == {"name": "Hall", "start_time": 0}


@pytest.mark.parametrize("option", ["channel_passwd", "seminar_host_password"])
@pytest.mark.parametrize("value", ["12345", "1" * 17, "123 456", "12345\u200b"])
def test_a_refused_password_is_not_quoted(option: str, value: str) -> None:
    check = fields.given if option == fields.PASSWORD else fields.given_for_new
    with pytest.raises(InputError) as caught:
        check({option: value})
    assert caught.value.option == option and value not in caught.value.msg
