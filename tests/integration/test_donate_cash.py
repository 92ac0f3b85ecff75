"""polyv_donate for cash, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_donate"
READ, WRITE = "donate-get", "setDonate"
USER = ACCOUNT["user_id"]


def cash(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"channel_id": CHANNEL, "type": "cash", **options}}


def checked(task: dict[str, Any]) -> dict[str, Any]:
    return {**task, "name": "check", "check_mode": True}


def stored(simulator: Simulator) -> dict[str, Any]:
    donate: dict[str, Any] = simulator.channel(USER, CHANNEL)["donate"]
    return donate


def alter(simulator: Simulator, **donate: Any) -> None:
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "donate": donate}])


def warnings_of(result: Result) -> str:
    return " ".join(result.data.get("warnings", []))


@pytest.mark.smoke
def test_check_change_no_change_and_off(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    on = cash("change", cash_min="66.60")
    run = playbooks.tasks(
        checked(on), on, {**on, "name": "no change"}, cash("off", enabled=False), defaults=account
    )
    shown = {"channel_id": CHANNEL, "type": "cash", "cash_min": "66.6", "follows_account": False}
    assert [(result.task, result.changed, result.data["donate"]) for result in run.results] == [
        ("check", True, {**shown, "enabled": True}),
        ("change", True, {**shown, "enabled": True}),
        ("no change", False, {**shown, "enabled": True}),
        ("off", True, {**shown, "enabled": False}),
    ]
    assert simulator.calls() == [READ, READ, WRITE, READ, READ, READ, WRITE, READ]
    assert run.result("check").diff("before") == {"type": "cash", "enabled": False, "cash_min": "0"}
    assert run.result("check").data["diff"] == run.result("change").data["diff"]


def test_cash_travels_as_multipart_too(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    playbooks.tasks(cash("change", cash_min=5), defaults=account)
    (write,) = simulator.requests(WRITE)
    assert write["encoding"] == "multipart"
    assert write["path"] == f"/live/v2/channelSetting/{CHANNEL}/setDonate"
    assert {name: write["form"][name] for name in ("donateEnabled", "type", "cashMin")} == {
        "donateEnabled": ["Y"],
        "type": ["cash"],
        "cashMin": ["5"],
    }
    assert write["files"] == []


@pytest.mark.parametrize("minimum", [7, 66.66, 9999])
def test_a_minimum_left_out_survives(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], minimum: float
) -> None:
    alter(simulator, cashMin=minimum)
    run = playbooks.tasks(cash("on"), cash("off", enabled=False), defaults=account)
    assert [result.changed for result in run.results] == [True, True]
    assert stored(simulator)["cashMin"] == minimum
    assert run.result("off").data["donate"]["cash_min"] == str(minimum)


def test_minimums_that_are_written_differently_and_mean_the_same_are_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    alter(simulator, donateCashEnabled="Y", cashMin=66.6)
    tasks = [cash(str(minimum), cash_min=minimum) for minimum in (66.6, "66.60", "066.600", "6.66e1")]
    run = playbooks.tasks(*tasks, defaults=account)
    assert [(result.status, result.changed) for result in run.results] == [("ok", False)] * 4
    assert simulator.writes() == []


def test_cash_leaves_goods_alone(playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]) -> None:
    goods = [{"goodName": "鲜花", "goodPrice": 1, "goodImg": "//img.example/1.png", "goodEnabled": "Y"}]
    alter(simulator, goods=goods)
    playbooks.tasks(cash("on", cash_min=1), defaults=account)
    assert stored(simulator)["goods"] == goods


def test_only_the_channel_asked_for_is_written(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    untouched = simulator.channel(USER, OTHER_CHANNEL)
    playbooks.tasks(cash("on", cash_min=1), defaults=account)
    assert simulator.channel(USER, OTHER_CHANNEL) == untouched


def test_cash_and_goods_both_on_is_a_state_like_any_other(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    alter(simulator, donateCashEnabled="Y", donateGoodEnabled="Y")
    result = playbooks.tasks(cash("both"), defaults=account).result("both")
    assert not result.changed
    assert warnings_of(result) == ""


def test_a_channel_that_follows_its_account_shows_the_accounts_donations_and_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(
        USER,
        donate={"donateCashEnabled": "Y", "cashMin": 3},
        channels=[{"channel_id": CHANNEL, "global_settings": "Y"}],
    )
    result = playbooks.tasks(cash("follower"), defaults=account).result("follower")
    assert not result.changed
    assert (result.data["donate"]["follows_account"], result.data["donate"]["cash_min"]) == (True, "3")
    assert "follows the settings of its account" in warnings_of(result)


def test_a_channel_that_the_api_does_not_know_fails_without_a_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, channels=[{"channel_id": OTHER_CHANNEL, "donate": None}])
    run = playbooks.tasks(
        {**cash("no channel", channel_id="999"), "ignore_errors": True},
        {**cash("no setting", channel_id=OTHER_CHANNEL), "ignore_errors": True},
        defaults=account,
    )
    assert run.result("no channel").data["failure"]["kind"] == "unknown_channel"
    assert "channelSetting not found" in run.result("no setting").data["msg"]
    assert simulator.writes() == []


def test_bad_input_is_refused_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    good = {"name": "鲜花", "price": 1, "image": "flower.png"}
    minimum = "cash_min: got {!r}, must be a number from 0 to 9999"
    channel = "channel_id: got {!r}, must be the number of a channel: digits only, and not zero"
    bad: list[tuple[dict[str, Any], str]] = [
        *(({"cash_min": value}, minimum.format(str(value))) for value in (-0.01, 9999.01)),
        *(({"cash_min": value}, minimum.format(value)) for value in ("", "NaN", "1,5")),
        *(({"channel_id": value}, channel.format(value)) for value in ("", "0", "12a")),
        ({"goods": [good]}, "goods: must be left out with type=cash"),
        ({"force": True}, "force: must be left out with type=cash: it uploads images again"),
        ({"type": "both"}, "value of type must be one of: cash, good, got: both"),
    ]
    tasks = [
        {**cash(f"bad {number}", **options), "ignore_errors": True}
        for number, (options, _unused) in enumerate(bad)
    ]
    run = playbooks.tasks(*tasks, defaults=account)
    assert [result.data["msg"] for result in run.results] == [msg for _unused, msg in bad]
    assert simulator.calls() == []
