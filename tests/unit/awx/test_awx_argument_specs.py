"""Task arguments against the specs of awx.awx 24.6.1, which is fetched once where it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from awx_rules.argument_specs import argument_complaints, module_names, module_spec
from fetch_awx_collection import DEFAULT_DIRECTORY, fetch

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def collection() -> Path:
    """The collection's directory."""
    return fetch(Path(os.environ.get("AWX_COLLECTION_DIR", ROOT / DEFAULT_DIRECTORY)))


def complaints(collection: Path, module: str, /, **arguments: object) -> str:
    """All complaints about a task of one module."""
    return "; ".join(argument_complaints(module_spec(collection, module), arguments))


def test_every_module_tells_its_spec(collection: Path) -> None:
    """Each module but those for export and import, which need awxkit first, hands over a spec."""
    names = module_names(collection)
    assert len(names) == 47
    for name in names:
        assert "controller_host" in module_spec(collection, name).options, name


def test_right_arguments_pass(collection: Path) -> None:
    """Aliases, templates and connection options included."""
    survey = {"name": "", "description": "", "spec": []}
    assert not complaints(
        collection,
        "awx.awx.job_template",
        name="x",
        playbook="p.yml",
        survey_spec=survey,
        extra_vars={"a": 1},
        credentials=["c"],
        verbosity="{{ verbosity }}",
        forks="{{ forks }}",
        tower_host="https://awx",
        ask_job_type=True,
    )


def test_unknown_option_is_refused(collection: Path) -> None:
    """A key of the API that the module does not know."""
    assert "Unsupported parameters: colour" in complaints(collection, "project", name="x", colour="red")


def test_missing_required_option_is_refused(collection: Path) -> None:
    """Every object has a name."""
    assert "missing required arguments: name" in complaints(collection, "inventory", organization="o")


def test_wrong_type_is_refused(collection: Path) -> None:
    """Numbers must be numbers, unless a template is still to be rendered."""
    assert "forks" in complaints(collection, "job_template", name="x", forks="many")
    assert "inputs" in complaints(collection, "credential_type", name="x", inputs=["a"])


def test_wrong_choice_is_refused(collection: Path) -> None:
    """A kind of credential type that nobody may make."""
    assert "value of kind" in complaints(collection, "credential_type", name="x", kind="other")


def test_nodes_of_a_workflow_are_checked_within(collection: Path) -> None:
    """Unknown keys, choices and templates deep within a list of mappings."""

    def check(**node: object) -> str:
        return complaints(collection, "workflow_job_template", name="x", workflow_nodes=[node])

    target = {"name": "x", "type": "job_template", "organization": {"name": "o"}}
    related = {"success_nodes": [{"identifier": "b"}], "credentials": [{"name": "{{ c }}"}]}
    assert not check(identifier="a", unified_job_template=target, related=related, job_type="{{ t }}")
    assert "colour" in check(identifier="a", colour="red")
    assert "job_type" in check(identifier="a", job_type="scan")
    assert "colour" in check(identifier="a", unified_job_template={"name": "x", "colour": "red"})
    assert "missing required arguments: identifier" in check(job_type="run")


def test_rules_between_options_are_kept(collection: Path) -> None:
    """What only the code of a module says."""
    assert "mutually exclusive" in complaints(
        collection, "settings", name="A", value="b", settings={"A": "b"}
    )


def test_unknown_module_is_refused(collection: Path) -> None:
    """A module that the collection lacks."""
    with pytest.raises(LookupError, match="no module polyv"):
        module_spec(collection, "awx.awx.polyv")
