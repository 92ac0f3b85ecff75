"""Options with options of their own, given as text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import ACCOUNT
from ansible_collections.polyv.live.plugins.plugin_utils._action.suboptions import structured

CHANNEL = {
    "channel_id": "1",
    "donate": {"type": "good", "goods": [{"name": "n", "price": "1", "image": "i.png"}]},
}


@pytest.mark.parametrize(
    "given",
    [
        [CHANNEL],
        json.dumps([CHANNEL]),
        [json.dumps(CHANNEL)],
        [{**CHANNEL, "donate": json.dumps(CHANNEL["donate"])}],
        [{**CHANNEL, "donate": {"type": "good", "goods": json.dumps(CHANNEL["donate"]["goods"])}}],  # type: ignore[index]
    ],
)
def test_a_list_of_mappings_may_be_text_at_any_depth(given: Any) -> None:
    assert structured({"channels": given, "app_id": "x"}, ACCOUNT.options) == {
        "channels": [CHANNEL],
        "app_id": "x",
    }


@pytest.mark.parametrize(
    "given",
    [
        {"channels": '[{"channel_id": "1"'},
        {"channels": "[" * 100_000},
        {"channels": [CHANNEL, 5, None, "tea"]},
        {"channels": [{"donate": "cash"}]},
        {"weixin_share": "https://share.example.com/?a=b,c"},
        {"weixin_share": "{1, 2}"},
        {"record_callback": True},
    ],
)
def test_what_cannot_be_read_is_left_to_the_check(given: Any) -> None:
    assert structured(given, ACCOUNT.options) == given
