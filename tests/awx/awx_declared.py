"""What `awx/` declares, rendered by Ansible as both ways to apply it do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from awx_rules.credentials import Credential, CredentialType
from awx_rules.templates import listed_playbooks

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
#: An accounts file whose secret has all that a template or a quote could spoil.
ACCOUNTS = 'accounts:\n  - {name: a, app_id: g4rqgmmjuo, app_secret: "quo\'te{{ x }}\\\\1234"}\n'


def play() -> dict[str, Any]:
    """The play of apply.yml."""
    plays: list[dict[str, Any]] = yaml.safe_load((AWX / "apply.yml").read_text(encoding="utf-8"))
    return plays[0]


def render(directory: Path, settings: Mapping[str, Any], environ: Mapping[str, str]) -> Mapping[str, Lists]:
    """Let Ansible render all lists: `apply` as apply.yml has them, `infra` as infra.aap_configuration gets them."""
    files = [str(AWX / name) for name in play()["vars_files"]] + [str(AWX / "infra_aap_configuration.yml")]
    names = {
        "apply": {name: f"polyv_awx_{name}" for name in LISTS},
        "infra": {name: infra for name, (_module, infra) in LISTS.items()},
    }
    content = {way: {name: f"{{{{ {names[way][name]} }}}}" for name in LISTS} for way in names}
    copy = {"dest": str(directory / "rendered"), "mode": "0600", "content": "{{ content | to_json }}"}
    task = {"ansible.builtin.copy": copy, "vars": {"content": content}}
    playbook = [{"hosts": "localhost", "gather_facts": False, "vars_files": files, "tasks": [task]}]
    (directory / "render.yml").write_text(yaml.safe_dump(playbook), encoding="utf-8")
    run_program("ansible-playbook", ["render.yml", "-e", json.dumps(settings)], directory, environ)
    rendered: Mapping[str, Lists] = json.loads((directory / "rendered").read_text(encoding="utf-8"))
    return rendered


def run_program(name: str, options: list[str], directory: Path, environ: Mapping[str, str]) -> str:
    """What a program beside this Python prints, run in a directory with nothing of the caller's environment."""
    programs = Path(sys.executable).parent
    home = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(directory), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [str(programs / name), *options],
        env={**home, **environ},
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def named(items: list[Item], name: str) -> Item:
    """The item of that name."""
    return next(item for item in items if item["name"] == name)


class Declared:
    """The rendered lists, and what follows from them for a job."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.types = {
            item["name"]: CredentialType(item["name"], item["inputs"], item["injectors"])
            for item in lists["credential_types"]
        }
        self.credentials = {item["name"]: self._credential(item) for item in lists["credentials"]}
        self.templates = {item["name"]: item for item in lists["job_templates"]}

    def _credential(self, item: Item) -> Credential:
        # Types that AWX brings itself are not declared; here only their name counts.
        kind = self.types.get(item["credential_type"], CredentialType(item["credential_type"]))
        return Credential(item["name"], kind, item.get("inputs", {}))


@cache
def playbooks(project: str) -> list[str]:
    """The playbooks that AWX would find in a declared project; those of our tests would take long to look through."""
    if project == "Polyv fleet":
        return listed_playbooks(AWX / "project")
    return [f"{folder}/{name}" for folder in ("playbooks", "awx") for name in listed_playbooks(ROOT / folder)]
