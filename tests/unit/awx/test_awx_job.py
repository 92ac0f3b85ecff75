"""A job in the manner of AWX: what the playbook sees, what AWX stores, and that a leak is found there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from awx_rules.credentials import Credential, CredentialType
from awx_rules.inventory import JobInventory
from awx_rules.job import Job, JobResult, run_job
from awx_rules.leaks import find_leaks

SECRET = "S3cr3tValue1234"
PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Say
      ansible.builtin.debug:
        msg: "<{{ typed }}> <{{ own }}> <{{ lookup('ansible.builtin.env', 'APP_ID') }}> <{{ group_says }}>"
    - name: Read
      ansible.builtin.set_fact:
        read: "{{ lookup('ansible.builtin.file', lookup('ansible.builtin.env', 'APP_FILE')) | hash('md5') }}"
        cacheable: true
      no_log: true
      when: leak
    - name: Publish
      ansible.builtin.set_stats:
        data: { count: 3 }
        aggregate: false
"""
KIND = CredentialType(
    "Polyv",
    inputs={
        "fields": [{"id": "app_id", "label": "i"}, {"id": "app_secret", "label": "s", "secret": True}],
        "required": ["app_secret"],
    },
    injectors={
        "file": {"template": "{{ app_secret }}"},
        "env": {
            "APP_ID": "{{ app_id }}",
            "APP_SECRET": "{{ app_secret }}",
            "APP_FILE": "{{ tower.filename }}",
        },
    },
)
LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
QUESTION = {"variable": "typed", "question_name": "Q", "type": "text", "required": True}
INVENTORY = JobInventory(
    {name: {} for name in ("c", "a", "b")},
    {"brand": {"hosts": ["a", "c"], "vars": {"group_says": "x"}}},
    LOCAL,
)


def run(directory: Path, **changes: Any) -> JobResult:
    """Run the playbook over the last of three slices; its user typed a template into the survey."""
    (directory / "project").mkdir()
    (directory / "project" / "site.yml").write_text(PLAYBOOK)
    settings: dict[str, Any] = {
        "credentials": (Credential("c", KIND, {"app_id": "id-77", "app_secret": SECRET}),),
        "extra_vars": {"own": "{{ 40 + 2 }}", "leak": False},
        "survey": (QUESTION,),
        "answers": {"typed": "{{ lookup('env', 'APP_SECRET') }}"},
        "slice_number": 3,
        "slice_count": 3,
        **changes,
    }
    return run_job(Job(directory / "project", "site.yml", INVENTORY, **settings), directory)


def test_a_job_sees_what_awx_gives_it_and_stores_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer is no template, the template's own variable is one, and nothing of the caller's environment is there."""
    monkeypatch.setenv("POLYV_APP_ID", "foreign")
    done = run(tmp_path, job_type="check", diff_mode=True, forks=2)
    assert done.status == "successful", done.stdout
    assert "<{{ lookup('env', 'APP_SECRET') }}> <42> <id-77> <x>" in done.stdout
    assert {event["event_data"]["host"] for event in done.events if "host" in event["event_data"]} == {"c"}
    assert done.artifacts == {"count": 3}
    assert {"--check", "--diff", "--forks=2"} <= set(done.stored["job_args"])
    env = done.stored["job_env"]
    assert (env["APP_SECRET"], env["APP_ID"], "POLYV_APP_ID" in env) == ("**********", "id-77", False)
    assert os.environ["POLYV_APP_ID"] == "foreign"
    assert find_leaks(done.stored, [SECRET]) == []
    modes = {path.stat().st_mode & 0o777 for path in (done.directory / "env").iterdir()}
    assert modes == {0o600}


def test_a_digest_in_a_cached_fact_is_found(tmp_path: Path) -> None:
    """The result is hidden by no_log; what AWX keeps of facts is not."""
    done = run(tmp_path, prompted_vars={"leak": True})
    assert done.status == "successful", done.stdout
    leaks = find_leaks(done.stored, [SECRET])
    assert {leak.what for leak in leaks} == {"md5 of secret 1"}
    assert all(leak.place.startswith("stored.facts") for leak in leaks)


def test_job_does_not_start_without_a_required_field(tmp_path: Path) -> None:
    """AWX accepts the launch and fails the job."""
    with pytest.raises(ValueError, match="required fields app_secret"):
        run(tmp_path, credentials=(Credential("c", KIND, {"app_id": "x"}),))
