"""polyv_oauth_custom for every channel of an account: pages, single calls, the account-wide call."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_oauth_custom"
READ, WRITE = "list-detail", "oauth-custom"
URI = "https://login.example.com/login"
# The first id of channels that a seed only counts; the others follow it.
FIRST = 3000001


def task(name: str, **task: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"custom_uri": URI, "all_channels": True}, **task}


def provide(simulator: Simulator, differing: int, agreeing: int = 0) -> None:
    """An account with so many channels that differ, and so many that agree after them."""
    items = [{"rank": 1, "enabled": "Y", "authType": "custom", "customUri": URI}]
    simulator.replace_accounts([{**ACCOUNT, "channels": differing + agreeing}])
    agreed = range(FIRST + differing, FIRST + differing + agreeing)
    simulator.alter(
        ACCOUNT["user_id"], channels=[{"channel_id": str(number), "auth": items} for number in agreed]
    )
    simulator.forget()


def play(playbooks: Playbooks, account: dict[str, Any]) -> Run:
    return playbooks.tasks(
        task("check", check_mode=True), task("change"), task("no change"), defaults=account
    )


def uris(simulator: Simulator) -> set[str | None]:
    """The primary URIs that the account's channels have."""
    channels = simulator.account(ACCOUNT["user_id"])["channels"]
    return {channel["auth"][0]["customUri"] for channel in channels}


def channel_ids(simulator: Simulator) -> list[list[str] | None]:
    """The `channelId` of each write, None where there is no such parameter."""
    return [write["form"].get("channelId") for write in simulator.requests(WRITE)]


def test_fewer_than_20_that_differ_are_written_one_by_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=19, agreeing=3)
    run = play(playbooks, account)
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("change", True),
        ("no change", False),
    ]
    assert channel_ids(simulator) == [[str(number)] for number in range(FIRST, FIRST + 19)]
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert "for the whole account" not in str([result.data for result in run.results])
    assert uris(simulator) == {URI}


def test_20_that_differ_are_written_by_one_call_for_the_account_that_is_announced(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=20, agreeing=5)
    run = play(playbooks, account)
    assert channel_ids(simulator) == [None]
    assert uris(simulator) == {URI}
    assert not run.result("no change").changed
    expected = "20 of 25 channels differ; one call for the whole account sets them. It writes the 5 channels"
    for name in ("check", "change"):
        assert any(warning.startswith(expected) for warning in run.result(name).data["warnings"])
    assert not any(expected in warning for warning in run.result("no change").data.get("warnings", []))


def test_every_channel_is_returned_with_its_state(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=2, agreeing=1)
    run = play(playbooks, account)
    for result in run.results:
        assert [(channel["channel_id"], channel["custom_uri"]) for channel in result.data["channels"]] == [
            (str(number), URI) for number in range(FIRST, FIRST + 3)
        ]


@pytest.mark.parametrize(("channels", "pages"), [(0, 1), (1000, 1), (1001, 2), (2001, 3)])
def test_one_request_reads_1000_channels(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], channels: int, pages: int
) -> None:
    provide(simulator, differing=channels)
    result = playbooks.tasks(task("check", check_mode=True), defaults=account).result("check")
    assert len(result.data["channels"]) == channels
    assert result.changed is (channels > 0)
    assert [entry["form"]["page"] for entry in simulator.requests(READ)] == [
        [str(page)] for page in range(1, pages + 1)
    ]
    assert simulator.writes() == []


def test_a_failure_midway_says_how_many_were_done_and_a_second_run_goes_on(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=4)
    simulator.fault(WRITE, "delay", times=2, seconds=0)
    simulator.fault(WRITE, "html", http_status=200)
    run = playbooks.tasks(
        task("broken", ignore_errors=True), task("again"), defaults={**account, "retries": 0}
    )
    assert f"2 of 4 channels were written before channel {FIRST + 2}" in run.result("broken").data["msg"]
    assert run.result("broken").data["failure"]["endpoint"] == WRITE
    assert channel_ids(simulator)[3:] == [[str(FIRST + 2)], [str(FIRST + 3)]]


def test_a_channel_that_refuses_does_not_stop_the_others(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=4)
    simulator.fault(WRITE, "delay", seconds=0)
    simulator.fault(WRITE, "envelope", code=400, message="param validate error", times=2)
    run = playbooks.tasks(task("refused", ignore_errors=True), task("again"), defaults=account)
    refused = run.result("refused")
    assert (refused.changed, refused.data["failure"]["kind"]) == (True, "rejected")
    assert f"2 of 4 channels were not written: {FIRST + 1}, {FIRST + 2}." in refused.data["msg"]
    assert channel_ids(simulator)[4:] == [[str(FIRST + 1)], [str(FIRST + 2)]]


def test_what_refuses_the_first_channels_alike_is_not_asked_for_all_of_them(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=8)
    simulator.fault(WRITE, "envelope", code=403, message="access forbidden", times=-1)
    result = playbooks.tasks(task("forbidden"), defaults=account).result("forbidden")
    assert (result.changed, result.data["failure"]["kind"]) == (False, "forbidden")
    assert f"8 of 8 channels were not written: {FIRST}, {FIRST + 1}," in result.data["msg"]
    assert simulator.writes() == [WRITE] * 5


def test_a_page_that_can_not_be_read_fails_without_a_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=1001)
    simulator.fault(READ, "delay", seconds=0)
    simulator.fault(READ, "html", http_status=200, times=-1)
    result = playbooks.tasks(task("half read"), defaults={**account, "retries": 0}).result("half read")
    assert result.data["failure"]["kind"] == "unreadable"
    assert simulator.writes() == []


def test_passwords_and_keys_of_the_listing_appear_nowhere(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    provide(simulator, differing=20, agreeing=1)
    run = playbooks.tasks(
        task("check", check_mode=True), task("change"), defaults=account, options=["--diff", "-vvv"]
    )
    channels = simulator.account(ACCOUNT["user_id"])["channels"]
    secrets = [channel["channel_passwd"] for channel in channels]
    secrets += [channel["auth"][0]["customKey"] for channel in channels]
    assert all(secrets)
    assert [secret for secret in secrets if secret in run.everything] == []
