"""The inventory plugin, run by ansible-inventory and, for its variables' templates, by ansible-playbook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, OTHER_ACCOUNT
from harness.inventory import PLUGIN, Inventories, tool

SECRETS = (ACCOUNT["app_secret"], OTHER_ACCOUNT["app_secret"])
ACCOUNTS: list[dict[str, Any]] = [
    {
        "name": "school-a",
        **ACCOUNT,
        "groups": ["brand_x", "cn"],
        "vars": {"account_weixin_share": {"url": "https://a.example/"}, "region": "east"},
    },
    {"name": "school-b", "app_id": OTHER_ACCOUNT["app_id"], "app_secret": OTHER_ACCOUNT["app_secret"]},
]
LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}


def known(name: str, **more: Any) -> dict[str, Any]:
    """The variables that every host of an account has, and `more`."""
    return {"polyv_account": name, "account_name": name, **LOCAL, **more}


HOSTVARS = {
    "school-a": known(
        "school-a",
        polyv_user_id=ACCOUNT["user_id"],
        account_weixin_share={"url": "https://a.example/"},
        region="east",
    ),
    "school-b": known("school-b"),
}


@pytest.fixture
def inventories(tmp_path: Path) -> Inventories:
    return Inventories(tmp_path)


@pytest.mark.smoke
@pytest.mark.parametrize("options", [("--list",), ("--list", "--export", "-vvv")])
def test_every_account_is_a_local_host_with_plain_variables_and_no_secret(
    inventories: Inventories, options: tuple[str, ...]
) -> None:
    inventory = inventories.accounts({"accounts": ACCOUNTS})
    found = inventories.read(inventory, *options, environ={"ANSIBLE_VERBOSE_TO_STDERR": "1"})
    assert found.returncode == 0, found.output
    # Equal to plain text and nothing else: AWX takes {"__ansible_unsafe": …} for a mapping.
    assert found.hostvars == HOSTVARS
    assert (found.hosts("brand_x"), found.hosts("cn")) == (["school-a"], ["school-a"])
    assert not [secret for secret in SECRETS if found.says(secret)]


@pytest.mark.parametrize("as_json", [True, False])
def test_a_mapping_by_name_and_json_are_the_same_inventory(inventories: Inventories, as_json: bool) -> None:
    accounts = {
        entry["name"]: {key: value for key, value in entry.items() if key != "name"} for entry in ACCOUNTS
    }
    content = {"accounts": accounts}
    found = inventories.read(inventories.accounts(json.dumps(content) if as_json else content))
    assert found.hostvars == HOSTVARS


def test_a_vaulted_file_needs_the_password(inventories: Inventories) -> None:
    inventory = inventories.accounts({"accounts": ACCOUNTS})
    right = inventories.write("right", "right password\n")
    wrong = inventories.write("wrong", "wrong password\n")
    subprocess.run(
        [
            tool("ansible-vault"),
            "encrypt",
            "--vault-password-file",
            right,
            inventories.directory / "accounts.yml",
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert inventories.read(inventory, "--list", "--vault-password-file", str(right)).hostvars == HOSTVARS
    refused = inventories.read(inventory, "--list", "--vault-password-file", str(wrong))
    assert refused.returncode != 0
    assert refused.says(
        "accounts.yml: the file is vault-encrypted and none of the vault passwords given opens it"
    )
    without = inventories.read(inventory)
    assert without.returncode != 0
    assert without.says("accounts.yml: the file is vault-encrypted and no vault password was given")
    assert sorted(os.listdir(inventories.directory)) == [
        "accounts.yml",
        "fleet.polyv.yml",
        "local",
        "right",
        "wrong",
    ]


def test_groups_are_constructed_from_variables(inventories: Inventories) -> None:
    inventory = inventories.accounts(
        {"accounts": ACCOUNTS},
        strict=False,
        compose={"callback": "'https://hooks.example.com/' ~ polyv_account"},
        groups={"identified": "polyv_user_id is defined", "called_back": "callback is defined"},
        keyed_groups=[{"key": "region", "prefix": "region"}],
    )
    found = inventories.read(inventory, "--list", "--export")
    assert found.hostvars["school-b"] == known("school-b", callback="https://hooks.example.com/school-b")
    assert found.hosts("identified") == ["school-a"]
    assert found.hosts("called_back") == ["school-a", "school-b"]
    assert found.hosts("region_east") == ["school-a"]
    graph = inventories.read(inventory, "--graph").stdout
    assert "|--@polyv_accounts:\n" in graph
    assert "  |  |--@region_east:\n  |  |  |--school-a\n" in graph


def test_strict_makes_a_bad_expression_an_error(inventories: Inventories) -> None:
    keyed = [{"key": "region", "prefix": "region"}]
    strict = inventories.accounts({"accounts": ACCOUNTS}, strict=True, keyed_groups=keyed)
    found = inventories.read(strict)
    assert found.returncode != 0
    assert "school-b" in found.output


def test_the_file_comes_from_the_environment_where_the_inventory_names_none(inventories: Inventories) -> None:
    accounts = inventories.write("elsewhere.json", json.dumps({"accounts": ACCOUNTS}))
    inventory = inventories.write("aap.polyv.yaml", PLUGIN)
    assert inventories.read(inventory, environ={"POLYV_ACCOUNTS_FILE": str(accounts)}).hostvars == HOSTVARS
    relative = inventories.read(inventory, environ={"POLYV_ACCOUNTS_FILE": str(accounts).lstrip("/")})
    assert relative.hostvars == HOSTVARS  # it is run in the root directory
    beside = inventories.read(inventory, environ={"POLYV_ACCOUNTS_FILE": "elsewhere.json"})
    assert beside.says(
        f"'elsewhere.json' means /elsewhere.json, below the working directory, where nothing lies. There is {accounts}"
    )
    blank = inventories.read(inventory, environ={"POLYV_ACCOUNTS_FILE": ""})
    assert blank.says("no accounts: give accounts_file or accounts")


def test_accounts_in_the_inventory_itself_need_no_credentials(inventories: Inventories) -> None:
    listed = [
        {"name": "school-a", "user_id": 123, "groups": ["cn"], "vars": {"region": "east"}},
        {"name": "b"},
    ]
    inventory = inventories.write("few.polyv.yml", {**PLUGIN, "accounts": listed})
    found = inventories.read(inventory, environ={"POLYV_ACCOUNTS_FILE": "/nowhere"})
    assert found.hostvars == {
        "school-a": known("school-a", polyv_user_id="123", region="east"),
        "b": known("b"),
    }
    assert found.hosts("cn") == ["school-a"]


@pytest.mark.parametrize("key", ["app_secret", "password"])
def test_a_secret_in_the_inventory_itself_is_refused(inventories: Inventories, key: str) -> None:
    entry = f"plugin: polyv.live.polyv\naccounts:\n  - name: a\n    {key}: {SECRETS[0]}\n"
    found = inventories.read(inventories.write("few.polyv.yml", entry))
    assert found.returncode != 0
    assert found.says(
        f"few.polyv.yml, line 4, column 5: account 'a': {key}: an inventory file must hold no secret"
    )
    assert not found.says(SECRETS[0])


def test_one_source_of_accounts_only(inventories: Inventories) -> None:
    inventory = inventories.accounts({"accounts": ACCOUNTS}, accounts=[{"name": "a"}])
    assert inventories.read(inventory).says("accounts and accounts_file are mutually exclusive")


HEAD = f"accounts:\n  - name: school-a\n    app_id: a\n    app_secret: {SECRETS[0]}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}    colour: {SECRETS[0]}\n", "line 5, column 5: account 'school-a': unknown key 'colour'"),
        (f"{HEAD}    {SECRETS[0]}\n", "line 6, column 1: this is neither YAML nor JSON"),
    ],
)
def test_a_bad_entry_is_named_with_its_line_and_not_quoted(
    inventories: Inventories, text: str, problem: str
) -> None:
    found = inventories.read(inventories.accounts(text), "--list", "-vvv")
    assert found.returncode != 0
    assert found.says(f"accounts.yml, {problem}")
    assert not [secret for secret in SECRETS if found.says(secret)]


NAMED_ALIKE: list[dict[str, Any]] = [
    {"name": "east", "groups": ["brand_lotus"], "vars": {"mine": "east"}},
    {"name": "other", "groups": ["east"]},
    {"name": "own", "groups": ["own"]},
    {"name": "made"},
]


def test_an_account_may_have_the_name_of_a_group(inventories: Inventories) -> None:
    """Also of one that another inventory or an expression makes."""
    found = inventories.read(
        inventories.write(
            "few.polyv.yml",
            {
                **PLUGIN,
                "accounts": NAMED_ALIKE,
                "compose": {"composed": "polyv_account"},
                "groups": {"made": "polyv_account == 'made'"},
                "keyed_groups": [{"key": "polyv_account", "prefix": "", "separator": ""}],
            },
        ),
        *(
            "-i",
            str(
                inventories.write(
                    "also.yml",
                    {
                        "other": {"children": {"west": {"hosts": {"w": None}}}},
                        "all": {"hosts": {"made": None}},
                    },
                )
            ),
        ),
        "--list",
        "--export",
    )
    assert found.returncode == 0, found.output
    names = [entry["name"] for entry in NAMED_ALIKE]
    mine = {"east": {"mine": "east"}}
    for name in names:
        assert found.hostvars[name] == known(name, composed=name, **mine.get(name, {}))
    assert found.hosts("polyv_accounts") == names
    assert found.hosts("brand_lotus") == ["east"]
    assert found.hosts("east") == ["east", "other"]
    assert (found.hosts("own"), found.hosts("made"), found.hosts("other")) == (["own"], ["made"], ["other"])
    assert not [name for name in (*names, "brand_lotus") if "vars" in found.data.get(name, {})]
    assert sorted(found.data["polyv_accounts"]["children"]) == ["brand_lotus", "east", "made", "other", "own"]
    assert found.data["other"]["children"] == ["west"]


def test_the_variables_of_a_brand_win_over_those_of_all_accounts(inventories: Inventories) -> None:
    """Whatever its name, and however the group is made."""
    directory = inventories.directory / "group_vars"
    directory.mkdir()
    for group in ("polyv_accounts", "a_brand", "z_brand", "keyed_x"):
        inventories.write(f"group_vars/{group}.yml", {"said_by": group, f"of_{group}": True})
    inventory = inventories.accounts(
        {
            "accounts": [
                {"name": "a", "app_id": "a", "app_secret": "s", "groups": ["a_brand"]},
                {"name": "z", "app_id": "a", "app_secret": "s", "groups": ["z_brand"]},
                {"name": "k", "app_id": "a", "app_secret": "s", "vars": {"key": "x"}},
                {"name": "none", "app_id": "a", "app_secret": "s"},
            ]
        },
        keyed_groups=[{"key": "key", "prefix": "keyed"}],
    )
    hosts = inventories.read(inventory).hostvars
    said = {name: variables["said_by"] for name, variables in hosts.items()}
    assert said == {"a": "a_brand", "z": "z_brand", "k": "keyed_x", "none": "polyv_accounts"}
    assert all(variables["of_polyv_accounts"] for variables in hosts.values())


@pytest.mark.parametrize("fault", ["strict", "_meta", "all", "itself", "bomb"])
def test_an_inventory_that_fails_has_no_host_at_all(inventories: Inventories, fault: str) -> None:
    """Half of the accounts would look like all of them, since Ansible goes on with a warning."""
    options: dict[str, dict[str, Any]] = {
        "strict": {"strict": True, "compose": {"x": "vars_of_the_second.y"}},
        "_meta": {"groups": {"_meta": True}},
        "all": {"keyed_groups": [{"key": "'all'", "prefix": "", "separator": "", "parent_group": "x"}]},
        "itself": {"keyed_groups": [{"key": "'x'", "prefix": "", "separator": "", "parent_group": "x"}]},
        "bomb": {},
    }
    accounts = [{"name": "a", "vars": {"vars_of_the_second": {"y": 1}}}, {"name": "b"}]
    inventory = inventories.write("few.polyv.yml", {**PLUGIN, "accounts": accounts, **options[fault]})
    if fault == "bomb":
        inventory.write_text(inventory.read_text() + "compose: &a [*a]\n")
    found = inventories.read(
        inventory,
        environ={
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "false",
            "ANSIBLE_INVENTORY_ENABLED": "polyv.live.polyv",
        },
    )
    assert found.hostvars == {}
    said = {
        "strict": "'b'",
        "_meta": "a group '_meta', a name that Ansible keeps for itself",
        "all": "a group 'all', a name that Ansible keeps for itself",
        "itself": "few.polyv.yml: can't add group to itself",
        "bomb": "contains itself",
    }
    assert found.says(said[fault])
    assert not found.says("Traceback")


def test_another_files_name_is_left_to_other_plugins(inventories: Inventories) -> None:
    inventories.accounts({"accounts": ACCOUNTS})
    inventory = inventories.write("fleet.yml", {**PLUGIN, "accounts_file": "accounts.yml"})
    assert inventories.read(inventory).returncode != 0


@pytest.mark.smoke
def test_templates_in_variables_are_rendered(inventories: Inventories) -> None:
    """The interpreter of the controller, and the operator's own templates, as in any YAML inventory."""
    entry = {**ACCOUNTS[0], "vars": {"greeting": "I am {{ inventory_hostname }}"}}
    inventory = inventories.accounts({"accounts": [entry]})
    message = "{{ ansible_connection }} {{ ansible_python_interpreter }} {{ greeting }}"
    shown = inventories.run(
        "ansible", inventory, "all", "-m", "ansible.builtin.debug", "-a", f"msg='{message}'"
    )
    assert shown.says(f'"msg": "local {sys.executable} I am school-a"')
    pinged = inventories.run("ansible", inventory, "all", "-m", "ansible.builtin.ping")
    assert pinged.returncode == 0, pinged.output
