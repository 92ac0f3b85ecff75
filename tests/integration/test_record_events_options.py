"""The options of the event source `record_callback`: what is refused before it listens, and that its examples run."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from harness.event_source import EventSource, callback
from harness.tls import write_certificate

from ansible_collections.polyv.live.extensions.eda.plugins.event_source import record_callback

SECRET = "s3cret-9Yq"
ACCOUNT = {"name": "school", "app_secret": SECRET}
OTHER = {"name": "company", "app_secret": "0ther-s3cret"}
GOOD = {"port": 5055, "accounts": [ACCOUNT]}
SAME_PATH = "accounts[1].channels: 'company' and 'school' have the same path, so both must say which channels they own"


def accounts(*changes: dict[str, Any]) -> dict[str, Any]:
    """Two accounts, or one, with these changes."""
    return {
        "accounts": [
            {**account, **change} for account, change in zip((ACCOUNT, OTHER), changes, strict=False)
        ]
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"port": None}, "port: got None, must be a whole number from 1 to 65535"),
        ({"port": 0}, "port: got 0, must be a whole number from 1 to 65535"),
        ({"port": "5055x"}, "port: got '5055x', must be a whole number from 1 to 65535"),
        ({"port": True}, "port: got True, must be a whole number from 1 to 65535"),
        ({"port": 5055.5}, "port: got 5055.5, must be"),
        ({"host": " "}, "host: got ' ', must be text that is not blank"),
        ({"max_age": 0}, "max_age: got 0, must be a whole number from 1 to 604800"),
        ({"max_age": -5}, "max_age: got -5, must be"),
        ({"remember": 359}, "remember: got 359, must be a whole number from 360 to 2592000"),
        ({"max_age": 90000, "remember": 90000}, "remember: got 90000, must be a whole number from 90060"),
        ({"max_size": 100}, "max_size: got 100, must be a whole number from 256 to 32768"),
        ({"rate_limit": -1}, "rate_limit: got -1, must be a whole number from 0 to 1000000"),
        ({"timestamp_unit": "ms"}, "timestamp_unit: got 'ms', must be one of auto, seconds, milliseconds"),
        ({"file_host": []}, "file_host: there is no such option; there are: accounts, allowed_networks"),
        ({"file_hosts": []}, "file_hosts: got none, must be a list with at least one item"),
        ({"file_hosts": "a.example"}, "file_hosts: got str, must be a list"),
        (
            {"file_hosts": ["https://a.example"]},
            "file_hosts: got 'https://a.example', must be names of hosts",
        ),
        ({"allowed_networks": ["192.0.2.1/24"]}, "allowed_networks: 192.0.2.1/24 has host bits set; must be"),
        ({"allowed_networks": ["x"]}, "allowed_networks: 'x' does not appear to be"),
        ({"keyfile": "key.pem"}, "keyfile: got one without a certfile, must come with it"),
        ({"certfile": "missing.pem"}, "certfile: got 'missing.pem' with keyfile None, must be a certificate"),
        ({"accounts": None}, "accounts: got none, must be a list with at least one item"),
        ({"accounts": ACCOUNT}, "accounts: got dict, must be a list with at least one item"),
        ({"accounts": ["school"]}, "accounts[0]: got str, must be a mapping of name and app_secret"),
        (accounts({"name": None}), "accounts[0].name: got None, must be text of up to 100 letters"),
        (accounts({"name": "{{ x }}"}), "accounts[0].name: got '{{ x }}', must be text of up to 100 letters"),
        (accounts({"app_secret": ""}), "accounts[0].app_secret: got none, must be the app secret"),
        (accounts({"app_secret": f"{SECRET} "}), "accounts[0].app_secret: got text with blanks, must be"),
        (accounts({"app_secret": 12345678}), "accounts[0].app_secret: got int, must be"),
        (accounts({"secret": SECRET}), "accounts[0].secret: there is no such option; there are: app_secret"),
        (accounts({"path": "t0ken"}), "accounts[0].path: got something else than a path, must be / and"),
        (accounts({"path": "/t0ken?x"}), "accounts[0].path: got something else than a path, must be / and"),
        (accounts({"channels": []}), "accounts[0].channels: got none, must be a list"),
        (
            accounts({"channels": ["x"]}),
            "accounts[0].channels: got 'x', must be ids of channels, digits only",
        ),
        (accounts({}, {}), SAME_PATH),
        (accounts({"channels": [1]}, {}), SAME_PATH),
        (accounts({"path": "/a"}, {"path": "/a"}), SAME_PATH),
        (
            accounts({"channels": [1, 2]}, {"channels": [2, 3]}),
            "accounts[1].channels: got 2, which 'school' has as well on the same path; must be one account's",
        ),
        (
            accounts({"path": "/a"}, {"path": "/b", "name": "school"}),
            "accounts[1].name: got 'school' a second time, must be the account's own",
        ),
    ],
)
def test_a_bad_option_is_named_before_anything_listens(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        record_callback.read_options({**GOOD, **options})
    assert str(caught.value).startswith(message)
    for secret in (SECRET, "t0ken", "0ther-s3cret", "12345678"):
        assert secret not in str(caught.value)


def test_the_source_itself_says_so_as_well() -> None:
    with pytest.raises(ValueError, match="max_age: got 'soon'"), EventSource(ACCOUNT, max_age="soon"):
        pass


def test_numbers_may_be_text_as_templates_give_it() -> None:
    options = record_callback.read_options(
        {**GOOD, "port": "5055", "max_age": "60", "eda_feedback_queue": object()}
    )
    assert (options.port, options.max_age, options.remember) == (5055, 60, 86400)


def test_a_long_max_age_is_remembered_for_as_long() -> None:
    assert record_callback.read_options({**GOOD, "max_age": 604800}).remember == 604860


def test_the_documentation_has_the_options_and_defaults_of_the_source() -> None:
    documented = yaml.safe_load(record_callback.DOCUMENTATION)["options"]
    with pytest.raises(ValueError) as caught:
        record_callback.read_options({"odd": 1})
    assert sorted(documented) == str(caught.value).partition("there are: ")[2].split(", ")
    with pytest.raises(ValueError) as caught:
        record_callback.read_options({**GOOD, "accounts": [{"odd": 1}]})
    named = str(caught.value).partition("there are: ")[2].split(", ")
    assert sorted(documented["accounts"]["suboptions"]) == named
    options = record_callback.read_options(GOOD)
    for name in ("host", "max_age", "timestamp_unit", "max_size", "rate_limit"):
        assert documented[name]["default"] == getattr(options, name)
    assert documented["accounts"]["suboptions"]["path"]["default"] == options.accounts[0].path


def test_what_is_documented_of_an_event_is_what_an_event_has() -> None:
    with EventSource(ACCOUNT) as source:
        source.get(callback(SECRET, "1"))
        (recording,) = source.events()
    documented = yaml.safe_load(record_callback.RETURN)["recording"]["contains"]
    assert list(recording) == list(documented)
    types = {"str": str, "bool": bool}
    assert all(isinstance(recording[name], types[field["type"]]) for name, field in documented.items())


EXAMPLES = [next(iter(example.values())) for example in yaml.safe_load(record_callback.EXAMPLES)]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example: dict[str, Any], tmp_path: Path) -> None:
    write_certificate(tmp_path / "fullchain.pem", tmp_path / "key.pem")
    text = yaml.safe_dump(example).replace("/etc/polyv", str(tmp_path))
    # Every variable of the examples is a secret or a token; here each is its own name.
    options = yaml.safe_load(re.sub(r"\{\{ (\w+) \}\}", r"\1", text).replace("192.0.2.0/24", "127.0.0.0/8"))
    assert options.pop("port") in (5055, 5443)
    given = options.pop("accounts")
    with EventSource(*given, **options) as source:
        for account in given:
            channel = str(account.get("channels", ["2191532"])[0])
            parameters = callback(account["app_secret"], channel)
            verify = str(tmp_path / "fullchain.pem") if "certfile" in options else True
            answer = source.get(parameters, account.get("path", "/"), verify=verify)
            assert answer.text == "taken"
        assert [event["account"] for event in source.events()] == [account["name"] for account in given]


def test_with_a_certificate_nothing_is_taken_in_clear(tmp_path: Path) -> None:
    write_certificate(tmp_path / "certificate.pem", tmp_path / "key.pem")
    files: dict[str, Any] = {
        "certfile": str(tmp_path / "certificate.pem"),
        "keyfile": str(tmp_path / "key.pem"),
    }
    with EventSource(ACCOUNT, **files) as source:
        clear = f"http://127.0.0.1:{source.port}"
        with pytest.raises(requests.ConnectionError):
            requests.get(clear, params=callback(SECRET, "1"), timeout=5)
        assert source.events() == []


def test_a_port_that_is_taken_is_an_error_and_not_a_source_that_waits() -> None:
    with EventSource(ACCOUNT) as first:
        args = {"port": first.port, "accounts": [ACCOUNT]}
        with pytest.raises(OSError, match="address already in use"):
            asyncio.run(record_callback.main(asyncio.Queue(), args))
