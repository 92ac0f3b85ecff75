"""From the results of polyv_account_info to settings of the role: what is data, and what is a comment."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.plugin_utils._export import conditions, donations
from ansible_collections.polyv.live.plugins.plugin_utils._export.account import exported
from ansible_collections.polyv.live.plugins.plugin_utils._export.donations import NoImage
from ansible_collections.polyv.live.plugins.plugin_utils._export.exported import Channel, Exported
from ansible_collections.polyv.live.plugins.plugin_utils._export.validity import keep_valid

GOODS = [
    {"name": "flower", "price": "1", "image": "//i/1.png", "enabled": True},
    {"name": "off", "price": "2", "image": "//i/2.png", "enabled": False},
    {"name": "coffee", "price": "3", "image": None, "enabled": True},
]


def found(channel_id: str, number: int, address: str | None) -> str:
    return f"{channel_id}-{number}.png"


def not_found(channel_id: str, number: int, address: str | None) -> str:
    raise NoImage("no directory")


def donated(cash: bool, good: bool, follows: bool = False) -> list[dict[str, Any]]:
    about = {"channel_id": "1", "follows_account": follows}
    return [
        {**about, "type": "cash", "enabled": cash, "cash_min": "6.6"},
        {**about, "type": "good", "enabled": good, "goods": GOODS if good else []},
    ]


def test_donations_are_of_one_kind_and_goods_need_images() -> None:
    in_cash = {"type": "cash", "enabled": True, "cash_min": "6.6"}
    assert donations.options(donated(True, False), not_found) == (in_cash, [])
    assert donations.options(donated(False, False), not_found)[0] == {**in_cash, "enabled": False}
    assert donations.options(donated(True, True, follows=True), not_found)[0] == {"follow_account": True}
    option, notes = donations.options(donated(False, True), found)
    assert [(good["name"], good["image"]) for good in option["goods"]] == [
        ("flower", "1-1.png"),
        ("coffee", "1-3.png"),
    ]
    assert [note.lacks for note in notes] == [None], "goods that nobody sees are a comment"
    assert donations.options(donated(False, True), not_found)[0] == {}
    option, notes = donations.options(donated(True, True), not_found)
    assert option == in_cash and [note.lacks for note in notes][1:] == ["goods without their images"]
    option, notes = donations.options(donated(True, True), found)
    assert option["type"] == "good" and notes[1].lacks == "donations of both kinds on one channel"


def condition(rank: int, kind: str | None, enabled: bool = True, **fields: Any) -> dict[str, Any]:
    return {
        "channel_id": "1",
        "follows_account": False,
        "rank": rank,
        "type": kind,
        "enabled": enabled,
        **fields,
    }


def test_conditions_have_the_fields_of_their_type_that_are_set() -> None:
    form: list[dict[str, Any]] = [
        {"name": "x", "type": "text", "options": [], "placeholder": None, "sms": False}
    ]
    option, notes = conditions.options(
        [
            condition(1, "info", info_fields=form, info_desc=None, info_auth_tips="tip"),
            condition(2, "none", False),
        ]
    )
    assert option == {
        "primary": {
            "type": "info",
            "info_fields": [{"name": "x", "type": "text", "sms": False}],
            "info_auth_tips": "tip",
        },
        "secondary": {"enabled": False},
    }
    assert notes == []


def test_conditions_that_can_not_be_set_are_comments() -> None:
    option, notes = conditions.options([condition(1, "wxshare"), condition(2, "code", qcode_tips=None)])
    assert option == {"secondary": {"type": "code"}}
    assert [note.lacks for note in notes] == [
        "watch conditions of a type that can't be set",
        "secrets that were not read",
    ]


def info(**subsets: Any) -> dict[str, Any]:
    return {"account": {"user_id": "u"}, "account_info": subsets, "unreadable": []}


def test_a_channel_is_told_by_its_name_where_that_is_unique_and_good() -> None:
    names = ["a", "b", "b", " blank ", None, "x" * 101]
    listed = [
        {"channel_id": str(number), "name": name, "channel_passwd": None} for number, name in enumerate(names)
    ]
    account = exported(info(channels=listed), not_found)
    told = [channel.options for channel in account.channels]
    assert told == [{"channel": "a"}, *({"channel_id": str(number)} for number in range(1, 6))]
    assert account.lacking() == {}


def test_a_category_stands_beside_a_name_only_where_the_list_shows_it() -> None:
    details = [
        {"channel_id": "1", "name": "a", "category_id": 7},
        {"channel_id": "2", "name": None, "category_id": 7},
    ]
    listed = [{"channel_id": "1", "name": "a", "category_id": None}]
    account = exported(info(channels=listed, channel_details=details), not_found)
    assert [channel.options for channel in account.channels] == [
        {"channel": "a"},
        {"channel_id": "2", "category_id": 7},
    ]
    shown = exported(info(channels=details, channel_details=details), not_found)
    assert shown.channels[0].options == {"channel": "a", "category_id": 7}


def test_what_is_unset_is_not_written_and_what_is_unreadable_is_a_comment_where_it_belongs() -> None:
    details = [
        {
            "channel_id": "1",
            "name": "a",
            "start_time": 0,
            "max_viewer": 0,
            "link_mic_limit": -1,
            "desc": None,
            "channel_passwd": None,
        }
    ]
    result = info(weixin_share={"url": None}, channels=details, donations=None)
    result["unreadable"] = [
        {"subset": "donations", "channel_id": None, "msg": "no", "failure": {}},
        {"subset": "channel_details", "channel_id": "1", "msg": "gone", "failure": {}},
    ]
    account = exported(result, not_found)
    assert account.settings == {}
    assert account.channels[0].options == {"channel": "a", "link_mic_limit": -1}
    assert [note.text for note in account.channels[0].notes][-1] == "channel_details: it can't be read. gone"
    assert set(account.lacking()) == {
        "donations, which can't be read",
        "channel_details, which can't be read",
    }


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a text": ({"channel": "a", "publisher": "x\u200b", "desc": "ok"}, {"channel": "a", "desc": "ok"}),
    "half a pair": ({"channel": "a", "desc": "\ud83d"}, {"channel": "a"}),
    "a choice": ({"channel": "a", "scene": "opera"}, {"channel": "a"}),
    "a number": ({"channel": "a", "link_mic_limit": 99}, {"channel": "a"}),
    "a field": (
        {"channel": "a", "watch_condition": {"primary": {"type": "code", "auth_code": "123456789"}}},
        {"channel": "a", "watch_condition": {"primary": {"type": "code"}}},
    ),
    "a choice of a form": (
        {
            "channel": "a",
            "watch_condition": {"primary": {"type": "info", "info_fields": [{"name": "x", "type": "odd"}]}},
        },
        {"channel": "a", "watch_condition": {"primary": {"type": "info"}}},
    ),
    "goods without their file": (
        {
            "channel": "a",
            "donate": {
                "type": "good",
                "enabled": True,
                "goods": [{"name": "x", "price": "1", "image": "/no.png"}],
            },
        },
        {"channel": "a"},
    ),
    "one condition on, without the first": (
        {"channel": "a", "watch_condition": {"primary": {"enabled": False}, "secondary": {"type": "public"}}},
        {"channel": "a", "watch_condition": {"primary": {"enabled": False}}},
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_modules_refuse_is_left_out_and_nothing_else(case: str) -> None:
    given, kept = REFUSED[case]
    account = Exported("u", channels=[Channel("1", given)])
    keep_valid(account)
    assert account.channels[0].options == kept
    assert list(account.lacking()) == ["values that the modules refuse"]
    assert all("123456789" not in note.text for note in account.all_notes())


def test_a_setting_of_the_account_loses_only_what_is_refused() -> None:
    account = Exported(
        "u", {"callbacks": {"record_url": "no url", "rebirth_vod": True}, "weixin_share": {"url": "ftp://x"}}
    )
    keep_valid(account)
    assert account.settings == {"callbacks": {"rebirth_vod": True}}


def test_a_channel_that_no_module_can_name_is_a_comment_of_the_account() -> None:
    account = Exported("u", channels=[Channel("x/y", {"channel_id": "x/y", "publisher": "Li"})])
    keep_valid(account)
    assert account.channels == []
    assert "channel x/y: channel_id: got 'x/y'" in account.notes[0].text
