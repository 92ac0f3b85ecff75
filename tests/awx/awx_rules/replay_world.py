"""The objects on the AWX whose answers were recorded.

AWX numbers the objects of a kind one after another, so the ids in the recorded paths follow from the order of
the requests; the first id of each kind, and what was made outside the recordings, are given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from . import (
    credential_types,
    credentials,
    inventories,
    job_templates,
    launches,
    projects,
    schedules,
    surveys,
    workflows,
)
from .fields import Errors
from .objects import Credential, CredentialType, Inventory, JobTemplate, Node, Project

Body = Mapping[str, Any]

FIRST_TYPE = 31
FIRST_UNIFIED_TEMPLATE = 7
#: A git project was made by hand between the recordings of launches and of inventories.
GIT_PROJECT = 20
#: Five hosts were put into the first inventory by hand.
HOSTS = {1: 5}
DIRECTORIES = ("toycoll",)
PLAYBOOKS = ("playbooks/site.yml",)


@dataclass
class World:
    """All objects by id; a handler takes the id in the path and the body, and returns AWX's refusal."""

    organizations: dict[int, str] = field(default_factory=dict)
    types: dict[int, CredentialType] = field(default_factory=dict)
    credentials: dict[int, Credential] = field(default_factory=dict)
    inventories: dict[int, Inventory] = field(default_factory=dict)
    #: Projects, job templates, workflows, approvals and inventory sources share one sequence of ids.
    unified: dict[int, Any] = field(default_factory=dict)
    nodes: dict[int, Node] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(FIRST_UNIFIED_TEMPLATE))

    def _keep_unified(self, item: Any) -> None:
        """Give the next id of the shared sequence; the git project came in between."""
        number = next(self.numbers)
        if number == GIT_PROJECT:
            self.unified[number] = Project("git project", allow_override=True)
            number = next(self.numbers)
        self.unified[number] = item

    def _template(self, number: Any) -> JobTemplate | None:
        """The job template with this id, if it is one."""
        found = self.unified.get(number)
        return found if isinstance(found, JobTemplate) else None

    def _project(self, number: Any) -> Project | None:
        """The project with this id; the git project may be needed before anything else follows it."""
        if number == GIT_PROJECT and number not in self.unified:
            return Project("git project", allow_override=True)
        found = self.unified.get(number)
        return found if isinstance(found, Project) else None

    def create_organization(self, _number: int, body: Body) -> Errors:
        """Make an organization; the first is AWX's own."""
        error = inventories.validate_named(body, taken=self.organizations.values())
        if not error:
            self.organizations[len(self.organizations) + 2] = body["name"]
        return error

    def create_type(self, _number: int, body: Body) -> Errors:
        """Make a credential type."""
        taken = [(kind.name, kind.kind) for kind in self.types.values()]
        error = credential_types.validate_credential_type(body, taken=taken)
        if not error:
            made = CredentialType(body["name"], body["kind"], body["inputs"], body["injectors"])
            self.types[FIRST_TYPE + len(self.types)] = made
        return error

    def _in_use(self, kind: CredentialType) -> bool:
        """Whether a credential is of this type."""
        return any(credential.type is kind for credential in self.credentials.values())

    def change_type(self, number: int, body: Body) -> Errors:
        """Change a credential type."""
        current = self.types[number]
        in_use = self._in_use(current)
        error = credential_types.validate_credential_type(body, current=current, in_use=in_use)
        if not error:
            current.inputs = body.get("inputs", current.inputs)
            current.injectors = body.get("injectors", current.injectors)
        return error

    def delete_type(self, number: int, _body: Body) -> Errors:
        """Delete a credential type."""
        error = credential_types.validate_deletion(self._in_use(self.types[number]))
        if not error:
            del self.types[number]
        return error

    def create_credential(self, _number: int, body: Body) -> Errors:
        """Make a credential."""
        kind = self.types[body["credential_type"]]
        error = credentials.validate_credential(body, kind)
        if not error:
            number = len(self.credentials) + 1
            self.credentials[number] = Credential(body["name"], kind, dict(body["inputs"]), number)
        return error

    def change_credential(self, number: int, body: Body) -> Errors:
        """Change a credential."""
        current = self.credentials[number]
        error = credentials.validate_credential(body, current.type, current=current)
        if not error:
            current.inputs.update(body.get("inputs", {}))
        return error

    def create_project(self, _number: int, body: Body) -> Errors:
        """Make a project."""
        used = {item.local_path for item in self.unified.values() if isinstance(item, Project)}
        free = [name for name in DIRECTORIES if name not in used]
        error = projects.validate_project(body, directories=free)
        if not error:
            made = Project(body["name"], body["scm_type"], PLAYBOOKS, local_path=body["local_path"])
            self._keep_unified(made)
        return error

    def create_inventory(self, _number: int, body: Body) -> Errors:
        """Make an inventory."""
        taken = [inventory.name for inventory in self.inventories.values()]
        error = inventories.validate_inventory(body, taken=taken)
        if not error:
            number = len(self.inventories) + 1
            self.inventories[number] = Inventory(body["name"], HOSTS.get(number, 0))
        return error

    def create_source(self, _number: int, body: Body) -> Errors:
        """Make an inventory source."""
        project = self._project(body.get("source_project"))
        credential = self.credentials.get(body.get("credential", 0))
        error = inventories.validate_inventory_source(body, project=project, credential=credential)
        if not error:
            self._keep_unified(body)
        return error

    def update_source(self, number: int, _body: Body) -> Errors:
        """Start an update of a source, which must have a kind."""
        known = number in self.unified and self.unified[number].get("source")
        return {} if known else {"detail": ["Inventory source cannot be updated."]}

    def create_template(self, _number: int, body: Body) -> Errors:
        """Make a job template."""
        project = self._project(body.get("project"))
        taken = [item.fields["name"] for item in self.unified.values() if isinstance(item, JobTemplate)]
        error = job_templates.validate_job_template(body, project=project, taken=taken)
        if not error:
            inventory = self.inventories.get(body.get("inventory", 0))
            self._keep_unified(JobTemplate(body, project, inventory))
        return error

    def attach_credential(self, number: int, body: Body) -> Errors:
        """Attach a credential to a job template, or take it away."""
        attached = self.unified[number].credentials
        credential = self.credentials[body["id"]]
        if body.get("disassociate"):
            attached.remove(credential)
            return {}
        error = job_templates.validate_attachment(attached, credential)
        if not error:
            attached.append(credential)
        return error

    def set_survey(self, number: int, body: Body) -> Errors:
        """Replace the survey of a job template."""
        template = self.unified[number]
        error = surveys.validate_survey(body, previous=template.survey)
        if not error:
            template.survey = dict(body)
        return error

    def launch(self, number: int, body: Body) -> Errors:
        """Launch a job template."""
        given = [self.credentials[item] for item in body["credentials"]] if "credentials" in body else None
        return launches.validate_launch(self.unified[number], body, credentials=given)

    def create_schedule(self, number: int, body: Body) -> Errors:
        """Make a schedule of a job template."""
        return schedules.validate_schedule(body, self.unified[number])

    def bulk_launch(self, _number: int, body: Body) -> Errors:
        """Launch several templates at once."""
        return launches.validate_bulk_launch(body, templates=self.unified.keys())

    def create_workflow(self, _number: int, body: Body) -> Errors:
        """Make a workflow job template."""
        error = workflows.validate_workflow(body)
        if not error:
            self._keep_unified(body)
        return error

    def create_node(self, number: int, body: Body) -> Errors:
        """Make a node of a workflow."""
        template = self._template(body.get("unified_job_template"))
        error = workflows.validate_node(body, template)
        if not error:
            self.nodes[len(self.nodes) + 1] = Node(template, workflow=number)
        return error

    def attach_node_credential(self, number: int, body: Body) -> Errors:
        """Give a node a credential."""
        credential = self.credentials[body["id"]]
        error = workflows.validate_node_credential(self.nodes[number], credential)
        if not error:
            self.nodes[number].credentials.append(credential)
        return error

    def create_approval(self, _number: int, body: Body) -> Errors:
        """Turn a node into an approval."""
        error = workflows.validate_approval(body)
        if not error:
            self._keep_unified(body)
        return error

    def add_edge(self, number: int, body: Body) -> Errors:
        """Let a node follow another one's success."""
        error = workflows.validate_edge(self.nodes, number, body["id"], "success_nodes")
        if not error:
            self.nodes[number].edges.setdefault("success_nodes", []).append(body["id"])
        return error
