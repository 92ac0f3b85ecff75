"""What is said of an option in several places says the same in all of them; each message names the place that lags behind."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.polyv.live.plugins.doc_fragments.account import ModuleDocFragment
from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Definition
from ansible_collections.polyv.live.plugins.module_utils._options.connection import COMMON_OPTIONS
from ansible_collections.polyv.live.plugins.module_utils._settings.account.info import subsets
from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import (
    ACCOUNT,
    FROM_ROLE_VARIABLES,
    REPORT_OTHER_CHANNELS,
)

ROOT = Path(__file__).parents[3]
PLUGINS = "ansible_collections.polyv.live.plugins"
SETTINGS = ROOT / "plugins/module_utils/_settings"
# Modules that work on the controller only, without an account: they have no Definition.
WITHOUT_ACCOUNT = {"polyv_vault_file", "polyv_rollout_summary", "polyv_export", "polyv_audit"}
MODULES = sorted({path.stem for path in (ROOT / "plugins/modules").glob("polyv_*.py")} - WITHOUT_ACCOUNT)
# Make accounts, those who work on them, and channels, or call what is told, and set nothing of an account. `channels` describes channels
# itself.
NOT_IN_THE_ROLE = {"custom_user", "group_user", "sub_account", "channel", "api"}
# Widen a setting to the whole account.
IN_SO_MANY_WORDS = ("all_channels", "account_wide")

Options = Mapping[str, Mapping[str, Any]]


def module(name: str) -> Any:
    return importlib.import_module(f"{PLUGINS}.modules.{name}")


def definition(name: str) -> Definition:
    """The definition that the module runs."""
    found = [value for value in vars(module(name)).values() if isinstance(value, Definition)]
    assert len(found) == 1, f"plugins/modules/{name}.py: it must import one Definition"
    return found[0]


# Set nothing: they are no setting, and no part of polyv_account.
READ_ONLY = {name for name in MODULES if definition(name).read_only}


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def differences(spec: Options, documented: Options, place: str = "") -> Iterator[str]:
    """What the documentation of options says differently from their argument spec."""
    for name in sorted({*spec, *documented}):
        here = f"{place}{name}"
        if name not in documented:
            yield f"{here} is missing"
        elif name not in spec:
            yield f"{here} is no option"
        else:
            yield from _differences(spec[name], documented[name], here)


def _differences(option: Mapping[str, Any], said: Mapping[str, Any], here: str) -> Iterator[str]:
    usual = {
        "type": "str",
        "required": False,
        "default": None,
        "choices": None,
        "elements": None,
        "aliases": [],
    }
    for key, value in usual.items():
        if option.get(key, value) != said.get(key, value):
            yield f"{here}: {key} is {option.get(key, value)!r}, and {said.get(key, value)!r} here"
    inner = said.get("suboptions", said.get("options", {}))
    yield from differences(option.get("options", {}), inner, f"{here}.")


@pytest.mark.parametrize("name", MODULES)
def test_the_documentation_of_a_module_follows_its_definition(name: str) -> None:
    documented = yaml.safe_load(module(name).DOCUMENTATION)
    assert list(differences(definition(name).options, documented["options"])) == []
    assert documented["extends_documentation_fragment"] == "polyv.live.account"
    assert {"account", "failure"} <= set(yaml.safe_load(module(name).RETURN)), (
        f"{name}: RETURN lacks one of them"
    )


def test_the_documentation_of_the_common_options_follows_them() -> None:
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    assert list(differences(COMMON_OPTIONS, documented)) == []


@pytest.mark.parametrize("name", MODULES)
def test_each_module_has_an_action_plugin_and_is_in_the_action_group(name: str) -> None:
    action = importlib.import_module(f"{PLUGINS}.action.{name}")
    assert action.ActionModule.definition is definition(name)
    assert name in loaded("meta/runtime.yml")["action_groups"]["polyv"], (
        f"meta/runtime.yml: {name} is missing"
    )
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8"), f"README.md: {name} is missing"


def test_each_setting_has_a_module() -> None:
    settings = {path.stem for path in SETTINGS.iterdir() if not path.name.startswith("__")}
    assert {f"polyv_{name}" for name in settings} == set(MODULES) - READ_ONLY


def test_polyv_account_takes_each_setting_as_its_module_does() -> None:
    of_channels = ACCOUNT.options["channels"]["options"]
    for name in MODULES:
        setting = name.removeprefix("polyv_")
        if name == "polyv_account" or name in READ_ONLY or setting in NOT_IN_THE_ROLE:
            continue
        assert setting in {*ACCOUNT.options, *of_channels}, f"_settings/account: {setting} is missing"
        for place in (ACCOUNT.options, of_channels):
            taken = place.get(setting, {}).get("options", {})
            own = definition(name).options
            assert {option: spec for option, spec in taken.items() if own[option] != spec} == (
                # Here they can't be left out: there is no channel beside them.
                {wide: {"type": "raw", "required": True} for wide in IN_SO_MANY_WORDS if wide in taken}
            )


def role_options(role: str) -> dict[str, Any]:
    found: dict[str, Any] = loaded(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]["main"][
        "options"
    ]
    return found


def test_the_role_account_takes_what_polyv_account_takes() -> None:
    described = role_options("account")
    expected = {f"account_{name}" for name in (*ACCOUNT.options, *COMMON_OPTIONS)} - {
        f"account_{FROM_ROLE_VARIABLES}",
        "account_account",
    }
    assert set(described) == expected | {"account_name", "account_tags"}
    settings = {
        f"account_{name}": spec for name, spec in ACCOUNT.options.items() if name != FROM_ROLE_VARIABLES
    }
    # The settings are raw, since AWX gives them as text, and an image is found by the module.
    spoken = {name: {**described[name], "type": settings[name]["type"]} for name in settings}
    spoken["account_channels"] = {**spoken["account_channels"], "elements": "dict"}
    found = [text for text in differences(settings, spoken) if "goods.image: type" not in text]
    assert found == [], "roles/account/meta/argument_specs.yml"


@pytest.mark.parametrize(("role", "prefix"), [("account", "account_"), ("onboard", "onboard_")])
def test_a_role_hands_on_each_option_of_the_connection(role: str, prefix: str) -> None:
    described = role_options(role)
    for name, spec in COMMON_OPTIONS.items():
        variable = (
            f"{prefix}{name}"
            if name != "account"
            else f"{prefix}{'name' if role == 'account' else 'account_name'}"
        )
        kind = {"path": "str"}.get(spec["type"], spec["type"])
        assert described.get(variable, {}).get("type") == kind, (
            f"roles/{role}/meta/argument_specs.yml: {variable}"
        )
        assert bool(described[variable].get("no_log")) == bool(spec.get("no_log")), variable


@pytest.mark.parametrize("role", ["account", "onboard"])
def test_defaults_and_readme_of_a_role_name_what_it_takes(role: str) -> None:
    described = set(role_options(role))
    assert set(loaded(f"roles/{role}/defaults/main.yml")) == described, f"roles/{role}/defaults/main.yml"
    readme = (ROOT / f"roles/{role}/README.md").read_text(encoding="utf-8")
    english, chinese = re.split(r"^#+ 中文$", readme, flags=re.MULTILINE)
    for language, text in (("English", english), ("Chinese", chinese)):
        rows = "\n".join(line for line in text.splitlines() if line.startswith("|"))
        named = set(re.findall(rf"`({role}_[a-z_]+)`", rows))
        assert described - named == set(), f"roles/{role}/README.md, {language}: missing in the table"
        # What a role gives back is named there, too.
        assert named - described <= {
            f"{role}_settings",
            f"{role}_result",
            f"{role}_account",
            f"{role}_results",
            f"{role}_accounts",
        }


def test_the_tables_of_the_role_account_name_the_options_of_each_setting() -> None:
    readme = (ROOT / "roles/account/README.md").read_text(encoding="utf-8")
    for name in ("weixin_share", "record_callback", "oauth_custom"):
        braces = (
            "{"
            + ", ".join(ACCOUNT.options[name]["options"]).replace("all_channels", "all_channels: true")
            + "}"
        )
        assert readme.count(f"| `account_{name}` | `{braces}`") == 2, f"roles/account/README.md: {name}"
    for name, spec in ACCOUNT.options["channels"]["options"].items():
        if "options" in spec:
            row = f"| `account_channels[].{name}` | `{{{', '.join(spec['options'])}}}`"
            assert readme.count(row) == 2, f"roles/account/README.md: {row}"
        else:
            assert len(re.findall(rf"^\| `account_channels` .*`{name}`", readme, re.MULTILINE)) == 2, (
                f"roles/account/README.md: account_channels lacks {name}"
            )


#: Where polyv_account_info shows each setting.
SHOWN_AS = {
    "callbacks": {"callbacks"},
    "channel": {"channels", "channel_details"},
    "donate": {"donations"},
    "function_switches": {"function_switches", "channel_function_switches"},
    "new_channel_watch_condition": {"new_channel_watch_condition"},
    "oauth_custom": {"oauth_custom"},
    "record_callback": {"callbacks"},
    "sub_account": {"sub_accounts"},
    "watch_condition": {"watch_conditions"},
    "weixin_share": {"weixin_share"},
}


def test_polyv_account_info_shows_each_setting_and_documents_each_subset() -> None:
    of_channels = ACCOUNT.options["channels"]["options"]
    settings = {*ACCOUNT.options, *(name for name, spec in of_channels.items() if "options" in spec)}
    settings -= {FROM_ROLE_VARIABLES, REPORT_OTHER_CHANNELS, "channels"}
    assert settings <= set(SHOWN_AS), "_settings/account/info/subsets.py: how is it read?"
    assert {"account"}.union(*SHOWN_AS.values()) == set(subsets.ALL)
    info = module("polyv_account_info")
    assert set(yaml.safe_load(info.RETURN)["account_info"]["contains"]) == set(subsets.ALL)
    described = " ".join(yaml.safe_load(info.DOCUMENTATION)["options"]["gather_subset"]["description"])
    assert {name for name in subsets.ALL if f"V({name})" not in described} == set()
