"""Where relative paths of the role onboard start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.onboarding import VAULT_PASSWORD, Onboarding, failure, named
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

HERE = Path(__file__).parent.parent.parent / "playbooks"
TASKS = "- name: stored\n  ansible.builtin.debug: {msg: 'of {{ onboard_account.email }}'}\n"


@pytest.fixture
def way() -> str:
    """One way is enough: paths are the role's."""
    return "worker"


def run(playbooks: Playbooks, playbook: str, **variables: Any) -> Run:
    user = {"email": "one@example.com", "mobile": "13800000001", "account_name": "one"}
    reseller = {f"onboard_{name}": value for name, value in ACCOUNT.items()}
    playbooks.variables.update(
        reseller, onboard_user=user, onboard_vault_password=VAULT_PASSWORD, onboard_retries=1, **variables
    )
    return playbooks.run(playbook)


@pytest.mark.parametrize("playbook", ["by name", "by path"])
def test_relative_paths_start_at_the_working_directory(
    playbooks: Playbooks, simulator: Simulator, onboarding: Onboarding, playbook: str
) -> None:
    name = "polyv.live.onboard" if playbook == "by name" else str(HERE / "onboard.yml")
    vault = {"onboard_sink": "vault_file", "onboard_vault_directory": "host_vars"}
    assert run(playbooks, name, **vault).returncode == 0
    assert onboarding.content("one")["onboard_email"] == "one@example.com"
    (playbooks.directory / "sink.yml").write_text(TASKS)
    done = run(playbooks, name, onboard_sink="tasks", onboard_sink_tasks="sink.yml")
    assert named(done, "stored")[-1].data["msg"] == "of one@example.com"


@pytest.mark.parametrize("what", ["directory", "file", "tasks"])
def test_what_lies_where_a_path_meant_before_is_named(
    playbooks: Playbooks, simulator: Simulator, onboarding: Onboarding, what: str
) -> None:
    below = playbooks.directory / "plays"
    sink = {"onboard_sink": "vault_file", "onboard_vault_directory": "host_vars"}
    if what == "tasks":
        sink = {"onboard_sink": "tasks", "onboard_sink_tasks": "sink.yml"}
    before = (
        below / {"directory": "host_vars/x", "file": "host_vars/one/vault.yml", "tasks": "sink.yml"}[what]
    )
    before.parent.mkdir(parents=True)
    before.write_text(TASKS)
    if what == "file":
        onboarding.directory.mkdir()
    (below / "play.yml").write_text((HERE / "onboard.yml").read_text())
    message = failure(run(playbooks, str(below / "play.yml"), **sink))
    for directory in (playbooks.directory, below):
        assert f"{directory}/{'sink.yml' if what == 'tasks' else 'host_vars/one/vault.yml'}" in message
    assert simulator.calls() == []


@pytest.mark.parametrize(
    "directory", ["{{ playbook_dir }}/host_vars", "ansible_collections/a/b/host_vars", "link/x"]
)
def test_nothing_is_written_below_a_collection(
    playbooks: Playbooks, simulator: Simulator, directory: str
) -> None:
    (playbooks.directory / "ansible_collections/a/b").mkdir(parents=True)
    (playbooks.directory / "link").symlink_to("ansible_collections/a/b")
    done = run(playbooks, "polyv.live.onboard", onboard_sink="vault_file", onboard_vault_directory=directory)
    assert "lies in a collection" in failure(done)
    assert simulator.calls() == []
