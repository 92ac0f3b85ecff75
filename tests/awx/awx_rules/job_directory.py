"""The private data directory of a job, laid out as AWX does for ansible-runner."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from .credentials import Credential
from .injection import render
from .inventory import JobInventory
from .surveys import launch_variables

PRIVATE_DIRECTORIES = ("env", "inventory", "artifacts", "requirements_collections", "requirements_roles")
#: Some of what AWX tells a job about itself, under both of its names.
FACTS = {"job_id": 1, "job_launch_type": "manual", "job_template_name": "template", "user_name": "admin"}
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".cache", "*_cache")


@dataclass(frozen=True)
class Job:
    """One launch of a job template.

    `collections` is a directory that holds `ansible_collections`; it takes the place of what a project update installs.
    `prompted_vars` are variables that an earlier node of a workflow published.
    """

    project: Path
    playbook: str
    inventory: JobInventory
    credentials: tuple[Credential, ...] = ()
    extra_vars: Mapping[str, Any] = field(default_factory=dict)
    survey: tuple[Mapping[str, Any], ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    prompted_vars: Mapping[str, Any] = field(default_factory=dict)
    job_type: str = "run"
    diff_mode: bool = False
    forks: int = 0
    slice_number: int = 1
    slice_count: int = 1
    collections: Path | None = None


@dataclass(frozen=True)
class Layout:
    """A directory that is ready to run, and what AWX stores of its variables."""

    directory: Path
    env: dict[str, str]
    stored_env: dict[str, str]
    extra_vars: dict[str, Any]


class _UnsafeDumper(yaml.SafeDumper):
    """Writes each string as `!unsafe`, so that Ansible never templates it."""

    def represent_data(self, data: Any) -> yaml.Node:
        if isinstance(data, str):
            return self.represent_scalar("!unsafe", data)
        return super().represent_data(data)


def lay_out(job: Job, parent: Path) -> Layout:
    """Write everything that ansible-runner needs into a new directory below `parent`."""
    directory = Path(tempfile.mkdtemp(prefix="awx_1_", dir=parent))
    for name in PRIVATE_DIRECTORIES:
        (directory / name).mkdir(mode=0o700)
    shutil.copytree(job.project, directory / "project", symlinks=True, ignore=NOT_COPIED)
    if job.collections:
        # A link saves the copying.
        link = directory / "requirements_collections" / "ansible_collections"
        link.symlink_to(job.collections.resolve() / "ansible_collections")
    meta = {f"{prefix}_{name}": value for name, value in FACTS.items() for prefix in ("awx", "tower")}
    variables = {**job.extra_vars, **launch_variables(job.survey, job.answers), **job.prompted_vars}
    env, stored_env = _environment(job, directory)
    settings = {"job_timeout": 0, "suppress_ansible_output": True, "suppress_output_file": True}
    write_private(directory / "env" / "extravars", dump({**variables, **meta}, job.extra_vars))
    write_private(directory / "env" / "settings", json.dumps(settings))
    write_private(directory / "env" / "cmdline", shlex.join(_arguments(job)))
    script = job.inventory.script(job.slice_number, job.slice_count)
    write_private(directory / "inventory" / "hosts", script, mode=0o700)
    return Layout(directory, env, stored_env, variables)


def write_private(path: Path, text: str, mode: int = 0o600) -> str:
    """Write a file that only its owner can read, from its first byte on; returns its path."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return str(path)


def dump(variables: Mapping[str, Any], trusted: Mapping[str, Any]) -> str:
    """The variables as YAML; only a variable with the same value in `trusted`, the template's own, may be a template."""
    lines = []
    for name, value in variables.items():
        safe = name in trusted and trusted[name] == value
        lines.append(yaml.dump({name: value}, Dumper=yaml.SafeDumper if safe else _UnsafeDumper))
    return "".join(lines)


def _environment(job: Job, directory: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What AWX sets for a job over an API, and what the credentials inject; and what it stores of the latter."""
    env = {
        "AWX_PRIVATE_DATA_DIR": str(directory),
        "JOB_ID": "1",
        "INVENTORY_ID": "1",
        "PROJECT_REVISION": "0" * 40,
        "MAX_EVENT_RES": "700000",
        "AWX_HOST": "https://towerhost",
        "ANSIBLE_FORCE_COLOR": "True",
        "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
        "ANSIBLE_COLLECTIONS_PATH": f"{directory}/requirements_collections:/usr/share/ansible/collections",
        "ANSIBLE_ROLES_PATH": f"{directory}/requirements_roles:/usr/share/ansible/roles",
    }
    stored: dict[str, str] = {}
    for number, credential in enumerate(job.credentials):
        injected = render(credential, partial(write_private, directory / "env" / f"tmp{number}"))
        env.update(injected.env)
        stored.update(injected.stored_env)
    return env, stored


def _arguments(job: Job) -> list[str]:
    """The command line of the job, in AWX's order."""
    check = ["--check"] if job.job_type == "check" else []
    diff = ["--diff"] if job.diff_mode else []
    return [*check, "-u", "root", *diff, *([f"--forks={job.forks}"] if job.forks else [])]
