"""Both ways to apply: apply.yml sends the items as they are, and infra.aap_configuration gets the same items."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from awx_declared import AWX, LISTS, Lists, play
from awx_rules.argument_specs import argument_complaints, module_spec

TASKS = {
    next(name for name in task if name.startswith("awx.awx.")): task
    for task in play()["tasks"]
    if any(name.startswith("awx.awx.") for name in task)
}


def test_every_list_is_applied_by_one_task() -> None:
    """No list is forgotten, and none is applied twice."""
    loops = {task["loop"]: name for name, task in TASKS.items()}
    assert loops == {
        "{{ polyv_awx_" + name + " }}": f"awx.awx.{module}" for name, (module, _infra) in LISTS.items()
    }


@pytest.mark.parametrize("module", TASKS)
def test_task_sends_what_the_item_says(module: str) -> None:
    """Every argument is the item's key of the same name, left out where the item lacks it."""
    for option, value in TASKS[module][module].items():
        expected = "{{ item.name }}" if option == "name" else f"{{{{ item.{option} | default(omit) }}}}"
        assert value == expected


def test_every_key_of_every_item_is_sent(rendered: Mapping[str, Lists]) -> None:
    """A key that the task does not know would be lost without a word."""
    for name, (module, _infra) in LISTS.items():
        assert rendered["apply"][name], name
        for item in rendered["apply"][name]:
            assert set(item) <= set(TASKS[f"awx.awx.{module}"][f"awx.awx.{module}"]), item["name"]


@pytest.mark.parametrize("name", LISTS)
def test_arguments_fit_the_module(name: str, rendered: Mapping[str, Lists], collection: Path) -> None:
    """The options, types, choices and rules of awx.awx 24.6.1."""
    spec = module_spec(collection, LISTS[name][0])
    for item in rendered["apply"][name]:
        assert argument_complaints(spec, item) == [], item["name"]


def test_infra_gets_the_same_items(rendered: Mapping[str, Lists]) -> None:
    """Only the braces of injectors are written as its role wants them, in braces that it turns back."""
    for name in LISTS:
        text = json.dumps(rendered["infra"][name])
        assert json.loads(text.replace("{  {", "{{")) == rendered["apply"][name], name
    assert "{{" not in json.dumps(rendered["infra"]["credential_types"])
    assert "{  {" not in json.dumps(rendered["apply"])


def test_secrets_are_hidden_and_nothing_else() -> None:
    """Only the task whose items hold secrets is hidden, so that a diff of the others can be read."""
    assert [name for name, task in TASKS.items() if task.get("no_log")] == ["awx.awx.credential"]
    infra: Any = (AWX / "infra_aap_configuration.yml").read_text(encoding="utf-8")
    assert "aap_configuration_secure_logging: true" in infra


def test_each_task_has_its_tag() -> None:
    """Named as its list, so that a single kind can be applied."""
    assert [task["tags"] for task in TASKS.values()] == [[name] for name in LISTS]


def complaints(collection: Path, module: str, /, **arguments: object) -> str:
    """All complaints about a task of one module."""
    return "; ".join(argument_complaints(module_spec(collection, module), arguments))


def test_arguments_are_checked(collection: Path) -> None:
    """Unknown options, types, choices, what is required, and rules between options that only the code has."""
    assert not complaints(collection, "job_template", name="x", playbook="p.yml", ask_job_type=True)
    assert "Unsupported parameters: colour" in complaints(collection, "project", name="x", colour="red")
    assert "missing required arguments: name" in complaints(collection, "inventory", organization="o")
    assert "forks" in complaints(collection, "job_template", name="x", forks="many")
    assert "value of kind" in complaints(collection, "credential_type", name="x", kind="other")
    both = complaints(collection, "settings", name="A", value="b", settings={"A": "b"})
    assert "mutually exclusive" in both


def test_nodes_of_a_workflow_are_checked_within(collection: Path) -> None:
    """Unknown keys and choices deep within a list of mappings."""

    def check(**node: object) -> str:
        return complaints(collection, "workflow_job_template", name="x", workflow_nodes=[node])

    target = {"name": "x", "type": "job_template", "organization": {"name": "o"}}
    related = {"success_nodes": [{"identifier": "b"}]}
    assert not check(identifier="a", unified_job_template=target, related=related)
    assert "job_type" in check(identifier="a", job_type="scan")
    assert "colour" in check(identifier="a", unified_job_template={"name": "x", "colour": "red"})
    assert "missing required arguments: identifier" in check(job_type="run")
