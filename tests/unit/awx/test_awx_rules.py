"""Rules that no recorded request touches, and our own stricter ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from awx_rules.advice import credential_type_advice, survey_advice
from awx_rules.credential_types import validate_credential_type
from awx_rules.credentials import inputs_errors, missing_at_start, stored_inputs
from awx_rules.job_templates import unknown_fields, validate_job_template
from awx_rules.launches import launch, validate_bulk_launch
from awx_rules.objects import Credential, CredentialType, Inventory, JobTemplate, Node, Project
from awx_rules.projects import listed_playbooks
from awx_rules.schedules import rrule_complaints, validate_schedule
from awx_rules.slicing import slices
from awx_rules.workflows import find_cycle, validate_edge, validate_node, workflow_complaints

KIND = CredentialType(
    "Polyv",
    inputs={
        "fields": [
            {"id": "app_id", "label": "App ID", "type": "string"},
            {"id": "tls", "label": "TLS", "type": "string", "choices": ["check", "skip"]},
        ],
        "required": ["app_id", "invented"],
    },
)
PROJECT = Project("p", playbooks=("playbooks/site.yml",))
ASKING = {"name": "jt", "ask_credential_on_launch": True, "ask_job_type_on_launch": True}


def template(**fields: Any) -> JobTemplate:
    """A template which asks for credentials and the kind of job."""
    return JobTemplate({**ASKING, **fields}, PROJECT, Inventory("i", 3))


def node(identifier: str, *following: str, **fields: Any) -> dict[str, Any]:
    """A node of a declared workflow."""
    edges = [{"identifier": name} for name in following]
    related = {"success_nodes": edges, "credentials": fields.pop("credentials", [])}
    return {"identifier": identifier, "unified_job_template": {"name": "jt"}, "related": related, **fields}


def test_environment_of_ansible_is_refused_in_a_change_too() -> None:
    """A change is checked against the inputs that the type already has."""
    body = {"injectors": {"env": {"ANSIBLE_CONFIG": "{{ app_id }}"}}}
    assert "injectors" in validate_credential_type(body, current=KIND, in_use=True)


def test_same_inputs_may_be_sent_for_a_type_in_use() -> None:
    """Only a difference is refused, so that a second run of configuration as code passes."""
    assert not validate_credential_type({"inputs": dict(KIND.inputs)}, current=KIND, in_use=True)


def test_empty_choice_becomes_the_first() -> None:
    """AWX replaces an empty value where the field has choices."""
    assert stored_inputs(KIND, {"app_id": "", "tls": ""}) == {"app_id": "", "tls": "check"}


def test_value_must_be_among_choices() -> None:
    """Choices limit the values of a credential."""
    assert inputs_errors(KIND, {"tls": "x"}) == {"tls": ["'x' is not one of ['check', 'skip']"]}


def test_required_field_stops_the_job() -> None:
    """Required fields are checked at the start of a job, names without a field never."""
    line = missing_at_start(Credential("c", KIND))
    assert line is not None
    assert line.endswith("required fields (app_id).")
    assert missing_at_start(Credential("c", KIND, {"app_id": "x"})) is None


def test_branch_needs_the_permission_of_the_project() -> None:
    """A template may only ask for a branch where its project lets it be overridden."""
    body = {
        "name": "x",
        "inventory": 1,
        "playbook": "playbooks/site.yml",
        "ask_scm_branch_on_launch": True,
    }
    assert "ask_scm_branch_on_launch" in validate_job_template(body, project=PROJECT)


def test_ignored_fields_are_named() -> None:
    """A survey in the body of a template does nothing."""
    assert unknown_fields({"name": "x", "survey_spec": {}, "forks": 1}) == ["survey_spec"]


def test_launch_ignores_what_is_not_asked() -> None:
    """A plain launch drops a field silently, a node is refused."""
    started = launch(template(), {"verbosity": 3, "job_type": "check"})
    assert (started.errors, started.ignored) == ({}, {"verbosity": 3})
    assert started.accepted == {"job_type": "check"}
    assert validate_node({"verbosity": 3}, template()) == {
        "verbosity": ["Field is not configured to prompt on launch."]
    }


def test_schedule_may_not_bring_variables_unasked() -> None:
    """Variables outside the survey need the template's permission."""
    rrule = "DTSTART:20260101T020000Z RRULE:FREQ=WEEKLY;INTERVAL=1"
    body = {"name": "weekly", "rrule": rrule, "extra_data": {"polyv_x": 1}}
    assert "extra_data" in validate_schedule(body, template())
    assert not validate_schedule(body, template(ask_variables_on_launch=True))
    assert not validate_schedule(body, template(extra_vars="polyv_x: 1"))


def test_slices_need_hosts() -> None:
    """One host cannot be sliced."""
    alone = JobTemplate({"name": "x", "ask_job_slice_count_on_launch": True}, PROJECT, Inventory("i", 1))
    assert "job_slice_count" in launch(alone, {"job_slice_count": 4}).errors


def test_bulk_launch_has_a_limit() -> None:
    """A hundred jobs may go in one bulk launch."""
    jobs = [{"unified_job_template": 1}] * 101
    assert validate_bulk_launch({"jobs": jobs}, templates=[1])
    assert not validate_bulk_launch({"jobs": jobs[:100]}, templates=[1])


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("DTSTART:20260101T020000 RRULE:FREQ=DAILY;INTERVAL=1", "naive"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=SECONDLY;INTERVAL=1", "SECONDLY"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO", "numeric prefix"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=DAILY;INTERVAL=1;COUNT=1000", "999"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=DAILY;INTERVAL=1;COUNT=1;UNTIL=20270101T000000Z", "both"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=SOMETIMES;INTERVAL=1", "parsing failed"),
        ("DTSTART:20260101T020000Z RRULE:FREQ=DAILY;INTERVAL=1 EXDATE:20260102T020000Z", "EXDATE"),
    ],
)
def test_recurrence_is_refused(rule: str, word: str) -> None:
    """Each of AWX's rules has its own complaint."""
    assert word in " ".join(rrule_complaints(rule))


def test_recurrence_may_end_in_local_time() -> None:
    """AWX reads an end without a zone in the zone of the start."""
    rule = "DTSTART;TZID=Asia/Shanghai:20260101T020000 RRULE:FREQ=DAILY;INTERVAL=1;UNTIL=20270101T020000"
    assert rrule_complaints(rule) == []


def test_cycle_is_found_where_awx_misses_it() -> None:
    """Our rule sees a cycle beside another root; AWX's does not."""
    nodes = {1: Node(), 2: Node(edges={"success_nodes": [3]}), 3: Node()}
    assert not validate_edge(nodes, 3, 2, "success_nodes")
    assert find_cycle({1: [], 2: [3], 3: [2]})
    assert not find_cycle({1: [2, 3], 2: [3], 3: []})


def test_awx_finds_a_cycle_without_another_root() -> None:
    """A cycle within reach of a root, or without any, is refused."""
    nodes = {1: Node(edges={"success_nodes": [2]}), 2: Node(edges={"always_nodes": [3]}), 3: Node()}
    assert validate_edge(nodes, 3, 2, "success_nodes") == {"Error": "Cycle detected."}
    assert validate_edge(nodes, 3, 1, "success_nodes") == {"Error": "Cycle detected."}
    assert validate_edge(nodes, 1, 2, "always_nodes") == {"Error": "Relationship not allowed."}


def test_whole_workflow_is_checked() -> None:
    """Edges, prompts and credentials of a declared workflow."""
    credentials = {"c": Credential("c", KIND, id=1)}
    good = [node("plan", "apply", job_type="check", credentials=[{"name": "c"}]), node("apply")]
    assert workflow_complaints(good, {"jt": template()}, credentials) == []
    bad = [node("plan", "nowhere"), node("apply", "apply", diff_mode=True), node("plan")]
    lines = "\n".join(workflow_complaints(bad, {"jt": template()}, credentials))
    for word in ("'plan' is repeated", "'nowhere'", "diff_mode", "cycle: apply > apply"):
        assert word in lines


def test_node_may_not_repeat_the_templates_credential() -> None:
    """The template's own credential is refused on a node."""
    credential = Credential("c", KIND, id=1)
    owner = template()
    owner.credentials.append(credential)
    lines = workflow_complaints([node("a", credentials=[{"name": "c"}])], {"jt": owner}, {"c": credential})
    assert lines == ["a: msg: Related template already uses c credential."]


def test_slices_deal_hosts_by_name() -> None:
    """Five hosts in three slices, as seen on AWX; never more slices than hosts."""
    hosts = ["ch4", "ch0", "ch3", "ch1", "ch2"]
    assert slices(hosts, 3) == [["ch0", "ch3"], ["ch1", "ch4"], ["ch2"]]
    assert slices(hosts, 10) == [["ch0"], ["ch1"], ["ch2"], ["ch3"], ["ch4"]]
    assert slices([], 3) == [[]]


def test_disabled_hosts_can_leave_a_slice_empty() -> None:
    """AWX counts disabled hosts for the number of slices, and deals only the others."""
    assert slices(["a", "b", "c"], 3, disabled=["b", "c"]) == [["a"], [], []]


def test_fields_that_mislead_are_named() -> None:
    """AWX accepts these types and does something else."""
    fields = [
        {"id": "verify", "label": "v", "type": "boolean", "default": True},
        {"id": "key", "label": "k", "secret": True, "default": "x"},
        {"id": "mode", "label": "m", "choices": ["a"], "default": "b"},
    ]
    advice = credential_type_advice(CredentialType("t", inputs={"fields": fields, "required": ["nope"]}))
    assert [line.split(":")[0] for line in advice] == [
        "required names nope, which is no field",
        "verify",
        "key",
        "mode",
    ]
    assert credential_type_advice(CredentialType("t", inputs={"fields": [{"id": "a", "label": "a"}]})) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"variable": "channel-name"}, "no name"),
        ({"min": 5, "max": 1}, "min exceeds max"),
        ({"type": "password", "default": "x"}, "a password has a default"),
        ({"type": "integer", "default": 9, "max": 5}, "never applies"),
        ({"type": "multiselect", "choices": ["a"], "default": "a"}, "never applies"),
    ],
)
def test_questions_that_mislead_are_named(changes: dict[str, Any], word: str) -> None:
    """AWX accepts these questions, and they do not work."""
    question = {"variable": "a", "question_name": "A", "type": "text", "required": False, "default": ""}
    assert not survey_advice([question])
    assert word in " ".join(survey_advice([{**question, **changes}]))


def test_playbooks_are_found_by_a_line(tmp_path: Path) -> None:
    """Files below roles and variables are no playbooks, whatever they hold."""
    for name in (
        "playbooks/site.yml",
        "roles/x/tests/test.yml",
        "host_vars/a.yml",
        ".github/x.yml",
        "vars.yml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n" if name == "vars.yml" else "- hosts: all\n")
    assert listed_playbooks(tmp_path) == ["playbooks/site.yml"]
