"""The role onboard against the simulator: who is registered, where the keys go, and what can be read of them."""

from __future__ import annotations

from typing import Any

import pytest
from harness.onboarding import CREATE, GIVEN, USERS, Onboarding, failure, named, outcome
from harness.simulator import Simulator

TAKEN: dict[str, Any] = {"email": "company@example.com", "mobile": "1", "account_name": "taken"}


@pytest.fixture
def way() -> str:
    """One way is enough for what the role itself does."""
    return "worker"


@pytest.mark.parametrize("way", ["worker", "module"])
@pytest.mark.smoke
def test_check_register_and_run_again(onboarding: Onboarding, simulator: Simulator) -> None:
    check = onboarding.run("--check", "--diff")
    said = {"registered": False, "stored": False, "check_mode": True, "would_register": True}
    assert outcome(check) == [{"email": user["email"], "user_id": None, **said} for user in USERS]
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
            "user_id": users[user["email"]]["user_id"],
            "registered": True,
            "stored": True,
        }
        for user in USERS
    ]
    for user in USERS:
        known, sent = users[user["email"]], simulator.requests(CREATE)[USERS.index(user)]["form"]
        assert onboarding.content(user["account_name"]) == {
            "account_app_id": known["app_id"],
            "account_app_secret": known["app_secret"],
            "account_user_id": known["user_id"],
            "onboard_email": user["email"],
            "onboard_password": sent["passwd"][0],
        }
        path = onboarding.file(user["account_name"])
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
    old, before = onboarding.content("one"), onboarding.file("one").read_bytes()
    simulator.reset()
    onboarding.run(users=USERS[:1])
    new = onboarding.content("one")
    assert new["account_app_id"] == onboarding.registered()["one@example.com"]["app_id"]
    assert new["onboard_password"] != old["onboard_password"]
    # Each write keeps a copy: that of the password before the registration, and that of the keys after it.
    copies = [path.read_bytes() for path in onboarding.file("one").parent.glob("vault.yml.*~")]
    assert before in copies


def test_a_vault_password_that_does_not_fit_registers_nobody(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(users=USERS[:1])
    before = onboarding.state()
    for wrong, expected in (
        ("another", "can't be decrypted"),
        ("", "option is blank"),
        (None, "no vault password"),
    ):
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
    "keys from outside": {
        "onboard_sink": "tasks",
        "onboard_sink_tasks": __file__,
        "onboard_account": {"app_id": "school"},
    },
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
