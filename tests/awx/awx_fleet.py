"""A fleet of accounts in AWX: the project as AWX installs it, its inventory, and jobs of the declared templates."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awx_declared import ROOT, Declared, named, run_program
from awx_rules.credentials import Credential
from awx_rules.injection import render as inject
from awx_rules.inventory import JobInventory
from awx_rules.job_directory import Job, write_private
from awx_rules.templates import prompt_complaints

#: Nothing is fetched while the collection is installed from its own directory, so no server needs to answer.
DEAD_SERVER = "http://127.0.0.1:9/"
NOT_OF_THE_PROJECT = shutil.ignore_patterns(".*", "tests", "__pycache__", "ansible_collections")


@dataclass(frozen=True)
class Account:
    """One account: how it is called, and its keys."""

    name: str
    app_id: str
    app_secret: str
    user_id: str
    channel_id: int

    @property
    def seed(self) -> dict[str, Any]:
        """The account as the simulator wants it."""
        keys = {"app_id": self.app_id, "app_secret": self.app_secret, "user_id": self.user_id}
        return {**keys, "email": f"{self.name}@example.com", "channels": [{"channel_id": self.channel_id}]}

    def entry(self, api_url: str) -> dict[str, Any]:
        """The account in an accounts file. Its set-up is the standard's, and a channel of its own."""
        channel = {
            "channel_id": self.channel_id,
            "oauth_custom": {"custom_uri": f"https://login.example.com/{self.name}"},
            "donate": {"type": "cash", "cash_min": "1.50"},
        }
        keys = {"app_id": self.app_id, "app_secret": self.app_secret, "user_id": self.user_id}
        variables = {"account_channels": [channel]}
        return {"name": self.name, **keys, "api_url": api_url, "groups": ["brand_x"], "vars": variables}


def accounts(count: int) -> list[Account]:
    """Accounts with secrets that a search can't find by chance."""
    return [
        Account(f"school-{n}", f"appid{n}kvp7", f"s3cret{n}w9x4k2z8q1m5v7{n}b", f"user{n}cf434", 4191530 + n)
        for n in range(1, count + 1)
    ]


def install_project(directory: Path) -> tuple[Path, Path]:
    """Check the repository out and install its collections, as a project update does; returns both directories."""
    project, collections = directory / "project", directory / "requirements_collections"
    shutil.copytree(ROOT, project, ignore=NOT_OF_THE_PROJECT)
    options = ["-r", "collections/requirements.yml", "-p", str(collections), "-s", DEAD_SERVER]
    run_program("ansible-galaxy", ["collection", "install", *options], project, {"HOME": str(directory)})
    return project, collections


def update_inventory(
    declared: Declared, credential: Credential, project: Path, collections: Path
) -> JobInventory:
    """Update the declared source: what AWX stores of it, which is what jobs get."""
    (source,) = declared.lists["inventory_sources"]
    injected = inject(credential, lambda text: write_private(project.parent / "accounts", text))
    variables = {
        name: str(value).replace("/runner/requirements_collections", str(collections))
        for name, value in source["source_vars"].items()
    }
    environ = {"ANSIBLE_INVENTORY_UNPARSED_FAILED": "True", "ANSIBLE_INVENTORY_EXPORT": "True", **variables}
    path = project / source["source_path"]
    options = ["--list", "--export", "-i", str(path), "--playbook-dir", str(path.parent)]
    environ |= {**injected.env, "HOME": str(project.parent)}
    listed = json.loads(run_program("ansible-inventory", options, project, environ))
    hosts = listed.pop("_meta")["hostvars"]
    standard = named(declared.lists["inventories"], source["inventory"])["variables"]
    everyone = listed.pop("all", {})
    return JobInventory(hosts, listed, {**everyone.get("vars", {}), **standard})


def job_of(
    declared: Declared, template: str, where: tuple[Path, Path], inventory: JobInventory, **changes: Any
) -> Job:
    """A launch of a declared template; `where` are the directories that `install_project` returned."""
    item = declared.templates[template]
    # Credentials stand for those of the template here.
    prompts = {name: changes[name] for name in changes if name in ("job_type", "diff_mode", "forks")}
    assert prompt_complaints(prompts, {**item, "survey_enabled": False}) == []
    settings: dict[str, Any] = {
        "extra_vars": item["extra_vars"],
        "survey": tuple(item["survey_spec"]["spec"]),
        "job_type": item["job_type"],
        "diff_mode": item["diff_mode"],
        "forks": int(item["forks"]),
        **changes,
    }
    return Job(where[0], item["playbook"], inventory, collections=where[1], **settings)
