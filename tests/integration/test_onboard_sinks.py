"""The sinks awx_credential and tasks of the role onboard."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.onboarding import CREATE, GIVEN, USERS, Onboarding, failure, named, outcome
from harness.playbook import Playbooks
from harness.simulator import Simulator


@pytest.fixture
def door() -> str:
    """One door is enough: another test goes through both."""
    return "worker"


@pytest.fixture
def onboarding(playbooks: Playbooks, simulator: Simulator) -> Onboarding:
    return Onboarding(playbooks, simulator)


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
    assert [entry["registered"] for entry in outcome(check)] == [True] * 3
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


# Stands for awx.awx: it keeps what it was given in the file that FAKE_AWX names.
CREDENTIAL = """
import json, os
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(
    argument_spec={
        "name": {"required": True},
        "organization": {},
        "credential_type": {"required": True},
        "inputs": {"type": "dict", "no_log": True},
        "state": {"choices": ["present", "exists"], "default": "present"},
    },
    supports_check_mode=True,
)
state = json.load(open(os.environ["FAKE_AWX"]))
state["calls"].append([module.params["name"], module.params["state"], module.check_mode])
credentials, name = state["credentials"], module.params["name"]
broken = not module.check_mode and state["broken"] > 0
if broken:
    state["broken"] -= 1
there = name in credentials
changed = not there or module.params["state"] == "present"
if changed and not module.check_mode and not broken:
    credentials[name] = module.params["inputs"]
json.dump(state, open(os.environ["FAKE_AWX"], "w"))
if module.params["organization"] != "School":
    module.fail_json(msg="Request to organizations returned 0 items")
if broken:
    module.fail_json(msg="AWX is out of order")
module.exit_json(changed=changed, **({"id": 1} if there else {}))
"""


class FakeAwx:
    """A collection awx.awx on the path, and what its credential module was given."""

    def __init__(self, directory: Path) -> None:
        modules = directory / "collections/ansible_collections/awx/awx/plugins/modules"
        modules.mkdir(parents=True)
        (modules / "credential.py").write_text(CREDENTIAL)
        self._state = directory / "awx.json"
        self._write({"calls": [], "credentials": {}, "broken": 0})
        self.environ = {
            "FAKE_AWX": str(self._state),
            "ANSIBLE_COLLECTIONS_PATH": f"{directory / 'collections'}:{os.environ['ANSIBLE_COLLECTIONS_PATH']}",
        }

    @property
    def credentials(self) -> dict[str, Any]:
        """The inputs of the credentials, by name."""
        found: dict[str, Any] = self._read()["credentials"]
        return found

    def calls(self) -> list[list[Any]]:
        """Name, state and check mode of each call since the last time."""
        state = self._read()
        calls: list[list[Any]] = state["calls"]
        self._write({**state, "calls": []})
        return calls

    def break_down(self, times: int) -> None:
        """The next calls that would write fail."""
        self._write({**self._read(), "broken": times})

    def forget(self, name: str) -> None:
        """Somebody deletes a credential."""
        state = self._read()
        del state["credentials"][name]
        self._write(state)

    def _read(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self._state.read_text())
        return state

    def _write(self, state: dict[str, Any]) -> None:
        self._state.write_text(json.dumps(state))


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
    assert awx.calls() == [
        ["Polyv one", "exists", True],
        *([f"Polyv {user['account_name']}", "present", False] for user in USERS),
    ]
    two = onboarding.registered()["two@example.com"]
    assert awx.credentials["Polyv two"] == {
        **{name: two[name] for name in ("app_id", "app_secret", "user_id")},
        "api_url": "https://x.example",
        "password": GIVEN,
    }
    onboarding.assert_no_secret_in(run)

    before = awx.credentials
    awx.forget("Polyv two")
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
    awx.break_down(99)
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
    awx.forget("Polyv two")
    run = onboarding.run(users=USERS[:2], environ=awx.environ, **SINK)
    assert "AWX has no credential Polyv two, and the API does not show the app_secret" in failure(run)
    assert "Polyv two" not in awx.credentials
