"""Job templates: their fields and their credentials."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from .fields import (
    Body,
    Errors,
    add,
    check_boolean,
    check_choice,
    check_integer,
    check_name,
    check_string,
    check_variables,
)
from .launches import JOB_TYPES, ONE_PER_TYPE, VERBOSITIES
from .objects import Credential, Project
from .prompts import ASK_FLAGS

WEBHOOK_SERVICES = ("", "github", "gitlab", "bitbucket_dc")
MAX_FORKS = 200
BOOLEANS = (
    "survey_enabled",
    "diff_mode",
    "use_fact_cache",
    "become_enabled",
    "allow_simultaneous",
    "force_handlers",
)
STRINGS = ("description", "playbook", "scm_branch", "limit", "job_tags", "skip_tags", "start_at_task")
#: What AWX reads from a job template; any other key is ignored without a word.
KNOWN_FIELDS = ASK_FLAGS | {
    *BOOLEANS,
    *STRINGS,
    *("name", "job_type", "inventory", "project", "forks", "verbosity", "extra_vars", "timeout"),
    *("job_slice_count", "execution_environment", "host_config_key", "webhook_service"),
    *("webhook_credential", "prevent_instance_group_fallback", "custom_virtualenv"),
}


def validate_job_template(
    body: Body, *, project: Project | None = None, taken: Collection[str] = ()
) -> Errors:
    """Check a job template; ``taken`` holds the names of the organization's other templates."""
    errors = _check_single_fields(body)
    if errors:
        return errors
    errors = _check_resources(body, project)
    if errors:
        return errors
    if int(body.get("forks") or 0) > MAX_FORKS:
        add(errors, "forks", f"Maximum number of forks ({MAX_FORKS}) exceeded.")
    if body["name"] in taken:
        add(errors, "__all__", "JobTemplate with this (organization, name) combination already exists.")
    return errors


def _check_single_fields(body: Body) -> Errors:
    """Checks that need no other field."""
    errors: Errors = {}
    check_name(errors, body)
    check_choice(errors, body, "job_type", JOB_TYPES)
    check_choice(errors, body, "verbosity", VERBOSITIES)
    check_choice(errors, body, "webhook_service", WEBHOOK_SERVICES)
    for key in ("forks", "job_slice_count"):
        check_integer(errors, body, key, minimum=0)
    check_integer(errors, body, "timeout")
    for key in (*BOOLEANS, *sorted(ASK_FLAGS)):
        check_boolean(errors, body, key)
    for key in STRINGS:
        check_string(errors, body, key)
    check_variables(errors, body, "extra_vars")
    return errors


def _check_resources(body: Body, project: Project | None) -> Errors:
    """Project, inventory and playbook; AWX reports the first that is wrong."""
    if project is None:
        return {"project": ["Job Templates must have a project assigned."]}
    if body.get("inventory") is None and not body.get("ask_inventory_on_launch"):
        return {"inventory": ["You must either set a default value or ask to prompt on launch."]}
    playbook = body.get("playbook") or ""
    # Another branch may hold other playbooks, so AWX cannot judge where the branch may be overridden.
    fixed = not (project.scm_type and project.allow_override)
    if playbook and fixed and playbook not in project.playbooks:
        return {"playbook": ["Playbook not found for project."]}
    if not playbook:
        return {"playbook": ["Must select playbook for project."]}
    for key in ("scm_branch", "ask_scm_branch_on_launch"):
        if body.get(key) and not project.allow_override:
            return {key: ["Project does not allow overriding branch."]}
    return {}


def unknown_fields(body: Body) -> list[str]:
    """Keys that AWX would ignore, among them ``survey_spec`` and ``credentials``."""
    return sorted(set(body) - KNOWN_FIELDS)


def validate_attachment(attached: Sequence[Credential], credential: Credential) -> Errors:
    """Check the attachment of one more credential to a template: one per type."""
    if credential.type.name in {other.type.name for other in attached}:
        return {"error": ONE_PER_TYPE.format(credential.type.name)}
    return {}


def template_fields(template: Body) -> dict[str, Any]:
    """The part of a declared template that AWX reads as its fields."""
    return {key: value for key, value in template.items() if key in KNOWN_FIELDS}
