"""The sinks awx_credential and tasks of the role onboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.fake_awx import FakeAwx
from harness.onboarding import CREATE, GIVEN, USERS, Onboarding, failure, named, outcome
from harness.playbook import Playbooks
from harness.simulator import Simulator


@pytest.fixture
def way() -> str:
    """One way is enough: another test goes through both."""
    return "worker"


TASKS = """
- name: Write it down
  ansible.builtin.copy:
    content: "{{ onboard_account | to_json }}"
    dest: "{{ playbook_dir }}/{{ onboard_account.email }}.json"
    mode: "0600"
  no_log: true
- name: Fail for one of them
  ansible.builtin.fail:
    msg: no room for {{ onboard_account.email }}
  when: onboard_account.email == full | default('')
"""


def test_the_operators_own_tasks(onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator) -> None:
    (playbooks.directory / "sink.yml").write_text(TASKS)
    sink: dict[str, Any] = {"onboard_sink": "tasks", "onboard_sink_tasks": "sink.yml"}
    check = onboarding.run("--check", **sink)
    assert [entry["would_register"] for entry in outcome(check)] == [True] * 3
    assert not list(playbooks.directory.glob("*@*.json"))

    run = onboarding.run(**sink, full="two@example.com")
    users = onboarding.registered()
    message = failure(run)
    assert set(users) == {"one@example.com", "two@example.com"}
    assert message.startswith("two@example.com: registered (user_id " + users["two@example.com"]["user_id"])
    assert 'the task "Fail for one of them" failed.' in message
    assert "run again" in message
    assert "generated password" not in message  # it was given
    onboarding.assert_no_secret_in(run)

    again = onboarding.run(**sink)
    assert [entry["registered"] for entry in outcome(again)] == [False, False, True]
    got = yaml.safe_load((playbooks.directory / "three@example.com.json").read_text())
    keys = ("email", "name", "app_id", "app_secret", "user_id")
    known = onboarding.registered()["three@example.com"]
    password = simulator.requests(CREATE)[2]["form"]["passwd"][0]
    assert got == {**{name: known[name] for name in keys}, "password": password, "registered": True}


@pytest.mark.parametrize("text", ["name: not a list\n", "- nobody.knows.this: {}\n", "- name: [\n"])
def test_a_tasks_file_that_can_not_be_loaded_registers_nobody(
    onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator, text: str
) -> None:
    (playbooks.directory / "sink.yml").write_text(text)
    run = onboarding.run(onboard_sink="tasks", onboard_sink_tasks="sink.yml")
    assert run.returncode in (2, 4), run.output
    assert simulator.calls() == []


@pytest.fixture
def awx(tmp_path: Path) -> FakeAwx:
    return FakeAwx(tmp_path)


SINK: dict[str, Any] = {"onboard_sink": "awx_credential", "onboard_awx_organization": "School"}


def test_credentials_are_made_once_and_then_left_alone(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    check = onboarding.run("--check", environ=awx.environ, **SINK)
    assert outcome(check)
    assert awx.credentials == {}
    awx.calls()

    extra: dict[str, Any] = {
        "onboard_awx_inputs": {"api_url": "https://x.example"},
        "onboard_awx_password_field": "password",
    }
    run = onboarding.run(environ=awx.environ, **SINK, **extra)
    assert [entry["stored"] for entry in outcome(run)] == [True] * 3
    names = [f"Polyv {user['account_name']}" for user in USERS]
    assert awx.calls() == [
        *([name, "exists", True] for name in [names[0], *names]),
        *([name, "present", False] for name in names for _unused in ("without keys", "with keys")),
    ]
    two = onboarding.registered()["two@example.com"]
    assert awx.credentials["Polyv two"] == {
        **{name: two[name] for name in ("app_id", "app_secret", "user_id")},
        "api_url": "https://x.example",
        "password": GIVEN,
    }
    onboarding.assert_no_secret_in(run)

    before = awx.credentials
    awx.keep("Polyv two", None)
    again = onboarding.run(environ=awx.environ, **SINK, **extra)
    assert [result.changed for result in named(again, "Keep the keys in the credential")] == [
        False,
        True,
        False,
    ]
    assert awx.credentials == before
    onboarding.assert_no_secret_in(again)


def test_an_awx_that_does_not_know_the_organization_registers_nobody(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    run = onboarding.run(environ=awx.environ, **{**SINK, "onboard_awx_organization": "Nobody"})
    assert "returned 0 items" in failure(run)
    assert simulator.calls() == []


def test_an_awx_that_fails_once_is_tried_again(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    awx.break_down(1)
    assert outcome(onboarding.run(users=USERS[:1], environ=awx.environ, **SINK))


def test_a_registered_user_whose_keys_awx_did_not_take(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    # It takes the credential without keys, and then no more.
    awx.break_down(99, after=1)
    run = onboarding.run(users=[USERS[0], USERS[2]], environ=awx.environ, onboard_sink_retries=1, **SINK)
    message = failure(run)
    user = onboarding.registered()["one@example.com"]
    # ansible-core 2.22 masks the ids in it: it takes all `inputs` of awx.awx for secrets.
    assert message.startswith("one@example.com: registered (user_id ")
    assert "but its keys were not stored" in message
    assert "AWX is out of order" in message
    assert "The generated password is lost" in message
    assert set(onboarding.registered()) == {"one@example.com"}
    onboarding.assert_no_secret_in(run)
    awx.break_down(0)
    resumed = onboarding.run(users=[USERS[0], USERS[2]], environ=awx.environ, **SINK)
    assert [entry["registered"] for entry in outcome(resumed)] == [False, True]
    assert awx.credentials["Polyv one"]["app_secret"] == user["app_secret"]


def test_no_credential_is_made_without_a_secret(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    onboarding.run(users=USERS[:2], environ=awx.environ, **SINK)
    simulator.switch(custom_user_read_secret="no")
    before = awx.credentials
    assert outcome(onboarding.run(users=USERS[:2], environ=awx.environ, **SINK))
    assert awx.credentials == before
    awx.keep("Polyv two", None)
    run = onboarding.run(users=USERS[:2], environ=awx.environ, **SINK)
    assert "AWX has no credential Polyv two with keys, and the API does not show the app_secret" in failure(
        run
    )
    assert "Polyv two" not in awx.credentials


def test_a_user_who_may_not_make_credentials_registers_nobody(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    awx.forbid()
    run = onboarding.run(environ=awx.environ, onboard_sink_retries=0, **SINK)
    message = failure(run)
    assert message.startswith(
        "one@example.com: the credential Polyv one could not be made: You do not have permission"
    )
    assert simulator.writes() == []
    onboarding.assert_no_secret_in(run)


@pytest.mark.parametrize("owner", ["stranger01", "$encrypted$"])
def test_a_credential_with_the_keys_of_another_account_is_refused_before_anybody_is_registered(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx, owner: str
) -> None:
    keys = {"app_id": owner, "app_secret": "of-a-stranger"}
    awx.keep("Polyv three", keys)
    message = failure(onboarding.run(environ=awx.environ, **SINK))
    assert message.startswith(
        "three@example.com: AWX has a credential Polyv three with the keys of another account"
    )
    assert simulator.writes() == []
    assert awx.credentials == {"Polyv three": keys}


def test_the_credential_of_a_found_user_is_compared_as_well(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    onboarding.run(users=USERS[:1], environ=awx.environ, **SINK)
    own = awx.credentials["Polyv one"]
    awx.keep("Polyv one", {**own, "app_id": "stranger01"})
    assert "with the keys of another account" in failure(
        onboarding.run(users=USERS[:2], environ=awx.environ, **SINK)
    )
    assert set(onboarding.registered()) == {"one@example.com"}
    # An operator's own type may make a secret of the app_id: then the user who was found is the only one meant.
    awx.keep("Polyv one", {**own, "app_id": "$encrypted$"})
    assert outcome(onboarding.run(users=USERS[:1], environ=awx.environ, **SINK))


@pytest.mark.thorough
def test_a_credential_keeps_the_password_of_a_registration_that_was_cut_off(
    onboarding: Onboarding, simulator: Simulator, awx: FakeAwx
) -> None:
    taken: dict[str, Any] = {**SINK, "onboard_awx_password_field": "password", "users": USERS[:1]}
    awx.break_down(99, after=1)
    cut_off = onboarding.run(environ=awx.environ, onboard_sink_retries=0, **taken)
    assert "password is lost" not in failure(cut_off)
    awx.break_down(0)
    assert outcome(onboarding.run(environ=awx.environ, **taken))
    known = onboarding.registered()["one@example.com"]
    sent = simulator.requests(CREATE)[0]["form"]["passwd"][0]
    assert awx.credentials["Polyv one"] == {
        **{name: known[name] for name in ("app_id", "app_secret", "user_id")},
        "api_url": simulator.url,
        "password": sent,
    }
