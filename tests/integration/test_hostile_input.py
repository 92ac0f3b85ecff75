"""Input that nobody means, by ansible-playbook: refused before any request, with a sentence, the same both ways."""

from __future__ import annotations

import os
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

ONE = "polyv.live.polyv_account"
DONATE = "polyv.live.polyv_donate"
USER = "polyv.live.polyv_custom_user"
SHARE = "polyv.live.polyv_weixin_share"
OAUTH = "polyv.live.polyv_oauth_custom"
PERSON = {"email": "new@example.com", "mobile": "13800000000", "password": "pa-ss-wo-rd"}
URL = "https://share.example.com/"


def refusals(playbooks: Playbooks, simulator: Simulator, cases: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The message of every case, all of them refused before any request and without a traceback."""
    tasks = [{"name": name, "ignore_errors": True, **task} for name, task in cases.items()]
    run = playbooks.tasks(*tasks, defaults={**ACCOUNT, "retries": 0}, options=["-vvv"])
    assert "Traceback" not in run.everything
    assert simulator.requests() == []
    found = {result.task: result.data for result in run.results if result.status == "failed"}
    assert {data["failure"]["kind"] for data in found.values()} <= {"invalid_input", "credentials"}, (
        run.output
    )
    return {name: data["msg"] for name, data in found.items()}


@pytest.mark.smoke
def test_what_no_option_can_be_is_refused_by_name(playbooks: Playbooks, simulator: Simulator) -> None:
    pipe = playbooks.directory / "pipe.png"
    os.mkfifo(pipe)

    def goods(image: str) -> dict[str, Any]:
        return {
            DONATE: {
                "channel_id": CHANNEL,
                "type": "good",
                "goods": [{"name": "x", "price": 1, "image": image}],
            }
        }

    cases: dict[str, dict[str, Any]] = {
        "weixin_share: got a number, must be a mapping": {ONE: {"weixin_share": 5}},
        "channels[0]: got null, must be a mapping": {ONE: {"channels": [None]}},
        "weixin_share.url: got a list, must be a text": {ONE: {"weixin_share": {"url": [URL]}}},
        "channels[1].channel_id: got '2191532' a second time": {ONE: {"channels": [{"channel_id": 2191532}, {"channel_id": "02191532"}]}},
        f"goods[0].image: got '{pipe}', must be an ordinary file": goods(str(pipe)),
        "goods[0].image: got '/dev/zero.png', must be a file": goods("/dev/zero.png"),
        "goods[0].image: got 'a\\x00.png', must be the path of a file": goods("a\0.png"),
        f"ca_path: got '{pipe}', must be an ordinary file": {SHARE: {"url": URL, "ca_path": str(pipe)}},
        "ca_path: got '\\x00', must be the path of a file": {SHARE: {"url": URL, "ca_path": "\0"}},
        "timeout: got 1000000000000": {SHARE: {"url": URL, "timeout": 1e12}},
        "timeout: got inf": {SHARE: {"url": URL, "timeout": "inf"}},
        "max_wait: got nan": {SHARE: {"url": URL, "max_wait": "nan"}},
        "retries: got 1000000000, must be from 0 to 1000": {SHARE: {"url": URL, "retries": 10**9}},
        "rate_limit: got inf, must be a whole number": {SHARE: {"url": URL, "rate_limit": float("inf")}},
        "sale_id: got 5000 characters": {USER: {**PERSON, "sale_id": "9" * 5000}},
        "sale_id: got -1, must be at least 0": {USER: {**PERSON, "sale_id": -1}},
        "mobile: got 1577058304, was read as a number": {USER: {**PERSON, "mobile": 1577058304}},
        "mobile: got 'n/a', must be up to 20 digits": {USER: {**PERSON, "mobile": "n/a"}},
        "email: got 'a@x。example.com' with U+3002 IDEOGRAPHIC FULL STOP": {USER: {**PERSON, "email": "a@x。example.com"}},
        "password: got a number, must be a text": {USER: {**PERSON, "password": 12345678}},
        "password: holds U+200B ZERO WIDTH SPACE at position 4": {USER: {**PERSON, "password": "abc\u200bdef"}},
        "name: got ' ', must not be blank": {USER: {**PERSON, "name": " "}},
        "industry: got '', must not be blank": {USER: {**PERSON, "industry": ""}},
        "url: got 'https://share.example.com/\\u200b', must be a URL": {SHARE: {"url": f"{URL}\u200b"}},
        "custom_uri: got 'https://0x7f.1/', must not point at localhost": {OAUTH: {"channel_id": CHANNEL, "custom_uri": "https://0x7f.1/"}},
        "channel_id: got '2191532.5', must be the number": {DONATE: {"channel_id": 2191532.5, "type": "cash"}},
        "app_secret: holds U+200B ZERO WIDTH SPACE at position 33": {SHARE: {"url": URL, "app_secret": ACCOUNT["app_secret"] + "\u200b"}},
        "user_id: it was read as a number": {SHARE: {"url": URL, "user_id": 1448323e10}},
        "api_url: got 'https://127.1', must": {SHARE: {"url": URL, "api_url": "https://127.1"}},
    }  # fmt: skip
    found = refusals(playbooks, simulator, cases)
    wrong = {
        name: found.get(name)
        for name in cases
        if not found.get(name, "").startswith(name.partition(", must")[0])
    }
    assert wrong == {}


def test_a_million_goods_and_a_deep_list_are_refused_in_no_time(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    deep: Any = []
    for _unused in range(50):
        deep = [deep]
    many = [{"name": "x", "price": 1, "image": "x.png"}] * 2000
    cases: dict[str, dict[str, Any]] = {
        "goods": {DONATE: {"channel_id": CHANNEL, "type": "good", "goods": many}},
        "channels": {ONE: {"channels": [{"channel_id": CHANNEL, "donate": {"type": "good", "goods": deep}}]}},
    }
    assert refusals(playbooks, simulator, cases) == {
        "goods": "goods: got 2000 goods, must be 1 to 3",
        "channels": "channels[0].donate.goods[0]: got a list, must be a mapping of its options",
    }


def test_an_endless_number_in_the_environment_is_refused(playbooks: Playbooks, simulator: Simulator) -> None:
    run = playbooks.tasks(
        {"name": "share", SHARE: {"url": URL}}, defaults=ACCOUNT, environ={"POLYV_RATE_LIMIT": "1e99999999"}
    )
    assert "rate_limit" in run.result("share").data["msg"]
    assert run.result("share").data["failure"]["kind"] == "invalid_input"
    assert simulator.requests() == []


def test_one_spelling_is_written_and_found_again(playbooks: Playbooks, simulator: Simulator) -> None:
    tasks: list[dict[str, Any]] = [
        {"name": "share", SHARE: {"url": "HTTP://share.example.com/A?b=C"}},
        {"name": "cash", DONATE: {"channel_id": f"00{OTHER_CHANNEL}", "type": "cash", "cash_min": "-0"}},
        {
            "name": "uri",
            OAUTH: {"channel_id": f"0{OTHER_CHANNEL}", "custom_uri": "Https://login.example.com/X"},
        },
    ]
    first = playbooks.tasks(*tasks, defaults=ACCOUNT)
    again = playbooks.tasks(*tasks, defaults=ACCOUNT)
    assert [result.changed for result in first.results] == [True] * 3, first.output
    assert [result.changed for result in again.results] == [False] * 3, again.output
    assert first.result("share").data["weixin_share"] == {"url": "http://share.example.com/A?b=C"}
    donate = first.result("cash").data["donate"]
    assert (donate["channel_id"], donate["cash_min"]) == (OTHER_CHANNEL, "0")


def test_a_mobile_is_taken_as_a_number_too(playbooks: Playbooks, simulator: Simulator) -> None:
    run = playbooks.tasks(
        {"name": "register", USER: {**PERSON, "mobile": 13800000000}, "no_log": True}, defaults=ACCOUNT
    )
    assert run.returncode == 0, run.output
    assert simulator.requests("add-custom-user")[0]["form"]["mobile"] == ["13800000000"]
