"""The rules agree with the answers of a real AWX 24.6.1.

`recordings.jsonl` holds requests about the kinds of objects that we ship. What AWX refused differs from what it accepted in
one place, so a rule that refuses the same does so for the same reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from awx_declared import ROOT
from awx_rules import credentials, schedules, surveys, templates
from awx_rules.credentials import CredentialType

Body = dict[str, Any]
LINES = (ROOT / "tests" / "awx" / "recordings.jsonl").read_text(encoding="utf-8").splitlines()
RECORDINGS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
BODIES: dict[str, Body] = {recording["label"]: recording["body"] for recording in RECORDINGS}
#: The objects on that AWX.
PROJECTS = {7: {"scm_type": "", "allow_override": False}, 20: {"scm_type": "git", "allow_override": True}}
TYPE = CredentialType("Polyv Live API", BODIES["ct good"]["inputs"])
SURVEY = BODIES["survey good again"]
TEMPLATE = {**BODIES["jt good"], "survey_spec": SURVEY}


def variables(body: Body, key: str) -> Body:
    """A body in the shape of awx.awx, which makes the text that the API wants of variables itself."""
    return {**body, key: yaml.safe_load(body.get(key) or "{}")}


def judge_template(body: Body) -> list[str]:
    project = PROJECTS.get(body.get("project", 0))
    return templates.template_complaints(variables(body, "extra_vars"), project, ["playbooks/site.yml"])


def judge_source(body: Body) -> list[str]:
    return templates.source_complaints(
        variables(body, "source_vars"), PROJECTS.get(body.get("source_project", 0))
    )


def judge_launch(body: Body) -> list[str]:
    try:
        surveys.launch_variables(SURVEY["spec"], body.get("extra_vars", {}))
    except ValueError as error:
        return [str(error)]
    return []


#: The end of a path, and the rule for what is sent there.
RULES: dict[str, Callable[[Body], list[str]]] = {
    "/credential_types/": credentials.type_complaints,
    "/api/v2/credentials/": lambda body: credentials.credential_complaints(body, TYPE),
    "/job_templates/": judge_template,
    # The template had a credential of the same type already.
    "/8/credentials/": lambda _body: templates.type_conflicts([TYPE.name, TYPE.name]),
    "/survey_spec/": surveys.survey_complaints,
    "/launch/": judge_launch,
    "/schedules/": lambda body: (
        schedules.rrule_complaints(body["rrule"]) + templates.prompt_complaints(body, TEMPLATE)
    ),
    "/workflow_nodes/": lambda body: templates.prompt_complaints(body, TEMPLATE, answers_follow=True),
    "/inventory_sources/": judge_source,
}


@pytest.mark.parametrize("recording", RECORDINGS, ids=list(BODIES))
def test_rule_refuses_what_awx_refused(recording: dict[str, Any]) -> None:
    """Nothing more and nothing less; survey answers in the words of AWX."""
    (rule,) = [rule for path, rule in RULES.items() if recording["path"].endswith(path)]
    complaints = rule(recording["body"])
    assert bool(complaints) == (recording["status"] >= 400), complaints
    if recording["path"].endswith("/launch/") and complaints:
        assert complaints == recording["error"]["variables_needed_to_start"]
