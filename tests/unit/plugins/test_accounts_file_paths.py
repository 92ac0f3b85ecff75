"""The accounts file through Ansible's DataLoader: vault, paths, and reading it once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError
from ansible_collections.polyv.live.plugins.plugin_utils._accounts import accounts_file
from ansible_collections.polyv.live.plugins.plugin_utils._accounts.accounts_file import (
    check_inventory,
    inline_accounts,
    load_accounts_file,
)

SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
ENTRY = {"name": "school-a", "app_id": "g4rqgmmjuo", "app_secret": SECRET}


class Vault:
    """A directory with vaulted files, and DataLoaders that know passwords."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lib = VaultLib([("default", VaultSecret(b"right"))])

    def encrypted(self, text: str) -> str:
        return str(self._lib.encrypt(text).decode())

    def written(self, text: str, name: str = "accounts.yml") -> str:
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def loader(self, *passwords: str) -> Any:
        loader: Any = DataLoader()
        loader.set_vault_secrets([("default", VaultSecret(password.encode())) for password in passwords])
        return loader

    def file(self, **entry: str) -> str:
        """An accounts file whose `entry` values are each encrypted."""
        lines = [
            f"    {key}: !vault |\n      " + self.encrypted(value).strip().replace("\n", "\n      ") + "\n"
            for key, value in entry.items()
        ]
        return self.written("accounts:\n  - name: school-a\n" + "".join(lines))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def test_a_vaulted_file_is_opened_in_memory(vault: Vault) -> None:
    path = vault.written(vault.encrypted(yaml.safe_dump({"accounts": [ENTRY]})))
    assert load_accounts_file(vault.loader("wrong", "right"), path).entry("school-a").app_secret == SECRET
    assert os.listdir(vault.directory) == ["accounts.yml"]


def test_single_vaulted_values_are_opened_when_they_are_asked_for(vault: Vault) -> None:
    path = vault.file(app_id="g4rqgmmjuo", app_secret=SECRET, user_id="1b448be323")
    entry = load_accounts_file(vault.loader("right"), path).entry("school-a")
    assert (entry.app_id, entry.app_secret, entry.user_id) == ("g4rqgmmjuo", SECRET, "1b448be323")


def test_json_has_ansibles_own_form_of_a_vaulted_value(vault: Vault) -> None:
    text = json.dumps({"accounts": [{**ENTRY, "app_secret": {"__ansible_vault": vault.encrypted(SECRET)}}]})
    assert (
        load_accounts_file(vault.loader("right"), vault.written(text)).entry("school-a").app_secret == SECRET
    )


@pytest.mark.parametrize(
    ("passwords", "said"),
    [((), "no vault password was given"), (("wrong",), "none of the vault passwords given opens it")],
)
def test_without_the_password_the_error_says_so(vault: Vault, passwords: tuple[str, ...], said: str) -> None:
    loader = vault.loader(*passwords)
    whole = vault.written(vault.encrypted("accounts: []"), "whole.yml")
    with pytest.raises(CredentialsError, match=f"whole.yml: the file is vault-encrypted and {said}"):
        load_accounts_file(loader, whole)
    entry = load_accounts_file(loader, vault.file(app_id="a", app_secret=SECRET)).entry("school-a")
    with pytest.raises(
        CredentialsError, match=f"account 'school-a': app_secret: the value is vault-encrypted and {said}"
    ):
        _unused = entry.app_secret


def test_a_damaged_vault_is_an_error(vault: Vault) -> None:
    for text in ("$ANSIBLE_VAULT", "$ANSIBLE_VAULT;1.1;AES256\nxyz\n", "$ANSIBLE_VAULT;1.1;AES256\n6162\n"):
        with pytest.raises(CredentialsError, match="or it is damaged"):
            load_accounts_file(vault.loader("right"), vault.written(text))


def test_a_vaulted_value_is_checked_once_it_is_open(vault: Vault) -> None:
    entry = load_accounts_file(vault.loader("right"), vault.file(app_id="a", app_secret="abc\n")).entry(
        "school-a"
    )
    with pytest.raises(CredentialsError, match=r"app_secret: holds U\+000A LINE FEED at position 4"):
        _unused = entry.app_secret


def test_a_file_is_read_once_until_it_changes(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    path = vault.written(yaml.safe_dump({"accounts": [ENTRY]}))
    first = load_accounts_file(vault.loader(), path)
    link = vault.directory / "link.yml"
    link.symlink_to(path)
    assert load_accounts_file(vault.loader(), str(link)) is first
    vault.written(yaml.safe_dump({"accounts": [{**ENTRY, "user_id": "1b448be323"}]}))
    assert load_accounts_file(vault.loader(), path).entry("school-a").user_id == "1b448be323"


def test_a_file_that_cannot_be_read_is_named(vault: Vault) -> None:
    with pytest.raises(CredentialsError, match=r"none\.yml: the accounts file can't be read: No such file"):
        load_accounts_file(vault.loader(), str(vault.directory / "none.yml"))


def test_only_an_ordinary_file_of_a_bounded_size_is_read(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = vault.directory / "pipe"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/zero", str(vault.directory)):
        for read in (load_accounts_file, check_inventory, inline_accounts):
            with pytest.raises(CredentialsError, match=f"{path}: must be an ordinary file"):
                read(vault.loader(), path)
    monkeypatch.setattr(accounts_file, "MOST_BYTES", 1 << 20)
    with pytest.raises(CredentialsError, match="the file is larger than 1 MB"):
        load_accounts_file(vault.loader(), vault.written("#" * (1 << 20) + "#"))


def test_an_inventory_file_is_only_checked_for_what_it_costs(vault: Vault) -> None:
    """The rest is for Ansible to read, which takes tags, merges and dates."""
    text = "plugin: polyv.live.polyv\n<<: {a: 1}\nx: !unsafe 2024-01-01\n"
    for harmless in (text, text + "\tbroken: yaml\n", '{"plugin":\t"x", "compose": {}}', ""):
        check_inventory(vault.loader(), vault.written(harmless))
    with pytest.raises(CredentialsError, match="line 4, column 9: the value contains itself"):
        check_inventory(vault.loader(), vault.written(text + "groups: &a [*a]\n"))
    with pytest.raises(CredentialsError, match="nested too deeply"):
        check_inventory(vault.loader(), vault.written('{"a":' * 100_000))


def test_of_an_inventory_file_only_the_accounts_are_read_strictly(vault: Vault) -> None:
    """And what they take from elsewhere by an alias."""
    text = (
        "plugin: polyv.live.polyv\ncompose: &c {x: 2024-01-01, <<: {a: 1}}\naccounts:\n  a: {user_id: '1'}\n"
    )
    assert [entry.name for entry in inline_accounts(vault.loader(), vault.written(text))] == ["a"]
    with pytest.raises(CredentialsError, match=r"line 2, column \d+: (YAML reads|merging)"):
        inline_accounts(vault.loader(), vault.written(text + "  b: {vars: *c}\n"))


def test_the_cache_keeps_no_more_than_one_version_of_a_file(vault: Vault) -> None:
    path = vault.written(yaml.safe_dump({"accounts": [ENTRY]}))
    for size in range(3):
        vault.written("\n" * size + yaml.safe_dump({"accounts": [ENTRY]}))
        load_accounts_file(vault.loader(), path)
    assert len([real for real in accounts_file._CACHE if real == os.path.realpath(path)]) == 1
