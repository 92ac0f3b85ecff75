"""A playbook run in the manner of AWX: what it sees, what comes back, what is stored."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from awx_rules.inventory_script import JobInventory
from awx_rules.job import Job, JobResult, run_job
from awx_rules.leaks import find_leaks
from awx_rules.objects import Credential, CredentialType

SECRET = "S3cr3tValue1234"
DIGEST = hashlib.md5(SECRET.encode()).hexdigest()
PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Say
      ansible.builtin.debug:
        msg: [ "{{ typed }}", "{{ own }}", "{{ lookup('ansible.builtin.env', 'APP_ID') }}" ]
    - name: Hide
      ansible.builtin.set_fact:
        secret: "{{ lookup('ansible.builtin.env', 'APP_SECRET') }}"
      no_log: true
    - name: Read
      ansible.builtin.set_fact:
        length: "{{ lookup('ansible.builtin.file', lookup('ansible.builtin.env', 'APP_FILE')) | length }}"
        cacheable: true
    - name: Leak
      ansible.builtin.debug:
        msg: "{{ secret | hash('md5') }}"
      when: leak | bool
    - name: Publish
      ansible.builtin.set_stats:
        data: { count: 3 }
        aggregate: false
"""
KIND = CredentialType(
    "Polyv",
    inputs={
        "fields": [
            {"id": "app_id", "label": "i", "type": "string"},
            {"id": "app_secret", "label": "s", "type": "string", "secret": True},
        ],
        "required": ["app_secret"],
    },
    injectors={
        "file": {"template": "{{ app_secret }}"},
        "env": {
            "APP_ID": "{{ app_id }}",
            "APP_SECRET": "{{ app_secret }}",
            "APP_FILE": "{{ tower.filename }}",
        },
        "extra_vars": {"from_credential": "{{ app_id }}"},
    },
)
LOCAL = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    "ansible_host": "localhost",
}


def job(directory: Path, **changes: Any) -> Job:
    """A job over three hosts whose user typed a template into the survey."""
    (directory / "project").mkdir()
    (directory / "project" / "site.yml").write_text(PLAYBOOK)
    question = {"variable": "typed", "question_name": "Q", "type": "text", "required": True}
    settings: dict[str, Any] = {
        "credentials": (Credential("c", KIND, {"app_id": "id-77", "app_secret": SECRET}),),
        "extra_vars": {"own": "{{ 40 + 2 }}", "leak": False},
        "survey": (question,),
        "answers": {"typed": "{{ lookup('env', 'APP_SECRET') }}"},
        **changes,
    }
    inventory = JobInventory({name: {} for name in ("c", "a", "b")}, variables=LOCAL)
    return Job(directory / "project", "site.yml", inventory, **settings)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> JobResult:
    """One run that most tests look at."""
    directory = tmp_path_factory.mktemp("awx")
    return run_job(job(directory), directory)


def test_job_runs_with_injected_credential(result: JobResult) -> None:
    """The environment and the file of the credential reach the playbook."""
    assert (result.status, result.rc) == ("successful", 0), result.stdout
    says = {entry["msg"][2] for entry in result.results("Say")}
    assert says == {"id-77"}


def test_answer_is_no_template_but_the_templates_variable_is(result: JobResult) -> None:
    """What a user typed stays as typed."""
    said = result.results("Say")[0]["msg"]
    assert said[0] == "{{ lookup('env', 'APP_SECRET') }}"
    assert str(said[1]) == "42"


def test_statistics_and_facts_come_back(result: JobResult) -> None:
    """Published data and cacheable facts are what AWX keeps."""
    assert result.artifacts == {"count": 3}
    assert {str(facts["length"]) for facts in result.facts.values()} == {str(len(SECRET))}
    assert len(result.facts) == 3


def test_stored_environment_is_masked_by_field(result: JobResult) -> None:
    """A secret field is masked, another one is shown, and the surrounding process lends nothing."""
    env = result.stored["job_env"]
    assert (env["APP_SECRET"], env["APP_ID"]) == ("**********", "id-77")
    assert env["ANSIBLE_COLLECTIONS_PATH"].startswith(str(result.directory))


def test_nothing_leaks(result: JobResult) -> None:
    """The hidden task, the masked environment and the rest hold no trace of the secret."""
    assert find_leaks(result.stored, [SECRET]) == []
    assert "Publish" in str(result.stored["events"])


def test_foreign_environment_does_not_reach_the_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of the caller's shell must not make a test pass, and is there again afterwards."""
    monkeypatch.setenv("POLYV_APP_ID", "foreign")
    done = run_job(
        job(tmp_path, extra_vars={"own": "", "leak": True}, slice_number=3, slice_count=3), tmp_path
    )
    assert os.environ["POLYV_APP_ID"] == "foreign"
    assert "POLYV_APP_ID" not in done.stored["job_env"]
    assert {event["event_data"].get("host") for event in done.events if "host" in event["event_data"]} == {
        "c"
    }
    assert DIGEST in done.stdout
    assert {leak.what for leak in find_leaks(done.stored, [SECRET])} == {"md5 of secret 1"}


def test_check_mode_limit_and_prompted_variables(tmp_path: Path) -> None:
    """Prompts of a launch become arguments of the command."""
    prompted = {"job_type": "check", "diff_mode": True, "limit": "a", "prompted_vars": {"own": "x"}}
    done = run_job(job(tmp_path, **prompted), tmp_path)
    assert done.status == "successful", done.stdout
    assert {"--check", "--diff", "-l", "a"} <= set(done.stored["job_args"])
    assert [entry["msg"][1] for entry in done.results("Say")] == ["x"]


def test_job_does_not_start_without_a_required_field(tmp_path: Path) -> None:
    """AWX accepts the launch and fails the job."""
    with pytest.raises(ValueError, match=r"required fields \(app_secret\)"):
        run_job(job(tmp_path, credentials=(Credential("c", KIND, {"app_id": "x"}),)), tmp_path)


def test_private_files_are_private(result: JobResult) -> None:
    """Only the owner can read what a job is given."""
    modes = {path.name: path.stat().st_mode & 0o777 for path in (result.directory / "env").iterdir()}
    assert {modes["extravars"], modes["cmdline"], modes["settings"]} == {0o600}
    assert set(modes.values()) == {0o600}
