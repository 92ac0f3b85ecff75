"""Run a playbook in the manner of AWX, and keep what AWX would store of it."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .credentials import missing_at_start
from .injection import MASK
from .job_directory import Job, Layout, lay_out

__all__ = ["Job", "JobResult", "run_job"]

#: What the surrounding process must not lend to the job: in AWX the container starts without any of it.
FOREIGN_PREFIXES = ("ANSIBLE_", "AWX_", "POLYV_", "CONTROLLER_", "TOWER_", "RUNNER_", "PYTEST_", "PYTHONPATH")
SECRET_NAME = re.compile(r"API|TOKEN|KEY|SECRET|PASS", re.IGNORECASE)
URL_PASSWORD = re.compile(r"^.*?://[^:]+:(.*?)@.*?$")


@dataclass(frozen=True)
class JobResult:
    """What came of a job: ``facts`` by host as Ansible reads them, ``stored`` all that AWX would keep."""

    status: str
    rc: int | None
    events: list[dict[str, Any]]
    stdout: str
    artifacts: dict[str, Any]
    facts: dict[str, Any]
    stored: dict[str, Any]
    directory: Path

    def results(self, task: str) -> list[dict[str, Any]]:
        """The results of all hosts for the task of this name."""
        data = [event.get("event_data", {}) for event in self.events]
        return [entry["res"] for entry in data if entry.get("task") == task and "res" in entry]


def run_job(job: Job, parent: Path) -> JobResult:
    """Lay out and run a job below ``parent``; ValueError when AWX would not start it."""
    refusals = [line for line in map(missing_at_start, job.credentials) if line]
    if refusals:
        raise ValueError("; ".join(refusals))
    layout = lay_out(job, parent)
    events: list[dict[str, Any]] = []
    started: dict[str, Any] = {}
    with _clean_environment():
        runner = _run(job, layout, events, started)
    artifacts = _artifacts(events)
    cached = _cached_facts(layout.directory / "artifacts" / str(job.job_id) / "fact_cache")
    stdout = "".join(event["stdout"] + "\n" for event in events if event.get("stdout"))
    stored = {
        **started,
        "extra_vars": layout.stored_extra_vars,
        "events": events,
        "artifacts": artifacts,
        "facts": cached,
    }
    facts = {host: _plain(content) for host, content in cached.items()}
    return JobResult(runner.status, runner.rc, events, stdout, artifacts, facts, stored, layout.directory)


def _run(job: Job, layout: Layout, events: list[dict[str, Any]], started: dict[str, Any]) -> Any:
    """Hand the directory to ansible-runner with the arguments that AWX gives."""
    # Loaded late, so that the rules can be used where ansible-runner is not installed.
    ansible_runner: Any = importlib.import_module("ansible_runner")

    def keep_event(event: dict[str, Any]) -> bool:
        events.append(event)
        # As in AWX, the event goes no further than this: nothing is written to job_events.
        return False

    def keep_start(status: dict[str, Any], runner_config: Any) -> None:
        if status["status"] == "starting":
            started["job_args"] = list(runner_config.command)
            started["job_env"] = stored_environment(dict(runner_config.env), layout)

    return ansible_runner.run(
        ident=str(job.job_id),
        private_data_dir=str(layout.directory),
        playbook=job.playbook,
        inventory=str(layout.directory / "inventory" / "hosts"),
        envvars={"PATH": _path(), **layout.env},
        suppress_env_files=True,
        fact_cache_type="jsonfile" if job.use_fact_cache else "",
        event_handler=keep_event,
        status_handler=keep_start,
        quiet=True,
    )


def _path() -> str:
    """The programs beside this Python come first, as those of an execution environment do."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


@contextmanager
def _clean_environment() -> Iterator[None]:
    """Take foreign variables out of the environment while the job runs: ansible-runner would pass them on."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(FOREIGN_PREFIXES)}
    try:
        yield
    finally:
        os.environ.update(taken)


def stored_environment(env: dict[str, str], layout: Layout) -> dict[str, str]:
    """The job's environment as AWX stores it.

    Variables of AWX's own are masked by their names, those of a credential where its field is secret.
    """
    own = {name: _masked(name, str(layout.env[name])) for name in layout.env if name in env}
    return {**{name: str(value) for name, value in env.items()}, **own, **layout.stored_env}


def _masked(name: str, value: str) -> str:
    """A value whose name or form tells of a password is hidden, except Ansible's own settings."""
    if name.startswith("ANSIBLE_") and not name.startswith(("ANSIBLE_NET", "ANSIBLE_GALAXY_SERVER")):
        return value
    if SECRET_NAME.search(name):
        return MASK
    found = URL_PASSWORD.match(value)
    return value.replace(found[1], MASK) if found else value


def _artifacts(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What ``set_stats`` published; the last event that has any counts."""
    published = [event.get("event_data", {}).get("artifact_data") for event in events]
    return next((data for data in reversed(published) if data), {})


def _cached_facts(directory: Path) -> dict[str, Any]:
    """The fact cache that AWX reads back after the job."""
    if not directory.is_dir():
        return {}
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(directory.iterdir())}


def _plain(value: Any) -> Any:
    """Facts without the envelope and the tags that ansible-core 2.19 and newer write around them."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "__payload__" in value:
        return _plain(json.loads(value["__payload__"]))
    if "__ansible_type" in value and "value" in value:
        return _plain(value["value"])
    return {key: _plain(item) for key, item in value.items()}
