"""Which variables and which environment a job gets, and what is found of secrets in what AWX stores."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import yaml
from awx_rules.answers import hidden_variables, survey_launch_variables
from awx_rules.extra_vars import dump
from awx_rules.injection import MASK, render
from awx_rules.inventory_script import JobInventory, script_data
from awx_rules.leaks import find_leaks
from awx_rules.objects import Credential, CredentialType
from awx_rules.surveys import validate_survey

SECRET = "S3cr3tValue1234"


def question(variable: str, kind: str = "text", **keys: Any) -> dict[str, Any]:
    """A question that need not be answered."""
    return {"variable": variable, "question_name": variable, "type": kind, "required": False, **keys}


SURVEY = [
    question("text", default=""),
    question("limited", default="", min=1),
    question("number", "integer", default=""),
    question("scene", "multiplechoice", choices=["a", "b"], default="a"),
    question("unset", "multiplechoice", choices=["a", "b"], default=""),
    question("several", "multiselect", choices="a\nb", default="a\nb"),
    question("far", "integer", default=500, max=10),
    question("key", "password"),
]


def test_defaults_apply_only_where_they_would_pass() -> None:
    """An empty text is passed, an empty number or choice is absent, a multiselect default never applies."""
    assert survey_launch_variables(SURVEY, {}) == {"text": "", "scene": "a"}


def test_answers_replace_defaults() -> None:
    """Answers win; a variable outside the survey is dropped."""
    answers = {"scene": "b", "several": ["a"], "number": 3, "other": 1, "key": "$encrypted$"}
    passed = survey_launch_variables(SURVEY, answers)
    assert passed == {"text": "", "scene": "b", "several": ["a"], "number": 3}


def test_required_question_needs_an_answer_despite_its_default() -> None:
    """AWX does not take the default of a required question for an answer."""
    spec = [{**question("name", default="x"), "required": True}]
    with pytest.raises(ValueError, match="'name' value missing"):
        survey_launch_variables(spec, {})


def test_password_answers_are_hidden() -> None:
    """What AWX stores of a password answer is a placeholder."""
    assert hidden_variables(SURVEY, {"key": "x", "text": "y"}) == {"key": "$encrypted$", "text": "y"}


def test_kept_password_default_needs_a_previous_one() -> None:
    """The placeholder is accepted only for a default that AWX already has."""
    survey = {"name": "", "description": "", "spec": [question("key", "password", default="$encrypted$")]}
    assert "error" in validate_survey(survey)
    assert not validate_survey(survey, previous=survey)


def _plain(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    """The text of a tagged string."""
    return str(node.value)


def test_only_the_templates_own_variables_are_templates() -> None:
    """Answers are tagged as unsafe, names included."""
    text = dump({"own": "{{ a }}", "answer": "{{ b }}", "n": 1}, {"own": "{{ a }}"})
    assert text.splitlines()[:2] == ["own: '{{ a }}'", "!unsafe 'answer': !unsafe '{{ b }}'"]
    yaml.SafeLoader.add_constructor("!unsafe", _plain)
    assert yaml.safe_load(text) == {"own": "{{ a }}", "answer": "{{ b }}", "n": 1}


KIND = CredentialType(
    "Polyv",
    inputs={
        "fields": [
            {"id": "app_id", "label": "i", "type": "string"},
            {"id": "app_secret", "label": "s", "type": "string", "secret": True},
            {"id": "api_url", "label": "u"},
            {"id": "skip_tls", "label": "t", "type": "boolean", "default": True},
        ],
    },
    injectors={
        "env": {
            "APP_ID": "{{ app_id }}",
            "APP_SECRET": "{{ app_secret }}",
            "URL": "{{ api_url }}",
            "DEFAULT_URL": "{{ api_url | default('https://x', true) }}",
            "SKIP": "{{ skip_tls }}",
            "FILE": "{{ tower.filename.conf }}",
        },
        "file": {"template.conf": "{{ app_secret | tojson }}"},
        "extra_vars": {"auth": {"id": "{{ app_id }}", "list": ["{{ api_url }}"]}},
    },
)


def test_unset_fields_are_empty_and_booleans_false() -> None:
    """An empty string is still a variable of the environment; a boolean's default does not count."""
    written: list[str] = []
    inputs = {"app_id": "a1", "app_secret": 'quo"te', "api_url": ""}

    def write(text: str) -> str:
        written.append(text)
        return "/file"

    injected = render(Credential("c", KIND, inputs), write)
    assert injected.env == {
        "APP_ID": "a1",
        "APP_SECRET": 'quo"te',
        "URL": "",
        "DEFAULT_URL": "https://x",
        "SKIP": "False",
        "FILE": "/file",
    }
    assert (injected.stored_env["APP_SECRET"], injected.stored_env["APP_ID"]) == (MASK, "a1")
    assert [json.loads(text) for text in written] == ['quo"te']
    assert injected.extra_vars == {"auth": {"id": "a1", "list": [""]}}


def test_slice_keeps_its_hosts_and_all_groups() -> None:
    """Groups keep only hosts of the slice, their variables stay."""
    hosts: dict[str, dict[str, Any]] = {name: {"account": name} for name in ("a", "b", "c")}
    inventory = JobInventory(hosts, {"brand": {"hosts": ["a", "b"], "vars": {"x": 1}}}, {"y": 2})
    data = script_data(inventory, 2, 3)
    assert data["brand"] == {"hosts": ["b"], "vars": {"x": 1}}
    assert data["all"] == {"vars": {"y": 2}, "hosts": [], "children": ["brand"]}
    assert set(data["_meta"]["hostvars"]) == {"b"}
    assert data["_meta"]["hostvars"]["b"]["remote_host_id"] == 2


@pytest.mark.parametrize(
    "text",
    [
        f"x{SECRET}y",
        hashlib.md5(SECRET.encode()).hexdigest().upper(),
        hashlib.sha256(SECRET.encode()).hexdigest(),
        "https://host/path?a=1&sign=0AF3",
    ],
)
def test_leaks_are_found_wherever_they_lie(text: str) -> None:
    """Values, names of mappings and nested lists are searched; the report never holds the secret."""
    for stored in ({"a": [1, {"b": text}]}, {text: None}):
        leaks = find_leaks(stored, [SECRET])
        assert leaks
        assert SECRET not in str([leak.what for leak in leaks])


def test_secret_within_json_is_found() -> None:
    """Ansible caches facts as JSON within JSON, which escapes a quote twice."""
    stored = {"__payload__": json.dumps({"x": json.dumps(['quo"te\\12'])})}
    assert find_leaks(stored, ['quo"te\\12'])


def test_signature_field_is_found() -> None:
    """A parameter called sign with a digest in it is a signature, a masked one is not."""
    assert find_leaks({"params": {"sign": "0123456789ABCDEF" * 2}}, [])
    assert not find_leaks({"params": {"sign": "********"}, "url": "?design=1&sign=****"}, [SECRET])


def test_short_secret_is_refused() -> None:
    """A search for a few characters proves nothing."""
    with pytest.raises(ValueError, match="secret 1 is too short"):
        find_leaks({}, ["abc"])
