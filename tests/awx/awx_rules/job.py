"""Run a playbook in the manner of AWX, and keep what AWX would store of it."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .credentials import missing_at_start
from .job_directory import Job, Layout, lay_out

__all__ = ["Job", "JobResult", "run_job"]

#: What the surrounding process must not lend to the job: in AWX the container starts without any of it.
FOREIGN_PREFIXES = ("ANSIBLE_", "AWX_", "POLYV_", "CONTROLLER_", "TOWER_", "RUNNER_", "PYTEST_", "PYTHONPATH")


@dataclass(frozen=True)
class JobResult:
    """What came of a job: `artifacts` is what `set_stats` published, `stored` all that AWX would keep."""

    status: str
    events: list[dict[str, Any]]
    stdout: str
    artifacts: dict[str, Any]
    stored: dict[str, Any]
    directory: Path


def run_job(job: Job, parent: Path) -> JobResult:
    """Lay out and run a job below `parent`; ValueError where AWX would not start it."""
    for credential in job.credentials:
        if missing := missing_at_start(credential):
            raise ValueError(f"{credential.name} does not provide the required fields {', '.join(missing)}")
    layout = lay_out(job, parent)
    stored: dict[str, Any] = {"extra_vars": layout.extra_vars, "events": []}
    with _clean_environment():
        status = _run(job, layout, stored)
    events = stored["events"]
    published = [event.get("event_data", {}).get("artifact_data") for event in events]
    stored["artifacts"] = next((data for data in reversed(published) if data), {})
    facts = layout.directory / "artifacts" / "1" / "fact_cache"
    stored["facts"] = {path.name: path.read_text(encoding="utf-8") for path in facts.glob("*")}
    stdout = "".join(event["stdout"] + "\n" for event in events if event.get("stdout"))
    return JobResult(status, events, stdout, stored["artifacts"], stored, layout.directory)


def _run(job: Job, layout: Layout, stored: dict[str, Any]) -> str:
    """Hand the directory to ansible-runner with the arguments that AWX gives; returns the status."""

    def keep_event(event: dict[str, Any]) -> bool:
        stored["events"].append(event)
        # As in AWX, the event goes no further than this: nothing is written to job_events.
        return False

    def keep_start(status: dict[str, Any], runner_config: Any) -> None:
        if status["status"] == "starting":
            env = {name: str(value) for name, value in runner_config.env.items()}
            stored["job_args"] = list(runner_config.command)
            stored["job_env"] = {**env, **layout.stored_env}

    # The programs beside this Python come first, as those of an execution environment do.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    ansible_runner: Any = importlib.import_module("ansible_runner")
    runner = ansible_runner.run(
        ident="1",
        private_data_dir=str(layout.directory),
        playbook=job.playbook,
        inventory=str(layout.directory / "inventory" / "hosts"),
        envvars={"PATH": path, **layout.env},
        suppress_env_files=True,
        # A template may leave facts uncached; with a cache, a search for secrets sees more.
        fact_cache_type="jsonfile",
        event_handler=keep_event,
        status_handler=keep_start,
        quiet=True,
    )
    return str(runner.status)


@contextmanager
def _clean_environment() -> Iterator[None]:
    """Take foreign variables out of the environment while the job runs: ansible-runner would pass them on."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(FOREIGN_PREFIXES)}
    try:
        yield
    finally:
        os.environ.update(taken)
