"""The options by which an inventory reaches the API are those of the modules, in another place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.polyv.live.plugins.doc_fragments.account import ModuleDocFragment as OfModules
from ansible_collections.polyv.live.plugins.doc_fragments.inventory_connection import (
    ModuleDocFragment as OfInventory,
)
from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._options.connection import COMMON_OPTIONS
from ansible_collections.polyv.live.plugins.plugin_utils._inventory import hosts
from ansible_collections.polyv.live.plugins.plugin_utils._inventory.connection import OPTIONS, connection
from ansible_collections.polyv.live.plugins.plugin_utils._inventory.listed_channels import FIELDS, from_cache

#: Ansible would fill in a default before the environment is asked, and find a path elsewhere than beside the inventory.
DIFFERENT: dict[str, dict[str, Any]] = {
    "api_url": {"default": None},
    "rate_limit": {"default": None},
    "ca_path": {"type": "str"},
}
NO_OPTION = {"app_id", "app_secret", "user_id", "accounts_file", "account", "verify_writes"}


def documented(fragment: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(fragment.DOCUMENTATION)["options"]
    return found


def test_the_documentation_knows_every_option() -> None:
    assert set(documented(OfInventory)) == set(OPTIONS) == set(COMMON_OPTIONS) - NO_OPTION


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_is_documented_as_that_of_the_modules(name: str) -> None:
    ours, theirs = documented(OfInventory)[name], documented(OfModules)[name]
    expected = {key: theirs.get(key) for key in ("type", "choices", "default")} | DIFFERENT.get(name, {})
    assert {key: ours.get(key) for key in expected} == expected


def given(**options: Any) -> Any:
    return options.get


def test_the_environment_comes_before_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLYV_API_URL", raising=False)
    assert connection("/x.yml", given()).api_url == "https://api.polyv.net"
    for name, value in (("POLYV_API_URL", "https://of.environment"), ("POLYV_RATE_LIMIT", "7")):
        monkeypatch.setenv(name, value)
    found = connection("/x.yml", given())
    assert (found.api_url, found.rate_limit) == ("https://of.environment", 7)
    assert connection("/x.yml", given(rate_limit=8)).rate_limit == 8
    assert (
        connection("/x.yml", given(api_url="https://a"), "https://of.account").api_url == "https://of.account"
    )
    monkeypatch.setenv("POLYV_RATE_LIMIT", "many")
    with pytest.raises(InputError, match="rate_limit"):
        connection("/x.yml", given())


def test_a_relative_path_starts_at_the_inventory(tmp_path: Any) -> None:
    (tmp_path / "ca.pem").write_text("x", encoding="utf-8")
    found = connection(str(tmp_path / "fleet.polyv.yml"), given(ca_path="ca.pem"))
    assert found.verify == str(tmp_path / "ca.pem")


def channel(**texts: Any) -> dict[str, Any]:
    return {**dict.fromkeys(FIELDS), "channel_id": "1", **texts}


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [1],
        [{}],
        [channel(channel_id=None)],
        [channel(channel_id="0")],
        [channel(name=1)],
        [channel(more="x")],
    ],
)
def test_a_cache_is_taken_for_nothing_else_than_it_is(value: Any) -> None:
    assert from_cache([channel(name="x")]) == [channel(name="x")]
    assert from_cache(value) is None


@pytest.mark.parametrize("account", ["a", "a-b", "学校.1", "1.2@3"])
def test_groups_of_accounts_are_valid_names(account: str) -> None:
    assert hosts.channels_group(account).isidentifier()
