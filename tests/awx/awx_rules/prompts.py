"""Prompts on launch: which of the given fields and variables a job template takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .answers import answer_complaints
from .fields import Errors, parse_variables
from .objects import JobTemplate

#: Each field that a launch may set, with the flag of the template that allows it and the field's default.
ASKABLE: dict[str, tuple[str, Any]] = {
    "inventory": ("ask_inventory_on_launch", None),
    "limit": ("ask_limit_on_launch", ""),
    "scm_branch": ("ask_scm_branch_on_launch", ""),
    "labels": ("ask_labels_on_launch", []),
    "job_tags": ("ask_tags_on_launch", ""),
    "skip_tags": ("ask_skip_tags_on_launch", ""),
    "diff_mode": ("ask_diff_mode_on_launch", False),
    "job_type": ("ask_job_type_on_launch", "run"),
    "verbosity": ("ask_verbosity_on_launch", 0),
    "credentials": ("ask_credential_on_launch", []),
    "execution_environment": ("ask_execution_environment_on_launch", None),
    "forks": ("ask_forks_on_launch", 0),
    "job_slice_count": ("ask_job_slice_count_on_launch", 1),
    "timeout": ("ask_timeout_on_launch", 0),
    "instance_groups": ("ask_instance_groups_on_launch", []),
}
ASK_FLAGS = frozenset(flag for flag, _default in ASKABLE.values()) | {"ask_variables_on_launch"}
UNASKED_VARIABLES = (
    "Variables {} are not allowed on launch. Check the Prompt on Launch setting on the Job Template"
    " to include Extra Variables."
)
NOT_ASKED = "Field is not configured to prompt on launch."


@dataclass
class Prompts:
    """What a template takes of a launch, what it ignores, and why it refuses."""

    accepted: dict[str, Any] = field(default_factory=dict)
    ignored: dict[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)


def accept_or_ignore(
    template: JobTemplate, given: Mapping[str, Any], forgiven: Collection[str] = ()
) -> Prompts:
    """Sort what is given. ``forgiven`` may hold "required" (answers) and "prompts" (fields not asked for)."""
    prompts = Prompts()
    _sort_variables(template, dict(given.get("extra_vars") or {}), forgiven, prompts)
    for name in ASKABLE:
        if given.get(name) is not None:
            _sort_field(template, name, given, forgiven, prompts)
    _check_resources(template, prompts)
    return prompts


def _sort_variables(
    template: JobTemplate, variables: dict[str, Any], forgiven: Collection[str], prompts: Prompts
) -> None:
    """Survey answers first, then whatever variables remain."""
    accepted: dict[str, Any] = {}
    ignored: dict[str, Any] = {}
    complaints: list[str] = []
    for question in template.questions:
        name = question["variable"]
        found = answer_complaints(question, variables, need="required" not in forgiven)
        complaints += found
        if name in variables:
            (ignored if found else accepted)[name] = variables[name]
    if complaints:
        prompts.errors["variables_needed_to_start"] = complaints
    rest = {name: variables[name] for name in variables if name not in accepted and name not in ignored}
    unasked = _unasked(template, rest)
    accepted.update({name: value for name, value in rest.items() if name not in unasked})
    prompts.accepted.update({"extra_vars": accepted} if accepted else {})
    prompts.ignored.update({"extra_vars": ignored | unasked} if ignored or unasked else {})
    if unasked and "prompts" not in forgiven:
        prompts.errors["extra_vars"] = [UNASKED_VARIABLES.format(", ".join(unasked))]


def _unasked(template: JobTemplate, variables: dict[str, Any]) -> dict[str, Any]:
    """Variables outside the survey that the template does not ask for and does not hold itself."""
    if template.fields.get("ask_variables_on_launch"):
        return {}
    own, _complaint = parse_variables(template.fields.get("extra_vars") or "")
    return {name: value for name, value in variables.items() if name not in own or own[name] != value}


def _sort_field(
    template: JobTemplate,
    name: str,
    given: Mapping[str, Any],
    forgiven: Collection[str],
    prompts: Prompts,
) -> None:
    """One field: the template's own value is neither taken nor ignored."""
    value = given[name]
    if name == "credentials":
        value = [credential for credential in value if credential not in template.credentials]
        if not value:
            return
    elif value == template.fields.get(name, ASKABLE[name][1]):
        return
    if not template.fields.get(ASKABLE[name][0]):
        prompts.ignored[name] = value
        if "prompts" not in forgiven:
            prompts.errors[name] = [NOT_ASKED]
        return
    refusal = _refusal(template, name, value)
    if refusal:
        prompts.ignored[name] = value
        prompts.errors[name] = [refusal]
    else:
        prompts.accepted[name] = value


def _refusal(template: JobTemplate, name: str, value: Any) -> str | None:
    """Two fields can be refused although they are asked for."""
    if name == "scm_branch":
        if template.project is None:
            return "Project is missing."
        if value != template.project.scm_branch and not template.project.allow_override:
            return "Project does not allow override of branch."
    few = template.inventory is not None and template.inventory.host_count <= 1
    if name == "job_slice_count" and int(value) > 1 and few:
        return "Job inventory does not have enough hosts for slicing"
    return None


def _check_resources(template: JobTemplate, prompts: Prompts) -> None:
    """A job needs a project and an inventory, wherever they come from."""
    lacking = []
    if template.project is None:
        lacking.append("project")
    if template.inventory is None and "inventory" not in prompts.accepted:
        lacking.append("inventory")
    if lacking:
        prompts.errors["resources_needed_to_start"] = [
            f"Job Template {name} is missing or undefined." for name in lacking
        ]
