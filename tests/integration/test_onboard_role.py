"""The role onboard against the simulator: who is registered, where the keys go, and what can be read of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

VAULT_PASSWORD = "vault-Passw0rd-7Q"
GIVEN = "given-Pw-8Z"
CREATE = "add-custom-user"
RESELLER = {f"onboard_{name}": value for name, value in ACCOUNT.items()}
USERS = [
    {"email": "one@example.com", "mobile": "13800000001", "account_name": "one", "name": "", "sale_id": ""},
    {"email": "two@example.com", "mobile": 13800000002, "password": GIVEN, "account_name": "two"},
    {"email": "three@example.com", "mobile": "13800000003", "account_name": "three"},
]
TAKEN = {"email": "company@example.com", "mobile": "1", "account_name": "taken"}


class Onboarding:
    """Runs the role, by default with the vault_file sink, and looks at what it left behind."""

    def __init__(self, playbooks: Playbooks, simulator: Simulator) -> None:
        self._playbooks = playbooks
        self._simulator = simulator
        self.directory = playbooks.directory / "host_vars"

    def run(
        self, *options: str, users: Any = USERS, environ: Mapping[str, str] | None = None, **variables: Any
    ) -> Run:
        given = {
            **RESELLER,
            "onboard_retries": 1,
            "onboard_users": users,
            "onboard_sink": "vault_file",
            "onboard_sink_delay": 0,
            "onboard_vault_directory": str(self.directory),
            "onboard_vault_password": VAULT_PASSWORD,
            **variables,
        }
        return self._playbooks.tasks(
            {"name": "result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}},
            roles=["polyv.live.onboard"],
            vars=given,
            options=["-vvv", *options],
            environ=environ,
        )

    def file(self, name: str) -> Path:
        return self.directory / name / "vault.yml"

    def content(self, name: str) -> Any:
        vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
        return yaml.safe_load(vault.decrypt(self.file(name).read_bytes()))

    def state(self) -> dict[str, tuple[int, int]]:
        """Which files there are; a rewritten one has another inode and time."""
        files = (path for path in self.directory.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

    def registered(self) -> dict[str, dict[str, Any]]:
        """The registered users by email, as the simulator keeps them."""
        found = requests.get(f"{self._simulator.url}/_simulator/accounts", timeout=10).json()
        return {user["email"]: user for user in found["custom_users"]}

    def secrets(self) -> list[str]:
        """All that must not be read anywhere."""
        sent = [entry["form"].get("passwd", []) for entry in self._simulator.requests(CREATE)]
        return [
            ACCOUNT["app_secret"],
            VAULT_PASSWORD,
            GIVEN,
            *(password for passwords in sent for password in passwords),
            *(user["app_secret"] for user in self.registered().values()),
        ]

    def assert_no_secret_in(self, run: Run) -> None:
        # At -vvv ansible-playbook repeats nothing of the play's own variables, so all of the output counts.
        assert [secret for secret in self.secrets() if secret in run.everything] == []


@pytest.fixture
def onboarding(playbooks: Playbooks, simulator: Simulator) -> Onboarding:
    return Onboarding(playbooks, simulator)


def outcome(run: Run) -> Any:
    assert run.returncode == 0, run.output
    return run.result("result").data["msg"]


def failure(run: Run) -> str:
    assert run.returncode == 2, run.output
    return str([result.data for result in run.results if result.status == "failed"][-1]["msg"])


def named(run: Run, task: str) -> Any:
    """The results of the role's task of that name."""
    return [result for result in run.results if result.task.endswith(f" : {task}")]


@pytest.mark.smoke
def test_check_register_and_run_again(onboarding: Onboarding, simulator: Simulator) -> None:
    check = onboarding.run("--check", "--diff")
    assert outcome(check) == [
        {"email": user["email"], "user_id": None, "registered": True, "stored": True} for user in USERS
    ]
    assert simulator.writes() == []
    assert onboarding.state() == {}
    assert "one@example.com: would be registered" in check.output
    plan = named(check, "Keep the keys in the encrypted file")[0].diff("after")["variables"]
    assert set(plan.values()) == {"added"}

    first = onboarding.run("--diff")
    users = onboarding.registered()
    assert outcome(first) == [
        {
            "email": user["email"],
            "user_id": users[str(user["email"])]["user_id"],
            "registered": True,
            "stored": True,
        }
        for user in USERS
    ]
    for user in USERS:
        known, sent = users[str(user["email"])], simulator.requests(CREATE)[USERS.index(user)]["form"]
        assert onboarding.content(str(user["account_name"])) == {
            "account_app_id": known["app_id"],
            "account_app_secret": known["app_secret"],
            "account_user_id": known["user_id"],
            "onboard_email": user["email"],
            "onboard_password": sent["passwd"][0],
        }
        path = onboarding.file(str(user["account_name"]))
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.read_bytes().startswith(b"$ANSIBLE_VAULT;1.1;AES256\n")

    before = onboarding.state()
    second = onboarding.run("--diff")
    assert [entry["registered"] for entry in outcome(second)] == [False] * 3
    assert not any(result.changed for result in second.results)
    assert onboarding.state() == before
    assert simulator.writes() == [CREATE] * 3
    for run in (check, first, second):
        onboarding.assert_no_secret_in(run)


def test_a_password_is_generated_only_where_none_is_given_and_blanks_are_not_sent(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run()
    one, two, three = (entry["form"] for entry in simulator.requests(CREATE))
    assert set(one) == {"email", "mobile", "passwd", "appId", "timestamp", "sign"}
    assert two["passwd"] == [GIVEN]
    assert two["mobile"] == ["13800000002"]
    for form in (one, three):
        assert len(form["passwd"][0]) == 16
        assert form["passwd"][0].isalnum()
    assert one["passwd"] != three["passwd"]


def test_the_second_of_three_fails_and_the_next_run_goes_on(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    run = onboarding.run(users=[USERS[0], TAKEN, USERS[2]])
    message = failure(run)
    assert message.startswith("company@example.com: ")
    assert "email already exists" in message
    assert "Nobody after this user was registered." in message
    assert set(onboarding.registered()) == {"one@example.com"}
    onboarding.assert_no_secret_in(run)
    before = onboarding.state()

    resumed = onboarding.run(users=[USERS[0], USERS[2]])
    assert [entry["registered"] for entry in outcome(resumed)] == [False, True]
    assert onboarding.state().items() >= before.items()


def test_a_missing_file_is_restored_while_the_api_shows_the_keys(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run()
    keys = {name: onboarding.content(name) for name in ("one", "two")}
    for name in keys:
        onboarding.file(name).unlink()
    run = onboarding.run()
    assert [entry["stored"] for entry in outcome(run)] == [True] * 3
    generated = keys["one"].pop("onboard_password")
    assert generated
    # A given password is written again; a generated one is known to nobody any more.
    assert {name: onboarding.content(name) for name in keys} == keys
    assert simulator.writes() == [CREATE] * 3


def test_where_the_api_hides_the_secret_the_file_stays_and_a_missing_one_is_an_error(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run()
    simulator.switch(custom_user_read_secret="no")
    before = onboarding.state()
    assert [entry["stored"] for entry in outcome(onboarding.run())] == [True] * 3
    assert onboarding.state() == before
    onboarding.file("two").unlink()
    run = onboarding.run()
    message = failure(run)
    user = onboarding.registered()["two@example.com"]
    assert message.startswith(f"two@example.com: found (user_id {user['user_id']}, app_id {user['app_id']})")
    assert "would lack account_app_secret" in message
    assert "reset that in Polyv's console" in message
    noted = named(run, "Note that the sink does not have the keys")[0].data["ansible_facts"]["onboard_result"]
    assert [entry["stored"] for entry in noted] == [True, False]
    assert not onboarding.file("two").exists()


def test_the_file_of_another_account_is_replaced_and_kept_as_a_copy(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(users=USERS[:1])
    old = onboarding.content("one")
    simulator.reset()
    onboarding.run(users=USERS[:1])
    new = onboarding.content("one")
    assert new["account_app_id"] == onboarding.registered()["one@example.com"]["app_id"]
    assert new["onboard_password"] != old["onboard_password"]
    assert len(list(onboarding.file("one").parent.glob("vault.yml.*~"))) == 1


def test_a_vault_password_that_does_not_fit_registers_nobody(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(users=USERS[:1])
    before = onboarding.state()
    for wrong, expected in (("another", "can't be decrypted"), ("", "option is blank"), (None, "no vault password")):
        run = onboarding.run(users=USERS[:2], onboard_vault_password=wrong)
        assert run.returncode == 2
        assert expected in run.words
        onboarding.assert_no_secret_in(run)
    assert onboarding.state() == before
    assert simulator.writes() == [CREATE]


BAD: dict[str, dict[str, Any]] = {
    "no sink": {"onboard_sink": None},
    "unknown sink": {"onboard_sink": "drawer"},
    "no directory": {"onboard_vault_directory": None},
    "one file for all": {"onboard_vault_file": "vault.yml"},
    "no organization": {"onboard_sink": "awx_credential"},
    "no tasks": {"onboard_sink": "tasks"},
    "tasks that are not there": {"onboard_sink": "tasks", "onboard_sink_tasks": "nowhere.yml"},
    "both": {"onboard_user": USERS[0]},
    "same email": {"users": [USERS[0], {**USERS[1], "email": "ONE@example.com"}]},
    "same name": {"users": [USERS[0], {**USERS[1], "account_name": "one"}]},
    "bad email": {"users": [USERS[0], {"email": "nobody", "mobile": "1"}]},
    "no mobile": {"users": [USERS[0], {"email": "a@example.com", "mobile": ""}]},
    "short password": {"users": [USERS[0], {"email": "a@example.com", "mobile": "1", "password": "q7Zk"}]},
    "path as a name": {"users": [USERS[0], {**USERS[1], "account_name": "../two"}]},
    "blank credential": {"onboard_app_secret": ""},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_registers_nobody(onboarding: Onboarding, simulator: Simulator, case: str) -> None:
    run = onboarding.run(**BAD[case])
    assert run.returncode == 2, run.output
    assert failure(run)
    assert simulator.calls() == []
    assert onboarding.state() == {}
    onboarding.assert_no_secret_in(run)


def test_without_users_nothing_happens(onboarding: Onboarding, simulator: Simulator) -> None:
    assert outcome(onboarding.run(users=[], onboard_sink=None)) == []
    assert simulator.calls() == []


def test_the_check_tag_registers_nobody(onboarding: Onboarding, simulator: Simulator) -> None:
    run = onboarding.run("--tags", "onboard_check")
    assert run.returncode == 0, run.output
    assert len(named(run, "Check that the files can be kept")) == 4
    assert simulator.calls() == []


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


def test_the_operators_own_tasks(
    onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator
) -> None:
    (playbooks.directory / "sink.yml").write_text(TASKS)
    sink = {"onboard_sink": "tasks", "onboard_sink_tasks": "sink.yml"}
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


def test_a_tasks_file_that_is_no_list_registers_nobody(
    onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator
) -> None:
    (playbooks.directory / "sink.yml").write_text("name: not a list\n")
    run = onboarding.run(onboard_sink="tasks", onboard_sink_tasks="sink.yml")
    assert "is no list of tasks" in failure(run)
    assert simulator.calls() == []


@pytest.mark.parametrize("path", ["by name", "by path"])
def test_the_playbook_takes_the_answers_of_a_survey(
    playbooks: Playbooks, simulator: Simulator, onboarding: Onboarding, path: str
) -> None:
    survey = {
        "polyv_user_email": "survey@example.com",
        "polyv_user_mobile": "13800000009",
        "polyv_user_name": "学校",
        "polyv_user_industry": "",
        "polyv_user_sale_id": "",
    }
    playbooks.variables.update(
        survey, onboard_sink="vault_file", onboard_vault_directory=str(onboarding.directory)
    )
    playbooks.variables["onboard_vault_password"] = VAULT_PASSWORD
    environ = {f"POLYV_{name.upper()}": value for name, value in ACCOUNT.items()}
    here = Path(__file__).parent.parent.parent / "playbooks" / "onboard.yml"
    playbook = "polyv.live.onboard" if path == "by name" else str(here)
    run = playbooks.run(playbook, environ={**environ, "ANSIBLE_SHOW_CUSTOM_STATS": "true"})
    assert run.returncode == 0, run.output
    user = onboarding.registered()["survey@example.com"]
    assert user["name"] == "学校"
    assert onboarding.content("survey@example.com")["account_app_secret"] == user["app_secret"]
    stats = run.result("Keep the result for the job and its workflow").data["ansible_stats"]["data"]
    expected = {
        "email": "survey@example.com",
        "user_id": user["user_id"],
        "registered": True,
        "stored": True,
    }
    assert stats == {"polyv_onboard_result": [expected]}
    onboarding.assert_no_secret_in(run)


def test_the_playbook_never_runs_for_nothing(playbooks: Playbooks, simulator: Simulator) -> None:
    playbooks.variables.update(polyv_user_email="", polyv_user_mobile="")
    run = playbooks.run("polyv.live.onboard")
    assert "No user is given" in failure(run)
    assert simulator.calls() == []
