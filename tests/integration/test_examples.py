"""Every example that a user would copy: of the modules, run; of the READMEs, run or checked."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("polyv_*.py"))
DOCUMENTS = sorted(
    path
    for pattern in ("README.md", "roles/*/README*.md", "examples/*/README.md", "docs/*.md")
    for path in ROOT.glob(pattern)
)
IMAGES = {
    "flower.png": b"\x89PNG\r\n\x1a\n",
    "coffee.png": b"\x89PNG\r\n\x1a\n",
    "applause.jpg": b"\xff\xd8\xff",
}
VARIABLES = {
    **{f"{prefix}_{name}": value for prefix in ("polyv", "vault_polyv") for name, value in ACCOUNT.items()},
    **{f"{prefix}_{name}": value for prefix in ("reseller", "group") for name, value in ACCOUNT.items()},
    "vault_school_password": "Pa-ss-w0rd-9",
    "vault_teacher_password": "Pa-ss-w0rd-9",
    "vault_main_hall_password": "hall-81",
    "vault_polyv_auth_code": "vip-81",
    "vault_polyv_custom_key": "key-81",
    "school": {"user": ACCOUNT},
}
ENVIRON = {f"POLYV_{name.upper()}": value for name, value in ACCOUNT.items()}
# What an example says itself: it fails where something has drifted, and here it has.
FAILS = {"Fail the play where an account has drifted from the standard"}


@pytest.fixture
def way() -> str:
    """What an example says is the same for both."""
    return "worker"


def prepared(playbooks: Playbooks) -> list[str]:
    """Lays images, an inventory and a vault password beside the play; the options that name them."""
    files = playbooks.directory / "files"
    files.mkdir()
    for name, content in {**IMAGES, "flower-2.png": IMAGES["flower.png"]}.items():
        (files / name).write_bytes(content)
    (playbooks.directory / "hosts.yml").write_text("all: {hosts: {localhost: {ansible_connection: local}}}\n")
    (playbooks.directory / "vault-password").write_text("vault-Passw0rd-7Q\n")
    playbooks.variables.update({**VARIABLES, "ansible_python_interpreter": "{{ ansible_playbook_python }}"})
    return ["-i", "hosts.yml", "--vault-password-file", "vault-password"]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_run(playbooks: Playbooks, simulator: Simulator, module: str) -> None:
    text = importlib.import_module(f"ansible_collections.polyv.live.plugins.modules.{module}").EXAMPLES
    tasks: list[dict[str, Any]] = [{**task, "ignore_errors": True} for task in yaml.safe_load(text)]
    channel = {"channel_id": CHANNEL, "name": "Main hall"}
    simulator.alter(ACCOUNT["user_id"], group_account="Y", channels=[channel])
    run = playbooks.tasks(*tasks, options=prepared(playbooks), environ=ENVIRON)
    failed = {result.task for result in run.results if result.status == "failed"}
    assert failed <= FAILS, run.output
    assert run.results


def test_the_first_playbook_of_the_readme_runs_as_its_comments_say(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (play,) = re.findall(r"```yaml\n# first\.yml\n(.*?)```", text, re.DOTALL)
    (playbooks.directory / "first.yml").write_text(play, encoding="utf-8")
    options = prepared(playbooks)
    check = playbooks.run("first.yml", *options, "--check", "--diff")
    assert check.returncode == 0 and simulator.writes() == [], check.output
    assert playbooks.run("first.yml", *options, "--diff").returncode == 0
    assert "changed=0" in playbooks.run("first.yml", *options).output


def test_every_yaml_block_of_a_document_is_yaml_and_every_play_in_one_has_a_good_syntax(
    playbooks: Playbooks,
) -> None:
    plays = []
    for path in DOCUMENTS:
        for number, block in enumerate(
            re.findall(r"^ *```ya?ml\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.M | re.S)
        ):
            content = list(yaml.load_all(re.sub(r"!(unsafe|vault)", "", block), yaml.SafeLoader))
            # A play for the roles of infra.aap_configuration needs their collection.
            is_play = isinstance(content[0], list) and "hosts" in content[0][0] and "infra." not in block
            if is_play:
                plays.append(f"{path.parent.name}-{path.stem}-{number}.yml")
                (playbooks.directory / plays[-1]).write_text(block, encoding="utf-8")
    assert len(plays) > 2
    for play in plays:
        run = playbooks.run(play, "--syntax-check")
        assert run.returncode == 0, run.output
