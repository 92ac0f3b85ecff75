"""After a write, each module reads until the value shows: reads lag behind writes (docs/api.md §2)."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

USER = ACCOUNT["user_id"]
URL, OLD = "https://new.example.com/login", "https://old.example.com/login"
# Each setting: its task's options, its read and its write.
SETTINGS: dict[str, tuple[dict[str, Any], str, str]] = {
    "weixin_share": ({"url": URL}, "get-weixin-share-api", "set-weixin-share-api"),
    "record_callback": ({"url": URL}, "callback-get", "set-record-callback"),
    "oauth_custom": ({"custom_uri": URL, "channel_id": CHANNEL}, "auth-get", "oauth-custom"),
    "donate": ({"type": "cash", "cash_min": 5, "channel_id": CHANNEL}, "donate-get", "setDonate"),
}


def tasks(**options: Any) -> list[dict[str, Any]]:
    return [
        {"name": name, f"polyv.live.polyv_{name}": {**given, **options}}
        for name, (given, _unused, _unused) in SETTINGS.items()
    ]


def test_a_value_that_shows_late_is_waited_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=2)
    run = playbooks.tasks(*tasks(), defaults=account)
    for result in run.results:
        _unused, read, write = SETTINGS[result.task]
        calls = [call for call in simulator.calls() if call in (read, write)]
        assert result.changed
        assert calls == [read, write, read, read, read]
        assert "warnings" not in result.data


def test_without_verify_writes_nothing_is_read_back(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=1)
    run = playbooks.tasks(*tasks(verify_writes="off"), defaults=account)
    for result in run.results:
        _unused, read, write = SETTINGS[result.task]
        calls = [call for call in simulator.calls() if call in (read, write)]
        assert result.changed
        assert calls == [read, write]
    assert run.result("donate").data["donate"]["cash_min"] == "5"


@pytest.fixture
def never_shown(
    request: pytest.FixtureRequest, playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> dict[str, Result]:
    """The results of writes that never show, by host: three hosts wait at the same time, 15 s in all.

    The API writes an item that is not the primary one, follows the account, and reads the minimum under its other name.
    """
    simulator.switch(oauth_rank=2, cash_min_name="casnMin")
    simulator.alter(USER, channels=[{"channel_id": OTHER_CHANNEL, "global_settings": "Y"}])
    arguments = {
        "rank": {"polyv.live.polyv_oauth_custom": {"custom_uri": URL, "channel_id": CHANNEL}},
        "follower": {"polyv.live.polyv_oauth_custom": {"custom_uri": URL, "channel_id": OTHER_CHANNEL}},
        "minimum": {"polyv.live.polyv_donate": {"type": "cash", "cash_min": "66.60", "channel_id": CHANNEL}},
    }
    run = playbooks.tasks(
        *(
            {"name": host, **module, "when": f"inventory_hostname == '{host}'"}
            for host, module in arguments.items()
        ),
        defaults={**account, "verify_writes": request.param},
        options=["-i", ",".join(arguments)],
        hosts="all",
        vars={"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        strategy="free",
    )
    done = {result.host: result for result in run.results if result.status != "skipped"}
    assert {host: result.changed for host, result in done.items()} == dict.fromkeys(arguments, True)
    return done


ACCEPTED = f"The API accepted custom_uri '{URL}', but still shows"


@pytest.mark.parametrize("never_shown", ["warn"], indirect=True)
def test_with_warn_a_value_that_never_shows_is_a_warning_that_says_what_was_sent_and_what_reads_back(
    never_shown: dict[str, Result],
) -> None:
    assert {result.status for result in never_shown.values()} == {"ok"}
    warnings = {host: result.data["warnings"] for host, result in never_shown.items()}
    assert f"{ACCEPTED} '{OLD}'. May need more time: {CHANNEL}." in warnings["rank"]
    assert f"{ACCEPTED} None. Follows its account: {OTHER_CHANNEL}." in warnings["follower"]
    (warning,) = warnings["minimum"]
    sent, shown = warning.split("but still shows")
    assert "'cash_min': '66.6'" in sent
    assert "'cash_min': '0'" in shown
    assert "(it may need more time)" in shown


@pytest.mark.parametrize("never_shown", ["strict"], indirect=True)
def test_a_value_that_never_shows_fails_the_task_which_names_the_way_on(
    never_shown: dict[str, Result],
) -> None:
    assert {result.status for result in never_shown.values()} == {"failed"}
    messages = {host: result.data["msg"] for host, result in never_shown.items()}
    assert all(result.data["failure"]["kind"] == "not_applied" for result in never_shown.values())
    assert all(message.endswith("with this as a warning.") for message in messages.values())
    assert f"{ACCEPTED} '{OLD}'. May need more time: {CHANNEL}." in messages["rank"]
    assert "polyv_watch_condition sets the same by a newer call." in messages["rank"]
    assert f"Follows its account: {OTHER_CHANNEL}." in messages["follower"]
    assert "'cash_min': '66.6'" in messages["minimum"]


@pytest.mark.smoke
def test_the_booleans_of_release_1_go_on_and_are_deprecated(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_reads=1)
    given = {"no": False, "text": "false", "yes": True, "on": "yes", "quoted": "off", "wrong": "maybe"}
    run = playbooks.tasks(
        *(
            {
                "name": name,
                "polyv.live.polyv_record_callback": {"url": f"{URL}/{name}", "verify_writes": value},
                "ignore_errors": True,
            }
            for name, value in given.items()
        ),
        defaults=account,
    )
    deprecated = {
        result.task: str(result.data.get("deprecations", "")).count("Write '") for result in run.results
    }
    assert deprecated == {"no": 1, "text": 1, "yes": 1, "on": 1, "quoted": 0, "wrong": 0}
    assert "Write 'off' instead, in quotes" in str(run.result("text").data["deprecations"])
    assert "Write 'warn' instead, in quotes" in str(run.result("on").data["deprecations"])
    assert (
        "value of verify_writes must be one of: strict, warn, off, got: maybe"
        in run.result("wrong").data["msg"]
    )
    # Only true reads back: once more than it shows late.
    assert simulator.calls().count("callback-get") == 2 + 3 * 2 + 1
