"""polyv_api, run by ansible-playbook against the simulator: what carries a call, what is sent when, and how often."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_ACCOUNT, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

API = "polyv.live.polyv_api"
USER = ACCOUNT["user_id"]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)

INFO = {"path": "/live/v3/user/get-info", "access": "read"}
AUTH = {"path": "/live/v3/channel/auth/get", "access": "read", "query": {"channelId": CHANNEL}}
LIST = {"method": "POST", "path": "/live/v3/channel/management/list-detail", "access": "read"}
CHAT: dict[str, Any] = {
    "method": "POST",
    "path": "/live/v3/channel/switch/update",
    "access": "write",
    "form": {"channelId": int(CHANNEL), "type": "chat", "enabled": "N"},
}
RENAME = {
    "method": "POST",
    "path": "/live/v3/channel/basic/update",
    "access": "write",
    "query": {"channelId": CHANNEL},
    "json": {"basicSetting": {"name": "大厅", "maxViewer": 7}},
}
DELETE = {
    "method": "POST",
    "path": f"/live/v2/channels/{OTHER_CHANNEL}/delete",
    "access": "write",
    "query": {"userId": USER},
}
FLOWERS = {
    "method": "POST",
    "path": f"/live/v2/channelSetting/{CHANNEL}/setDonate",
    "access": "write",
    "form": {"donateEnabled": "Y", "type": "good", "goodName": "鲜花", "goodPrice": 0.99},
    "files": [{"name": "goodImg", "path": "flower.png"}],
}
CALLBACK = {
    "method": "POST",
    "path": "/live/v2/user/{userId}/set-record-callback",
    "access": "write",
    "form": {"url": "https://hooks.example.com/x"},
}


def task(name: str, options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, API: options, **more}


def with_image(playbooks: Playbooks) -> None:
    files = playbooks.directory / "files"
    files.mkdir()
    (files / "flower.png").write_bytes(PNG)


@pytest.mark.smoke
def test_each_carrier_reaches_an_endpoint_that_checks_the_signature(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    with_image(playbooks)
    run = playbooks.tasks(
        task("query", AUTH),
        task("no parameters", {**LIST}),
        task("form", CHAT),
        task("json", RENAME),
        task("query of a POST", DELETE),
        task("multipart", FLOWERS),
        task("account in the path", CALLBACK),
        defaults=account,
    )
    assert run.returncode == 0, run.output
    assert [(result.changed, result.data["sent"], result.data["status"]) for result in run.results] == [
        *[(False, True, 200)] * 2,
        *[(True, True, 200)] * 5,
    ]
    entries = {entry["endpoint"]: entry for entry in simulator.requests()}
    carried = {
        "auth-get": "query",
        "list-detail": "form",
        "switch-update": "form",
        "basic-update": "json",
        "channel-delete": "query",
        "setDonate": "multipart",
        "set-record-callback": "form",
    }
    assert {name: entries[name]["encoding"] for name in carried} == carried
    assert {name: entries[name]["code"] for name in carried} == dict.fromkeys(carried, 200)
    assert entries["switch-update"]["form"]["channelId"] == [CHANNEL]
    assert entries["basic-update"]["json"] == RENAME["json"]
    assert entries["setDonate"]["form"]["goodPrice"] == ["0.99"]
    (file,) = entries["setDonate"]["files"]
    assert (file["filename"], file["content_type"]) == ("flower.png", "image/png")
    assert file["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert simulator.channel(USER, CHANNEL)["name"] == "大厅"
    assert simulator.account(USER)["record_callback_url"] == "https://hooks.example.com/x"
    (first, *_unused) = run.result("query").data["data"]
    assert (first["rank"], first["customUri"]) == (1, "https://old.example.com/login")
    assert run.result("query").data["account"] == {"source": "options", "user_id": USER}


def test_sha256_signs_every_carrier_too(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task("query", AUTH),
        task("form", CHAT),
        task("json", RENAME),
        defaults={**account, "signature_method": "sha256"},
    )
    assert run.returncode == 0, run.output


@pytest.mark.parametrize("transport", ["local", "remote_pretender"])
def test_a_file_is_sent_under_the_name_that_the_user_knows(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], transport: str
) -> None:
    with_image(playbooks)
    inventory = playbooks.directory / "hosts.yml"
    inventory.write_text(f"all: {{hosts: {{elsewhere: {{ansible_connection: {transport}}}}}}}\n")
    renamed = {**FLOWERS, "files": [{"name": "goodImg", "path": "flower.png", "filename": "rose.png"}]}
    run = playbooks.tasks(
        task("found", FLOWERS),
        task("renamed", renamed),
        defaults=account,
        hosts="all",
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        options=["-i", str(inventory)],
        environ={"ANSIBLE_CONNECTION_PLUGINS": str(Path(__file__).parent / "connection_plugins")},
    )
    assert run.returncode == 0, run.output
    names = [entry["files"][0]["filename"] for entry in simulator.requests("setDonate")]
    assert names == ["flower.png", "rose.png"]


def test_check_mode_sends_reads_and_no_write_whatever_the_verb(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    with_image(playbooks)
    before = simulator.accounts()
    # The verb says nothing: auth-get called a write is not sent, list-detail called a read is.
    tasks = [
        task("read", AUTH),
        task("read by POST", LIST),
        task("write by GET", {**AUTH, "access": "write"}),
        *(
            task(f"write {number}", call)
            for number, call in enumerate((CHAT, RENAME, DELETE, FLOWERS, CALLBACK))
        ),
    ]
    run = playbooks.tasks(*tasks, defaults=account, options=["--check", "--diff"])
    assert run.returncode == 0, run.output
    # The account is confirmed before a write is predicted.
    assert [call for call in simulator.calls() if call != "get-info"] == ["auth-get", "list-detail"]
    assert simulator.accounts() == before
    assert [result.changed for result in run.results] == [False, False, *[True] * 6]
    for result in run.results[2:]:
        assert (result.data["sent"], result.data["status"], result.data["data"]) == (False, None, None)
        assert result.data["msg"] == "Not sent: this is check mode, and access is write."


def test_a_read_is_sent_again_and_a_write_only_where_it_was_surely_not_taken(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("auth-get", "drop_after")
    simulator.fault("switch-update", "status", http_status=503, headers={"Retry-After": "0"})
    simulator.fault("basic-update", "drop_after")
    simulator.fault("channel-delete", "envelope", code=500, message="系统异常")
    run = playbooks.tasks(
        task("read", AUTH),
        task("not taken", CHAT),
        task("lost", RENAME, ignore_errors=True),
        task("out of order", DELETE, ignore_errors=True),
        defaults=account,
    )
    assert simulator.calls().count("auth-get") == 2
    assert simulator.calls().count("switch-update") == 2
    assert simulator.calls().count("basic-update") == 1, "its answer was lost: it may have been carried out"
    assert simulator.calls().count("channel-delete") == 1
    assert run.result("read").status == run.result("not taken").status == "ok", run.output
    lost = run.result("lost").data
    assert lost["changed"] is True, "it may have been"
    assert (lost["failure"]["kind"], lost["failure"]["attempts"]) == ("unreachable", 1)
    assert lost["failure"]["endpoint"] == "/live/v3/channel/basic/update"
    assert "The API may have carried the call out, so it is not sent again." in lost["msg"]
    assert "Look before you run this once more." in run.result("out of order").data["msg"]


def test_a_failure_is_the_usual_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task("unknown", {"path": "/live/v9/no/such", "access": "read"}, ignore_errors=True),
        task("refused", {**AUTH, "query": {"channelId": "999"}}, ignore_errors=True),
        task("verb", {**CHAT, "method": "GET", "query": CHAT["form"], "form": None}, ignore_errors=True),
        defaults={**account, "retries": 0},
    )
    failures = {result.task: result.data["failure"] for result in run.results}
    assert failures["unknown"]["kind"] == "unknown_endpoint"
    assert failures["unknown"]["http_status"] == 404
    assert failures["refused"]["kind"] == "unknown_channel"
    assert failures["verb"]["http_status"] == 405
    assert [result.changed for result in run.results] == [False] * 3


def test_the_keys_of_one_account_write_to_no_other(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    mixed = {**account, "user_id": OTHER_ACCOUNT["user_id"]}
    run = playbooks.tasks(
        task("write", CHAT, ignore_errors=True),
        task("predicted", CHAT, ignore_errors=True, check_mode=True),
        defaults=mixed,
    )
    assert [result.data["failure"]["kind"] for result in run.results] == ["wrong_account"] * 2, run.output
    assert simulator.writes() == []


def test_a_write_says_that_it_compares_nothing(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("read", AUTH), task("once", CHAT), task("twice", CHAT), defaults=account)
    assert [result.changed for result in run.results] == [False, True, True]
    assert simulator.writes() == ["switch-update"] * 2
    assert "polyv_api compares nothing" in run.words
    assert "warnings" not in run.result("read").data


def test_data_is_returned_as_it_is_of_any_type_and_no_template_of_it_is_run(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    answers: list[Any] = [
        None,
        True,
        0,
        1.5,
        "",
        "success",
        [],
        {},
        [1, "x", [None]],
        {"a": {"b": "{{ 7 * 6 }}"}},
    ]
    for data in answers:
        simulator.fault("get-info", "wrong_data", data=data)
    tasks = [task(f"read {number}", INFO, register="answer") for number in range(len(answers))]
    run = playbooks.tasks(*tasks, defaults=account)
    assert [result.data["data"] for result in run.results] == answers, run.output


def test_data_without_a_bottom_is_refused(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    deep: Any = "bottom"
    for _unused in range(60):
        deep = [deep]
    simulator.fault("auth-get", "wrong_data", data=deep)
    run = playbooks.tasks(task("deep", AUTH, ignore_errors=True), defaults=account)
    assert run.result("deep").data["failure"]["kind"] == "unexpected_data"
    assert "not of at most 50 levels" in run.result("deep").data["msg"]
