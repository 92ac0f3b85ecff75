"""The argument specs of awx.awx 24.6.1, as far as our objects rely on them."""

from __future__ import annotations

from pathlib import Path

from awx_rules.argument_specs import argument_complaints, module_spec


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
