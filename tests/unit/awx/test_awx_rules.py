"""Mistakes that somebody could make in the objects of `awx/`: each is made in a copy of them, and must be found."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from awx_declared import Declared, Item, playbooks
from awx_rules import credentials, schedules, surveys, templates
from awx_rules.credentials import CredentialType
from awx_rules.inventory import slices


def complaints(lists: dict[str, list[Item]]) -> Iterator[str]:
    """What the rules say about one object of each kind."""
    kind, credential = lists["credential_types"][0], lists["credentials"][1]
    template, project = lists["job_templates"][0], lists["projects"][0]
    declared_type = CredentialType(kind["name"], kind["inputs"], kind["injectors"])
    yield from credentials.type_complaints(kind)
    yield from credentials.misleading_fields(declared_type)
    yield from credentials.credential_complaints(credential, declared_type)
    yield from templates.template_complaints(template, project, playbooks(project["name"]))
    yield from templates.source_complaints(lists["inventory_sources"][0], project)
    yield from surveys.survey_complaints(template["survey_spec"])
    yield from filter(None, map(surveys.misleading_question, template["survey_spec"]["spec"]))
    schedule, workflow = lists["schedules"][0], lists["workflows"][0]
    yield from schedules.rrule_complaints(schedule["rrule"])
    yield from templates.prompt_complaints(schedule, template)
    by_name = {item["name"]: item for item in lists["job_templates"]}
    yield from templates.workflow_complaints(workflow["workflow_nodes"], by_name)


START = "DTSTART:20260101T020000Z RRULE:"
#: What is wrong -> the kind of object and the way to a value in it, the value, and a word of the complaint.
MISTAKES: dict[str, tuple[str, Any, str]] = {
    "undefined field": ("credential_types.injectors.env.X", "{{ nope }}", "undefined"),
    "syntax": ("credential_types.injectors.env.X", "{{ app_id", "unexpected"),
    "variable of Ansible": ("credential_types.injectors.env.ANSIBLE_X", "x", "ANSIBLE_X"),
    "no file": ("credential_types.injectors.env.X", "{{ tower.filename }}", "filename"),
    "boolean": ("credential_types.inputs.fields.0.type", "boolean", "injects False"),
    "default": ("credential_types.inputs.fields.0.default", "x", "only the form"),
    "field asked twice": ("credential_types.inputs.fields.1.id", "app_id", "repeated"),
    "unknown key": ("credential_types.inputs.fields.0.colour", "red", "colour"),
    "required is no field": ("credential_types.inputs.required", ["nope"], "nope"),
    "undeclared input": ("credentials.inputs", {"password": "x"}, "password"),
    "no organization": ("credentials.organization", "", "organization"),
    "no playbook": ("job_templates.playbook", "playbooks/nope.yml", "no playbook"),
    "too many forks": ("job_templates.forks", 201, "forks"),
    "no inventory": ("job_templates.inventory", "", "inventory"),
    "branch": ("job_templates.ask_scm_branch_on_launch", True, "another branch"),
    "path of AWX": ("inventory_sources.source_vars.PATH", "/x", "PATH"),
    "manual project": ("projects.scm_type", "", "version control"),
    "type of question": ("job_templates.survey_spec.spec.0.type", "boolean", "boolean"),
    "password": ("job_templates.survey_spec.spec.0.type", "password", "password"),
    "dash": ("job_templates.survey_spec.spec.0.variable", "polyv-hosts", "no name"),
    "limits": ("job_templates.survey_spec.spec.2.min", 101, "min exceeds max"),
    "vain default": ("job_templates.survey_spec.spec.2.default", 101, "never applies"),
    "default of no choice": ("job_templates.survey_spec.spec.3.default", "maybe", "not among"),
    "needed answer": ("job_templates.survey_spec.spec.0.required", True, "value missing"),
    "limit of a schedule": ("schedules.limit", "a", "limit is not asked for"),
    "dropped variable": ("schedules.extra_data", {"polyv_x": 1}, "does not take the variables polyv_x"),
    "wrong answer": ("schedules.extra_data", {"polyv_max_failed_percentage": "5"}, "an integer"),
    "no zone": ("schedules.rrule", "DTSTART:20260101T020000 RRULE:FREQ=DAILY;INTERVAL=1", "zone"),
    "no interval": ("schedules.rrule", START + "FREQ=DAILY", "INTERVAL"),
    "seconds": ("schedules.rrule", START + "FREQ=SECONDLY;INTERVAL=1", "SECONDLY"),
    "first Monday": ("schedules.rrule", START + "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO", "BYDAY"),
    "nonsense": ("schedules.rrule", START + "FREQ=SOMETIMES;INTERVAL=1", "SOMETIMES"),
    "cycle": ("workflows.workflow_nodes.2.related", {"success_nodes": [{"identifier": "plan"}]}, "cycle"),
    "lost edge": ("workflows.workflow_nodes.2.related", {"always_nodes": [{"identifier": "x"}]}, "no node"),
    "kind of a node": ("workflows.workflow_nodes.0.job_type", "run", "job_type is not"),
    "credential of a node": ("workflows.workflow_nodes.0.related.credentials", [{}], "credentials"),
    "lost template": ("workflows.workflow_nodes.0.unified_job_template.name", "x", "no template"),
    "two nodes of a name": ("workflows.workflow_nodes.1.identifier", "plan", "plan is repeated"),
}


def test_the_objects_are_without_mistake(full: Declared) -> None:
    """What the others start from."""
    assert list(complaints(full.lists)) == []


@pytest.mark.parametrize(("way", "value", "word"), MISTAKES.values(), ids=list(MISTAKES))
def test_mistake_is_found(full: Declared, way: str, value: object, word: str) -> None:
    """In the first object of its kind; of the credentials, the one of our first type."""
    lists = deepcopy(full.lists)
    kind, *steps, last = [int(step) if step.isdigit() else step for step in way.split(".")]
    place: Any = lists[str(kind)][1 if kind == "credentials" else 0]
    for step in steps:
        place = place[step]
    place[last] = value
    assert word in " ".join(complaints(lists))


def test_answers_become_variables(full: Declared) -> None:
    """An empty text is passed, an empty number is absent, a default applies, a variable outside the survey is dropped."""
    spec = full.templates["Polyv apply"]["survey_spec"]["spec"]
    untouched = {"polyv_hosts": "", "polyv_serial": "", "polyv_stop_on_failure": "no"}
    assert surveys.launch_variables(spec, {}) == untouched
    answers = {"polyv_hosts": "brand_x", "other": 1}
    assert surveys.launch_variables(spec, answers) == {**untouched, "polyv_hosts": "brand_x"}


def test_slices_deal_hosts_by_name() -> None:
    """Five hosts in three slices, as seen on AWX; never more slices than hosts."""
    hosts = ["ch4", "ch0", "ch3", "ch1", "ch2"]
    assert slices(hosts, 3) == [["ch0", "ch3"], ["ch1", "ch4"], ["ch2"]]
    assert slices(hosts, 10) == [["ch0"], ["ch1"], ["ch2"], ["ch3"], ["ch4"]]
    assert slices([], 3) == [[]]


def test_playbooks_are_found_by_a_line(tmp_path: Path) -> None:
    """Files below roles and variables are no playbooks, whatever they hold."""
    for name in ("playbooks/site.yml", "roles/x/test.yml", "host_vars/a.yml", ".github/x.yml", "vars.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n" if name == "vars.yml" else "- hosts: all\n")
    assert templates.listed_playbooks(tmp_path) == ["playbooks/site.yml"]
