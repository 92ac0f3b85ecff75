"""The encrypted file of variables: its keys, what it holds and what it shall hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file import disk, stored_file
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.document import Document
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.keys import Keys
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.stored_file import Plan, Stored

SECRET = "s3cret-value"


def keys(*ids: str, chosen: str | None = None, usual: str | None = None) -> Keys:
    return Keys([(name, VaultSecret(f"password of {name}".encode())) for name in ids], chosen, usual)


def encrypted(path: Path, text: str | bytes, vault_id: str = "default") -> str:
    secret = VaultSecret(f"password of {vault_id}".encode())
    path.write_bytes(VaultLib([(vault_id, secret)]).encrypt(text, secret, vault_id))
    return str(path)


def read(path: str, with_keys: Keys | None = None) -> dict[str, Any]:
    return stored_file.read(path, with_keys or keys("default")).variables


def test_a_blank_password_is_an_error_and_blanks_around_one_go() -> None:
    with pytest.raises(PolyvError, match="vault_password: the option is blank"):
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
    assert keys(*ids, chosen=chosen, usual=usual).encryption_id(found) == expected
    header = keys(*ids, chosen=chosen, usual=usual).encrypt(b"text", found).splitlines()[0]
    assert header == f"$ANSIBLE_VAULT;1.2;AES256;{expected}".encode()


@pytest.mark.parametrize(
    "vault_id",
    ["zw\xf6lf", "a;b", "a b", "a\nb", "a\rb", "a\u2028b", "a\u200bb", "a\x7f", "x" * 201, "\ud800"],
)
def test_an_id_that_no_header_can_hold_is_refused(vault_id: str) -> None:
    secret = VaultSecret(b"password")
    for build in (
        lambda: Keys.of_password("password", vault_id),
        lambda: Keys([(vault_id, secret)]).encrypt(b"text", None),
        lambda: Keys([(vault_id, secret), ("b", secret)], usual=vault_id).encrypt(b"text", None),
    ):
        with pytest.raises(PolyvError, match=r"^vault_id: got '.*could not be decrypted again") as caught:
            build()
        assert str(caught.value).isascii()


def test_a_value_encrypted_inside_the_file_is_read(tmp_path: Path) -> None:
    inner = VaultLib([("default", VaultSecret(b"password of default"))]).encrypt("inner")
    text = "a: !vault |\n" + "".join(f"  {line}\n" for line in inner.decode().splitlines())
    assert read(encrypted(tmp_path / "vault.yml", text)) == {"a": "inner"}


def test_a_missing_file_holds_nothing(tmp_path: Path) -> None:
    assert read(str(tmp_path / "vault.yml")) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"a: {SECRET}\n b: [".encode(), "not plain YAML at line 2, column 3"),
        (f"a: {SECRET}\xff".encode("latin-1"), "not UTF-8"),
        (b"a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n", "!vault value in it can't be decrypted"),
    ],
)
def test_content_that_is_no_mapping_is_named_and_never_quoted(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = encrypted(tmp_path / "vault.yml", content)
    with pytest.raises(PolyvError) as caught:
        read(path)
    assert message in str(caught.value)
    assert path in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_broken_vault_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\nno hex\n")
    with pytest.raises(PolyvError, match="can't be decrypted"):
        read(str(tmp_path / "broken.yml"))


def planned(stored: dict[str, Any], variables: dict[str, Any], **options: Any) -> Plan:
    document = Document(yaml.safe_dump(stored), str)
    raw = (b"", os.stat(__file__))
    return stored_file.planned("/x", Stored(document, raw, "default"), variables, **options)


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
    plan = planned(stored, {"id": "1", "secret": "new"}, **options)
    assert plan.variables == expected
    assert set(plan.wanted) == set(expected)


def test_nothing_of_somebody_elses_file_is_kept() -> None:
    stored = {"id": "1", "secret": "old", "note": "mine"}
    assert planned(stored, {"id": "2"}, keep=["secret"], identity=["id"]).variables == {"id": "2"}


def test_text_like_a_template_is_marked_unsafe_and_a_template_of_the_file_is_not() -> None:
    plan = planned({"url": "https://{{ brand }}.example.com"}, {"a": "{{ b }}"})
    assert plan.document is not None
    assert plan.document.text == 'url: https://{{ brand }}.example.com\na: !unsafe "{{ b }}"\n'


@pytest.mark.parametrize(
    "hidden",
    ["138********", ["VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"], {"a": {"$REDACTED$": 1}}],
)
def test_what_stands_for_a_hidden_value_is_not_stored(hidden: Any) -> None:
    with pytest.raises(PolyvError, match="variables: email holds what Ansible shows in the place"):
        stored_file.check_values({"name": "******* seven", "email": hidden})


def test_a_stored_value_that_stands_for_a_hidden_one_is_told_and_can_be_replaced() -> None:
    stored = {"email": "138********", "password": "********"}
    plan = planned(stored, {"password": "new"}, keep=["password"])
    assert plan.variables == {**stored, "password": "new"}
    assert plan.warnings[0].startswith("/x: email holds asterisks")


def test_half_of_a_surrogate_pair_is_an_error() -> None:
    with pytest.raises(PolyvError, match="'note' holds half of a surrogate pair"):
        stored_file.check_values({"note": ["\ud800"]})


def test_a_file_that_would_be_too_large_to_read_again_is_an_error() -> None:
    with pytest.raises(PolyvError, match="would be larger than"):
        planned({}, {"a": "x" * (disk.MAX_SIZE // 4)})
