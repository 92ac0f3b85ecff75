"""Workflow job templates: nodes, their credentials, approvals and the edges between them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from .fields import Body, Errors, add, check_integer, check_name, check_variables
from .launches import check_prompt_fields
from .objects import Credential, JobTemplate, Node
from .schedules import stored_prompt_errors

EDGE_KINDS = ("success_nodes", "failure_nodes", "always_nodes")
Key = TypeVar("Key", bound=Hashable)


def validate_workflow(body: Body, *, taken: Collection[str] = ()) -> Errors:
    """Check a workflow job template without its nodes."""
    errors: Errors = {}
    check_name(errors, body)
    check_variables(errors, body, "extra_vars")
    if not errors and body["name"] in taken:
        message = "Workflow job template with this (organization, name) combination already exists."
        add(errors, "__all__", message)
    return errors


def validate_node(body: Body, template: JobTemplate | None) -> Errors:
    """Check a node: it may set only what its template asks for. Answers may still come from the workflow."""
    errors = check_prompt_fields(body)
    if errors or template is None:
        return errors
    return stored_prompt_errors(body, template, forgive_answers=True)


def validate_node_credential(node: Node, credential: Credential) -> Errors:
    """Check a credential for a node: asked for, one per type, and not the template's own."""
    if node.template is None:
        return {"msg": "Cannot assign credential when related template is null."}
    if not node.template.fields.get("ask_credential_on_launch"):
        return {"msg": "Related template is not configured to accept credentials on launch."}
    if credential.type.name in {other.type.name for other in node.credentials}:
        return {"msg": f"This launch configuration already provides a {credential.type.name} credential."}
    if credential in node.template.credentials:
        return {"msg": f"Related template already uses {credential.name} credential."}
    return {}


def validate_approval(body: Body) -> Errors:
    """Check the approval that becomes a node's template."""
    errors: Errors = {}
    check_name(errors, body)
    check_integer(errors, body, "timeout")
    return errors


def validate_edge(nodes: Mapping[int, Node], parent: int, child: int, kind: str) -> Errors:
    """Check a new edge as AWX does: it misses cycles that no root of the graph leads to."""
    if parent == child:
        return {"Error": "Cycle detected."}
    others = [name for name in EDGE_KINDS if name != kind]
    if any(child in nodes[parent].edges.get(name, []) for name in others):
        return {"Error": "Relationship not allowed."}
    workflow = nodes[parent].workflow
    graph = {key: node.children() for key, node in nodes.items() if node.workflow == workflow}
    graph[parent] = [*graph[parent], child]
    return {"Error": "Cycle detected."} if awx_finds_cycle(graph) else {}


def awx_finds_cycle(graph: Mapping[int, Sequence[int]]) -> bool:
    """Whether AWX would notice: no root at all, or a cycle within reach of one."""
    roots = set(graph) - {child for children in graph.values() for child in children}
    if graph and not roots:
        return True
    reached: set[int] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += graph[node]
    return bool(find_cycle({node: graph[node] for node in reached}))


def find_cycle(graph: Mapping[Key, Sequence[Key]]) -> list[Key]:
    """Our own stricter rule: the nodes of some cycle, wherever it lies, or an empty list."""
    remaining = {node: set(children) for node, children in graph.items()}
    # A node without a way on is in no cycle: taking such nodes away leaves cycles and the ways into them.
    while leaves := [node for node, children in remaining.items() if not children & set(remaining)]:
        for leaf in leaves:
            del remaining[leaf]
    if not remaining:
        return []
    path = [next(iter(remaining))]
    while (following := next(iter(remaining[path[-1]] & set(remaining)))) not in path:
        path.append(following)
    return path[path.index(following) :]


def workflow_complaints(
    nodes: Sequence[Mapping[str, Any]],
    templates: Mapping[str, JobTemplate],
    credentials: Mapping[str, Credential],
) -> list[str]:
    """Check a whole workflow in the layout of ``awx.awx.workflow_job_template``: its ``workflow_nodes``."""
    identifiers = [str(node.get("identifier", "")) for node in nodes]
    complaints = [
        f"identifier {name!r} is repeated" for name in sorted(set(identifiers)) if identifiers.count(name) > 1
    ]
    graph: dict[str, list[str]] = {}
    for node in nodes:
        identifier = str(node.get("identifier", ""))
        graph[identifier] = _targets(node)
        unknown = [target for target in graph[identifier] if target not in identifiers]
        complaints += [f"{identifier}: no node is called {target!r}" for target in unknown]
        complaints += [f"{identifier}: {line}" for line in _node_complaints(node, templates, credentials)]
    cycle = find_cycle(graph)
    return complaints + ([f"cycle: {' > '.join([*cycle, cycle[0]])}"] if cycle else [])


def _targets(node: Mapping[str, Any]) -> list[str]:
    """Identifiers of the nodes that may follow."""
    related = node.get("related") or {}
    return [str(edge["identifier"]) for kind in EDGE_KINDS for edge in related.get(kind) or []]


def _node_complaints(
    node: Mapping[str, Any], templates: Mapping[str, JobTemplate], credentials: Mapping[str, Credential]
) -> list[str]:
    """One node: approval or template, prompts and credentials."""
    reference = node.get("unified_job_template") or {}
    if reference.get("type") == "workflow_approval":
        return _lines(validate_approval(reference))
    template = templates.get(str(reference.get("name")))
    if template is None:
        return [f"no template is called {reference.get('name')!r}"]
    complaints = _lines(validate_node(node, template))
    checked = Node(template)
    for entry in (node.get("related") or {}).get("credentials") or []:
        credential = credentials.get(str(entry["name"]))
        if credential is None:
            complaints.append(f"no credential is called {entry['name']!r}")
            continue
        complaints += _lines(validate_node_credential(checked, credential))
        checked.credentials.append(credential)
    return complaints


def _lines(errors: Errors) -> list[str]:
    """A refusal as lines of text."""
    return [f"{key}: {value}" for key, value in errors.items()]
