"""Both ways of running give the same: results, messages, warnings, masking, and what core does around a task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

WEIXIN = "polyv.live.polyv_weixin_share"
OAUTH = "polyv.live.polyv_oauth_custom"
DONATE = "polyv.live.polyv_donate"
USER = "polyv.live.polyv_custom_user"
ACCOUNT_MODULE = "polyv.live.polyv_account"
URL = "https://share.example.com/直播?a=1"
PASSWORD = "pa-ss-wo-rd"

API = "polyv.live.polyv_api"
SWITCH = {"method": "POST", "path": "/live/v3/channel/switch/update", "access": "write"}

NEW_USER = {"email": "new@example.com", "mobile": "13800000000", "name": "新"}

TASKS: list[dict[str, Any]] = [
    {"name": "check", WEIXIN: {"url": URL}, "check_mode": True},
    {"name": "change", WEIXIN: {"url": URL}},
    {"name": "no change", WEIXIN: {"url": URL}},
    {"name": "unknown option", WEIXIN: {"url": URL, "uri": URL}},
    {"name": "missing option", WEIXIN: {}},
    {"name": "wrong type", WEIXIN: {"url": URL, "timeout": "soon"}},
    {"name": "wrong choice", DONATE: {"channel_id": CHANNEL, "type": "gold"}},
    {"name": "required by another", DONATE: {"channel_id": CHANNEL, "type": "good"}},
    {
        "name": "bad suboption",
        DONATE: {"channel_id": CHANNEL, "type": "good", "goods": [{"name": "x", "cost": 1}]},
    },
    {"name": "bad value", OAUTH: {"channel_id": 0, "custom_uri": URL}},
    {"name": "warning", OAUTH: {"channel_id": "2191533", "custom_uri": "https://login.example.com"}},
    {"name": "alias twice", USER: {**NEW_USER, "password": PASSWORD, "passwd": PASSWORD}},
    {"name": "secret echoed", USER: {**NEW_USER, "password": PASSWORD, "name": f"{PASSWORD} & {PASSWORD}x"}},
    {"name": "module default", "polyv.live.polyv_record_callback": {}},
    {"name": "refused", DONATE: {"channel_id": "999", "type": "cash"}},
    {"name": "many", ACCOUNT_MODULE: {"weixin_share": {"url": URL}, "channels": [{"channel_id": "x"}]}},
    {
        "name": "many, one fails",
        ACCOUNT_MODULE: {
            "weixin_share": {"url": URL + "2"},
            "channels": [{"channel_id": "999", "donate": {"type": "cash"}}],
        },
    },
    {
        "name": "read",
        API: {"path": "/live/v3/channel/auth/get", "access": "read", "query": {"channelId": 2191532}},
    },
    {"name": "write", API: {**SWITCH, "form": {"type": "chat", "enabled": "N", "password": PASSWORD}}},
    {
        "name": "write predicted",
        API: {**SWITCH, "form": {"type": "chat", "enabled": "N"}},
        "check_mode": True,
    },
    {"name": "bad parameter", API: {**SWITCH, "form": {"sign": "x"}}},
    {"name": "loop", WEIXIN: {"url": "{{ item }}"}, "loop": [URL + "3", "no url", URL + "4"]},
    {
        "name": "until",
        WEIXIN: {"url": URL},
        "register": "r",
        "until": "r is not changed",
        "retries": 2,
        "delay": 0,
    },
    {"name": "hidden", WEIXIN: {"url": URL}, "no_log": True},
    {"name": "delegated", WEIXIN: {"url": URL}, "delegate_to": "localhost"},
]


def comparable(result: Result) -> tuple[str, str, dict[str, Any]]:
    """A result without what differs from run to run, or between the ways of running by what core adds."""
    data = {name: value for name, value in result.data.items() if not name.startswith("_ansible")}
    user = data.get("user")
    if user and user["app_id"]:
        data["user"] = {"email": user["email"], "name": user["name"], "keys": sorted(user)}
        data["diff"] = sorted(data["diff"])
    data.pop("exception", None)
    return result.status, result.task, data


def results(directory: Path, simulator: Simulator, in_process: bool) -> tuple[list[Any], str]:
    simulator.reset()
    directory.mkdir()
    playbooks = Playbooks(directory, {"POLYV_API_URL": simulator.url, "ANSIBLE_INJECT_INVOCATION": "1"}, {})
    playbooks.variables = {"polyv_in_process": in_process}
    tasks = [{"ignore_errors": True, **task} for task in TASKS]
    callback = {"url": "https://hooks.example.com"}
    defaults = {
        "group/polyv.live.polyv": {**ACCOUNT, "retries": 0},
        "polyv.live.polyv_record_callback": callback,
    }
    run = playbooks.tasks(*tasks, options=["--diff", "-vvv"], module_defaults=defaults)
    assert run.returncode == 0, run.output
    return [comparable(result) for result in run.results], run.everything


@pytest.mark.smoke
def test_results_are_the_same(tmp_path: Path, simulator: Simulator) -> None:
    worker, worker_output = results(tmp_path / "worker", simulator, True)
    module, module_output = results(tmp_path / "module", simulator, False)
    for ours, theirs in zip(worker, module, strict=True):
        assert ours == theirs
    assert all(
        data["failure"]["kind"] for status, task, data in worker if status == "failed" and task != "loop"
    )
    for output in (worker_output, module_output):
        assert PASSWORD not in output
        assert ACCOUNT["app_secret"] not in output


def test_a_task_timeout_ends_the_task_and_the_next_one_works(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    simulator.fault("*", "delay", times=3, seconds=5)
    settings = {"weixin_share": {"url": URL}, "record_callback": {"url": URL}}
    run = playbooks.tasks(
        {"name": "slow", ACCOUNT_MODULE: settings, "timeout": 2, "ignore_errors": True},
        {"name": "next", WEIXIN: {"url": URL}},
        defaults=ACCOUNT,
    )
    assert run.returncode == 0, run.output
    assert run.result("slow").status == "failed"
    words = run.words.lower() + run.result("slow").data["msg"]
    assert any(word in words for word in ("timed out", "timeout", "in the expected time frame"))
    # Whether it still finds something to do is core's: the process of an interrupted module goes on.
    assert run.result("next").status == "ok"


def test_the_items_of_a_loop_share_a_connection(tmp_path: Path, simulator: Simulator) -> None:
    playbooks = Playbooks(tmp_path, {"POLYV_API_URL": simulator.url}, {})
    task = {"name": "loop", WEIXIN: {"url": f"{URL}&n={{{{ item }}}}"}, "loop": list(range(5))}
    run = playbooks.tasks(task, defaults=ACCOUNT)
    assert run.returncode == 0, run.output
    assert len({entry["client_port"] for entry in simulator.requests()}) == 1
    assert len(simulator.writes()) == 5


@pytest.mark.parametrize("keyword", ["custom_user", "polyv.live.polyv_custom_user"])
def test_short_names_of_the_collections_keyword_work(
    playbooks: Playbooks, simulator: Simulator, keyword: str
) -> None:
    name = keyword if "." in keyword else f"polyv_{keyword}"
    run = playbooks.tasks(
        {"name": "user", name: {**NEW_USER, "password": PASSWORD}, "no_log": True},
        defaults=ACCOUNT,
        collections=["polyv.live"],
    )
    assert run.returncode == 0, run.output
    assert simulator.writes() == ["add-custom-user"]
