"""Which credentials a task uses, in every mixture of sources, by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_record_callback"
APP_ID, APP_SECRET, USER_ID = ACCOUNT["app_id"], ACCOUNT["app_secret"], ACCOUNT["user_id"]
ENVIRONMENT = {
    "POLYV_APP_ID": OTHER_ACCOUNT["app_id"],
    "POLYV_APP_SECRET": OTHER_ACCOUNT["app_secret"],
    "POLYV_USER_ID": OTHER_ACCOUNT["user_id"],
}


def with_options(task: str, **options: str) -> dict[str, Any]:
    return {"name": task, MODULE: {"state": "absent", **options}, "ignore_errors": True}


def messages(run: Run) -> dict[str, str]:
    """The message of every task, all of them failed for their credentials."""
    assert {result.data["failure"]["kind"] for result in run.results} == {"credentials"}, run.output
    return {result.task: result.data["msg"] for result in run.results}


INCOMPLETE = [
    with_options("half: app_id", app_id=APP_ID),
    with_options("half: app_secret", app_secret=APP_SECRET),
    with_options("half: user_id", user_id=USER_ID),
    with_options("half: app_id and user_id", app_id=APP_ID, user_id=USER_ID),
    with_options("half: app_secret and user_id", app_secret=APP_SECRET, user_id=USER_ID),
    with_options("blank: app_id", app_id="", app_secret=APP_SECRET),
    with_options("blank: app_secret", app_id=APP_ID, app_secret=""),
    with_options("blank: user_id", app_id=APP_ID, app_secret=APP_SECRET, user_id=""),
]


@pytest.mark.parametrize("environ", [{}, ENVIRONMENT], ids=["empty environment", "full environment"])
def test_options_that_are_no_complete_set_fail_whatever_the_environment_holds(
    playbooks: Playbooks, simulator: Simulator, environ: dict[str, str]
) -> None:
    found = messages(playbooks.tasks(*INCOMPLETE, environ=environ))
    for task, message in found.items():
        problem, names = task.split(": ")
        if problem == "blank":
            assert message.startswith(f"{names}: the option is blank")
        else:
            assert message.startswith(f"Half a set of credentials in the options: {names} given, ")
    assert simulator.requests() == []


@pytest.mark.parametrize("given", ["POLYV_APP_ID", "POLYV_APP_SECRET", "POLYV_USER_ID"])
def test_half_a_set_in_the_environment_fails_and_names_the_variable(
    playbooks: Playbooks, simulator: Simulator, given: str
) -> None:
    environ = {**dict.fromkeys(ENVIRONMENT, " "), given: ENVIRONMENT[given]}
    found = messages(playbooks.tasks(with_options("half"), environ=environ))
    assert found["half"].startswith(f"Half a set of credentials in the environment: {given} given, ")
    assert simulator.requests() == []


@pytest.mark.parametrize("environ", [{}, dict.fromkeys(ENVIRONMENT, "")], ids=["unset", "blank"])
def test_no_credentials_at_all_is_an_error_that_says_where_to_give_them(
    playbooks: Playbooks, simulator: Simulator, environ: dict[str, str]
) -> None:
    found = messages(playbooks.tasks(with_options("nothing"), environ=environ))
    assert found["nothing"].startswith("No credentials: give the options app_id and app_secret")
    assert "POLYV_APP_ID" in found["nothing"]
    assert simulator.requests() == []


def test_options_win_whole_over_a_full_environment(playbooks: Playbooks, simulator: Simulator) -> None:
    task = with_options("options", app_id=APP_ID, app_secret=APP_SECRET)
    run = playbooks.tasks(task, environ=ENVIRONMENT)
    assert run.result("options").data["account"] == {"source": "options", "user_id": USER_ID}, run.output
    assert {entry["app_id"] for entry in simulator.requests()} == {APP_ID}


def test_the_environment_is_used_whole_where_no_option_is_given(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    run = playbooks.tasks(with_options("environment"), environ=ENVIRONMENT)
    account = {"source": "environment", "user_id": OTHER_ACCOUNT["user_id"]}
    assert run.result("environment").data["account"] == account, run.output
    assert {entry["app_id"] for entry in simulator.requests()} == {OTHER_ACCOUNT["app_id"]}


def test_a_blank_user_id_in_the_environment_is_read_from_the_api(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    run = playbooks.tasks(with_options("environment"), environ={**ENVIRONMENT, "POLYV_USER_ID": ""})
    account = {"source": "environment", "user_id": OTHER_ACCOUNT["user_id"]}
    assert run.result("environment").data["account"] == account, run.output
    assert "get-info" in simulator.calls()


def test_a_task_completes_the_set_of_its_module_defaults(playbooks: Playbooks) -> None:
    defaults = {"app_id": APP_ID, "app_secret": APP_SECRET}
    run = playbooks.tasks(with_options("task", user_id=USER_ID), defaults=defaults, environ=ENVIRONMENT)
    assert run.result("task").data["account"] == {"source": "options", "user_id": USER_ID}, run.output


def test_a_secret_or_an_id_of_a_wrong_form_is_found_before_any_request_and_not_quoted(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    found = messages(
        playbooks.tasks(
            with_options("app_secret", app_id=APP_ID, app_secret=APP_SECRET + "\n"),
            with_options("app_id", app_id="a/../b", app_secret=APP_SECRET),
            with_options("user_id", app_id=APP_ID, app_secret=APP_SECRET, user_id="1/2"),
        )
    )
    assert all(message.startswith(f"{option}: ") for option, message in found.items())
    assert APP_SECRET not in found["app_secret"]
    assert simulator.requests() == []


def test_a_secret_of_blanks_only_leaves_the_message_readable(playbooks: Playbooks) -> None:
    found = messages(playbooks.tasks(with_options("blank", app_id=APP_ID, app_secret=" ")))
    assert found["blank"].startswith("app_secret: the option is blank")
