"""polyv_oauth_custom for one channel, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_oauth_custom"
READ, WRITE = "auth-get", "oauth-custom"
OLD, URI = "https://old.example.com/login", "https://login.example.com/登录/a+b%20c&d=e"
OLD_KEY = "6mu6166v4l"
USER = ACCOUNT["user_id"]


def oauth(name: str, channel: Any = CHANNEL, uri: str = URI, **task: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"custom_uri": uri, "channel_id": channel}, **task}


def with_options(name: str, **options: Any) -> dict[str, Any]:
    """A task that may fail, of these options and nothing else."""
    return {"name": name, MODULE: {"custom_uri": URI, **options}, "ignore_errors": True}


def channel_of(result: Result) -> dict[str, Any]:
    (channel,) = result.data["channels"]
    return dict(channel)


def warnings_of(result: Result) -> str:
    return " ".join(result.data.get("warnings", []))


@pytest.mark.smoke
def test_check_change_and_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        oauth("check", check_mode=True), oauth("change"), oauth("no change"), defaults=account
    )
    shown = {"channel_id": CHANNEL, "custom_uri": URI, "auth_type": "custom", "enabled": True}
    assert [(result.task, result.changed, result.data["channels"]) for result in run.results] == [
        ("check", True, [shown]),
        ("change", True, [shown]),
        ("no change", False, [shown]),
    ]
    assert simulator.writes() == [WRITE]
    assert run.result("check").diff("before") == {"channels": {CHANNEL: {"custom_uri": OLD}}}
    assert run.result("check").data["diff"] == run.result("change").data["diff"]


def test_only_the_channel_asked_for_is_written(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    untouched = simulator.channel(USER, OTHER_CHANNEL)
    playbooks.tasks(oauth("one"), defaults=account)
    (write,) = simulator.requests(WRITE)
    assert write["form"]["channelId"] == [CHANNEL]
    assert simulator.channel(USER, OTHER_CHANNEL) == untouched


def test_the_primary_condition_is_compared_not_the_second(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    second = {"rank": 2, "enabled": "N", "authType": "custom", "customUri": URI}
    first = {"rank": 1, "enabled": "Y", "authType": "custom", "customUri": OLD}
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "auth": [second, first]}])
    result = playbooks.tasks(oauth("rank 1"), defaults=account).result("rank 1")
    assert result.changed
    assert result.diff("before") == {"channels": {CHANNEL: {"custom_uri": OLD}}}


@pytest.mark.parametrize(("enabled", "kind"), [("Y", "phone"), ("N", "custom")])
def test_an_equal_uri_that_is_not_active_is_a_warning_and_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], enabled: str, kind: str
) -> None:
    item = {"rank": 1, "enabled": enabled, "authType": kind, "customUri": URI}
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "auth": [item]}])
    result = playbooks.tasks(oauth("idle"), defaults=account).result("idle")
    assert not result.changed
    assert (channel_of(result)["enabled"], channel_of(result)["auth_type"]) == (enabled == "Y", kind)
    assert "is not the active watch condition" in warnings_of(result)
    assert CHANNEL in warnings_of(result)


def test_a_channel_that_follows_its_account_is_a_warning_even_without_a_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    item = {"rank": 1, "enabled": "Y", "authType": "custom", "customUri": URI}
    simulator.alter(USER, auth=[item], channels=[{"channel_id": CHANNEL, "global_settings": "Y"}])
    result = playbooks.tasks(oauth("follower"), defaults=account).result("follower")
    assert not result.changed
    assert "follows the settings of the account" in warnings_of(result)


def test_no_key_appears_anywhere_unless_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(oauth_key="change")
    run = playbooks.tasks(
        oauth("check", check_mode=True),
        oauth("change"),
        oauth("no change"),
        oauth("unknown", "999", ignore_errors=True),
        defaults=account,
        options=["--diff", "-vvv"],
    )
    new_key = simulator.channel(USER, CHANNEL)["auth"][0]["customKey"]
    assert new_key != OLD_KEY
    for leak in (OLD_KEY, new_key, "secret_key", "customKey", "secretKey"):
        assert leak not in run.everything


def test_the_key_of_a_change_is_the_newest(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(oauth_key="change", read_lag_reads=1)
    options = {"custom_uri": URI, "channel_id": CHANNEL, "return_secrets": True}
    result = playbooks.tasks({"name": "new", MODULE: options}, defaults=account).result("new")
    assert channel_of(result)["secret_key"] == simulator.channel(USER, CHANNEL)["auth"][0]["customKey"]


def test_a_channel_of_another_account_fails_without_a_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    result = playbooks.tasks(oauth("foreign", "3191532"), defaults=account).result("foreign")
    assert result.data["failure"]["kind"] == "unknown_channel"
    assert "Check that the channel belongs to this account" in result.data["msg"]
    assert simulator.writes() == []


def test_a_bad_uri_is_refused_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    bad = {
        "login.example.com": "must be an absolute http:// or https:// URL",
        "https://a.example/b c": "without blanks",
        "https://a.example/login?": "must not contain '?'",
        "https://localhost/login": "must not point at localhost",
        "http://127.0.0.1:8080/login": "must not point at localhost",
    }
    tasks = [oauth(uri, uri=uri, ignore_errors=True) for uri in bad]
    run = playbooks.tasks(*tasks, defaults=account)
    for result in run.results:
        assert result.data["msg"].startswith(f"custom_uri: got {result.task!r}, ")
        assert bad[result.task] in result.data["msg"]
    assert simulator.calls() == []


def test_a_slipped_template_never_reaches_all_channels(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    ids = ["", "0", 0, "00", " ", "12a", "-1", "None"]
    yeses = ["yes", 1, "1", "", "on", "True ", [True], None]
    tasks = [with_options(f"channel {value!r}", channel_id=value) for value in ids]
    tasks += [with_options(f"every {value!r}", all_channels=value) for value in yeses]
    run = playbooks.tasks(*tasks, defaults=account)
    refused = {result.task: result.data["msg"] for result in run.results if result.status == "failed"}
    assert set(refused) == {task["name"] for task in tasks}
    for value in ids:
        assert refused[f"channel {value!r}"].startswith(f"channel_id: got {str(value)!r}, must be the number")
    for value in yeses[:-1]:
        assert refused[f"every {value!r}"].startswith("all_channels: got ")
        assert "must be true or left out" in refused[f"every {value!r}"]
    assert refused["every None"].startswith("channel_id: must be given, or all_channels must be true")
    assert simulator.calls() == []


def test_exactly_one_of_channel_and_all_channels_must_be_given(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        with_options("both", channel_id=CHANNEL, all_channels=True),
        with_options("neither"),
        with_options("all but false", all_channels=False),
        defaults=account,
    )
    assert [result.data["failure"]["kind"] for result in run.results] == ["invalid_input"] * 3
    assert "only one of channel_id, channel and all_channels" in run.result("both").data["msg"]
    assert run.result("neither").data["msg"] == run.result("all but false").data["msg"]
    assert simulator.calls() == []
