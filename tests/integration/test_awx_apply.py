"""apply.yml with the modules of awx.awx against a small AWX: what is made, and what check mode then finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from awx_controller import TOKEN, Controller
from awx_declared import AWX, REPOSITORY_SETTINGS, ROOT
from fetch_awx_collection import DEFAULT_DIRECTORY, fetch

pytestmark = pytest.mark.timeout(600)

SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
SETTINGS = {**REPOSITORY_SETTINGS, "polyv_awx_webhook_url": "https://hooks.example.com/awx"}


@dataclass(frozen=True)
class Applied:
    """AWX after a run, and what each run said."""

    controller: Controller
    runs: dict[str, str]
    writes: dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """Applied to an empty AWX, then in check mode."""
    directory = tmp_path_factory.mktemp("apply")
    runs, writes = {}, {}
    with Controller() as controller:
        for name, options in (("first", []), ("check", ["--check"])):
            controller.writes.clear()
            runs[name] = apply(directory, controller, options)
            writes[name] = list(controller.writes)
        yield Applied(controller, runs, writes)


def apply(directory: Path, controller: Controller, options: list[str], returncode: int = 0) -> str:
    """Run apply.yml as an operator does; returns its output."""
    collection = fetch(Path(os.environ.get("AWX_COLLECTION_DIR", ROOT / DEFAULT_DIRECTORY)))
    environ = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(directory),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_COLLECTIONS_PATH": str(collection.parents[2]),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_DEPRECATION_WARNINGS": "false",
        "ANSIBLE_NOCOLOR": "1",
        "CONTROLLER_HOST": controller.url,
        "CONTROLLER_OAUTH_TOKEN": TOKEN,
        "POLYV_APP_ID": "g4rqgmmjuo",
        "POLYV_APP_SECRET": SECRET,
    }
    command = [
        str(Path(sys.executable).parent / "ansible-playbook"),
        str(AWX / "apply.yml"),
        "-e",
        json.dumps(SETTINGS),
    ]
    done = subprocess.run(
        [*command, "--diff", *options],
        cwd=directory,
        env=environ,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_everything_is_made(applied: Applied) -> None:
    """Each object of the table in docs/awx.md."""
    names = applied.controller.names
    assert names("credential_types")[1:] == [
        "Polyv Live API",
        "Polyv accounts file",
        "Polyv watch condition",
    ]
    assert names("credentials") == ["Polyv accounts", "Polyv reseller", "Polyv onboarding to AWX"]
    assert names("projects") == ["polyv.live repository"]
    assert names("inventories") == ["Polyv accounts", "Polyv onboarding"]
    assert names("job_templates") == ["Polyv plan", "Polyv audit", "Polyv apply", "Polyv onboard"]
    assert names("schedules") == ["Polyv weekly drift check"]
    assert names("notification_templates") == ["Polyv webhook"]
    assert len(applied.controller.surveys) == 5


def test_objects_are_tied_together(applied: Applied) -> None:
    """Credentials and notifications of the templates, and the order of the workflow."""
    associated = applied.controller.associated
    assert associated("job_templates", "Polyv apply", "credentials") == ["Polyv accounts"]
    assert sorted(associated("job_templates", "Polyv onboard", "credentials")) == [
        "Polyv onboarding to AWX",
        "Polyv reseller",
    ]
    assert associated(
        "workflow_job_templates", "Polyv plan and apply", "notification_templates_approvals"
    ) == ["Polyv webhook"]
    nodes = {
        item["identifier"]: item
        for item in applied.controller.objects["workflow_job_template_nodes"].values()
    }
    follows = {
        name: applied.controller.associations[f"{item['url']}success_nodes/"] for name, item in nodes.items()
    }
    assert follows == {"plan": [nodes["approval"]["id"]], "approval": [nodes["apply"]["id"]], "apply": []}
    assert applied.controller.names("workflow_approval_templates") == ["Approve the rollout"]


def test_injectors_arrive_as_templates(applied: Applied) -> None:
    """Ansible must not have rendered what AWX is to render."""
    kinds = {item["name"]: item for item in applied.controller.objects["credential_types"].values()}
    assert kinds["Polyv Live API"]["injectors"]["env"]["POLYV_APP_SECRET"] == "{{ app_secret }}"
    assert kinds["Polyv accounts file"]["injectors"]["file"] == {"template": "{{ accounts }}"}


def test_nothing_is_left_to_change(applied: Applied) -> None:
    """But for the workflow: awx.awx 24.6.1 sends its approval each time, because it compares keys that AWX does not show.

    Check mode sends nothing itself.
    """
    output = applied.runs["check"]
    changed = {task.splitlines()[0] for task in output.split("TASK [")[1:] if "\nchanged: " in task}
    assert {line.split("]")[0] for line in changed} == {"Workflow"}
    assert applied.writes["check"] == []


def test_secret_is_sent_and_not_shown(applied: Applied) -> None:
    """AWX has it, no output does."""
    stored = {item["name"]: item.get("inputs") for item in applied.controller.objects["credentials"].values()}
    assert stored["Polyv reseller"] == {"app_id": "g4rqgmmjuo", "app_secret": SECRET}
    assert not [name for name, output in applied.runs.items() if SECRET in output]


@pytest.mark.thorough
def test_a_project_that_awx_could_not_fetch_is_fetched_again_or_the_reason_told(
    tmp_path: Path, applied: Applied
) -> None:
    """AWX would refuse the job templates with "Playbook not found for project." and nothing else."""
    controller = applied.controller
    (project,) = controller.objects["projects"].values()
    only = ["--tags", "projects"]
    project["status"] = "failed"
    controller.broken_projects.append("could not read from git.example.com")
    told = " ".join(apply(tmp_path, controller, only, returncode=2).split())
    assert "AWX can't fetch the project polyv.live repository: could not read from git.example.com" in told
    project["status"] = "failed"
    assert "a run without --check has it try again" in apply(tmp_path, controller, [*only, "--check"])
    controller.broken_projects.clear()
    apply(tmp_path, controller, only)
    assert project["status"] == "successful"


def test_a_second_organization_with_our_names_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """awx.awx finds a credential by its name over all organizations."""
    with Controller() as controller:
        kind = next(iter(controller.objects["credential_types"]))
        other = {"name": "Polyv accounts", "credential_type": kind, "inputs": {}, "organization": 99}
        controller.answer("POST", "/api/v2/credentials/", other)
        next(iter(controller.objects["credentials"].values()))["summary_fields"] = {
            "organization": {"name": "Other"}
        }
        controller.writes.clear()
        told = " ".join(apply(tmp_path, controller, [], returncode=2).split())
        assert "The organization Other has a credential named like one of Polyv accounts," in told
        assert controller.writes == []
