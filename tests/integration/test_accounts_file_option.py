"""The options accounts_file and account: a set of credentials that is read on the controller when the task runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_weixin_share"
URL = "https://share.example.com/live"
VAULT_PASSWORD = "only for this test"


@pytest.fixture
def accounts(playbooks: Playbooks, simulator: Simulator) -> Path:
    """An accounts file beside the play. The second entry says where its API is, the first relies on the option."""
    first = {"name": "school", **ACCOUNT}
    second = {"name": "company", **OTHER_ACCOUNT, "api_url": simulator.url}
    path = playbooks.directory / "accounts.json"
    path.write_text(json.dumps({"accounts": [first, second]}))
    return path


def task(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"url": URL, **options}, "ignore_errors": True}


def test_the_entry_is_the_account_of_the_task(
    playbooks: Playbooks, simulator: Simulator, accounts: Path
) -> None:
    run = playbooks.tasks(
        task("by option", accounts_file="accounts.json", account="school"),
        task("by path", accounts_file=str(accounts), account="company", api_url="http://127.0.0.1:9"),
    )
    found = [(result.data["changed"], result.data["account"]) for result in run.results]
    assert found == [
        (True, {"source": "accounts_file", "user_id": ACCOUNT["user_id"]}),
        (True, {"source": "accounts_file", "user_id": OTHER_ACCOUNT["user_id"]}),
    ], run.output
    for account in (ACCOUNT, OTHER_ACCOUNT):
        assert simulator.account(account["user_id"])["weixin_share_url"] == URL
        assert account["app_secret"] not in run.everything


def test_the_environment_may_name_the_file(playbooks: Playbooks, accounts: Path) -> None:
    run = playbooks.tasks(
        task("company", account="company"),
        environ={"POLYV_ACCOUNTS_FILE": str(accounts), "POLYV_APP_ID": "other", "POLYV_APP_SECRET": "other"},
    )
    assert run.result("company").data["account"]["user_id"] == OTHER_ACCOUNT["user_id"], run.output


@pytest.mark.parametrize("in_process", [True, False])
def test_the_environment_of_a_play_or_task_may_name_it_too(
    playbooks: Playbooks, accounts: Path, in_process: bool
) -> None:
    run = playbooks.tasks(
        task("of the play", account="company"),
        {
            **task("of the task", account="company"),
            "environment": {"POLYV_ACCOUNTS_FILE": "{{ 'absent' }}.yml"},
        },
        environment=[{"POLYV_ACCOUNTS_FILE": "accounts.json"}],
        vars={"polyv_in_process": in_process},
        environ={"POLYV_ACCOUNTS_FILE": "/nowhere"},
    )
    assert run.result("of the play").data["account"]["user_id"] == OTHER_ACCOUNT["user_id"], run.output
    assert str(playbooks.directory / "absent.yml") in run.result("of the task").data["msg"]


def test_a_relative_path_starts_at_the_working_directory_however_it_comes(
    playbooks: Playbooks, accounts: Path
) -> None:
    """And not at the playbook, where it led before."""
    below = playbooks.directory / "below"
    (below / "files").mkdir(parents=True)
    accounts.rename(below / "files/accounts.json")
    plays = [{"hosts": "localhost", "gather_facts": False, "tasks": [task("it", account="company")]}]
    (below / "play.yml").write_text(json.dumps(plays))
    run = playbooks.run("below/play.yml", environ={"POLYV_ACCOUNTS_FILE": "accounts.json"})
    assert run.result("it").data["failure"]["kind"] == "credentials"
    for place in ("accounts.json", "below/files/accounts.json"):
        assert f"{playbooks.directory}/{place}" in run.result("it").data["msg"]
    (below / "files/accounts.json").rename(accounts)
    run = playbooks.run("below/play.yml", environ={"POLYV_ACCOUNTS_FILE": "accounts.json"})
    assert run.result("it").data["account"]["user_id"] == OTHER_ACCOUNT["user_id"], run.output


def test_credentials_in_the_options_win_and_the_file_is_not_touched(playbooks: Playbooks) -> None:
    run = playbooks.tasks(task("both", accounts_file="missing.yml", account="school", **ACCOUNT))
    assert run.result("both").data["account"] == {"source": "options", "user_id": ACCOUNT["user_id"]}


def test_without_an_account_the_environment_is_used(playbooks: Playbooks, accounts: Path) -> None:
    environ = {
        "POLYV_ACCOUNTS_FILE": str(accounts),
        "POLYV_APP_ID": ACCOUNT["app_id"],
        "POLYV_APP_SECRET": ACCOUNT["app_secret"],
    }
    run = playbooks.tasks(task("environment"), environ=environ)
    assert run.result("environment").data["account"] == {
        "source": "environment",
        "user_id": ACCOUNT["user_id"],
    }


def test_an_encrypted_file_is_opened_in_memory(playbooks: Playbooks, accounts: Path) -> None:
    password = playbooks.directory / "password"
    password.write_text(VAULT_PASSWORD)
    vault = str(Path(sys.executable).parent / "ansible-vault")
    subprocess.run([vault, "encrypt", "--vault-password-file", str(password), str(accounts)], check=True)
    run = playbooks.tasks(
        task("encrypted", accounts_file="accounts.json", account="school"),
        options=["--vault-password-file", str(password)],
    )
    assert run.result("encrypted").data["account"]["user_id"] == ACCOUNT["user_id"], run.output
    closed = playbooks.tasks(task("closed", accounts_file="accounts.json", account="school"))
    assert closed.result("closed").data["failure"]["kind"] == "credentials"
    assert "vault" in closed.result("closed").data["msg"].lower()


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no file": ({"account": "school"}, "accounts_file: account 'school' is given, but no file"),
    "no account": ({"accounts_file": "accounts.json"}, "account: must name the entry"),
    "blank account": ({"accounts_file": "accounts.json", "account": " "}, "account: must name the entry"),
    "blank file": (
        {"accounts_file": "", "account": "school"},
        "accounts_file: account 'school' is given, but no file",
    ),
    "missing file": ({"accounts_file": "absent.yml", "account": "school"}, "absent.yml"),
    "unknown account": ({"accounts_file": "accounts.json", "account": "schol"}, "'school'"),
    "half given beside it": (
        {"accounts_file": "accounts.json", "account": "school", "app_id": "x"},
        "Half a set of credentials in the options",
    ),
    "broken file": ({"accounts_file": "broken.yml", "account": "school"}, "broken.yml, line 4, column "),
}


def test_what_is_wrong_with_the_file_or_the_name_is_said_before_any_request(
    playbooks: Playbooks, simulator: Simulator, accounts: Path
) -> None:
    secret = "a-secret-that-nobody-may-see"
    broken = f"accounts:\n  - name: school\n    app_secret: [{secret}\n    app_id: x\n"
    (playbooks.directory / "broken.yml").write_text(broken)
    run = playbooks.tasks(*(task(name, **options) for name, (options, _unused) in BAD.items()))
    for name, (_unused, text) in BAD.items():
        data = run.result(name).data
        assert text in data["msg"], name
        assert data["failure"]["kind"] == "credentials", name
    assert simulator.requests() == []
    assert secret not in run.everything
