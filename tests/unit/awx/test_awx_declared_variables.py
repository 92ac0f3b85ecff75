"""Every answer and every variable of a template is one that its play really reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from awx_declared import AWX, ROOT

CONDITIONS = ("when", "that", "until", "changed_when", "failed_when")


class _Loader(yaml.SafeLoader):
    """Reads what Ansible reads: its tags mark plain text."""


_Loader.add_multi_constructor("!", lambda _loader, _suffix, node: node.value)


def load(path: Path) -> Any:
    """A YAML file of the repository."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


SURVEYS = load(AWX / "vars" / "surveys.yml")
TEMPLATES = load(AWX / "vars" / "job_templates.yml")
ROLLOUT, ONBOARD = TEMPLATES["__polyv_awx_rollout"], TEMPLATES["__polyv_awx_onboard"]
STANDARD = AWX / "project" / "inventory" / "group_vars" / "polyv_accounts.yml"


def expressions(node: Any, key: str = "") -> Iterator[str]:
    """What Ansible evaluates in a playbook: the inside of every template, and conditions, which have no braces."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from expressions(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from expressions(value, key)
    elif isinstance(node, str):
        yield from re.findall(r"\{\{(.*?)\}\}", node, re.DOTALL)
        if key in CONDITIONS:
            yield node


def read_by(playbook: str) -> set[str]:
    """The variables that a playbook reads in its plays, in the playbook it begins with, and in the tasks that it includes."""
    first = ROOT / "playbooks" / "look_for_accounts.yml"
    files = [ROOT / playbook, first, *(ROOT / "playbooks" / "tasks").glob("*.yml")]
    # Strings do not count.
    texts = [re.sub(r"'[^']*'", "", text) for path in files for text in expressions(load(path))]
    return set(re.findall(r"[A-Za-z_]\w*", " ".join(texts)))


def options_of(role: str) -> dict[str, Any]:
    """The variables that a role declares."""
    specs = load(ROOT / "roles" / role / "meta" / "argument_specs.yml")
    options: dict[str, Any] = specs["argument_specs"]["main"]["options"]
    return options


@pytest.mark.parametrize(("survey", "template"), [("rollout", ROLLOUT), ("onboard", ONBOARD)])
def test_answers_are_read(survey: str, template: dict[str, Any]) -> None:
    """Each question's variable is in an expression of the play, and none would win over the inventory in a role."""
    asked = {question["variable"] for question in SURVEYS[f"polyv_awx_survey_{survey}"]["spec"]}
    assert asked - read_by(template["playbook"]) == set()
    assert not asked & (set(options_of("account")) | set(options_of("onboard")))


@pytest.mark.parametrize(("template", "role"), [(ROLLOUT, "account"), (ONBOARD, "onboard")])
def test_template_variables_are_read(template: dict[str, Any], role: str) -> None:
    """Extra variables are options of the role, none of them a secret, or variables of the playbook."""
    options = options_of(role)
    # One expression, whose mapping has the names as its keys.
    names = re.findall(r"'(\w+)':", template["extra_vars"])
    assert names
    for name in names:
        assert name in options or name in read_by(template["playbook"]), name
        assert not options.get(name, {}).get("no_log")


def test_standard_is_made_of_the_roles_variables() -> None:
    """The set-up that a project begins with is that of the plugin's group of all accounts, and changes nothing.

    AWX merges what a source says of `all` into the inventory for ever, and a null there would displace its variables.
    """
    assert list(STANDARD.parent.iterdir()) == [STANDARD]
    assert load(STANDARD) == {}
    text = STANDARD.read_text(encoding="utf-8")
    assert set(re.findall(r"^# +(account_\w+):", text, re.MULTILINE)) <= set(options_of("account"))


def test_project_has_the_same_paths_as_the_repository() -> None:
    """So one job template fits both."""
    for template in (ROLLOUT, ONBOARD):
        own = load(AWX / "project" / template["playbook"])
        fqcn = "polyv.live." + Path(template["playbook"]).stem
        assert [play["ansible.builtin.import_playbook"] for play in own] == [fqcn]
        assert (ROOT / template["playbook"]).is_file()


def test_nothing_that_awx_runs_needs_a_vault_password() -> None:
    """No template names a vault credential, and nothing in awx/ is encrypted."""
    assert "vault" not in str(TEMPLATES).lower()
    for path in AWX.rglob("*.yml"):
        assert "$ANSIBLE_VAULT" not in path.read_text(encoding="utf-8"), path
