"""Launches of a job template, one at a time or in bulk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from .fields import (
    Body,
    Errors,
    add,
    check_boolean,
    check_choice,
    check_integer,
    check_string,
    parse_variables,
)
from .objects import Credential, JobTemplate
from .prompts import accept_or_ignore

JOB_TYPES = ("run", "check")
VERBOSITIES = range(6)
BULK_LIMIT = 100
ONE_PER_TYPE = "Cannot assign multiple {} credentials."


@dataclass
class Launch:
    """AWX's answer to a launch: a refusal, or what it takes and what it silently ignores."""

    errors: Errors = field(default_factory=dict)
    accepted: dict[str, Any] = field(default_factory=dict)
    ignored: dict[str, Any] = field(default_factory=dict)


def check_prompt_fields(body: Body) -> Errors:
    """Checks of single fields, the same for launches, nodes and schedules."""
    errors: Errors = {}
    check_choice(errors, body, "job_type", JOB_TYPES)
    check_choice(errors, body, "verbosity", VERBOSITIES)
    if body.get("diff_mode") is not None:
        check_boolean(errors, body, "diff_mode")
    for key in ("forks", "job_slice_count"):
        check_integer(errors, body, key, minimum=0)
    check_integer(errors, body, "timeout")
    for key in ("scm_branch", "job_tags", "skip_tags", "limit"):
        check_string(errors, body, key)
    return errors


def launch(template: JobTemplate, body: Body, *, credentials: Sequence[Credential] | None = None) -> Launch:
    """Check a launch; ``credentials`` are the objects that the body's ids stand for."""
    errors = check_prompt_fields(body)
    variables, complaint = parse_variables(body.get("extra_vars") or {})
    if complaint:
        add(errors, "extra_vars", complaint)
    if errors:
        return Launch(errors)
    given = {**body, "extra_vars": variables}
    given["credentials"] = None if credentials is None else list(credentials)
    prompts = accept_or_ignore(template, given, forgiven=("prompts",))
    for line in _credential_complaints(template, credentials, prompts.accepted.get("credentials", [])):
        add(prompts.errors, "credentials", line)
    return Launch(prompts.errors, prompts.accepted, prompts.ignored)


def _credential_complaints(
    template: JobTemplate, given: Sequence[Credential] | None, accepted: Sequence[Credential]
) -> list[str]:
    """One credential per type, and none of the template's may go without a replacement."""
    types = [credential.type.name for credential in accepted]
    complaints = [ONE_PER_TYPE.format(name) for index, name in enumerate(types) if name in types[:index]]
    if given is None:
        return complaints
    removed = [credential for credential in template.credentials if credential not in given]
    replaced = {credential.type.name for credential in given}
    lacked = ", ".join(str(credential) for credential in removed)
    return complaints + [
        f"Removing {credential.type.name} credential at launch time without replacement is not supported."
        f" Provided list lacked credential(s): {lacked}."
        for credential in removed
        if credential.type.name not in replaced
    ]


def validate_launch(
    template: JobTemplate, body: Body, *, credentials: Sequence[Credential] | None = None
) -> Errors:
    """Why AWX would refuse the launch."""
    return launch(template, body, credentials=credentials).errors


def validate_bulk_launch(body: Body, *, templates: Collection[int]) -> Errors:
    """Check a bulk launch. AWX checks neither survey answers nor prompts here, and ignores unknown keys."""
    jobs: Any = body.get("jobs")
    wrong = _bulk_list_complaint(jobs)
    if wrong:
        return {"jobs": [wrong]}
    if any(not isinstance(job.get("unified_job_template"), int) for job in jobs):
        return {"jobs": [_bulk_job_errors(job) for job in jobs]}
    if len(jobs) > BULK_LIMIT:
        return {"__all__": ["Number of requested jobs exceeds system setting BULK_JOB_MAX_LAUNCH"]}
    unknown = {job["unified_job_template"] for job in jobs} - set(templates)
    if unknown:
        lacking = f"Job Templates {unknown} not found or you don't have permissions to access it"
        return {"__all__": [lacking]}
    return {}


def _bulk_list_complaint(jobs: Any) -> str | None:
    """The jobs of a bulk launch are a list of at least one."""
    if jobs is None:
        return "This field is required."
    if not isinstance(jobs, list):
        return f'Expected a list of items but got type "{type(jobs).__name__}".'
    return None if jobs else "This list may not be empty."


def _bulk_job_errors(job: Body) -> Errors:
    """The one thing that a job of a bulk launch must name."""
    errors: Errors = {}
    if "unified_job_template" not in job:
        add(errors, "unified_job_template", "This field is required.")
    else:
        check_integer(errors, job, "unified_job_template", minimum=1)
    return errors
