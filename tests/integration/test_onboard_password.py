"""The passwords of onboarded users: they hide nothing of what is stored, and none is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from harness.onboarding import CREATE, Onboarding, failure, outcome
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

EMAIL = "13800138000@qq.example.com"


@pytest.fixture
def way() -> str:
    """One way is enough where the passwords are not about masking."""
    return "worker"


def user(**more: Any) -> dict[str, Any]:
    return {
        "email": EMAIL,
        "mobile": "13800138000",
        "name": "School of 8000 songs",
        "account_name": "one",
        **more,
    }


def sent(simulator: Simulator) -> list[str]:
    """The passwords of all registrations."""
    return [entry["form"]["passwd"][0] for entry in simulator.requests(CREATE)]


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["worker", "module"])
@pytest.mark.parametrize("sink", ["vault_file", "tasks"])
def test_a_password_that_is_part_of_other_data_hides_nothing_of_it(
    onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator, sink: str
) -> None:
    # ansible-core 2.22 masks what is shown, so what counts is what gets stored.
    kept = playbooks.directory / "kept.json"
    copy = {"content": "{{ onboard_account | to_json }}", "dest": str(kept), "mode": "0600"}
    (playbooks.directory / "sink.yml").write_text(str([{"name": "Store", "ansible.builtin.copy": copy}]))

    def stored(password: str) -> dict[str, Any]:
        run = onboarding.run(
            users=[user(password=password)], onboard_sink=sink, onboard_sink_tasks="sink.yml"
        )
        assert outcome(run), run.output
        if sink == "tasks":
            return {f"onboard_{name}": value for name, value in json.loads(kept.read_text()).items()}
        return {
            key.replace("account_", "onboard_"): value for key, value in onboarding.content("one").items()
        }

    first = stored("138000")
    known = onboarding.registered()[EMAIL]
    expected = {
        "onboard_email": EMAIL,
        **{f"onboard_{key}": known[key] for key in ("app_id", "app_secret", "user_id")},
    }
    assert first.items() >= expected.items()
    # Of a user who was found the password hides just as little, whatever it is part of.
    for password in (known["app_id"][:5], known["app_secret"][3:9], known["user_id"], "school"):
        (onboarding.directory / "one/vault.yml").unlink(missing_ok=True)
        assert stored(password).items() >= {**expected, "onboard_password": password}.items()


def test_a_generated_password_outlives_a_run_that_dies_after_the_registration(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    # The look and the read before the registration succeed, and then, with its one retry, no more.
    simulator.fault("get-custom-user", "delay", times=2, seconds=0)
    simulator.fault("get-custom-user", "drop_before", times=2)
    simulator.fault(CREATE, "drop_after")
    assert "may or may not be registered" in failure(onboarding.run(users=[user()]))
    (password,) = sent(simulator)
    assert onboarding.content("one") == {"onboard_email": EMAIL, "onboard_password": password}

    simulator.forget()
    run = onboarding.run(users=[user()])
    assert [entry["registered"] for entry in outcome(run)] == [False]
    assert onboarding.content("one")["onboard_password"] == password
    assert onboarding.content("one")["account_app_id"] == onboarding.registered()[EMAIL]["app_id"]
    assert simulator.writes() == []


@pytest.mark.thorough
@pytest.mark.parametrize(("email", "kept"), [(EMAIL, True), ("another@example.com", False)])
def test_a_registration_that_failed_is_tried_again_with_the_same_password(
    onboarding: Onboarding, simulator: Simulator, email: str, kept: bool
) -> None:
    simulator.fault(CREATE, "envelope", code=400, message="mobile is refused")
    assert "mobile is refused" in failure(onboarding.run(users=[user(email=email)]))
    assert outcome(onboarding.run(users=[user()]))
    first, second = sent(simulator)
    assert (first == second) is kept
    assert onboarding.content("one")["onboard_password"] == second


@pytest.mark.parametrize("way", ["worker", "module"])
def test_a_password_that_the_api_repeats_is_hidden_in_the_failure_of_the_role(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    password = 'pa"ss\\w1'
    simulator.fault(CREATE, "envelope", code=400, message=f"passwd {password} is refused")
    run = onboarding.run(users=[user(password=password)], onboard_sink="vault_file")
    assert "is refused" in failure(run)
    for spelling in (password, json.dumps(password)[1:-1], repr(password)[1:-1], "ss\\w1"):
        assert spelling not in run.everything


@pytest.mark.thorough
def test_the_password_of_a_user_who_was_never_registered_is_not_taken_for_that_of_a_found_one(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(users=[user(account_name="elsewhere")])
    simulator.fault(CREATE, "envelope", code=400, message="mobile is refused")
    onboarding.run(users=[user(email="wrong@example.com")])
    assert onboarding.content("one")["onboard_password"]
    assert outcome(onboarding.run(users=[user()]))
    assert onboarding.content("one")["onboard_password"] is None


@pytest.mark.thorough
def test_the_keys_of_another_account_stay_whole_until_new_ones_are_there(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    onboarding.run(users=[user()])
    others = onboarding.content("one")
    new = user(email="new@example.com")
    simulator.fault(CREATE, "envelope", code=400, message="mobile is refused")
    assert "mobile is refused" in failure(onboarding.run(users=[new]))
    assert onboarding.content("one").items() >= others.items()
    assert outcome(onboarding.run(users=[new]))
    assert sent(simulator)[1] == sent(simulator)[2] == onboarding.content("one")["onboard_password"]
    assert set(onboarding.content("one")) == set(others)


def test_nobody_is_registered_where_the_password_can_not_be_kept(
    onboarding: Onboarding, simulator: Simulator
) -> None:
    # For root it looks writable, and is not.
    blocked = onboarding.directory.parent / "blocked"
    blocked.write_text("no directory", encoding="utf-8")
    run = onboarding.run(users=[user()], onboard_sink_retries=0, onboard_vault_directory=str(blocked))
    assert run.returncode == 2 and f"{blocked}/one" in run.output
    assert simulator.writes() == []


@pytest.mark.parametrize("way", ["worker", "module"])
def test_nothing_that_only_talks_to_an_api_becomes(
    onboarding: Onboarding, playbooks: Playbooks, simulator: Simulator
) -> None:
    inventory = playbooks.directory / "hosts.ini"
    inventory.write_text(
        "localhost ansible_connection=local ansible_become=true ansible_become_exe=/nowhere/sudo "
        "ansible_python_interpreter='{{ ansible_playbook_python }}'\n"
    )
    run = onboarding.run("-i", str(inventory), users=[user()], environ={"ANSIBLE_BECOME": "true"})
    assert outcome(run)
