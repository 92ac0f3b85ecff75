"""The accounts file: what is accepted, what is refused and where, and that nothing of it is ever quoted."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError
from ansible_collections.polyv.live.plugins.plugin_utils._accounts import document
from ansible_collections.polyv.live.plugins.plugin_utils._accounts.accounts_file import AccountsFile

PATH = "fleet/accounts.yml"
SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
ENTRY = {"name": "school-a", "app_id": "g4rqgmmjuo", "app_secret": SECRET}
HEADER = "accounts:\n  - name: school-a\n    app_id: g4rqgmmjuo\n"


def refuse(ciphertext: str) -> str:
    raise CredentialsError("is vault-encrypted")


def read(text: str | bytes) -> AccountsFile:
    content = text.encode() if isinstance(text, str) else text
    return AccountsFile(PATH, content, refuse)


def of(*accounts: Any) -> AccountsFile:
    return read(yaml.safe_dump({"accounts": list(accounts)}, sort_keys=False))


def message(text: str | bytes) -> str:
    with pytest.raises(CredentialsError) as caught:
        read(text)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.msg


# PyYAML with libyaml and without.
LOADERS = (yaml.CSafeLoader, yaml.SafeLoader)


@pytest.fixture(params=LOADERS)
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a test with each of them."""
    monkeypatch.setattr(document, "_LOADER", request.param)


FULL = {
    **ENTRY,
    "user_id": "1b448be323",
    "api_url": "https://api.example.com",
    "groups": ["brand_x", "学校"],
    "vars": {
        "account_weixin_share": {"url": "https://a.example/"},
        "n": -1,
        "f": 1.5,
        "b": True,
        "none": None,
    },
}


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    "text", [yaml.safe_dump({"accounts": [FULL]}), json.dumps({"accounts": [FULL]}, indent="\t")]
)
def test_an_entry_has_what_the_file_says(text: str) -> None:
    entry = read(text).entry("school-a")
    assert (entry.name, entry.app_id, entry.app_secret) == ("school-a", "g4rqgmmjuo", SECRET)
    assert (entry.user_id, entry.api_url) == ("1b448be323", "https://api.example.com")
    assert (entry.groups, entry.variables) == (("brand_x", "学校"), FULL["vars"])
    assert SECRET not in repr(entry)


def test_a_mapping_by_name_is_the_same_as_a_list() -> None:
    without_name = {key: value for key, value in FULL.items() if key != "name"}
    text = yaml.safe_dump({"accounts": {"school-a": without_name}})
    assert read(text).entries == of(FULL).entries


def test_what_is_optional_is_none_or_empty() -> None:
    entry = of(ENTRY).entry("school-a")
    assert (entry.user_id, entry.api_url, entry.groups, entry.variables) == (None, None, (), {})


@pytest.mark.parametrize("as_json", [True, False])
def test_plain_decimal_numbers_are_text(as_json: bool) -> None:
    data = {"accounts": [{"name": 7, "app_id": 12345678901234567890, "app_secret": 987654321, "user_id": 0}]}
    entry = read(json.dumps(data) if as_json else yaml.safe_dump(data)).entry("7")
    assert (entry.app_id, entry.app_secret, entry.user_id) == ("12345678901234567890", "987654321", "0")


@pytest.mark.parametrize(
    "value", ["012", "0x1f", "1_000", "12:30:45", "1.5", "1e400", "1.0e+3", ".inf", "2024-01-01", "yes", "~", "", "[a]"]
    + ["9" * 5000, "!tag x", "&anchor", "*alias", "!!binary aGk=", "!!python/name:os.system", "# x", "'  '", "'a b'", '"a\\n"']
)  # fmt: skip
@pytest.mark.usefixtures("each_loader")
def test_an_ambiguous_or_blank_secret_is_an_error_with_its_line(value: str) -> None:
    text = f"{HEADER}    app_secret: {value}\n    user_id: 1b448be323\n"
    if value == "1e400":  # YAML 1.1 reads this as text
        assert read(text).entry("school-a").app_secret == value
    else:
        assert message(text).startswith(f"{PATH}, line ")
        assert message(text).split(",")[1] in (
            " line 4",
            " line 5",
        )  # an alias or a tag may be found missing late


RESERVED = ("all", "ungrouped", "_meta", "polyv_accounts", "polyv_channels")
FAULTS = [
    ("", "line 1, column 1: accounts must be a list"),
    ("accounts:\n", "line 1, column 1: accounts must be a list"),
    ("accounts: []\n", "line 1, column 1: accounts must be a list"),
    ("- a\n", "line 1, column 1: accounts must be a list"),
    (f"{HEADER}    app_secret: a\nextra: 1\n", "line 5, column 1: unknown key 'extra'; allowed: accounts"),
    (f"{HEADER}    app_secret: a\n    appid: b\n", "line 5, column 5: account 'school-a': unknown key 'appid'; did you mean app_id?"),
    (f"{HEADER}    app_secret: a\n    channel: b\n", "line 5, column 5: account 'school-a': unknown key 'channel'; allowed: name, app_id,"),
    (f"{HEADER}    app_secret: a\n    app_id: b\n", "line 5, column 5: the key is given twice"),
    (f"{HEADER}    app_secret: a\n    <<: {{}}\n", "line 5, column 5: merging mappings"),
    (f"{HEADER}", "line 2, column 5: account 'school-a': app_secret is missing"),
    (f"{HEADER}    app_secret:\n", "line 4, column 5: account 'school-a': app_secret: must be text in quotes, and not empty"),
    (f"{HEADER}    app_secret: ' '\n", "line 4, column 5: account 'school-a': app_secret: is blank"),
    (f"{HEADER}    app_secret: |\n      abc\n", "line 4, column 5: account 'school-a': app_secret: holds U+000A LINE FEED at position 4"),
    (f"{HEADER}    app_secret: a\n    user_id: a/b\n", "line 5, column 5: account 'school-a': user_id: must be letters and digits"),
    (f"{HEADER}    app_secret: a\n    api_url: x\n", "line 5, column 5: account 'school-a': api_url: must be an absolute"),
    (f"{HEADER}    app_secret: a\n    groups: cn\n", "line 5, column 5: account 'school-a': groups: must be a list"),
    (f"{HEADER}    app_secret: a\n    groups: [cn, no]\n", "line 5, column 18: account 'school-a': groups: a name consists"),
    (f"{HEADER}    app_secret: a\u200bb\n", "line 4, column 5: account 'school-a': app_secret: holds U+200B ZERO WIDTH SPACE at position 2"),
    (f"{HEADER}    app_secret: a b\n", "line 4, column 5: account 'school-a': app_secret: holds a blank"),
    (f"{HEADER}    app_secret: ｆ\n", "line 4, column 5: account 'school-a': app_secret: holds U+FF46"),
    (f"{HEADER}    app_secret: 1.5\n", "line 4, column 5: account 'school-a': app_secret: it was read as a number"),
    (f"{HEADER}    app_secret: a\n    user_id: '1.448323e+16'\n", "line 5, column 5: account 'school-a': user_id: it was read as a number"),
    ('{"accounts": [{"name": "a", "app_secret": "b",\n "app_id": 1448323e10}]}', "line 2, column 2: account 'a': app_id: it was read as a number"),
    (f"{HEADER}    app_secret: a\n    vars: {{x: !!bool yeſ}}\n", "line 5, column 15: YAML reads the value as"),
    (f"{HEADER}    app_secret: a\n    groups: [cn, ~]\n", "line 5, column 18: account 'school-a': groups: a name consists"),
    (f"{HEADER}    app_secret: a\n    user_id: 02171532\n", "line 5, column 14: YAML reads the value as"),
    (f"{HEADER}    app_secret: a\n  - name: 1.5\n", "line 5, column 5: name: it was read as a number"),
    (f"{HEADER}    app_secret: a\n  - name: a\u3164\n", "line 5, column 5: name: holds U+3164 HANGUL FILLER at position 2"),
    (f"{HEADER}    app_secret: a\n    groups: [cn, a\u3164]\n", "line 5, column 18: account 'school-a': groups: holds U+3164"),
    *((f"{HEADER}    app_secret: a\n    groups: [cn, {name}]\n", f"line 5, column 18: account 'school-a': groups: {name!r} is") for name in RESERVED),
    *((f"{HEADER}    app_secret: a\n  - name: {name}\n", f"line 5, column 5: name: {name!r} is") for name in RESERVED),
    *((f"accounts:\n  {name}: {{}}\n", f"line 2, column 3: name: {name!r} is") for name in RESERVED),
    (f"{HEADER}    app_secret: a\n    vars: []\n", "line 5, column 5: account 'school-a': vars: must be a mapping"),
    (f"{HEADER}    app_secret: a\n    vars:\n      a-b: 1\n", "line 6, column 7: account 'school-a': vars: a variable's name"),
    (f"{HEADER}    app_secret: a\n    vars:\n      x: &x [*x]\n", "line 6, column 10: the value contains itself"),
    (f"{HEADER}    app_secret: a\n  - 7\n", "line 5, column 5: an account must be a mapping"),
    (f"{HEADER}    app_secret: a\n  - app_id: a\n", "line 5, column 5: name: missing"),
    (f"{HEADER}    app_secret: a\n  - name: 'a b'\n", "line 5, column 5: name: letters"),
    (f"{HEADER}    app_secret: a\n  - name: school-a\n", "line 5, column 5: the name 'school-a' is already given in line 2"),
    ("accounts:\n  a: {name: a}\n", "line 2, column 7: name: the key of the entry is its name"),
    ("accounts:\n  a: {}\n  a: {}\n", "line 3, column 3: the key is given twice"),
    ("---\naccounts: []\n---\n", "line 3, column 1: this is neither YAML nor JSON"),
    ("accounts: \x07\n", "line 1, column 11: this is neither YAML nor JSON"),
    *((f'{{"accounts": [{{"name": "a",\n{blank}"app_id": "b", "app_id": "c"}}]}}', "line 2, column 17: the key is given twice") for blank in " \t"),
    ('{"accounts": [{"name": "a",\n\t"app_id": "\\/\\ud83d\\ude00"}]}', "line 1, column 15: account 'a': app_secret is missing"),
    ('{"accounts": [\n\t{"name": "a" "app_id": "b"}]}', "line 2, column 15: this is neither YAML nor JSON"),
]  # fmt: skip


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(("text", "problem"), FAULTS)
def test_a_fault_is_reported_by_its_place(text: str, problem: str) -> None:
    assert message(text).startswith(f"{PATH}, {problem}")


def test_bytes_that_are_no_text_are_reported_by_line() -> None:
    assert message(b"accounts:\n  - \xff\n") == f"{PATH}, line 2: this is not UTF-8 text"


LAUGHS = "accounts:\n  - &a0 [1, 1]\n" + "".join(f"  - &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
DEEP = 100_000


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *((f"accounts:{space}{sign * times}", "the values are nested too deeply") for space, sign, times in (
            (" ", "[", DEEP), (" ", "{a: ", DEEP), ("\n", "- ", DEEP), ("\n", "? ", DEEP), (" ", '["]", ', DEEP),
        )),
        ("accounts: " + "[{'a': " * 40 + "1" + "}]" * 40, "the values are nested too deeply"),
        ("accounts: " + '["]", ' * 80 + "1" + "]" * 80, "the values are nested too deeply"),
        ("".join("  " * depth + "a:\n" for depth in range(80)), "the values are nested too deeply"),
        ("\r".join(" " * depth + "a:" for depth in range(80)) + "\r", "the values are nested too deeply"),
        ('{"accounts":' + "[" * DEEP + "]" * DEEP + "}", "the values are nested too deeply"),
        ('{"accounts":' + "[" * 80 + "]" * 80 + "}", "the values are nested too deeply"),
        ('{"accounts":' + '{"a":' * DEEP, "the values are nested too deeply"),
        (LAUGHS, "with its aliases the value holds more than 1000000 values"),
        ("accounts: [&a [*a]]\n", "the value contains itself"),
        ("accounts: [&a {b: {c: *a}}]\n", "the value contains itself"),
        (f"accounts: [&a {'x' * 1_000_000}" + ", *a" * 1000 + "]\n", "with its aliases the value holds more than 1000000 values"),
        ("accounts: [" + "a," * 1_000_001 + "]\n", "the file holds more than 1000000 values"),
    ],
    ids=lambda given: str(given)[:30],
)  # fmt: skip
def test_what_would_exhaust_stack_or_memory_is_an_error(text: str, problem: str) -> None:
    assert message(text).endswith(problem)


@pytest.mark.usefixtures("each_loader")
def test_nesting_that_somebody_means_is_accepted() -> None:
    deep: Any = "x"
    for level in range(50):
        deep = {"a": deep} if level % 2 else [deep]
    wide = {"vars": {"deep": deep, "signs": "[" * 200 + "{" * 200 + "\n" + "- " * 100}}
    for flow in (None, False):
        text = yaml.safe_dump({"accounts": [{**ENTRY, **wide}]}, default_flow_style=flow)
        assert read(text).entries[0].variables == wide["vars"]
    with_alias = f"{HEADER}    app_secret: a\n    groups: &g [cn]\n  - {{name: b, app_id: b, app_secret: c, groups: *g}}\n"
    assert read(with_alias).entry("b").groups == ("cn",)


@pytest.mark.parametrize(
    "name", ["app_secret", "password", "Ansible_Password", "secret_key", "customKey", "sign", "secretKey2", "channelPasswd"]
    + ["ansible_become_pass", "ansible_ssh_pass", "pass", "becomePass", "api_token", "token", "accessToken", "private_key", "sshPrivateKey"]
    + ["API_KEY", "access_key", "key_passphrase", "db_pwd", "ansible_passwords"]
)  # fmt: skip
@pytest.mark.parametrize("wrap", [lambda given: given, lambda given: {"outer": [given]}])
def test_a_variable_that_is_named_like_a_secret_is_refused(name: str, wrap: Any) -> None:
    with pytest.raises(CredentialsError, match="the name is that of a secret"):
        of({**ENTRY, "vars": wrap({name: "x"})})


def test_names_that_only_resemble_one_are_not() -> None:
    of(
        {
            **ENTRY,
            "vars": {
                "design": 1,
                "oauth": {"return_secrets": True},
                "bypass": 1,
                "compass": 1,
                "key": 1,
                "max_tokens": 2,
            },
        }
    )
    of(
        {
            **ENTRY,
            "vars": {
                "ansible_ssh_private_key_file": "/x",
                "vault_password_file": "/x",
                "token_path": "/x",
                "pass_rate": 1,
            },
        }
    )


@pytest.mark.parametrize(
    "leak",
    [
        {"user_id": SECRET},
        {"groups": ["cn", SECRET]},
        {"api_url": f"https://a.example/{SECRET}"},
        {"vars": {"a": [{"b": f"x{SECRET}y"}]}},
        {"vars": {"a": {SECRET: 1}}},
        {"name": SECRET},
    ],
)
def test_the_secret_in_another_place_is_refused(leak: dict[str, Any]) -> None:
    with pytest.raises(CredentialsError) as caught:
        of({**ENTRY, **leak})
    assert SECRET not in caught.value.msg
    assert "line " in caught.value.msg


@pytest.mark.parametrize("key", ["polyv_account", "polyv_user_id"])
def test_a_variable_cannot_name_another_account(key: str) -> None:
    with pytest.raises(CredentialsError, match=f"{key} is set by the inventory"):
        of({**ENTRY, "vars": {key: "x"}})


def test_an_unknown_name_gets_those_that_are_close() -> None:
    with pytest.raises(CredentialsError, match=r"no account is named 'schol-a'\. Did you mean 'school-a'\?"):
        of(ENTRY).entry("schol-a")


# As a user breaks a file: where the secret ends up is for YAML to say.
BROKEN = [
    "app_secret: '{}\n", 'app_secret: "{}\n', "app_secret:{}\n", "app_secret: {}: x\n", "{}\n", "{}: x\n", "- {}\n",
    "app_secret: [{}\n", "app_secret: {{{}\n", "app_secret: {}\n  more: x\n", "app_secret: *{}\n", "app_secret: !{} x\n",
    "app_secret: &{} x\n", "app_secret: %{}\n", "app_secret: |{}\n", "app_secret: x {}\n", "app_secret: {}\n    app_secret: {}\n",
    "? {}\n", "app_secret\t{}: x\n", "user_id: x/{}\n", "api_url: {}\n", "groups: [ {} ]\n", "groups: [ x, {}-x ]\n", "vars: {{ {} }}\n",
    "vars: {{ x: !vault {} }}\n", "app_secret: !vault {}\n", "app_secret: {{ {}: {} }}\n", "app_secret: '{}' '\n", "{}: {}\n    {}: {}\n",
]  # fmt: skip
# Of letters that no message has beside each other: a secret made of the message's own words would prove nothing.
SECRETS = st.one_of(
    st.text("QZXJ0123456789", min_size=16, max_size=40),
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cs"], exclude_characters=string.ascii_letters + " "
        ),
        min_size=16,
        max_size=40,
    ),
)


def parts(secret: str) -> set[str]:
    return {secret[start : start + 4] for start in range(len(secret) - 3)}


def said(text: str) -> str:
    """What Python would show of the errors for a text, with libyaml and without; empty if the text is accepted."""
    shown = ""
    for loader in LOADERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(document, "_LOADER", loader)
            try:
                read(text)
            except CredentialsError as error:
                shown += f"{error.msg} {error!r} {error.failure} "
    return shown


@given(secret=SECRETS, broken=st.sampled_from(BROKEN), by_name=st.booleans())
def test_no_error_quotes_a_secret_in_a_broken_file(secret: str, broken: str, by_name: bool) -> None:
    begin = "accounts:\n  school-a:\n    app_id: a\n" if by_name else HEADER
    shown = said(begin + "    " + broken.replace("{}", secret).replace("{{", "{").replace("}}", "}"))
    baseline = said(begin + "    " + broken.replace("{}", "-").replace("{{", "{").replace("}}", "}"))
    assert not [part for part in parts(secret) if part in shown and part not in baseline]


@given(secret=SECRETS, cut=st.integers(0, 200))
def test_no_error_quotes_a_secret_in_a_file_cut_off(secret: str, cut: int) -> None:
    data = {"accounts": [{**ENTRY, "app_secret": secret, "channel": secret, "user_id": secret + "/"}]}
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False), yaml.safe_dump(data)):
        shown = said(text[:-cut])
        assert not [part for part in parts(secret) if part in shown]
