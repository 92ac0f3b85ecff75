"""polyv_callbacks, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_callbacks"
READ, WRITE = "callback-get", "callback-update"
URL = "https://hooks.example.com/录制?a=1&b=x+y%20z"
USER = ACCOUNT["user_id"]


def task(name: str, options: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {"name": name, MODULE: options, **keywords}


@pytest.mark.smoke
def test_check_change_and_no_change_with_one_read_and_one_merging_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, record_callback_url="https://old.example.com/", callback={"streamCallbackUrl": URL})
    asked = {
        "record_url": URL,
        "playback_url": f"{URL}&p",
        "record_video_types": ["mp4", "m3u8"],
        "record_file_type": "last",
        "rebirth_vod": True,
    }
    run = playbooks.tasks(
        task("check", asked, check_mode=True), task("change", asked), task("same", asked), defaults=account
    )
    assert run.returncode == 0, run.output
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("change", True),
        ("same", False),
    ]
    assert simulator.calls() == [READ, "get-info", READ, "get-info", WRITE, READ, READ]
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert run.result("check").data["callbacks"] == run.result("same").data["callbacks"]
    found = run.result("same").data["callbacks"]
    assert {name: found[name] for name in asked} == {**asked, "record_video_types": ["m3u8", "mp4"]}
    assert found["stream_url"] == URL, "what is not given stays"
    assert found["live_scan_url"] is None
    (write,) = simulator.requests(WRITE)
    assert set(write["query"]) == {"appId", "timestamp", "sign"}
    assert write["json"] == {
        "recordCallbackUrl": URL,
        "playbackCallbackUrl": f"{URL}&p",
        "recordCallbackVideoType": "m3u8,mp4",
        "recordFileCallBackType": "last",
        "rebirthVodCallbackEnabled": "Y",
    }


def test_cleared_takes_away_what_it_names_and_nothing_else(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    urls = {"playbackCallbackUrl": URL, "streamCallbackUrl": URL}
    simulator.alter(USER, record_callback_url=URL, callback=urls)
    cleared = {"cleared": ["record_url", "playback_url"]}
    run = playbooks.tasks(task("clear", cleared), task("same", cleared), defaults=account)
    assert [result.changed for result in run.results] == [True, False]
    (write,) = simulator.requests(WRITE)
    assert write["json"] == {"recordCallbackUrl": "", "playbackCallbackUrl": ""}
    now = simulator.account(USER)
    assert now["record_callback_url"] is None
    assert (now["callback"]["playbackCallbackUrl"], now["callback"]["streamCallbackUrl"]) == (None, URL)


def test_unset_values_mean_what_the_api_takes_them_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    standard = {"record_file_type": "all", "record_video_types": ["m3u8"], "rebirth_vod": False}
    for unset in ("null", "empty", "missing"):
        simulator.switch(unset_text=unset)
        run = playbooks.tasks(task("same", {**standard, "cleared": ["record_url"]}), defaults=account)
        assert not run.result("same").changed
    assert simulator.writes() == []


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "blank": ({"record_url": ""}, "record_url: got ''"),
    "blanks": ({"stream_url": "  "}, "stream_url: got '  '"),
    "no scheme": ({"record_url": "hooks.example.com"}, "record_url: got 'hooks.example.com'"),
    "twice": (
        {"record_url": URL, "cleared": ["record_url"]},
        "cleared: got 'record_url', which is also given",
    ),
    "nothing": ({}, "cleared: must name a callback to clear, or another option must be given"),
    "unknown name": ({"cleared": ["recordCallbackUrl"]}, "value of cleared must be one or more of"),
    "no type": ({"record_video_types": []}, "record_video_types: got an empty list"),
    "wrong type": ({"record_video_types": ["flv"]}, "value of record_video_types must be one or more of"),
    "wrong file type": ({"record_file_type": "first"}, "value of record_file_type must be one of"),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [task(name, options, ignore_errors=True) for name, (options, _unused) in BAD.items()]
    run = playbooks.tasks(*tasks, defaults=account)
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
        assert run.result(name).data["failure"]["kind"] == "invalid_input", name
    assert simulator.calls() == []
