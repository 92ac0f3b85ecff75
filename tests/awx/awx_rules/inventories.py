"""Organizations, inventories and inventory sources."""

from __future__ import annotations

from collections.abc import Collection

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
    parse_variables,
)
from .objects import Credential, Project

SOURCES = (
    "file",
    "constructed",
    "scm",
    "ec2",
    "gce",
    "azure_rm",
    "vmware",
    "satellite6",
    "openstack",
    "rhv",
    "controller",
    "insights",
    "terraform",
    "openshift_virtualization",
)
BLOCKED_VARIABLES = ("HOME", "USER", "_", "TERM", "PATH")
SOURCE_VERBOSITIES = range(3)
SCM_FIELDS = ("source_project", "source_path", "scm_branch")


def validate_named(body: Body, *, kind: str = "Organization", taken: Collection[str] = ()) -> Errors:
    """Check an object of which AWX only wants an unused name."""
    errors: Errors = {}
    check_name(errors, body)
    if not errors and body["name"] in taken:
        add(errors, "name", f"{kind} with this Name already exists.")
    return errors


def validate_inventory(body: Body, *, taken: Collection[str] = ()) -> Errors:
    """Check an inventory."""
    errors: Errors = {}
    check_name(errors, body)
    check_variables(errors, body, "variables")
    if body.get("organization") is None:
        add(errors, "organization", "This field is required.")
    if not errors and body["name"] in taken:
        add(errors, "__all__", "Inventory with this Name and Organization already exists.")
    return errors


def validate_inventory_source(
    body: Body, *, project: Project | None = None, credential: Credential | None = None
) -> Errors:
    """Check an inventory source; whether ``source_path`` exists is not checked."""
    errors = _check_single_fields(body, project)
    if errors:
        return errors
    if body.get("source") == "scm":
        if project is None:
            return {"source_project": ["Project required for scm type sources."]}
        if body.get("scm_branch") and not project.allow_override:
            return {"scm_branch": ["Project does not allow overriding branch."]}
        if credential and credential.type.kind in ("insights", "vault"):
            message = "Credentials of type insights and vault are disallowed for scm inventory sources."
            return {"credential": [message]}
        return {}
    redundant = [key for key in SCM_FIELDS if body.get(key)]
    return {"detail": [f"Cannot set {' '.join(redundant)} if not SCM type."]} if redundant else {}


def _check_single_fields(body: Body, project: Project | None) -> Errors:
    """Checks that need no other field."""
    errors: Errors = {}
    check_name(errors, body)
    check_choice(errors, body, "source", SOURCES)
    check_choice(errors, body, "verbosity", SOURCE_VERBOSITIES)
    check_integer(errors, body, "timeout")
    for key in ("overwrite", "overwrite_vars", "update_on_launch"):
        check_boolean(errors, body, key)
    for key in ("source_path", "limit", "host_filter"):
        check_string(errors, body, key)
    _check_source_variables(errors, body)
    if project and not project.scm_type:
        add(errors, "source_project", "Cannot use manual project for SCM-based inventory.")
    return errors


def _check_source_variables(errors: Errors, body: Body) -> None:
    """Every variable of a source becomes an environment variable, and a few of those are AWX's own."""
    check_variables(errors, body, "source_vars")
    variables, _complaint = parse_variables(body.get("source_vars") or "")
    for name in variables:
        if name in BLOCKED_VARIABLES:
            add(errors, "source_vars", f"`{name}` is a prohibited environment variable")
            return
