"""Hosts that stand for one account, whatever words say so."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError
from ansible_collections.polyv.live.plugins.plugin_utils._accounts.entries import Entry
from ansible_collections.polyv.live.plugins.plugin_utils._accounts.shared import account, complaints

ENTRY = {"app_id": "one", "api_url": "https://api.polyv.net/"}
HERE = "https://gate.example.com:8443/polyv"


def entry(path: str, name: str) -> Entry:
    if name != "school":
        raise CredentialsError("no account has that name")
    return Entry(name, (), {}, ENTRY.get)


def told(*hosts: dict[str, Any], environ: dict[str, str] | None = None) -> list[str]:
    """The complaints about hosts that are given these variables of the role, named h0, h1 and so on."""
    given = [{f"account_{name}": value for name, value in host.items()} for host in hosts]
    found = {
        f"h{number}": account(f"h{number}", one, environ or {}, entry) for number, one in enumerate(given)
    }
    return list(complaints({host: one for host, one in found.items() if one}))


@pytest.mark.parametrize(
    "other",
    [
        {"app_id": "one"},
        {"app_id": "one", "user_id": "u", "api_url": ""},
        {"app_id": "one", "api_url": "HTTPS://API.polyv.net:443/"},
        {"app_id": "one", "api_url": "http://api.polyv.net."},
        {"accounts_file": "f", "name": "school"},
        {"accounts_file": "f", "name": "school", "api_url": HERE},
    ],
)
def test_one_account_in_other_words(other: dict[str, Any]) -> None:
    sentence = "2 hosts are one account, that with app_id one at api.polyv.net: h0, h1."
    assert told({"app_id": "one"}, other, {"app_id": "two"}) == [sentence]


@pytest.mark.parametrize(
    "other",
    [
        {"app_id": "One"},
        {"app_id": "one", "api_url": HERE},
        {"app_id": ""},
        {"user_id": "u"},
        {"accounts_file": "f"},
        {"app_id": "two", "accounts_file": "f", "name": "school"},
    ],
)
def test_others_and_those_whose_own_task_refuses_them(other: dict[str, Any]) -> None:
    assert told({"app_id": "one"}, other) == []


def test_two_app_ids_of_one_user_are_one_account() -> None:
    hosts = [{"app_id": name, "user_id": "u"} for name in ("one", "two")]
    assert told(*hosts) == ["2 hosts are one account, that with user_id u at api.polyv.net: h0, h1."]


def test_the_environment_gives_what_hosts_do_not_have() -> None:
    environ = {"POLYV_API_URL": HERE, "POLYV_ACCOUNTS_FILE": "f", "POLYV_APP_ID": "one"}
    assert told({"app_id": "one"}, {"app_id": "one", "api_url": HERE}, environ=environ)
    assert told({"name": "school"}, {"name": "school"}, environ=environ)
    del environ["POLYV_ACCOUNTS_FILE"]
    assert (
        "1 of 2 accounts have no credentials of their own" in told({}, {"app_id": "two"}, environ=environ)[0]
    )
    assert told({}, environ=environ) == []


def test_a_long_list_is_cut() -> None:
    assert told(*[{"app_id": "one"}] * 13)[0].endswith("h8, h9 and 3 more.")
