"""Check mode writes nothing, whichever module runs and whatever is pending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

# The smallest image that is one: a PNG of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


def pending(directory: Path) -> list[dict[str, Any]]:
    """One task for each module and each kind of write, all of them with something to change."""
    image = directory / "flower.png"
    image.write_bytes(PNG)
    goods = [{"name": "鲜花", "price": "0.99", "image": str(image)}]
    login = "https://new.example.com/login"
    user = {"email": "live@school.example.com", "mobile": "13800000000", "password": "secret12"}
    teacher = {
        "email": "teacher@school.example.com",
        "name": "王老师",
        "password": "secret12",
        "role_id": "2",
    }
    call = {"method": "POST", "path": "/live/v3/channel/switch/update", "access": "write"}
    return [
        {"name": "call", "polyv.live.polyv_api": {**call, "form": {"type": "chat", "enabled": "N"}}},
        {"name": "new", "polyv.live.polyv_channel": {"name": "Hall", "scene": "alone", "template": "alone"}},
        {"name": "rename", "polyv.live.polyv_channel": {"channel_id": CHANNEL, "name": "Small hall"}},
        {"name": "weixin", "polyv.live.polyv_weixin_share": {"url": "https://share.example.com/x"}},
        {"name": "callback", "polyv.live.polyv_record_callback": {"url": "https://hooks.example.com/x"}},
        {"name": "off", "polyv.live.polyv_record_callback": {"state": "absent"}},
        {"name": "channel", "polyv.live.polyv_oauth_custom": {"channel_id": CHANNEL, "custom_uri": login}},
        {"name": "channels", "polyv.live.polyv_oauth_custom": {"all_channels": True, "custom_uri": login}},
        {"name": "cash", "polyv.live.polyv_donate": {"channel_id": CHANNEL, "type": "cash", "cash_min": "5"}},
        {
            "name": "good",
            "polyv.live.polyv_donate": {"channel_id": OTHER_CHANNEL, "type": "good", "goods": goods},
        },
        {"name": "user", "polyv.live.polyv_custom_user": user},
        {"name": "sub-account", "polyv.live.polyv_sub_account": teacher},
    ]


def test_every_module_predicts_its_change_and_writes_nothing(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(ACCOUNT["user_id"], record_callback_url="https://old.example.com/x")
    before = simulator.accounts()
    tasks = pending(playbooks.directory)
    run = playbooks.tasks(*tasks, defaults=account, options=["--check", "--diff"])
    assert [(result.task, result.changed) for result in run.results] == [
        (task["name"], True) for task in tasks
    ], run.output
    assert simulator.requests(access="write") == []
    assert simulator.accounts() == before
