"""Projects, inventory sources, job templates, and what workflows and schedules may ask of those."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from . import repeated
from .surveys import answer_complaint

Item = Mapping[str, Any]
PLAYBOOK_LINE = re.compile(r"\s*-?\s*(hosts|(ansible\.builtin\.)?(include|import_playbook)):")
NO_PLAYBOOKS = {"roles", "tasks", "group_vars", "host_vars"}
MAX_FORKS = 200
#: Variables of a source become variables of the environment, and these are AWX's own.
BLOCKED_SOURCE_VARIABLES = {"HOME", "USER", "_", "TERM", "PATH"}
#: What a node or a schedule may set where the template asks for it, which flags called ask_..._on_launch say.
PROMPTS = {
    "job_type",
    "diff_mode",
    "limit",
    "job_tags",
    "skip_tags",
    "verbosity",
    "forks",
    "timeout",
    "labels",
    "scm_branch",
    "inventory",
    "credentials",
    "execution_environment",
    "instance_groups",
    "job_slice_count",
}
FLAGS = {"job_tags": "tags", "credentials": "credential"}
EDGE_KINDS = ("success_nodes", "failure_nodes", "always_nodes")


def listed_playbooks(root: Path) -> list[str]:
    """The playbooks that AWX would list for a project with this content, relative to its root."""
    found = []
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name not in NO_PLAYBOOKS and not name.startswith(".")]
        paths = [Path(folder, name) for name in files if name.endswith((".yml", ".yaml"))]
        found += [str(path.relative_to(root)) for path in paths if _looks_like_playbook(path)]
    return sorted(found)


def _looks_like_playbook(path: Path) -> bool:
    """One line that only playbooks have is enough."""
    return any(map(PLAYBOOK_LINE.match, path.read_text(encoding="utf-8").splitlines()))


def source_complaints(item: Item, project: Item | None) -> list[str]:
    """Why AWX would refuse an inventory source. Whether its path is there, AWX does not look."""
    variables = item.get("source_vars", {})
    if not isinstance(variables, dict):
        return ["source_vars is no mapping"]
    complaints = [f"AWX sets {name} itself" for name in sorted(BLOCKED_SOURCE_VARIABLES & set(variables))]
    if not (project and project["scm_type"]):
        complaints.append("a source needs a project under version control")
    return complaints


def template_complaints(item: Item, project: Item | None, playbooks: Sequence[str]) -> list[str]:
    """Why AWX would refuse a job template; `playbooks` are those of its project."""
    if project is None:
        return ["a project is missing"]
    complaints = []
    if not item.get("inventory") and not item.get("ask_inventory_on_launch"):
        complaints.append("an inventory is neither set nor asked for")
    if item.get("playbook") not in playbooks:
        complaints.append(f"the project has no playbook {item.get('playbook')}")
    if not 0 <= int(item.get("forks", 0)) <= MAX_FORKS:
        complaints.append(f"forks must be from 0 to {MAX_FORKS}")
    if int(item.get("job_slice_count", 1)) < 0:
        complaints.append("job_slice_count is negative")
    if not isinstance(item.get("extra_vars", {}), dict):
        complaints.append("extra_vars is no mapping")
    branch = item.get("scm_branch") or item.get("ask_scm_branch_on_launch")
    if branch and not project["allow_override"]:
        complaints.append("the project does not allow another branch")
    return complaints


def type_conflicts(types: Sequence[str]) -> list[str]:
    """What AWX says about the types of all credentials of one template."""
    return [f"Cannot assign multiple {name} credentials." for name in repeated(types)]


def prompt_complaints(item: Item, template: Item, *, answers_follow: bool = False) -> list[str]:
    """What a node or a schedule sets without being asked, and which answers it lacks unless they follow later."""
    given = {**item, **item.get("related", {})}
    complaints = [
        f"{key} is not asked for at launch"
        for key in sorted(PROMPTS & set(given))
        if not template.get(f"ask_{FLAGS.get(key, key)}_on_launch")
    ]
    questions = template["survey_spec"]["spec"] if template.get("survey_enabled") else []
    answers = item.get("extra_data", {})
    for question in questions:
        complaint = answer_complaint(question, answers)
        if complaint and not (answers_follow and question["variable"] not in answers):
            complaints.append(complaint)
    unasked = set(answers) - {question["variable"] for question in questions}
    if unasked and not template.get("ask_variables_on_launch"):
        complaints.append(f"AWX does not take the variables {', '.join(sorted(unasked))}")
    return complaints


def workflow_complaints(nodes: Sequence[Item], templates: Mapping[str, Item]) -> list[str]:
    """Why AWX would refuse the nodes of a workflow, or never come to their end: it does not find every cycle."""
    identifiers = [node["identifier"] for node in nodes]
    complaints = [f"{name} is repeated" for name in repeated(identifiers)]
    following = {node["identifier"]: list(_following(node)) for node in nodes}
    for node in nodes:
        unknown = set(following[node["identifier"]]) - set(identifiers)
        lines = [f"no node is called {name}" for name in sorted(unknown)]
        lines += _node_complaints(node, templates)
        complaints += [f"{node['identifier']}: {line}" for line in lines]
    try:
        TopologicalSorter(following).prepare()
    except CycleError as error:
        complaints.append(f"cycle: {' > '.join(error.args[1])}")
    return complaints


def _following(node: Item) -> Iterable[str]:
    """Identifiers of the nodes that may follow."""
    related = node.get("related", {})
    return (str(edge["identifier"]) for kind in EDGE_KINDS for edge in related.get(kind, []))


def _node_complaints(node: Item, templates: Mapping[str, Item]) -> list[str]:
    """The template of a node, and what the node sets of it."""
    target = node["unified_job_template"]
    if target["type"] == "workflow_approval":
        return []
    template = templates.get(target["name"])
    if template is None:
        return [f"no template is called {target['name']}"]
    return prompt_complaints(node, template, answers_follow=True)
