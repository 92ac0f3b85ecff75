"""module_defaults: of the collection's group, of one module, and of short names."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

GROUP = "group/polyv.live.polyv"
HOOK, SHARE = "https://hooks.example.com/x", "https://share.example.com/x"


def test_the_group_names_the_account_once_for_every_module(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    login = {"channel_id": CHANNEL, "custom_uri": "https://new.example.com/login"}
    user = {"email": "live@school.example.com", "mobile": "13800000000", "password": "secret12"}
    run = playbooks.tasks(
        {"name": "1", "polyv.live.polyv_weixin_share": {"url": SHARE}},
        {"name": "2", "polyv.live.polyv_record_callback": {"url": HOOK}},
        {"name": "3", "polyv.live.polyv_oauth_custom": login},
        {"name": "4", "polyv.live.polyv_donate": {"channel_id": CHANNEL, "type": "cash"}},
        {"name": "5", "polyv.live.polyv_custom_user": user},
        {"name": "6", "polyv.live.polyv_sub_account": {"email": "x@example.com", "state": "absent"}},
        {"name": "7", "polyv.live.polyv_api": {"path": "/live/v3/user/get-info", "access": "read"}},
        module_defaults={GROUP: account},
    )
    expected = {"source": "options", "user_id": ACCOUNT["user_id"]}
    assert [result.data["account"] for result in run.results] == [expected] * 7, run.output


def test_the_default_of_one_module_does_not_reach_another(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {"name": "weixin", "polyv.live.polyv_weixin_share": {}},
        {"name": "callback", "polyv.live.polyv_record_callback": {}},
        module_defaults={
            GROUP: account,
            "polyv.live.polyv_weixin_share": {"url": SHARE},
            "polyv.live.polyv_record_callback": {"url": HOOK},
        },
    )
    assert run.returncode == 0, run.output
    state = simulator.account(ACCOUNT["user_id"])
    assert (state["weixin_share_url"], state["record_callback_url"]) == (SHARE, HOOK)


def test_a_module_without_its_default_stays_without(playbooks: Playbooks, account: dict[str, Any]) -> None:
    run = playbooks.tasks(
        {"name": "callback", "polyv.live.polyv_record_callback": {}, "ignore_errors": True},
        module_defaults={GROUP: account, "polyv.live.polyv_weixin_share": {"url": SHARE}},
    )
    assert run.result("callback").data["msg"] == "state is present but all of the following are missing: url"


def test_an_option_of_the_task_wins_over_the_defaults(playbooks: Playbooks, simulator: Simulator) -> None:
    run = playbooks.tasks(
        {"name": "other", "polyv.live.polyv_weixin_share": {"url": SHARE, **OTHER_ACCOUNT}},
        module_defaults={GROUP: ACCOUNT, "polyv.live.polyv_weixin_share": {"url": HOOK}},
    )
    assert run.result("other").data["account"]["user_id"] == OTHER_ACCOUNT["user_id"], run.output
    assert simulator.account(OTHER_ACCOUNT["user_id"])["weixin_share_url"] == SHARE
    assert simulator.account(ACCOUNT["user_id"])["weixin_share_url"] is None


def test_a_short_name_takes_the_same_defaults(playbooks: Playbooks, account: dict[str, Any]) -> None:
    run = playbooks.tasks(
        {"name": "short", "polyv_weixin_share": {}},
        collections=["polyv.live"],
        module_defaults={GROUP: account, "polyv.live.polyv_weixin_share": {"url": SHARE}},
    )
    assert run.result("short").data["weixin_share"] == {"url": SHARE}, run.output
