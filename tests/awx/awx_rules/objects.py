"""The AWX objects that a rule needs to know about besides the request itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class CredentialType:
    """A custom credential type."""

    name: str
    kind: str = "cloud"
    inputs: dict[str, Any] = field(default_factory=dict)
    injectors: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The declared input fields."""
        declared: list[dict[str, Any]] = self.inputs.get("fields", [])
        return declared

    @property
    def secret_fields(self) -> set[str]:
        """Ids of the fields that AWX encrypts and masks."""
        return {entry["id"] for entry in self.fields if entry.get("secret")}


@dataclass
class Credential:
    """A credential; AWX allows one per type in a job."""

    name: str
    type: CredentialType
    inputs: dict[str, Any] = field(default_factory=dict)
    id: int = 0

    def __str__(self) -> str:
        return f"{self.name}-{self.id}"


@dataclass
class Project:
    """A project; ``scm_type`` is empty for a manual one."""

    name: str
    scm_type: str = "git"
    playbooks: tuple[str, ...] = ()
    allow_override: bool = False
    scm_branch: str = ""
    local_path: str = ""


@dataclass
class Inventory:
    """An inventory, of which the rules only need the number of hosts."""

    name: str
    host_count: int = 0


@dataclass
class JobTemplate:
    """A job template: the fields as posted and the objects that they name."""

    fields: Mapping[str, Any]
    project: Project | None = None
    inventory: Inventory | None = None
    survey: dict[str, Any] = field(default_factory=dict)
    credentials: list[Credential] = field(default_factory=list)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The survey's questions, none while the survey is switched off."""
        if not self.fields.get("survey_enabled"):
            return []
        spec: list[dict[str, Any]] = self.survey.get("spec", [])
        return spec


@dataclass
class Node:
    """A node of a workflow job template."""

    template: JobTemplate | None = None
    credentials: list[Credential] = field(default_factory=list)
    edges: dict[str, list[int]] = field(default_factory=dict)
    workflow: int = 0

    def children(self) -> list[int]:
        """Ids of all nodes that may follow this one."""
        return [child for targets in self.edges.values() for child in targets]
