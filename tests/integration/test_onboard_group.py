"""The role and the playbook onboard under a group account, against the simulator: the keys are kept as those of custom users."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT
from harness.fake_awx import FakeAwx
from harness.onboarding import GIVEN, GROUP_CREATE, VAULT_PASSWORD, Onboarding, failure, named, outcome
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

LIST = "group-user-package-list"
USERS: list[dict[str, Any]] = [
    {
        "email": "one@example.com",
        "mobile": "13800000001",
        "account_name": "one",
        "contacts": "王老师",
        "max_channels": 0,
        "minutes": "6000",
        "name": "",
        "sale_id": None,
    },
    {
        "email": "two@example.com",
        "mobile": 13800000002,
        "account_name": "two",
        "contacts": "C",
        "max_channels": "20",
        "concurrent": 5,
        "minutes": "",
        "password": GIVEN,
    },
]
GROUP: dict[str, Any] = {"onboard_api": "group", "users": USERS}


@pytest.fixture(autouse=True)
def group(simulator: Simulator) -> None:
    """The test account as a group account."""
    simulator.alter(ACCOUNT["user_id"], group_account="Y")


@pytest.mark.smoke
def test_check_register_and_run_again(onboarding: Onboarding, simulator: Simulator) -> None:
    check = onboarding.run("--check", "--diff", **GROUP)
    said = {"registered": False, "stored": False, "check_mode": True, "would_register": True}
    assert outcome(check) == [{"email": user["email"], "user_id": None, **said} for user in USERS]
    assert simulator.writes() == [] and onboarding.state() == {}
    plan = named(check, "Keep the keys in the encrypted file")[0].diff("after")["variables"]
    assert set(plan.values()) == {"added"}

    first = onboarding.run("--diff", **GROUP)
    users = onboarding.registered()
    assert [entry["registered"] for entry in outcome(first)] == [True, True]
    one, two = (entry["json"] for entry in simulator.requests(GROUP_CREATE))
    assert (one["phone"], one["contacts"], one["maxChannels"], one["minutes"]) == (
        "13800000001",
        "王老师",
        0,
        6000,
    )
    assert (two["phone"], two["maxChannels"], two["concurrent"]) == ("13800000002", 20, 5)
    assert set(two) == {"email", "password", "contacts", "phone", "maxChannels", "concurrent"}
    for user, sent in zip(USERS, (one, two), strict=True):
        known = users[user["email"]]
        assert onboarding.content(user["account_name"]) == {
            "account_app_id": known["app_id"],
            "account_app_secret": known["app_secret"],
            "account_user_id": known["user_id"],
            "onboard_email": user["email"],
            "onboard_password": sent["password"],
        }
    assert re.fullmatch(r"(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9]{16}", one["password"])
    assert two["password"] == GIVEN

    before = onboarding.state()
    second = onboarding.run("--diff", **GROUP)
    assert [entry["registered"] for entry in outcome(second)] == [False, False]
    assert not any(result.changed for result in second.results)
    assert onboarding.state() == before
    assert simulator.writes() == [GROUP_CREATE] * 2
    for run in (check, first, second):
        onboarding.assert_no_secret_in(run)


def test_a_lost_answer_and_a_lost_file_cost_no_key(onboarding: Onboarding, simulator: Simulator) -> None:
    simulator.fault(GROUP_CREATE, "drop_after")
    lost = onboarding.run(**GROUP)
    assert [entry["stored"] for entry in outcome(lost)] == [True, True]
    keys = onboarding.content("two")
    onboarding.file("two").unlink()
    assert [entry["stored"] for entry in outcome(onboarding.run(**GROUP))] == [True, True]
    assert onboarding.content("two") == keys
    assert simulator.writes() == [GROUP_CREATE] * 2


def test_the_keys_go_to_a_credential_of_awx(
    onboarding: Onboarding, simulator: Simulator, tmp_path: Path
) -> None:
    awx = FakeAwx(tmp_path)
    sink = {"onboard_sink": "awx_credential", "onboard_awx_organization": "School"}
    run = onboarding.run(environ=awx.environ, **sink, onboard_api="group", users=USERS[:1])
    assert [entry["stored"] for entry in outcome(run)] == [True]
    known = onboarding.registered()["one@example.com"]
    kept = awx.credentials["Polyv one"]
    assert [kept[name] for name in ("app_id", "app_secret", "user_id")] == [
        known[name] for name in ("app_id", "app_secret", "user_id")
    ]
    onboarding.assert_no_secret_in(run)


BAD: dict[str, dict[str, Any]] = {
    "no such api": {"onboard_api": "reseller"},
    "a name": {"users": [{**USERS[0], "name": "C"}]},
    "a sale_id": {"users": [USERS[0], {**USERS[1], "sale_id": 7}]},
    "no contacts": {"users": [{**USERS[0], "contacts": " "}]},
    "no max_channels": {"users": [USERS[0], {**USERS[1], "max_channels": ""}]},
    "negative max_channels": {"users": [{**USERS[0], "max_channels": -1}]},
    "both billings": {"users": [USERS[0], {**USERS[1], "minutes": 1}]},
    "short password": {"users": [{**USERS[0], "password": "q7Zk123"}]},
    "password without a digit": {"users": [USERS[0], {**USERS[1], "password": "secretSecret"}]},
    "contacts of a custom user": {"onboard_api": "custom_user", "users": USERS[:1]},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_registers_nobody(onboarding: Onboarding, simulator: Simulator, case: str) -> None:
    run = onboarding.run(**{**GROUP, **BAD[case]})
    assert failure(run)
    assert simulator.writes() == [] and onboarding.state() == {}
    assert "q7Zk123" not in run.everything and "secretSecret" not in run.everything


def test_an_account_of_no_group_and_an_expired_account_stop_the_run(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(**{**GROUP, "users": USERS[:1]})
    user_id = onboarding.registered()["one@example.com"]["user_id"]
    simulator.alter(user_id, group_user={"status": "expired"})
    said = failure(onboarding.run(**GROUP))
    assert "one@example.com" in said and "has expired" in said and said.endswith("Nobody was registered.")
    simulator.alter(ACCOUNT["user_id"], group_account="N")
    assert "is not a group account" in failure(onboarding.run(**{**GROUP, "users": USERS[1:]}))
    assert simulator.writes() == [GROUP_CREATE]


def test_the_playbook_takes_the_answers_of_a_survey(
    playbooks: Playbooks, simulator: Simulator, onboarding: Onboarding
) -> None:
    playbooks.variables.update(
        polyv_user_email="survey@example.com",
        polyv_user_mobile="13800000009",
        polyv_user_name="",
        polyv_user_contacts="王老师",
        polyv_user_max_channels="3",
        onboard_api="group",
        onboard_sink="vault_file",
        onboard_vault_directory=str(onboarding.directory),
        onboard_vault_password=VAULT_PASSWORD,
    )
    run = playbooks.run(
        "polyv.live.onboard", environ={f"POLYV_{name.upper()}": value for name, value in ACCOUNT.items()}
    )
    assert run.returncode == 0, run.output
    user = onboarding.registered()["survey@example.com"]
    assert user["max_channels"] == 3
    assert onboarding.content("survey@example.com")["account_app_secret"] == user["app_secret"]
    onboarding.assert_no_secret_in(run)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_the_readme(onboarding: Onboarding, simulator: Simulator, language: str) -> None:
    readme = (Path(__file__).parent.parent.parent / "roles/onboard/README.md").read_text(encoding="utf-8")
    heading = {"en": "## Under a group account\n", "zh": "## 在集团账号下\n"}[language]
    example = yaml.safe_load(readme.split(heading)[1].split("```yaml\n")[1].split("```")[0])
    run = onboarding.run(onboard_api=example["onboard_api"], users=example["onboard_users"])
    assert [entry["stored"] for entry in outcome(run)] == [True]
    (sent,) = simulator.requests(GROUP_CREATE)
    assert (sent["json"]["maxChannels"], sent["json"]["minutes"]) == (20, 6000)
    assert onboarding.content("school")["account_app_secret"]
