"""How tasks fail: what a person reads, what a machine reads, and how often the call was sent."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_record_callback"
READ = "callback-get"


def task(name: str, /, **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"state": "absent", **options}, "ignore_errors": True}


def failures(run: Run) -> list[dict[str, Any]]:
    return [result.data["failure"] for result in run.results]


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_every_field_of_failure_is_there_for_an_error_of_the_api(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "envelope", code=400, message="param validate error", http_status=400)
    run = playbooks.tasks(task("rejected"), defaults=account)
    (failure,) = failures(run)
    assert failure.pop("request_id"), "the v4 answer names a requestId"
    assert failure == {
        "kind": "rejected",
        "code": 400,
        "message": "param validate error",
        "endpoint": READ,
        "http_status": 400,
        "attempts": 1,
    }
    assert (
        run.result("rejected")
        .data["msg"]
        .startswith(f"{READ}: the API answered 'param validate error' (code 400)")
    )


def test_every_field_of_failure_is_there_for_an_error_of_this_machine(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("input", timeout=0), defaults=account)
    nothing = dict.fromkeys(("code", "message", "endpoint", "http_status", "request_id"))
    assert failures(run) == [{"kind": "invalid_input", "attempts": 0, **nothing}]


def test_an_unreachable_server_says_what_to_check(playbooks: Playbooks, account: dict[str, Any]) -> None:
    run = playbooks.tasks(
        task("closed", api_url=f"http://127.0.0.1:{closed_port()}"),
        task("no such host", api_url="https://api.polyv.invalid"),
        defaults=account,
    )
    assert [(failure["kind"], failure["attempts"]) for failure in failures(run)] == [("unreachable", 2)] * 2
    assert all("Check api_url, the network and the proxy" in result.data["msg"] for result in run.results)
    assert "Connection refused" in run.result("closed").data["msg"]


@pytest.mark.parametrize("code", [403, 400, 401])
def test_a_wrong_secret_is_told_by_its_message_whatever_its_code(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], code: int
) -> None:
    simulator.switch(signature_error_code=code, error_http_status="code")
    run = playbooks.tasks(task("wrong", app_secret="x" * 32), defaults=account)
    assert [(failure["kind"], failure["code"]) for failure in failures(run)] == [("invalid_signature", code)]
    assert "Check that app_secret is the secret of this app_id" in run.result("wrong").data["msg"]
    assert len(simulator.requests()) == 1


def test_an_unknown_app_says_what_to_check(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("unknown", app_id="nobody"), defaults=account)
    assert failures(run)[0]["kind"] == "unknown_application"
    assert "Check app_id" in run.result("unknown").data["msg"]
    assert len(simulator.requests()) == 1


def test_a_feature_that_the_account_has_not_bought_is_final(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(ACCOUNT["user_id"], forbidden=[READ])
    run = playbooks.tasks(task("forbidden"), defaults=account)
    assert [(failure["kind"], failure["code"], failure["attempts"]) for failure in failures(run)] == [
        ("forbidden", 500, 1)
    ]
    assert "has not bought this feature" in run.result("forbidden").data["msg"]
    assert len(simulator.requests()) == 1


def test_an_answer_that_is_not_the_apis_has_a_kind_and_a_message_of_its_own(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    cases: list[tuple[str, dict[str, Any], tuple[str, int | None], str]] = [
        ("a login page", {"kind": "html", "http_status": 200}, ("unreadable", 200), "an HTML page instead"),
        ("cut off", {"kind": "truncated"}, ("unreadable", 200), "a cut off or malformed body"),
        ("empty", {"kind": "status", "http_status": 200}, ("unreadable", 200), "an empty body"),
        (
            "a list",
            {"kind": "status", "http_status": 200, "body": [1]},
            ("unreadable", 200),
            "some other text",
        ),
        ("no address", {"kind": "html", "http_status": 404}, ("unknown_endpoint", 404), "no such endpoint"),
        ("a gateway", {"kind": "html", "http_status": 502}, ("unavailable", 502), "try again later"),
        ("data", {"kind": "wrong_data", "data": "success"}, ("unexpected_data", None), "not an object"),
    ]
    for case in cases:
        simulator.fault(READ, **case[1])
    run = playbooks.tasks(*(task(case[0], retries=0) for case in cases), defaults=account)
    for name, _unused, (kind, status), text in cases:
        result = run.result(name)
        assert (result.data["failure"]["kind"], result.data["failure"]["http_status"]) == (kind, status), name
        assert text in result.data["msg"], name


def test_a_redirect_fails_and_is_not_followed(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "redirect", times=2, location=f"{simulator.url}/live/v3/user/get-info")
    run = playbooks.tasks(task("redirected"), defaults=account)
    assert [(failure["kind"], failure["http_status"]) for failure in failures(run)] == [("redirected", 307)]
    assert simulator.calls() == [READ, READ]


def test_what_may_pass_is_tried_again(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    faults: list[dict[str, Any]] = [
        *({"kind": "html", "http_status": status} for status in (500, 502, 503, 504)),
        {"kind": "html", "http_status": 200},
        {"kind": "truncated"},
        {"kind": "drop_before"},
        {"kind": "redirect", "location": "http://[broken"},
        {"kind": "envelope", "code": 500, "message": "internal server error"},
        {"kind": "envelope", "code": 400, "message": "设置失败,请重试."},
    ]
    for fault in faults:
        simulator.fault(READ, **fault)
        simulator.fault(READ, "delay", seconds=0)  # no fault: the second attempt of the same task
    run = playbooks.tasks(*(task(str(number)) for number, _unused in enumerate(faults)), defaults=account)
    assert [result.status for result in run.results] == ["ok"] * len(faults), run.output
    assert simulator.calls() == [READ] * (2 * len(faults))


def test_every_attempt_is_signed_anew(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "html", times=2)
    playbooks.tasks(task("retried", retries=2), defaults=account)
    signatures = {
        (entry["query"]["timestamp"][0], entry["query"]["sign"][0]) for entry in simulator.requests()
    }
    assert len(signatures) == 3


@pytest.mark.parametrize(("code", "status"), [(400, 200), (500, 200), (429, 429), (10000, 403)])
def test_a_throttle_is_told_by_its_message_and_ends_at_max_wait(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], code: int, status: int
) -> None:
    simulator.switch(throttle_code=code, throttle_http_status=status)
    simulator.fault(READ, "throttle", times=-1)
    run = playbooks.tasks(task("throttled", max_wait=1), defaults=account)
    assert failures(run)[0]["kind"] == "throttled"
    assert "until" in run.result("throttled").data["msg"]
    assert len(simulator.requests()) == 1


def test_a_throttle_stops_the_next_task_of_the_machine_too(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "status", http_status=429, headers={"Retry-After": "60"})
    run = playbooks.tasks(task("throttled", retries=0), task("next"), defaults={**account, "max_wait": 1})
    assert [failure["kind"] for failure in failures(run)] == ["throttled", "throttled"]
    assert len(simulator.requests()) == 1


def test_a_throttled_call_is_sent_again_after_the_pause(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(READ, "throttle")
    run = playbooks.tasks(task("throttled"), defaults=account)
    assert run.result("throttled").status == "ok", run.output
    first, second = (entry["time"] for entry in simulator.requests())
    assert second - first >= 2
