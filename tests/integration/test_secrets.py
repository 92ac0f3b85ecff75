"""No secret in anything that ansible-playbook prints or returns, even at -vvv, and none to anybody but the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.listener import Listener
from harness.playbook import Playbooks
from harness.simulator import Simulator

from ansible_collections.polyv.live.plugins.module_utils._secrets import ANSIBLE_MASKS

PASSWORD = "p&s+s w%rd9"
CUSTOM_KEY, CHANNEL_PASSWORD = "6mu6166v4l", f"pw{CHANNEL}"
CALLBACK = {"polyv.live.polyv_record_callback": {"url": "https://hooks.example.com/x"}}
READ_CALLBACK = {"polyv.live.polyv_record_callback": {"state": "absent"}}
USER = {
    "polyv.live.polyv_custom_user": {
        "email": "live@school.example.com",
        "mobile": "13800000000",
        "password": PASSWORD,
    }
}
ALL_CHANNELS = {
    "polyv.live.polyv_oauth_custom": {"custom_uri": "https://new.example.com/x", "all_channels": True}
}
ONE_CHANNEL = {
    "polyv.live.polyv_oauth_custom": {"custom_uri": "https://one.example.com/x", "channel_id": CHANNEL}
}
SHARE = {"polyv.live.polyv_weixin_share": {"url": "https://share.example.com/x"}}
LOUD = ["-vvv", "--diff"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody who is not the API."""
    with Listener() as listener:
        yield listener


def tolerant(*modules: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": f"task {number}", "ignore_errors": True, **module} for number, module in enumerate(modules)
    ]


def signatures(simulator: Simulator) -> set[str]:
    return {
        value
        for entry in simulator.requests()
        for parameters in (entry["query"], entry["form"])
        for value in parameters.get("sign", [])
    }


def assert_hidden(text: str, simulator: Simulator, *more: str) -> None:
    assert signatures(simulator), "nothing was signed"
    secrets = {ACCOUNT["app_secret"], PASSWORD, CUSTOM_KEY, CHANNEL_PASSWORD, *signatures(simulator), *more}
    assert [secret for secret in secrets if secret in text] == []


def test_success_and_no_change_show_no_secret(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = tolerant(ALL_CHANNELS, ONE_CHANNEL, SHARE, CALLBACK, CALLBACK)
    run = playbooks.tasks(*tasks, defaults=account, options=LOUD)
    assert [result.status for result in run.results] == ["ok"] * len(tasks), run.output
    assert_hidden(run.everything, simulator)


def test_a_registration_shows_the_new_secret_in_its_result_only_and_never_the_password(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    (task,) = tolerant(USER)
    run = playbooks.tasks(task, defaults=account, options=LOUD)
    result = run.result("task 0")
    new_secret = result.data["user"]["app_secret"]
    assert new_secret not in str({name: value for name, value in result.data.items() if name != "user"})
    assert_hidden(run.everything, simulator)


def test_no_log_hides_the_new_secret_altogether(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    (task,) = tolerant(USER)
    run = playbooks.tasks(
        {**task, "no_log": True, "register": "made"},
        {"name": "id", "ansible.builtin.debug": {"var": "made.user.user_id"}},
        defaults=account,
        options=LOUD,
    )
    new_account = simulator.account(run.result("id").data["made.user.user_id"])
    assert_hidden(run.everything, simulator, new_account["app_secret"])


def test_credentials_of_the_environment_are_as_secret_as_options(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    simulator.fault("callback-get", "envelope", code=400, message=f"bad {ACCOUNT['app_secret']}")
    environ = {"POLYV_APP_ID": ACCOUNT["app_id"], "POLYV_APP_SECRET": ACCOUNT["app_secret"]}
    run = playbooks.tasks(*tolerant(CALLBACK, CALLBACK), options=LOUD, environ=environ)
    assert [result.status for result in run.results] == ["failed", "ok"], run.output
    assert_hidden(run.everything, simulator)


def test_errors_of_the_api_and_of_the_network_show_no_secret(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    echo = f"sign=0123456789ABCDEF0123456789ABCDEF secret {ACCOUNT['app_secret']}"
    for fault in (
        {"kind": "envelope", "code": 400, "message": echo},
        {"kind": "html", "http_status": 200},
        {"kind": "truncated"},
        {"kind": "drop_before"},
        {"kind": "redirect", "location": f"{simulator.url}/?{echo}"},
        {"kind": "delay", "seconds": 1},
    ):
        simulator.fault("callback-get", **fault)
    tasks = tolerant(*[READ_CALLBACK] * 6)
    run = playbooks.tasks(*tasks, defaults={**account, "retries": 0, "timeout": 0.3}, options=LOUD)
    assert [result.status for result in run.results] == ["failed"] * 6, run.output
    assert_hidden(run.everything, simulator, "0123456789ABCDEF0123456789ABCDEF")


def test_a_server_that_can_not_be_reached_shows_no_signature(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    unreachable = {**account, "retries": 0, "api_url": "https://127.0.0.1:1"}
    run = playbooks.tasks(*tolerant(READ_CALLBACK, SHARE, USER), defaults=unreachable, options=LOUD)
    assert [result.status for result in run.results] == ["failed"] * 3, run.output
    assert "sign=" not in run.everything
    assert [secret for secret in (ACCOUNT["app_secret"], PASSWORD) if secret in run.everything] == []


def test_a_failed_registration_shows_no_password(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", "envelope", code=400, message=f"bad passwd {PASSWORD}")
    run = playbooks.tasks(*tolerant(USER), defaults=account, options=LOUD)
    assert run.result("task 0").data["failure"]["kind"] == "rejected", run.output
    assert_hidden(run.everything, simulator)


def test_a_key_returned_on_request_is_in_the_result_and_not_in_the_diff(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    asked = {**ONE_CHANNEL["polyv.live.polyv_oauth_custom"], "return_secrets": True}
    run = playbooks.tasks(*tolerant({"polyv.live.polyv_oauth_custom": asked}), defaults=account)
    data = run.result("task 0").data
    # From ansible-core 2.22 on, Ansible masks what callbacks get.
    assert data["channels"][0]["secret_key"] == ("$REDACTED$" if ANSIBLE_MASKS else CUSTOM_KEY)
    assert CUSTOM_KEY not in str(data["diff"])


def test_a_redirect_sends_nothing_to_its_target(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], listener: Listener
) -> None:
    simulator.fault("add-custom-user", "redirect", location=f"{listener.url}/live/v2/app/add-custom-user")
    run = playbooks.tasks(*tolerant(USER), defaults=account)
    assert run.result("task 0").data["failure"]["kind"] == "outcome_unknown", run.output
    assert listener.seen == []


def test_a_cookie_is_not_sent_back(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("callback-get", "status", http_status=503, headers={"Set-Cookie": "session=1; Path=/"})
    run = playbooks.tasks(*tolerant(READ_CALLBACK), defaults=account)
    assert run.result("task 0").status == "ok", run.output
    assert len(simulator.requests()) == 2
    assert [entry for entry in simulator.requests() if "cookie" in entry["headers"]] == []


def test_a_netrc_adds_no_authorization(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    netrc = playbooks.directory / ".netrc"
    netrc.write_text("default login me password netrc-password\n", encoding="utf-8")
    netrc.chmod(0o600)
    environ = {"HOME": str(playbooks.directory), "NETRC": str(netrc)}
    run = playbooks.tasks(*tolerant(CALLBACK), defaults=account, environ=environ)
    assert run.result("task 0").changed, run.output
    assert [entry for entry in simulator.requests() if "authorization" in entry["headers"]] == []


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_comes_from_the_environment_and_is_not_quoted(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], listener: Listener, variable: str
) -> None:
    proxy = listener.url.replace("http://", "http://me:proxy-password@")
    run = playbooks.tasks(*tolerant(READ_CALLBACK), defaults=account, options=LOUD, environ={variable: proxy})
    assert run.result("task 0").data["failure"]["http_status"] == 502, run.output
    assert listener.seen and listener.seen[0].startswith(f"GET {simulator.url}/live/")
    assert simulator.requests() == []
    assert [text for text in ("proxy-password", "sign=") if text in run.everything] == []


def test_no_proxy_is_respected(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], listener: Listener
) -> None:
    environ = {"HTTP_PROXY": listener.url, "NO_PROXY": "127.0.0.1"}
    run = playbooks.tasks(*tolerant(READ_CALLBACK), defaults=account, environ=environ)
    assert run.result("task 0").status == "ok", run.output
    assert listener.seen == []
