"""The examples in the README of the role onboard, in both languages, run as they are printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from harness.accounts import ACCOUNT
from harness.fake_awx import FakeAwx
from harness.onboarding import RESELLER
from harness.playbook import Playbooks
from harness.simulator import Simulator

README = (Path(__file__).parent.parent.parent / "roles/onboard/README.md").read_text(encoding="utf-8")
USERS: dict[str, Any] = {
    "onboard_users": [{"email": "live@school.example.com", "mobile": "13800000000"}],
    **RESELLER,
}
# Stands for community.hashi_vault.
KV2_WRITE = """
import json
from ansible.module_utils.basic import AnsibleModule
module = AnsibleModule(argument_spec={"path": {"required": True}, "data": {"type": "dict", "no_log": True}})
json.dump(module.params, open("kept.json", "w"))
module.exit_json(changed=True)
"""


@pytest.fixture
def way() -> str:
    """One way is enough for examples."""
    return "worker"


def blocks(language: str, heading: str, kind: str) -> list[str]:
    """The examples below a heading."""
    part = README.split("# 中文\n")[language == "zh"]
    section = re.split(r"^##+ ", part.split(f"### {heading}\n")[1], flags=re.MULTILINE)[0]
    return re.findall(rf"```{kind}\n(.*?)```", section, flags=re.DOTALL)


def play(text: str, **more: Any) -> str:
    """The example as a playbook, where it only has variables."""
    content = yaml.safe_load(text)
    if isinstance(content, list):
        return text
    roles = [{"role": "polyv.live.onboard", "vars": {**more, **content}}]
    return yaml.safe_dump(
        [{"hosts": "localhost", "connection": "local", "gather_facts": False, "roles": roles}]
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_vault_file(playbooks: Playbooks, simulator: Simulator, language: str) -> None:
    here = playbooks.directory
    (here / "onboard.yml").write_text(play(*blocks(language, "vault_file", "yaml")))
    (here / "vault").write_text("vault-Passw0rd-7Q")
    (here / "inventory").mkdir()
    (here / "inventory/hosts.yml").write_text("all: {hosts: {school: }}")
    (command,) = blocks("en", "vault_file", "console")
    options = [word.replace("~/.vault", str(here / "vault")) for word in shlex.split(command)[2:]]
    options.remove("onboard.yml")
    environ = {f"POLYV_{name.upper()}": value for name, value in ACCOUNT.items()}
    for given in (options, [option for option in options if option != "--check"]):
        run = playbooks.run("onboard.yml", *given, environ=environ)
        assert run.returncode == 0, run.output
    vault = VaultLib([("default", VaultSecret(b"vault-Passw0rd-7Q"))])
    kept = yaml.safe_load(vault.decrypt((here / "inventory/host_vars/school/vault.yml").read_bytes()))
    assert kept["onboard_email"] == "live@school.example.com"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_awx_credential(playbooks: Playbooks, simulator: Simulator, language: str) -> None:
    awx = FakeAwx(playbooks.directory)
    (playbooks.directory / "onboard.yml").write_text(
        play(*blocks(language, "awx_credential", "yaml"), **USERS)
    )
    run = playbooks.run("onboard.yml", environ=awx.environ)
    assert run.returncode == 0, run.output
    assert list(awx.credentials) == ["Polyv live@school.example.com"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tasks(playbooks: Playbooks, simulator: Simulator, language: str) -> None:
    here = playbooks.directory
    environ = FakeAwx(here).environ
    modules = here / "collections/ansible_collections/community/hashi_vault/plugins/modules"
    modules.mkdir(parents=True)
    (modules / "vault_kv2_write.py").write_text(KV2_WRITE)
    variables, tasks = blocks(language, "tasks", "yaml")
    (here / "onboard.yml").write_text(play(variables, **USERS))
    (here / "keep_keys.yml").write_text(tasks)
    run = playbooks.run("onboard.yml", environ=environ)
    assert run.returncode == 0, run.output
    kept = yaml.safe_load((here / "kept.json").read_text())
    assert kept["path"] == "polyv/live@school.example.com"
    assert kept["data"]["registered"] is True
