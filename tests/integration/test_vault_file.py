"""polyv_vault_file, run by ansible-playbook: an encrypted file of variables on the controller."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from harness.playbook import Playbooks, Run

MODULE = "polyv.live.polyv_vault_file"
PASSWORD = "vault-Passw0rd-7Q"
SECRETS = ("sEcret-one-91", "sEcret-two-92", PASSWORD)
VARIABLES = {"account_app_id": "id1", "account_app_secret": SECRETS[0]}


def keep(task: str, path: Path | str, variables: Any = None, **options: Any) -> dict[str, Any]:
    given = {
        "path": str(path),
        "variables": VARIABLES if variables is None else variables,
        "vault_password": PASSWORD,
        **options,
    }
    return {"name": task, MODULE: given, "ignore_errors": True}


def content(path: Path, password: str = PASSWORD) -> Any:
    """The decrypted file."""
    vault = VaultLib([("default", VaultSecret(password.encode()))])
    return yaml.safe_load(vault.decrypt(path.read_bytes()))


def encrypt(path: Path, text: str, password: str = PASSWORD) -> None:
    secret = VaultSecret(password.encode())
    path.write_bytes(VaultLib([("default", secret)]).encrypt(text, secret))


def decrypted(path: Path) -> str:
    plaintext: bytes = VaultLib([("default", VaultSecret(PASSWORD.encode()))]).decrypt(path.read_bytes())
    return plaintext.decode()


def message(run: Run, task: str) -> str:
    assert run.result(task).status == "failed", run.output
    assert run.result(task).data["failure"]["kind"] in ("invalid_input", "local"), run.output
    return str(run.result(task).data["msg"])


@pytest.fixture
def way() -> str:
    """This one has no other way."""
    return "worker"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "host_vars" / "school" / "vault.yml"


@pytest.mark.smoke
def test_check_create_same_and_change(playbooks: Playbooks, path: Path) -> None:
    run = playbooks.tasks(
        {**keep("check", path), "check_mode": True},
        {"name": "nothing yet", "ansible.builtin.stat": {"path": str(path.parent)}},
        keep("create", path),
        keep("same", path),
        keep("change", path, {"account_app_secret": SECRETS[1], "note": "{{ 'a' }}"}),
        options=["-vvv", "--diff"],
    )
    assert not run.result("nothing yet").data["stat"]["exists"]
    assert [run.result(task).changed for task in ("check", "create", "same", "change")] == [
        True,
        True,
        False,
        True,
    ], run.output
    assert content(path) == {"account_app_id": "id1", "account_app_secret": SECRETS[1], "note": "a"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [directory.stat().st_mode & 0o777 for directory in (path.parent, path.parent.parent)] == [
        0o700
    ] * 2
    assert not any(secret in run.everything for secret in SECRETS)
    assert run.result("check").data["diff"] == run.result("create").data["diff"]
    assert run.result("change").diff("after")["variables"] == {
        "account_app_id": "stored",
        "account_app_secret": "changed",
        "note": "added",
    }
    assert run.result("change").data["variables"] == ["account_app_id", "account_app_secret", "note"]
    assert run.result("change").data["path"] == str(path)


def test_an_equal_file_is_not_touched(playbooks: Playbooks, path: Path) -> None:
    playbooks.tasks(keep("create", path))
    before = path.stat()
    playbooks.tasks(keep("same", path))
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_only_the_mode_of_an_equal_file_is_mended(playbooks: Playbooks, path: Path) -> None:
    playbooks.tasks(keep("create", path))
    path.chmod(0o644)
    inode = path.stat().st_ino
    run = playbooks.tasks({**keep("check", path), "check_mode": True}, keep("mend", path), keep("same", path))
    assert [result.changed for result in run.results] == [True, True, False]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_ino == inode


def test_keep_identity_required_purge_and_backup(playbooks: Playbooks, path: Path) -> None:
    other = {"account_app_id": "id2", "account_app_secret": SECRETS[1]}
    run = playbooks.tasks(
        keep("create", path, {**VARIABLES, "password": "pw-old", "note": "mine"}, backup=True),
        keep("keep", path, {**VARIABLES, "password": "pw-new"}, keep=["password"]),
        keep("lacking", path, {"account_app_id": "id2"}, identity=["account_app_id"], required=[*VARIABLES]),
        keep("other", path, other, identity=["account_app_id"], keep=["password"], backup=True),
        keep("extra", path, {"extra": 1}, backup=True),
        keep("purge", path, other, purge=True),
    )
    results = {result.task: result for result in run.results}
    assert [task for task, result in results.items() if result.changed] == [
        "create",
        "other",
        "extra",
        "purge",
    ]
    assert "would lack account_app_secret" in message(run, "lacking")
    assert content(path) == other
    backups = [Path(results[task].data["backup_file"]) for task in ("other", "extra")]
    assert [content(backup) for backup in backups] == [
        {**VARIABLES, "password": "pw-old", "note": "mine"},
        other,
    ]
    assert sorted(path.parent.iterdir()) == sorted([path, *backups])


def test_the_file_is_read_by_ansible_as_it_was_given(playbooks: Playbooks, path: Path) -> None:
    password_file = playbooks.directory / "password"
    password_file.write_text(PASSWORD + "\n")
    text = "{% raw %}{{ nobody }} 文: # x{% endraw %}"
    run = playbooks.tasks(
        keep("create", path, {"text": text}),
        {
            "name": "read",
            "ansible.builtin.include_vars": {"file": str(path), "name": "found"},
            "no_log": True,
        },
        {
            "name": "compare",
            "ansible.builtin.assert": {"that": "found.text == '{' ~ '{ nobody }' ~ '} 文: # x'"},
        },
        options=["--vault-password-file", str(password_file)],
    )
    assert run.returncode == 0, run.output


def test_ansibles_own_passwords_and_ids(playbooks: Playbooks, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"password of {name}")
    ids = [option for name in ("one", "two") for option in ("--vault-id", f"{name}@{tmp_path / name}")]

    def task(name: str, **options: Any) -> dict[str, Any]:
        built = keep(name, tmp_path / "vault.yml", **options)
        del built[MODULE]["vault_password"]
        return built

    run = playbooks.tasks(
        task("unclear"),
        task("unknown", vault_id="three"),
        task("create", vault_id="two"),
        task("change", variables={"a": 1}),
        options=ids,
    )
    assert "several vault passwords (one, two)" in message(run, "unclear")
    assert "no vault password 'three'" in message(run, "unknown")
    assert run.result("change").changed
    assert (tmp_path / "vault.yml").read_text().splitlines()[0] == "$ANSIBLE_VAULT;1.2;AES256;two"
    assert content(tmp_path / "vault.yml", "password of two") == {**VARIABLES, "a": 1}
    none = playbooks.tasks({**task("none"), "check_mode": True})
    assert "There is no vault password" in message(none, "none")


@pytest.mark.parametrize("check", [True, False])
def test_what_can_not_be_kept_fails_in_check_mode_too_and_stays(
    playbooks: Playbooks, tmp_path: Path, check: bool
) -> None:
    (tmp_path / "plain.yml").write_text("a: 1")
    os.mkfifo(tmp_path / "fifo")
    encrypt(tmp_path / "other.yml", "a: 1", "another")
    encrypt(tmp_path / "alias.yml", f"a: &x {SECRETS[0]}\nb: *x")
    files = {name: (tmp_path / name).read_bytes() for name in ("plain.yml", "other.yml", "alias.yml")}
    tasks = {
        "plain": (keep("plain", tmp_path / "plain.yml"), "is not encrypted"),
        "other": (keep("other", tmp_path / "other.yml"), "can't be decrypted"),
        "file": (keep("file", tmp_path / "plain.yml" / "vault.yml"), "is no directory"),
        "directory": (keep("directory", tmp_path), "is no regular file"),
        "blank": (keep("blank", tmp_path / "v.yml", vault_password=""), "option is blank"),
        "mode": (keep("mode", tmp_path / "v.yml", directory_mode="u=rwx"), "must be an octal mode"),
        "required": (keep("required", tmp_path / "v.yml", required=["b"]), "would lack b"),
        "fifo": (keep("fifo", tmp_path / "fifo"), "is no regular file"),
        "nul": (keep("nul", "a\0b"), "no path has U+0000"),
        "id": (keep("id", tmp_path / "v.yml", vault_id="zw\xf6lf"), "got 'zw\\xf6lf'. A file under that id"),
        "mask": (
            keep("mask", tmp_path / "v.yml", {"a": ["138********"]}),
            "variables: a holds what Ansible shows",
        ),
        "alias": (keep("alias", tmp_path / "alias.yml"), "an alias (*) at line 2. It was left as it is"),
    }
    run = playbooks.tasks(
        *({**task, "check_mode": check} for task, _unused in tasks.values()), options=["-vvv"]
    )
    for name, (_unused, expected) in tasks.items():
        assert expected in message(run, name)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    assert not (tmp_path / "v.yml").exists()
    assert not any(secret in run.everything for secret in SECRETS)
    assert "Traceback" not in run.output


def test_bad_arguments_are_named_without_the_values(playbooks: Playbooks, tmp_path: Path) -> None:
    run = playbooks.tasks(
        keep("no mapping", tmp_path / "v.yml", variables=f"{SECRETS[0]} {SECRETS[1]}"),
        keep("unknown option", tmp_path / "v.yml", secret=1),
        {"name": "no path", MODULE: {"variables": VARIABLES}, "ignore_errors": True},
        options=["-vvv"],
    )
    assert "variables" in message(run, "no mapping")
    assert "secret" in message(run, "unknown option")
    assert "path" in message(run, "no path")
    results = str([result.data for result in run.results])
    assert not any(secret in results for secret in SECRETS)


def test_a_link_stays_one_and_a_relative_path_starts_at_the_playbook(
    playbooks: Playbooks, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    os.symlink(tmp_path / "real" / "vault.yml", tmp_path / "vault.yml")
    run = playbooks.tasks(keep("link", "vault.yml"))
    assert run.returncode == 0, run.output
    assert (tmp_path / "vault.yml").is_symlink()
    assert content(tmp_path / "real" / "vault.yml") == VARIABLES


def test_it_stays_on_the_controller_whatever_the_connection(playbooks: Playbooks, path: Path) -> None:
    run = playbooks.tasks(
        keep("remote", path), hosts="far", options=["-i", "far,", "-e", "ansible_connection=ssh"]
    )
    assert run.result("remote").changed, run.output
    assert content(path) == VARIABLES


def test_hosts_at_once_lose_no_key(playbooks: Playbooks, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    hosts = [f"host{number}" for number in range(8)]
    task = keep(
        "all", tmp_path / "{{ ['real', 'link'] | random }}" / "vault.yml", "{{ {inventory_hostname: 1} }}"
    )
    options = ["-i", ",".join([*hosts, ""]), "-e", "ansible_connection=local", "--forks", "8"]
    run = playbooks.tasks(task, hosts="all", options=options)
    assert [result.changed for result in run.results] == [True] * 8, run.output
    assert content(tmp_path / "real" / "vault.yml") == dict.fromkeys(hosts, 1)
    assert os.listdir(tmp_path / "real") == ["vault.yml"]


def test_what_the_task_does_not_name_stays(playbooks: Playbooks, tmp_path: Path) -> None:
    inner = VaultLib([("default", VaultSecret(PASSWORD.encode()))]).encrypt("inner").decode()
    text = (
        "# ours\nurl: https://{{ brand }}.example.com # a template\nraw: !unsafe '{{ raw }}'\n"
        "inner: !vault |\n  " + "\n  ".join(inner.split()) + "\nlines: |+\n  text\n\n"
    )
    (tmp_path / "password").write_text(PASSWORD)
    encrypt(tmp_path / "vault.yml", text)
    run = playbooks.tasks(
        keep("add", tmp_path / "vault.yml", {"account_app_id": "id1"}),
        {"name": "read", "ansible.builtin.include_vars": {"file": str(tmp_path / "vault.yml")}},
        {"name": "show", "ansible.builtin.debug": {"msg": "{{ [url, inner] }}"}},
        options=["--vault-password-file", str(tmp_path / "password"), "-e", "brand=lotus"],
    )
    assert decrypted(tmp_path / "vault.yml") == text + 'account_app_id: "id1"\n'
    assert run.result("show").data["msg"] == ["https://lotus.example.com", "inner"], run.output


def test_nothing_is_written_below_a_collection_that_a_playbook_is_called_from(
    playbooks: Playbooks, tmp_path: Path
) -> None:
    directory = tmp_path / "ansible_collections" / "acme" / "fleet" / "playbooks"
    directory.mkdir(parents=True)
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [keep("below", "vault.yml")]}
    (directory / "keep.yml").write_text(yaml.safe_dump([play]))
    paths = f"{tmp_path}:{os.environ['ANSIBLE_COLLECTIONS_PATH']}"
    run = playbooks.run("acme.fleet.keep", environ={"ANSIBLE_COLLECTIONS_PATH": paths})
    assert "path: got 'vault.yml', which starts at the directory of the playbook" in message(run, "below")
    assert os.listdir(directory) == ["keep.yml"]
