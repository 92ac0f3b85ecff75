"""playbooks/onboard.yml against the simulator, as a survey of AWX starts it."""

from __future__ import annotations

import pytest
from harness.accounts import ACCOUNT
from harness.onboarding import VAULT_PASSWORD, Onboarding, failure
from harness.playbook import Playbooks
from harness.simulator import Simulator


@pytest.fixture
def way() -> str:
    """One way is enough: another test goes through both."""
    return "worker"


def test_the_playbook_takes_the_answers_of_a_survey(
    playbooks: Playbooks, simulator: Simulator, onboarding: Onboarding
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
    run = playbooks.run("polyv.live.onboard", environ={**environ, "ANSIBLE_SHOW_CUSTOM_STATS": "true"})
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
