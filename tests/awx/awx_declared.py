"""What `awx/` declares: rendered by Ansible as both ways to apply it do, and as objects for AWX's rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from awx_rules.objects import Credential, CredentialType, Inventory, JobTemplate, Project
from awx_rules.projects import listed_playbooks

ROOT = Path(__file__).resolve().parents[2]
AWX = ROOT / "awx"

Item = dict[str, Any]
Lists = dict[str, list[Item]]

#: Each list, with the module that takes its items in apply.yml and the variable of infra.aap_configuration.
LISTS = {
    "execution_environments": ("execution_environment", "controller_execution_environments"),
    "credential_types": ("credential_type", "controller_credential_types"),
    "credentials": ("credential", "controller_credentials"),
    "notifications": ("notification_template", "controller_notifications"),
    "projects": ("project", "controller_projects"),
    "inventories": ("inventory", "controller_inventories"),
    "inventory_sources": ("inventory_source", "controller_inventory_sources"),
    "job_templates": ("job_template", "controller_templates"),
    "workflows": ("workflow_job_template", "controller_workflows"),
    "schedules": ("schedule", "controller_schedules"),
}
#: Settings that the shipped files leave to the operator.
REPOSITORY_SETTINGS = {"polyv_awx_repository_url": "https://git.example.com/polyv/live.git"}
#: Every optional object and field in use.
FULL_SETTINGS = {
    **REPOSITORY_SETTINGS,
    "polyv_awx_organization": "Live",
    "polyv_awx_fleet_url": "https://git.example.com/polyv/fleet.git",
    "polyv_awx_scm_credential": "Git",
    "polyv_awx_standard": {"account_record_callback": {"url": "https://hooks.example.com/record"}},
    "polyv_awx_slices": 5,
    "polyv_awx_instance_groups": ["east"],
    "polyv_awx_execution_image": "registry.example.com/polyv-ee:1.0",
    "polyv_awx_webhook_url": "https://hooks.example.com/awx",
}


def play() -> dict[str, Any]:
    """The play of apply.yml."""
    plays: list[dict[str, Any]] = yaml.safe_load((AWX / "apply.yml").read_text(encoding="utf-8"))
    return plays[0]


def render(directory: Path, settings: Mapping[str, Any], environ: Mapping[str, str]) -> Mapping[str, Lists]:
    """Let Ansible render all lists: `apply` as apply.yml has them, `infra` as infra.aap_configuration gets them."""
    names = [f"polyv_awx_{name}" for name in LISTS] + [infra for _module, infra in LISTS.values()]
    files = [str(AWX / name) for name in play()["vars_files"]] + [str(AWX / "infra_aap_configuration.yml")]
    lines = "".join(
        f"{name}={{{{ lookup('ansible.builtin.vars', '{name}') | to_json }}}}\n" for name in names
    )
    target = directory / "rendered"
    copy = {"dest": str(target), "mode": "0600", "content": lines}
    playbook = [
        {
            "hosts": "localhost",
            "gather_facts": False,
            "vars_files": files,
            "tasks": [{"ansible.builtin.copy": copy}],
        }
    ]
    (directory / "render.yml").write_text(yaml.safe_dump(playbook), encoding="utf-8")
    _ansible_playbook(directory / "render.yml", settings, environ)
    rendered = dict(line.split("=", 1) for line in target.read_text(encoding="utf-8").splitlines())
    return {
        "apply": {name: json.loads(rendered[f"polyv_awx_{name}"]) for name in LISTS},
        "infra": {name: json.loads(rendered[infra]) for name, (_module, infra) in LISTS.items()},
    }


def _ansible_playbook(playbook: Path, settings: Mapping[str, Any], environ: Mapping[str, str]) -> None:
    """Run a playbook on this machine, without anything of the caller's environment that might decide a value."""
    program = Path(sys.executable).parent / "ansible-playbook"
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("POLYV_", "CONTROLLER_"))
    }
    done = subprocess.run(
        [str(program), str(playbook), "-e", json.dumps(dict(settings))],
        env={**clean, "ANSIBLE_LOCALHOST_WARNING": "false", **environ},
        cwd=playbook.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)


def named(items: list[Item], name: str) -> Item:
    """The item of that name."""
    return next(item for item in items if item["name"] == name)


class Declared:
    """The rendered lists as the objects that AWX's rules know."""

    def __init__(self, lists: Lists, host_count: int = 5) -> None:
        self.lists = lists
        self.types = {item["name"]: _type(item) for item in lists["credential_types"]}
        self.projects = {item["name"]: _project(item) for item in lists["projects"]}
        self.inventories = {
            item["name"]: Inventory(item["name"], host_count) for item in lists["inventories"]
        }
        self.credentials = {
            item["name"]: self._credential(number, item)
            for number, item in enumerate(lists["credentials"], 1)
        }
        self.templates = {item["name"]: self._template(item) for item in lists["job_templates"]}

    def _credential(self, number: int, item: Item) -> Credential:
        # Types that AWX brings itself are not declared; here only their name counts.
        kind = self.types.get(item["credential_type"], CredentialType(item["credential_type"]))
        return Credential(item["name"], kind, item.get("inputs", {}), number)

    def _template(self, item: Item) -> JobTemplate:
        return JobTemplate(
            template_body(item),
            self.projects[item["project"]],
            self.inventories[item["inventory"]],
            item["survey_spec"],
            [self.credentials[name] for name in item["credentials"]],
        )


def template_body(item: Item) -> dict[str, Any]:
    """A job template as awx.awx posts it: the survey and the associations go to addresses of their own."""
    apart = ("organization", "credentials", "instance_groups", "survey_spec", "notification_templates_error")
    body = {key: value for key, value in item.items() if key not in apart}
    return {**body, "extra_vars": json.dumps(item.get("extra_vars", {}))}


def _type(item: Item) -> CredentialType:
    return CredentialType(item["name"], item["kind"], item["inputs"], item["injectors"])


def _project(item: Item) -> Project:
    """A project with the playbooks that AWX would find in it."""
    content = AWX / "project" if item["name"] == "Polyv fleet" else ROOT
    found = repository_playbooks() if content == ROOT else tuple(listed_playbooks(content))
    return Project(item["name"], item["scm_type"], found, item["allow_override"], item["scm_branch"])


@cache
def repository_playbooks() -> tuple[str, ...]:
    """The playbooks of this repository; those of the tests would take long to look through."""
    folders = ("playbooks", "awx")
    return tuple(f"{folder}/{name}" for folder in folders for name in listed_playbooks(ROOT / folder))
