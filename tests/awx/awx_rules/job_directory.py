"""The private data directory of a job, laid out as AWX does for ansible-runner."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import extra_vars, injection
from .answers import hidden_variables, survey_launch_variables
from .inventory_script import JobInventory, script, script_data
from .objects import Credential

PRIVATE_DIRECTORIES = (
    "env",
    "inventory",
    "cp",
    "artifacts",
    "requirements_collections",
    "requirements_roles",
)
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".cache", "*_cache")


@dataclass(frozen=True)
class Job:
    """One launch of a job template.

    ``collections`` is a directory that holds ``ansible_collections``; it takes the place of what a project
    update installs. ``environment`` is added to what AWX sets.
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
    limit: str = ""
    verbosity: int = 0
    tags: str = ""
    skip_tags: str = ""
    slice_number: int = 1
    slice_count: int = 1
    use_fact_cache: bool = True
    collections: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    job_id: int = 1


@dataclass(frozen=True)
class Layout:
    """A directory that is ready to run."""

    directory: Path
    env: dict[str, str]
    stored_env: dict[str, str]
    stored_extra_vars: dict[str, Any]


def lay_out(job: Job, parent: Path) -> Layout:
    """Write everything that ansible-runner needs into a new directory below ``parent``."""
    directory = Path(tempfile.mkdtemp(prefix=f"awx_{job.job_id}_", dir=parent))
    for name in PRIVATE_DIRECTORIES:
        (directory / name).mkdir(mode=0o700)
    shutil.copytree(job.project, directory / "project", symlinks=True, ignore=NOT_COPIED)
    _link_collections(job, directory)
    stored_extra_vars = _write_extra_vars(job, directory)
    data = script_data(job.inventory, job.slice_number, job.slice_count)
    write_private(directory / "inventory" / "hosts", script(data), mode=0o700)
    settings = {"job_timeout": 0, "suppress_ansible_output": True, "suppress_output_file": True}
    write_private(directory / "env" / "settings", json.dumps(settings))
    env = _job_environment(job, directory)
    stored_env, arguments = _inject(job, directory, env)
    write_private(directory / "env" / "cmdline", shlex.join([*_arguments(job), *arguments]))
    return Layout(directory, env, stored_env, stored_extra_vars)


def write_private(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _link_collections(job: Job, directory: Path) -> None:
    """Show the installed collections where a job finds them; a link saves the copying."""
    if job.collections:
        source = job.collections.resolve() / "ansible_collections"
        (directory / "requirements_collections" / "ansible_collections").symlink_to(source)


def _write_extra_vars(job: Job, directory: Path) -> dict[str, Any]:
    """Write the variables of the job and return them as AWX stores them."""
    answers = survey_launch_variables(job.survey, job.answers)
    variables = {**job.extra_vars, **answers, **job.prompted_vars}
    meta = extra_vars.meta_variables(job.job_id, Path(job.playbook).stem, "inventory")
    text = extra_vars.dump({**variables, **meta}, job.extra_vars)
    write_private(directory / "env" / "extravars", text)
    return hidden_variables(job.survey, variables)


def _job_environment(job: Job, directory: Path) -> dict[str, str]:
    """What AWX sets for every job; the directories are those that it uses inside its container."""
    collections = f"{directory}/requirements_collections:/usr/share/ansible/collections"
    return {
        "AWX_PRIVATE_DATA_DIR": str(directory),
        "JOB_ID": str(job.job_id),
        "INVENTORY_ID": "1",
        "PROJECT_REVISION": "0" * 40,
        "MAX_EVENT_RES": "700000",
        "AWX_HOST": "https://towerhost",
        "ANSIBLE_FORCE_COLOR": "True",
        "ANSIBLE_HOST_KEY_CHECKING": "False",
        "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
        "ANSIBLE_PARAMIKO_RECORD_HOST_KEYS": "False",
        "ANSIBLE_RETRY_FILES_ENABLED": "False",
        "ANSIBLE_SSH_CONTROL_PATH_DIR": f"{directory}/cp",
        "ANSIBLE_COLLECTIONS_PATH": collections,
        "ANSIBLE_ROLES_PATH": f"{directory}/requirements_roles:/usr/share/ansible/roles",
        **job.environment,
    }


def _inject(job: Job, directory: Path, env: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Add every credential to the environment; returns its stored form and further arguments."""
    stored: dict[str, str] = {}
    arguments: list[str] = []

    def write(text: str) -> str:
        handle, path = tempfile.mkstemp(dir=directory / "env")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    for credential in job.credentials:
        injected = injection.render(credential, write)
        env.update(injected.env)
        stored.update(injected.stored_env)
        if injected.extra_vars:
            arguments += ["-e", f"@{write(extra_vars.dump(injected.extra_vars, {}))}"]
    return stored, arguments


def _arguments(job: Job) -> list[str]:
    """The command line of the job, in AWX's order."""
    optional = (
        (job.diff_mode, ["--diff"]),
        (job.forks, [f"--forks={job.forks}"]),
        (job.limit, ["-l", job.limit]),
        (job.verbosity, ["-" + "v" * min(5, job.verbosity)]),
        (job.tags, ["-t", job.tags]),
        (job.skip_tags, [f"--skip-tags={job.skip_tags}"]),
    )
    check = ["--check"] if job.job_type == "check" else []
    return [*check, "-u", "root", *(text for given, texts in optional if given for text in texts)]
