"""polyv_account: the desired state of one account in one task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_account"
SHARE = "https://share.example.com/直播?a=1&b=x+y"
CALLBACK = "https://hooks.example.com/录制"
LOGIN = "https://login.example.com/polyv"
USER = ACCOUNT["user_id"]


@pytest.fixture
def image(tmp_path: Path) -> str:
    path = tmp_path / "flower.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    return str(path)


def desired(image: str) -> dict[str, Any]:
    """The five settings, on the account and two channels."""
    goods = [{"name": "鲜花", "price": "0.99", "image": image}]
    return {
        "weixin_share": {"url": SHARE},
        "record_callback": {"url": CALLBACK},
        "channels": [
            {
                "channel_id": CHANNEL,
                "oauth_custom": {"custom_uri": LOGIN},
                "donate": {"type": "cash", "cash_min": 5},
            },
            {"channel_id": OTHER_CHANNEL, "donate": {"type": "good", "goods": goods}},
        ],
    }


def settings(result: Any) -> list[tuple[str, str | None, bool, bool]]:
    return [
        (item["setting"], item["channel_id"], item["changed"], item["failed"])
        for item in result.data["settings"]
    ]


def everything(changed: bool) -> list[tuple[str, str | None, bool, bool]]:
    return [
        ("weixin_share", None, changed, False),
        ("record_callback", None, changed, False),
        ("oauth_custom", CHANNEL, changed, False),
        ("donate", CHANNEL, changed, False),
        ("donate", OTHER_CHANNEL, changed, False),
    ]


@pytest.mark.smoke
def test_check_change_and_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], image: str
) -> None:
    run = playbooks.tasks(
        {"name": "check", MODULE: desired(image), "check_mode": True},
        {"name": "change", MODULE: desired(image)},
        {"name": "no change", MODULE: desired(image)},
        defaults=account,
        options=["--diff"],
    )
    assert run.returncode == 0, run.output
    assert settings(run.result("check")) == everything(True)
    assert settings(run.result("change")) == everything(True)
    assert settings(run.result("no change")) == everything(False)
    assert sorted(simulator.writes()) == [
        "oauth-custom",
        "set-record-callback",
        "set-weixin-share-api",
        "setDonate",
        "setDonate",
    ]
    assert [part["before_header"] for part in run.result("check").data["diff"]] == [
        "weixin_share",
        "record_callback",
        f"oauth_custom of channel {CHANNEL}",
        f"donate of channel {CHANNEL}",
        f"donate of channel {OTHER_CHANNEL}",
    ]
    assert run.result("no change").data["diff"] == []
    assert simulator.account(USER)["weixin_share_url"] == SHARE
    assert "6mu6166v4l" not in run.everything  # the key of the channel


def test_what_is_left_out_is_not_even_read(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks({"name": "one", MODULE: {"weixin_share": {"url": SHARE}}}, defaults=account)
    assert run.returncode == 0, run.output
    assert simulator.calls() == [
        "get-weixin-share-api",
        "get-info",
        "set-weixin-share-api",
        "get-weixin-share-api",
    ]


def test_a_setting_that_fails_does_not_stop_the_others(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, forbidden=["callback-get"])
    wanted = {
        "weixin_share": {"url": SHARE},
        "record_callback": {"url": CALLBACK},
        "channels": [
            {"channel_id": "999", "donate": {"type": "cash"}},
            {"channel_id": CHANNEL, "donate": {"type": "cash"}},
        ],
    }
    run = playbooks.tasks({"name": "partly", MODULE: wanted}, defaults=account)
    assert run.returncode == 2
    result = run.result("partly")
    assert settings(result) == [
        ("weixin_share", None, True, False),
        ("record_callback", None, False, True),
        ("donate", "999", False, True),
        ("donate", CHANNEL, True, False),
    ]
    kinds = [item["failure"]["kind"] for item in result.data["settings"] if item["failed"]]
    assert kinds == ["forbidden", "unknown_channel"]
    assert result.data["failure"]["kind"] == "forbidden"
    assert result.data["changed"]
    assert result.data["msg"].startswith("2 of 4 settings failed. record_callback: ")
    assert sorted(simulator.writes()) == ["set-weixin-share-api", "setDonate"]


def test_a_failed_write_is_told_from_one_that_only_could_not_be_read_back(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("set-record-callback", "envelope", code=400, message="url format error.", status="error")
    wanted = {"weixin_share": {"url": SHARE}, "record_callback": {"url": CALLBACK}}
    run = playbooks.tasks({"name": "partly", MODULE: wanted}, defaults=account)
    assert settings(run.result("partly")) == [
        ("weixin_share", None, True, False),
        ("record_callback", None, False, True),
    ]


@pytest.mark.parametrize("channels", [1, 2, 30])
def test_watch_conditions_are_read_in_bulk(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], channels: int
) -> None:
    ids = [str(4000000 + number) for number in range(channels)]
    auth = [{"rank": 1, "enabled": "Y", "authType": "custom", "customKey": "k", "customUri": LOGIN}]
    simulator.replace_accounts(
        [{**ACCOUNT, "channels": [{"channel_id": int(one), "auth": auth} for one in ids]}]
    )
    wanted = {"channels": [{"channel_id": one, "oauth_custom": {"custom_uri": LOGIN}} for one in ids]}
    run = playbooks.tasks({"name": "many", MODULE: wanted}, defaults=account)
    assert run.returncode == 0, run.output
    assert simulator.calls() == (["auth-get"] if channels == 1 else ["list-detail"])


def test_a_channel_that_the_listing_lacks_is_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    wanted = {
        "channels": [{"channel_id": one, "oauth_custom": {"custom_uri": LOGIN}} for one in (CHANNEL, "999")]
    }
    run = playbooks.tasks({"name": "many", MODULE: wanted, "check_mode": True}, defaults=account)
    (failed,) = [item for item in run.result("many").data["settings"] if item["failed"]]
    assert (failed["channel_id"], failed["failure"]["kind"]) == ("999", "unknown_channel")


BAD = {
    "channels[0].channel_id": {"channels": [{"channel_id": "0"}]},
    "channels[1].channel_id": {"channels": [{"channel_id": CHANNEL}, {"channel_id": CHANNEL}]},
    "channels[0].donate.cash_min": {
        "channels": [{"channel_id": CHANNEL, "donate": {"type": "cash", "cash_min": -1}}]
    },
    "channels[0].donate.goods[0].image": {
        "channels": [
            {
                "channel_id": CHANNEL,
                "donate": {"type": "good", "goods": [{"name": "x", "price": 1, "image": "missing.png"}]},
            }
        ]
    },
    "channels[0].oauth_custom": {
        "oauth_custom": {"custom_uri": LOGIN, "all_channels": True},
        "channels": [{"channel_id": CHANNEL, "oauth_custom": {"custom_uri": LOGIN}}],
    },
    "oauth_custom.custom_uri": {"oauth_custom": {"custom_uri": LOGIN + "?", "all_channels": True}},
    "oauth_custom.all_channels": {"oauth_custom": {"custom_uri": LOGIN, "all_channels": 1}},
    "weixin_share.url": {"weixin_share": {"url": ""}},
    "record_callback.url": {"record_callback": {"url": "hooks.example.com"}},
    "missing required arguments: all_channels": {"oauth_custom": {"custom_uri": LOGIN}},
    "state is present but all of the following are missing: url": {"record_callback": {}},
}


def test_bad_input_is_named_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [{"name": name, MODULE: wanted, "ignore_errors": True} for name, wanted in BAD.items()]
    run = playbooks.tasks(*tasks, defaults=account)
    for name in BAD:
        assert name in run.result(name).data["msg"]
    assert simulator.requests() == []


def test_the_wrong_account_is_not_written(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    wanted = {
        "record_callback": {"url": CALLBACK},
        "channels": [{"channel_id": CHANNEL, "oauth_custom": {"custom_uri": LOGIN}}],
    }
    run = playbooks.tasks({"name": "wrong", MODULE: wanted}, defaults={**account, "user_id": "2c559cf434"})
    kinds = {item["failure"]["kind"] for item in run.result("wrong").data["settings"]}
    assert kinds == {"wrong_account"}
    assert simulator.writes() == []
