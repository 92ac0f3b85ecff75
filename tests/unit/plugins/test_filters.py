"""The filters: what serial understands, what tags select, and the record and summary of a rollout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.polyv.live.plugins.filter.batches import batches
from ansible_collections.polyv.live.plugins.filter.rollout import Record, rollout_batch, rollout_record
from ansible_collections.polyv.live.plugins.filter.without_channels import without_channels
from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import OF_CHANNELS
from ansible_collections.polyv.live.plugins.plugin_utils._action.selection import by_tags, channels_with
from ansible_collections.polyv.live.plugins.plugin_utils._rollout_summary import MOST_NAMES, rollout_summary

SETTINGS = ["weixin_share", "record_callback", "oauth_custom", "donate"]
OK: dict[str, Any] = {"changed": False, "settings": []}
BAD: dict[str, Any] = {"failed": True, "msg": "it\n  broke"}
CHANGED: dict[str, Any] = {
    "changed": True,
    "settings": [
        {"setting": "weixin_share", "channel_id": None, "changed": True},
        {"setting": "donate", "channel_id": "7", "changed": True},
        {"setting": "record_callback", "channel_id": None, "changed": False},
    ],
}


def entered(*steps: Mapping[str, Any], of: int | None = None, max_failed: Any = None, **more: Any) -> Record:
    """The record after some batches; `of` is the number of all accounts."""
    everyone = [host for step in steps for host in step]
    everyone += [f"later{number}" for number in range((of or 0) - len(everyone))]
    record = rollout_record(everyone, max_failed, **more)
    for step in steps:
        record = rollout_batch(record, step)
    return record


@pytest.mark.parametrize(
    ("value", "sizes"),
    [
        (None, ["1", "100%"]),
        ("", ["1", "100%"]),
        ([], ["1", "100%"]),
        (5, ["5"]),
        ("1,10,100%", ["1", "10", "100%"]),
        (" 1 , 10% ", ["1", "10%"]),
        ("[1, '50%']", ["1", "50%"]),
        ([1, "10", "100%"], ["1", "10", "100%"]),
    ],
)
def test_serial_comes_as_list_number_or_text(value: Any, sizes: list[str]) -> None:
    assert batches(value) == sizes


@pytest.mark.parametrize("value", ["x", 0, "0%", "101%", -1, [1, "all"], "1;2", 1.5])
def test_serial_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="numbers of accounts or percentages"):
        batches(value)


@pytest.mark.parametrize(
    ("run", "skip", "selected"),
    [
        (["all"], [], SETTINGS),
        (["tagged"], [], SETTINGS),
        (["account"], [], SETTINGS),
        (["mine"], [], SETTINGS),
        (["donate"], [], ["donate"]),
        (["donate", "weixin_share"], [], ["weixin_share", "donate"]),
        (["untagged"], [], []),
        (["other"], [], []),
        (["all"], ["donate"], ["weixin_share", "record_callback", "oauth_custom"]),
        (["donate"], ["donate"], []),
        (["all"], ["account"], []),
        (["all"], ["tagged"], []),
        (["all"], ["other"], SETTINGS),
    ],
)
def test_tags_select_as_ansible_would(run: list[str], skip: list[str], selected: list[str]) -> None:
    assert by_tags(SETTINGS, run, skip, ["account", "mine"]) == selected


def test_channels_keep_only_the_selected_settings() -> None:
    both = {"channel_id": "1", "oauth_custom": {"custom_uri": "u"}, "donate": {"type": "cash"}}
    channels = [
        both,
        {"channel_id": "2", "oauth_custom": {"custom_uri": "u"}},
        {"channel_id": "3", "slip": 1},
    ]
    assert channels_with(channels, ["weixin_share", *OF_CHANNELS]) is channels
    assert channels_with(channels, ["donate", "weixin_share"]) == [
        {"channel_id": "1", "donate": {"type": "cash"}},
        {"channel_id": "3", "slip": 1},
    ]
    assert channels_with(channels, ["weixin_share"]) is None
    assert channels_with(None, ["donate"]) is None


def test_what_describes_a_channel_itself_is_kept_or_left_out_as_a_whole() -> None:
    channels = [
        {
            "channel": "Hall",
            "category_id": 1,
            "state": "present",
            "scene": "alone",
            "donate": {"type": "cash"},
        },
        {"channel": "Bare", "category_id": 1, "state": "present"},
        {"channel_id": "1", "category_id": 2, "publisher": "x"},
        {"channel_id": "2", "category_id": 2},
    ]
    assert channels_with(channels, ["donate"]) == [
        {"channel": "Hall", "category_id": 1, "donate": {"type": "cash"}}
    ]
    assert channels_with(channels, ["channel"]) == [
        {"channel": "Hall", "category_id": 1, "state": "present", "scene": "alone"},
        *channels[1:],
    ]


@pytest.mark.parametrize("slip", ["text", 5, ["1"], {"channel_id": "1"}])
def test_channels_that_are_no_mappings_are_left_to_the_module(slip: Any) -> None:
    assert channels_with(slip, ["donate"]) == slip


def test_channels_given_as_text_are_reduced_too() -> None:
    channel = {"channel_id": "1", "oauth_custom": {"custom_uri": "u"}, "donate": {"type": "cash"}}
    reduced = [{"channel_id": "1", "donate": {"type": "cash"}}]
    for given in (json.dumps([channel]), [json.dumps(channel)]):
        assert channels_with(given, ["donate"]) == reduced


@pytest.mark.parametrize(
    ("value", "percentage"), [(None, 10), ("", 10), (" ", 10), (0, 0), ("25", 25), ("12.5 %", 12.5)]
)
def test_the_threshold_comes_as_number_or_text(value: Any, percentage: float) -> None:
    assert rollout_record([], value)["max_failed"] == percentage


@pytest.mark.parametrize("value", ["x", -1, 101, "nan", True])
def test_a_threshold_that_is_no_percentage_is_refused(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="percentage from 0 to 100"):
        rollout_record([], value)


@pytest.mark.parametrize(("value", "percentage"), [("yes", 0), (True, 0), ("no", 10), ("", 10), (None, 10)])
def test_stopping_on_failure_is_a_threshold_of_zero(value: Any, percentage: float) -> None:
    assert rollout_record([], None, value)["max_failed"] == percentage


def test_every_result_finds_its_kind() -> None:
    record = entered(
        {"a": OK, "b": CHANGED, "c": BAD, "d": {"skipped": True}, "e": None, "f": {"unreachable": True}}
    )
    assert record["same"] == ["a"]
    assert record["changed"] == {"b": ["weixin_share", "donate of channel 7"]}
    assert record["skipped"] == ["d"]
    assert {host: what["reason"] for host, what in record["failed"].items()} == {
        "c": "it broke",
        "e": "there is no result for it",
        "f": "the task failed without saying why",
    }


def test_a_record_is_not_altered_by_the_next_batch() -> None:
    record = rollout_record("abc")
    rollout_batch(record, {"a": OK, "b": BAD, "c": CHANGED})
    assert record == rollout_record("abc")


def test_what_a_failed_account_has_changed_is_kept() -> None:
    record = entered({"a": {**CHANGED, **BAD}})
    assert record["failed"]["a"]["changed"] == ["weixin_share", "donate of channel 7"]


@pytest.mark.parametrize(("max_failed", "stopped"), [(49, True), (50, False), (100, False)])
def test_no_further_batch_starts_past_the_threshold(max_failed: int, stopped: bool) -> None:
    record = entered({"a": OK, "b": BAD}, of=5, max_failed=max_failed)
    assert bool(record["stopped"]) is stopped
    assert record["over"] is stopped


def test_the_threshold_is_of_all_accounts_tried_so_far() -> None:
    record = entered({"a": OK, "b": OK}, {"c": BAD, "d": OK}, of=9, max_failed=25)
    assert record["stopped"] is None
    record = rollout_batch(record, {"e": BAD})
    assert record["stopped"] == "2 of 5 accounts failed (40 %), more than the 25 % allowed"


def test_after_the_last_batch_there_is_nothing_to_stop() -> None:
    record = entered({"a": BAD}, {"b": BAD}, max_failed=100)
    assert (record["over"], record["stopped"]) == (True, None)
    assert entered({"a": BAD})["stopped"] is None


def test_hosts_are_failed_unless_the_whole_batch_did() -> None:
    assert entered({"a": OK, "b": BAD}, of=3, max_failed=100)["to_fail"] == {"b": "it broke"}
    assert entered({"a": BAD, "b": BAD}, of=3, max_failed=100)["to_fail"] == {}
    assert entered({"a": OK, "b": {"unreachable": True}})["to_fail"] == {}


@pytest.mark.parametrize(
    ("steps", "fails"),
    [
        ([{"a": OK}], False),
        ([{"a": BAD}], True),
        ([{"a": OK, "b": BAD}], False),
        ([{"a": BAD}, {"b": OK}], True),
        ([{"a": BAD, "b": OK}, {"c": OK}], False),
        ([{"a": BAD, "b": OK}, {"c": BAD}], True),
        ([{"a": OK, "b": {"unreachable": True}}], True),
    ],
)
def test_the_last_batch_fails_where_nothing_else_tells_of_failures(
    steps: list[dict[str, Any]], fails: bool
) -> None:
    assert entered(*steps, max_failed=100)["fail_batch"] is fails


def test_no_batch_fails_as_a_whole_before_the_last() -> None:
    assert entered({"a": BAD}, of=2, max_failed=100)["fail_batch"] is False


def test_the_summary_counts_and_names_everyone() -> None:
    record = entered({"b": CHANGED, "a": OK}, {"c": BAD, "d": {"skipped": True}}, of=6)
    summary = rollout_summary(record)
    assert summary["counts"] == {
        "accounts": 6,
        "changed": 1,
        "same": 1,
        "skipped": 1,
        "failed": 1,
        "not_reached": 2,
    }
    assert summary["not_reached"] == ["later0", "later1"]
    assert summary["text"] == [
        "Accounts: 6",
        "  changed           1",
        "  same              1",
        "  nothing selected  1",
        "  failed            1",
        "  not reached       2",
        "Stopped: 1 of 4 accounts failed (25 %), more than the 10 % allowed.",
        "Changed:",
        "  b  weixin_share, donate of channel 7",
        "Failed:",
        "  c  it broke",
        "Not reached:",
        "  later0",
        "  later1",
    ]


def test_a_thousand_accounts_need_few_lines() -> None:
    accounts = {f"a{number:04}": CHANGED for number in range(1000)}
    summary = rollout_summary(entered(accounts))
    assert len(summary["changed"]) == 1000
    assert len(summary["text"]) == 5 + 1 + MOST_NAMES + 1
    assert summary["text"][-1] == f"  and {1000 - MOST_NAMES} more"


def test_a_long_reason_is_cut_in_the_text_only() -> None:
    summary = rollout_summary(entered({"a": {"failed": True, "msg": "x" * 1000}}))
    assert len(summary["failed"]["a"]["reason"]) == 1000
    assert max(map(len, summary["text"])) < 220


@pytest.mark.parametrize(
    ("pattern", "patterns"),
    [("all", ["all"]), ("a,b:&c", ["a,b:&c"]), (["a", ["b", "!c"]], ["a", "b", "!c"]), ("", [""])],
)
def test_channels_are_left_out_of_a_pattern_where_there_are_any(pattern: Any, patterns: list[str]) -> None:
    assert without_channels(pattern, {"all": [], "polyv_accounts": []}) == patterns
    assert without_channels(pattern, {"all": [], "polyv_channels": []}) == [*patterns, "!polyv_channels"]
