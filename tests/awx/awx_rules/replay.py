"""Replay recorded requests: predict AWX's answer to each from the rules and the objects made before."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .fields import Errors
from .replay_world import World

#: The recordings in the order in which they were made: each builds on the objects of those before.
RECORDINGS = ("credential", "jt", "launch", "inventory")

#: Requests that the rules cannot judge: label -> why. Every recorded request can be judged.
UNJUDGED: dict[str, str] = {}

Request = Mapping[str, Any]
Handler = Callable[["World", int, Mapping[str, Any]], Errors]


@dataclass(frozen=True)
class Route:
    """A kind of request: the status when the rules find nothing, and the rule."""

    method: str
    pattern: re.Pattern[str]
    status: int
    handler: Handler


@dataclass(frozen=True)
class Answer:
    """A status with the body of a refusal."""

    status: int
    error: Errors


def load(directory: Path) -> list[Request]:
    """All recorded requests in order."""
    requests: list[Request] = []
    for name in RECORDINGS:
        requests += json.loads((directory / f"verdicts_{name}.json").read_text(encoding="utf-8"))
    return requests


def _route(method: str, path: str, status: int, handler: Handler) -> Route:
    """A route; ``N`` in the path is the id of the object that the request is about."""
    return Route(method, re.compile(path.replace("N", r"(\d+)")), status, handler)


ROUTES = (
    _route("POST", "organizations/", 201, World.create_organization),
    _route("POST", "credential_types/", 201, World.create_type),
    _route("PATCH", "credential_types/N/", 200, World.change_type),
    _route("DELETE", "credential_types/N/", 204, World.delete_type),
    _route("POST", "credentials/", 201, World.create_credential),
    _route("PATCH", "credentials/N/", 200, World.change_credential),
    _route("POST", "projects/", 201, World.create_project),
    _route("POST", "inventories/", 201, World.create_inventory),
    _route("POST", "inventories/N/inventory_sources/", 201, World.create_source),
    _route("POST", "inventory_sources/N/update/", 202, World.update_source),
    _route("POST", "job_templates/", 201, World.create_template),
    _route("POST", "job_templates/N/credentials/", 204, World.attach_credential),
    _route("POST", "job_templates/N/survey_spec/", 200, World.set_survey),
    _route("POST", "job_templates/N/launch/", 201, World.launch),
    _route("POST", "job_templates/N/schedules/", 201, World.create_schedule),
    _route("POST", "bulk/job_launch/", 201, World.bulk_launch),
    _route("POST", "workflow_job_templates/", 201, World.create_workflow),
    _route("POST", "workflow_job_templates/N/workflow_nodes/", 201, World.create_node),
    _route("POST", "workflow_job_template_nodes/N/credentials/", 204, World.attach_node_credential),
    _route("POST", "workflow_job_template_nodes/N/create_approval_template/", 201, World.create_approval),
    _route("POST", "workflow_job_template_nodes/N/success_nodes/", 204, World.add_edge),
)


def answer(world: World, request: Request) -> Answer | None:
    """Predict one answer and let the world keep what the request makes; None for an unknown kind."""
    path = request["path"].removeprefix("/api/v2/")
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if match and route.method == request["method"]:
            number = int(match[1]) if match.groups() else 0
            error = route.handler(world, number, request["body"] or {})
            return Answer(_status(error) if error else route.status, error)
    return None


def _status(error: Errors) -> int:
    """A single sentence under ``detail`` is a denial, everything else a bad request."""
    return 403 if isinstance(error.get("detail"), str) else 400
