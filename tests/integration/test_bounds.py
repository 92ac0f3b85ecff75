"""Whatever a server does, a task ends, in time and in size, and says what it knows."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest
from harness.accounts import CHANNEL
from harness.hostile import Answer, HostileServer
from harness.playbook import Playbooks
from harness.simulator import Simulator

CALLBACK = {"polyv.live.polyv_record_callback": {"state": "absent"}}
ACCOUNT_TASK = {
    "polyv.live.polyv_account": {
        "record_callback": {"state": "absent"},
        "weixin_share": {"url": "https://a.example.com"},
        "channels": [{"channel_id": CHANNEL, "donate": {"type": "cash"}}],
    }
}
USER = {"email": "new@example.com", "mobile": "13800000000", "password": "Pa-ss-w0rd-9"}
REGISTER = {"polyv.live.polyv_custom_user": USER, "no_log": False}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
ENDLESS = {
    "a byte at a time": Answer("trickle", [HEAD, *[b"x"] * 300], pause=0.2),
    "100 Continue": Answer("continue", [b"HTTP/1.1 100 Continue\r\n\r\n"] * 300, pause=0.2),
    "headers": Answer("headers", [b"HTTP/1.1 200 OK\r\n", *[b"X: 1\r\n"] * 90], pause=0.4),
}


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=list(ENDLESS))
def test_an_answer_that_never_ends_is_given_up(
    playbooks: Playbooks, account: dict[str, Any], answer: Answer
) -> None:
    with HostileServer([answer]) as server:
        defaults = {**account, "api_url": f"{server.url}/0", "retries": 0, "timeout": 0.6}
        started = time.monotonic()
        run = playbooks.tasks(
            {"name": "one", "ignore_errors": True, **CALLBACK},
            {"name": "many", "ignore_errors": True, **ACCOUNT_TASK},
            defaults=defaults,
        )
    assert time.monotonic() - started < 20, "three times the time-out, twice, and Ansible's own time"
    for name in ("one", "many"):
        assert run.result(name).data["failure"]["kind"] == "unreachable", run.output
    assert f"at 127.0.0.1:{server.url.split(':')[-1]}: " in run.result("one").data["msg"]


def test_a_large_answer_is_not_read_to_its_end(playbooks: Playbooks, account: dict[str, Any]) -> None:
    bomb = gzip.compress(b" " * 100_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    message = b'{"code": 400, "message": "' + b"m" * 2_000_000 + b'"}'
    long = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\n\r\n" % len(message)
    answers = [Answer("bomb", [head, bomb]), Answer("message", [long, message])]
    with HostileServer(answers) as server:
        run = playbooks.tasks(
            *(
                {"name": str(number), "ignore_errors": True, **_at(f"{server.url}/{number}")}
                for number in range(2)
            ),
            defaults={**account, "retries": 0},
        )
    assert "larger than any answer of the API" in run.result("0").data["msg"], run.output[:2000]
    assert len(run.result("1").data["msg"]) < 1000


def _at(url: str) -> dict[str, Any]:
    return {"polyv.live.polyv_record_callback": {"state": "absent", "api_url": url}}


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 200 OK\r\nContent-Length: 5, 7", "HTTP/1.1 302 Found\r\nLocation: http://[broken"],
    ids=str,
)
def test_a_registration_whose_answer_can_not_be_parsed_happens_once(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], head: str
) -> None:
    """The server registers and answers with broken HTTP; the same run finds the user, and so does the next."""
    simulator.fault("add-custom-user", "raw", data=f"{head}\r\n\r\n")
    run = playbooks.tasks({"name": "first", **REGISTER}, {"name": "second", **REGISTER}, defaults=account)
    assert [(result.status, result.changed) for result in run.results] == [("ok", True), ("ok", False)], (
        run.output
    )
    assert simulator.writes() == ["add-custom-user"]


def test_a_registration_given_up_while_its_read_fails_is_looked_for_by_the_next_run(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    """The server registers after the client has given up; the next run does not trust a read that shows nobody."""
    simulator.switch(read_lag_ms=5000)
    simulator.fault("add-custom-user", "delay", seconds=2)
    simulator.fault("get-custom-user", "delay", seconds=0)
    simulator.fault("get-custom-user", "envelope", code=400, message="param validate error")
    run = playbooks.tasks(
        {"name": "first", "ignore_errors": True, **REGISTER},
        {"name": "second", **REGISTER},
        defaults={**account, "retries": 0, "timeout": 1},
    )
    assert run.result("first").data["failure"]["kind"] == "outcome_unknown", run.output
    assert run.result("second").status == "ok", run.output
    assert simulator.writes() == ["add-custom-user"]
