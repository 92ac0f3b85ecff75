"""The encrypted file of variables: keys, merging, text, and how it reaches the disk."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.polyv.live.plugins.plugin_utils import _vault_file
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file import Keys, VaultFileError

SECRET = "s3cret-value"


def keys(*ids: str, chosen: str | None = None, usual: str | None = None) -> Keys:
    return Keys([(name, VaultSecret(f"password of {name}".encode())) for name in ids], chosen, usual)


def encrypted(path: Path, text: str, vault_id: str = "default") -> str:
    secret = VaultSecret(f"password of {vault_id}".encode())
    path.write_bytes(VaultLib([(vault_id, secret)]).encrypt(text, secret, vault_id))
    return str(path)


def read(path: str, with_keys: Keys | None = None) -> dict[str, Any]:
    return _vault_file.read(path, with_keys or keys("default")).variables


def test_without_a_password_the_ways_to_give_one_are_told() -> None:
    with pytest.raises(VaultFileError, match="--vault-password-file"):
        Keys([])


def test_a_blank_password_is_an_error_and_blanks_around_one_go() -> None:
    with pytest.raises(VaultFileError, match="vault_password: the option is blank"):
        Keys.of_password(" \n", None)
    ciphertext = Keys.of_password("pass\n", None).encrypt(b"text", None)
    assert Keys.of_password("pass", None).decrypt(ciphertext)[0] == b"text"


@pytest.mark.parametrize(
    ("ids", "chosen", "usual", "found", "expected"),
    [
        (("one",), None, None, None, "one"),
        (("one", "two"), "two", "one", "one", "two"),
        (("one", "two"), None, "one", "two", "two"),
        (("one", "two"), None, "two", None, "two"),
    ],
)
def test_which_vault_id_is_encrypted_under(
    ids: tuple[str, ...], chosen: str | None, usual: str | None, found: str | None, expected: str
) -> None:
    assert keys(*ids, chosen=chosen, usual=usual).encrypts(found) == expected
    header = keys(*ids, chosen=chosen, usual=usual).encrypt(b"text", found).splitlines()[0]
    assert header == f"$ANSIBLE_VAULT;1.2;AES256;{expected}".encode()


def test_several_ids_without_a_choice_and_an_unknown_one_are_errors() -> None:
    with pytest.raises(VaultFileError, match=r"several vault passwords \(one, two\)"):
        keys("one", "two").encrypts(None)
    with pytest.raises(VaultFileError, match="no vault password 'three', only one, two"):
        keys("one", "two", chosen="three")


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    values = {
        "text": "文 'quoted' \"twice\" # no comment",
        "template": "{{ lookup('env', 'HOME') }}",
        "number as text": "0123",
        "lines": "one\ntwo\n",
        "list": [1, True, None, {"deep": "yes"}, 6.5],
    }
    path = str(tmp_path / "vault.yml")
    _vault_file.write(path, keys("default").encrypt(_vault_file.dumped(values).encode(), None))
    assert read(path) == values
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["vault.yml"]


def test_text_like_a_template_is_marked_unsafe() -> None:
    assert _vault_file.dumped({"a": "{{ b }}", "c": "d"}) == '---\na: !unsafe "{{ b }}"\nc: d\n'


def test_the_text_does_not_depend_on_the_order() -> None:
    assert _vault_file.dumped({"a": 1, "b": 2}) == _vault_file.dumped({"b": 2, "a": 1})


def test_a_value_encrypted_inside_the_file_is_read(tmp_path: Path) -> None:
    inner = VaultLib([("default", VaultSecret(b"password of default"))]).encrypt("inner")
    text = "a: !vault |\n" + "".join(f"  {line}\n" for line in inner.decode().splitlines())
    assert read(encrypted(tmp_path / "vault.yml", text)) == {"a": "inner"}


def test_a_missing_file_holds_nothing(tmp_path: Path) -> None:
    assert _vault_file.read(str(tmp_path / "vault.yml"), keys("default")) is _vault_file.NOTHING


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a: {SECRET}\n b: [", "not plain YAML at line 2, column 3"),
        (f"- {SECRET}", "no mapping"),
        (SECRET, "no mapping"),
        ("", "no mapping"),
        (f"1: {SECRET}", "no mapping"),
        (f"a: !strange {SECRET}", "not plain YAML at line 1, column 4"),
        (f"a: {SECRET}\n---\nb: 1", "not plain YAML"),
        ("a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n", "!vault value in it can't be decrypted"),
    ],
)
def test_content_that_is_no_mapping_is_named_and_never_quoted(
    tmp_path: Path, text: str, message: str
) -> None:
    path = encrypted(tmp_path / "vault.yml", text)
    with pytest.raises(VaultFileError) as caught:
        read(path)
    assert message in str(caught.value)
    assert path in str(caught.value)
    assert SECRET not in str(caught.value)


def test_another_password_and_a_plain_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(VaultFileError, match="can't be decrypted"):
        read(encrypted(tmp_path / "vault.yml", "a: 1", "other"))
    (tmp_path / "plain.yml").write_text(f"a: {SECRET}")
    with pytest.raises(VaultFileError, match="is not encrypted"):
        read(str(tmp_path / "plain.yml"))
    (tmp_path / "broken.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\nno hex\n")
    with pytest.raises(VaultFileError, match="can't be decrypted"):
        read(str(tmp_path / "broken.yml"))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"id": "1", "secret": "new", "note": "mine"}),
        ({"keep": ["secret"]}, {"id": "1", "secret": "old", "note": "mine"}),
        ({"purge": True}, {"id": "1", "secret": "new"}),
        ({"purge": True, "keep": ["note", "absent"]}, {"id": "1", "secret": "new", "note": "mine"}),
        ({"identity": ["id"]}, {"id": "1", "secret": "new", "note": "mine"}),
    ],
)
def test_what_is_kept(options: dict[str, Any], expected: dict[str, str]) -> None:
    stored = {"id": "1", "secret": "old", "note": "mine"}
    assert _vault_file.merged(stored, {"id": "1", "secret": "new"}, **options) == expected


def test_nothing_of_somebody_elses_file_is_kept() -> None:
    stored = {"id": "1", "secret": "old", "note": "mine"}
    assert _vault_file.merged(stored, {"id": "2"}, keep=["secret"], identity=["id"]) == {"id": "2"}


def test_the_diff_names_what_becomes_of_each_variable() -> None:
    stored = _vault_file.Stored({"a": SECRET, "b": 1, "c": SECRET}, b"", "default", 0o644)
    shown = _vault_file.diff("/x", stored, {"a": SECRET, "b": True, "d": SECRET})
    assert json.loads(shown["before"]) == {"mode": "0644", "variables": dict.fromkeys("abc", "stored")}
    assert json.loads(shown["after"])["variables"] == {"a": "stored", "b": "changed", "d": "added"}
    assert SECRET not in str(shown)


def test_a_value_is_lost_when_replaced_or_removed_and_not_when_another_is_added() -> None:
    assert _vault_file.loses({"a": 1}, {"a": True})
    assert _vault_file.loses({"a": 1}, {})
    assert not _vault_file.loses({"a": 1}, {"a": 1, "b": 2})


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vault.yml"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        _vault_file.write(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["vault.yml"]


def test_missing_directories_get_the_mode_whatever_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        _vault_file.make_directories(str(tmp_path / "a" / "b"), 0o750)
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o750, 0o750]


def test_a_place_where_no_file_can_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VaultFileError, match="is no directory"):
        _vault_file.check_place(str(tmp_path / "file" / "deep" / "vault.yml"))
    with pytest.raises(VaultFileError, match="is no regular file"):
        _vault_file.check_place(str(tmp_path))
    _vault_file.check_place(str(tmp_path / "new" / "vault.yml"))


def test_the_file_is_yaml_that_anybody_can_read() -> None:
    assert yaml.safe_load(_vault_file.dumped({"a": "b"})) == {"a": "b"}
