"""The hosts of channels that the inventory plugin makes, against the simulator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.channels import EMPTY, FLEET, SECRETS, SPARE, Channels, channel
from harness.simulator import Simulator

LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}


@pytest.fixture
def channels(tmp_path: Path, simulator: Simulator) -> Channels:
    return Channels(tmp_path, simulator)


@pytest.mark.smoke
@pytest.mark.parametrize("options", [("--list",), ("--list", "--export", "-vvv")])
def test_every_channel_is_a_local_host_in_the_group_of_its_account(
    channels: Channels, options: tuple[str, ...]
) -> None:
    found = channels.read(*options, environ={"ANSIBLE_VERBOSE_TO_STDERR": "1"})
    assert found.returncode == 0, found.output
    assert sorted(found.hostvars) == [
        "empty",
        "school-a",
        "school-a-101",
        "school-a-102",
        "school.b",
        "school.b-201",
    ]
    assert found.hostvars["school-a-101"] == {
        **LOCAL,
        "polyv_kind": "channel",
        "polyv_account": "school-a",
        "polyv_user_id": "usera",
        "polyv_channel_id": "101",
        "polyv_channel_name": "Algebra 代数",
        "polyv_category_id": "7",
        "polyv_scene": "topclass",
        "polyv_watch_status": "live",
        "polyv_watch_url": "https://live.example/watch/101",
    }
    assert found.hostvars["school-a"]["polyv_kind"] == "account"
    assert found.hosts("polyv_channels") == ["school-a-101", "school-a-102", "school.b-201"]
    assert found.hosts("polyv_channels_of_school_a") == ["school-a-101", "school-a-102"]
    assert found.hosts("polyv_channels_of_school_b") == ["school.b-201"]
    assert sorted(found.hosts("polyv_accounts")) == ["empty", "school-a", "school.b"]
    assert found.hosts("brand_x") == ["school-a"]
    assert found.data["polyv_accounts"]["children"] == ["brand_x"]
    assert not [secret for secret in SECRETS if found.says(secret)]
    assert channels.listed() == {"appa": 1, "appb": 1, "appe": 1}
    assert channels.simulator.calls() == ["management-list"] * 3


def test_nothing_is_asked_and_nothing_is_new_without_the_option(channels: Channels) -> None:
    found = channels.read(channels=False)
    assert sorted(found.hostvars) == ["empty", "school-a", "school.b"]
    assert "polyv_kind" not in found.hostvars["school-a"]
    assert channels.simulator.calls() == []


@pytest.mark.parametrize("totals", ["pages", "all", "none"])
def test_a_request_for_each_thousand(channels: Channels, totals: str) -> None:
    channels.accounts([{**FLEET[0], "channels": 2001}])
    channels.simulator.switch(page_totals=totals)
    assert len(channels.read().hosts("polyv_channels_of_school_a")) == 2001
    assert channels.listed() == {"appa": 3}


@pytest.mark.parametrize(
    ("option", "value"),
    [("optional_fields", "missing"), ("channel_id_type", "string"), ("channel_id_type", "number")],
)
def test_what_the_listing_does_not_show_is_no_variable(channels: Channels, option: str, value: str) -> None:
    channels.simulator.switch(**{option: value})
    variables = channels.read().hostvars["school-a-101"]
    assert variables["polyv_channel_id"] == "101"
    assert ("polyv_scene" in variables) == (value != "missing")


def test_a_host_keeps_its_name_when_its_channel_is_renamed(channels: Channels) -> None:
    before = channels.read().hosts("polyv_channels")
    channels.alter(101, name="another")
    after = channels.read()
    assert after.hosts("polyv_channels") == before
    assert after.hostvars["school-a-101"]["polyv_channel_name"] == "another"


@pytest.mark.parametrize(
    ("filters", "kept", "asked"),
    [
        ({"category_id": 7}, ["school-a-101", "school.b-201"], {"categoryId": "7"}),
        ({"category_id": ["7", "8"]}, ["school-a-101", "school-a-102", "school.b-201"], {}),
        ({"watch_status": "live"}, ["school-a-101"], {"watchStatus": "live"}),
        ({"watch_status": ["live", "waiting"], "category_id": [8]}, ["school-a-102"], {"categoryId": "8"}),
        ({"scene": "topclass"}, ["school-a-101"], {}),
        ({"keyword": "aLGEbra"}, ["school-a-101", "school.b-201"], {}),
        ({"keyword": "nothing"}, [], {}),
    ],
)
@pytest.mark.parametrize("keyword", ["part", "whole"])
def test_filters_say_which_channels(
    channels: Channels, filters: dict[str, Any], kept: list[str], asked: dict[str, str], keyword: str
) -> None:
    channels.simulator.switch(channel_keyword=keyword)
    assert channels.read(filters=filters).hosts("polyv_channels") == kept
    sent = channels.simulator.requests("management-list")[0]["query"]
    names = {"categoryId", "watchStatus", "keyword", "scene"}
    assert {name: value for name, (value,) in sent.items() if name in names} == asked


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"include_filters": ["polyv_channel_name is search('Algebra')"]}, ["school-a-101", "school.b-201"]),
        ({"exclude_filters": ["polyv_scene == 'alone'", "polyv_account == 'x'"]}, ["school-a-101"]),
        (
            {
                "include_filters": ["polyv_account == 'school-a'", "false"],
                "exclude_filters": ["inventory_hostname is match('.*2$')"],
            },
            ["school-a-101"],
        ),
    ],
)
def test_expressions_choose_channels(channels: Channels, options: dict[str, Any], kept: list[str]) -> None:
    found = channels.read(**options)
    assert found.returncode == 0, found.output
    assert found.hosts("polyv_channels") == kept


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"filters": {"watch_status": "on"}},
            "filters.watch_status: got 'on', must be one or more of live, playback, end, waiting",
        ),
        ({"filters": {"category_id": "x"}}, "filters.category_id: got 'x', must be the number of a category"),
        ({"filters": {"scene": []}}, "filters.scene: got an empty list"),
        ({"filters": {"keyword": " "}}, "filters.keyword: got ' ', must be text"),
        (
            {"filters": {"catgory": 1}},
            "filters: got 'catgory', must be category_id, watch_status, scene or keyword",
        ),
        ({"timeout": 0}, "timeout: got 0.0, must be a number of seconds above 0"),
        ({"rate_limit": 1501}, "rate_limit: got 1501, must be from 0 to 1500"),
        ({"api_url": "http://polyv.example"}, "api_url: got 'http://polyv.example', must be https"),
        ({"ca_path": "nowhere.pem"}, "ca_path"),
    ],
)
def test_a_bad_option_is_named_before_any_request(
    channels: Channels, options: dict[str, Any], problem: str
) -> None:
    found = channels.read(**options)
    assert found.returncode != 0
    assert found.says(problem)
    assert channels.simulator.calls() == []


@pytest.mark.parametrize("expression", ["polyv_nowhere == 1", "polyv_channel_name", "'x' ~"])
@pytest.mark.parametrize("option", ["include_filters", "exclude_filters"])
def test_an_expression_that_fails_is_an_error(channels: Channels, option: str, expression: str) -> None:
    options: dict[str, Any] = {option: [expression]}
    found = channels.read(**options)
    assert found.returncode != 0
    assert found.says(f"{option}: ")
    assert found.says("fails for school-a-101")


def test_filters_on_what_is_not_shown_fail_the_account(channels: Channels) -> None:
    channels.simulator.switch(optional_fields="missing")
    found = channels.read(filters={"scene": "alone"})
    assert found.hosts("polyv_channels") == []
    assert found.says("filters.scene: the API does not show it of channel 101")
    assert channels.read(filters={"watch_status": "live"}).hosts("polyv_channels") == ["school-a-101"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "envelope", "code": 500, "status": "fail", "message": "access forbidden"}, "forbidden"),
    ({"kind": "html", "times": -1}, "unavailable"),
    (
        {"kind": "wrong_data", "data": {"contents": [{"channelId": "../1"}], "totalItems": 1}},
        "unexpected_data",
    ),
    ({"kind": "wrong_data", "data": {"contents": 1}}, "unexpected_data"),
    ({"kind": "drop_before", "times": -1}, "unreachable"),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_an_account_that_fails_is_left_out_and_named(
    channels: Channels, fault: dict[str, Any], kind: str
) -> None:
    channels.simulator.fault("management-list", app_id="appa", **fault)
    found = channels.read(retries=1)
    assert found.returncode == 0, found.output
    assert found.hosts("polyv_channels") == ["school.b-201"]
    assert "polyv_channels_of_school_a" not in found.data
    assert "school-a" in found.hostvars
    assert found.says(f"account 'school-a': its channels can't be read ({kind}): ")
    assert not [secret for secret in SECRETS if found.says(secret)]
    assert not found.says("sign=")


def test_with_strict_an_account_that_fails_is_an_error(channels: Channels) -> None:
    channels.simulator.fault("management-list", app_id="appa", **FAULTS[0][0])
    channels.simulator.fault("management-list", app_id="appb", **FAULTS[0][0])
    found = channels.read(strict=True)
    assert found.returncode != 0
    for name in ("school-a", "school.b"):
        assert found.says(f"account '{name}': its channels can't be read (forbidden): ")
    allowed = channels.read(
        strict=True,
        environ={
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "false",
            "ANSIBLE_INVENTORY_ENABLED": "polyv.live.polyv",
        },
    )
    assert sorted(allowed.hostvars) == [
        "empty",
        "school-a",
        "school-a-101",
        "school-a-102",
        "school.b",
        "school.b-201",
    ]


def test_an_answer_that_repeats_a_secret_shows_none(channels: Channels) -> None:
    channels.simulator.fault(
        "management-list", "envelope", app_id="appa", code=400, message=f"no {SECRETS[0]} here"
    )
    found = channels.read("--list", "-vvv")
    assert found.says("account 'school-a': its channels can't be read (rejected)")
    assert not [secret for secret in SECRETS if found.says(secret)]


def test_a_channel_never_takes_the_place_of_an_account(channels: Channels) -> None:
    channels.accounts([*FLEET, {**SPARE, "name": "school-a-101"}])
    found = channels.read()
    assert found.returncode != 0
    assert found.says(
        "the channel 101 of the account 'school-a' would be the host 'school-a-101', which is the account 'school-a-101'"
    )
    # Nor that of an account of another file.
    any_failure = {"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true"}
    channels.accounts(FLEET)
    other = channels.inventories.write(
        "a.polyv.yml", {"plugin": "polyv.live.polyv", "accounts": [{"name": "school-a-101"}]}
    )
    first = channels.inventories.run(
        "ansible-inventory", other, "-i", str(channels.write()), "--list", environ=any_failure
    )
    assert first.returncode != 0
    assert first.says("which is the account 'school-a-101'")
    last = channels.inventories.run(
        "ansible-inventory", channels.write(), "-i", str(other), "--list", environ=any_failure
    )
    assert last.returncode != 0
    assert last.says("the account 'school-a-101' is in the group polyv_channels")


def test_two_accounts_never_share_a_group_of_channels(channels: Channels) -> None:
    channels.accounts([{**FLEET[0], "name": "a-b"}, {**FLEET[1], "name": "a.b"}])
    found = channels.read()
    assert found.returncode != 0
    assert found.says("the accounts 'a-b' and 'a.b' would share the group 'polyv_channels_of_a_b'")
    assert channels.simulator.calls() == []


def test_one_account_in_the_inventory_file_is_that_of_the_environment(channels: Channels) -> None:
    environ = {
        "POLYV_APP_ID": "appa",
        "POLYV_APP_SECRET": SECRETS[0],
        "POLYV_USER_ID": "",
        "POLYV_RATE_LIMIT": " ",
        "POLYV_API_URL": channels.simulator.url,
    }
    one = channels.inventories.write(
        "one.polyv.yml", {"plugin": "polyv.live.polyv", "channels": True, "accounts": [{"name": "x"}]}
    )
    found = channels.inventories.read(one, environ=environ)
    assert found.hosts("polyv_channels") == ["x-101", "x-102"], found.output
    other = channels.inventories.write(
        "one.polyv.yml",
        {"plugin": "polyv.live.polyv", "channels": True, "accounts": [{"name": "x", "app_id": "appb"}]},
    )
    assert channels.inventories.read(other, environ=environ).says(
        "the account has the app_id appb, and the one in the environment has appa"
    )
    two = channels.inventories.write(
        "one.polyv.yml",
        {"plugin": "polyv.live.polyv", "channels": True, "accounts": [{"name": "x"}, {"name": "y"}]},
    )
    refused = channels.inventories.read(two, environ=environ)
    assert refused.returncode != 0
    assert refused.says("the 2 accounts of this file have no secrets")


def test_expressions_make_groups_of_channels_below_theirs(channels: Channels) -> None:
    found = channels.read(
        strict=True,
        compose={"title": "polyv_channel_name | default(omit) if polyv_kind == 'channel' else polyv_account"},
        groups={
            "lessons": "polyv_kind == 'channel' and 'Algebra' in title",
            "known": "polyv_kind == 'account'",
        },
        keyed_groups=[
            {"key": "polyv_scene | default([])", "prefix": "scene", "parent_group": "scenes"},
            {"key": "polyv_watch_status | default([])", "prefix": "", "separator": ""},
        ],
    )
    assert found.returncode == 0, found.output
    assert found.hosts("lessons") == ["school-a-101", "school.b-201"]
    assert found.hosts("scene_alone") == ["school-a-102", "school.b-201"]
    assert sorted(found.hosts("known")) == ["empty", "school-a", "school.b"]
    assert set(found.data["polyv_channels"]["children"]) == {
        "lessons",
        "live",
        "polyv_channels_of_empty",
        "polyv_channels_of_school_a",
        "polyv_channels_of_school_b",
        "scenes",
        "waiting",
    }
    assert found.data["polyv_accounts"]["children"] == ["brand_x", "known"]
    assert found.hostvars["school-a-101"]["title"] == "Algebra 代数"


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        {"groups": {"brand_x": True}},
        {"groups": {"both": True}},
        {"keyed_groups": [{"key": "polyv_account", "prefix": "of"}]},
        {"keyed_groups": [{"key": "polyv_account", "prefix": "of", "parent_group": "scenes"}]},
        {
            "keyed_groups": [
                {"key": "polyv_scene | default([])", "prefix": "of", "parent_group": "polyv_accounts"}
            ]
        },
    ],
)
def test_no_expression_brings_channels_among_accounts(
    channels: Channels, options: dict[str, Any], strict: bool
) -> None:
    found = channels.read(strict=strict, **options)
    assert found.says("put channels into the group")
    assert (found.returncode != 0) == strict
    if not strict:
        assert channels.members(found, "polyv_accounts") == {"empty", "school-a", "school.b"}
        assert channels.members(found, "polyv_channels") == {"school-a-101", "school-a-102", "school.b-201"}


def test_no_account_is_among_channels(channels: Channels) -> None:
    """Playbooks for accounts would leave it out."""
    found = channels.read(
        channels=False,
        keyed_groups=[{"key": "polyv_account", "prefix": "", "parent_group": "polyv_channels"}],
    )
    assert found.returncode != 0
    assert found.says("the account 'school-a' is in the group polyv_channels")


HOSTILE = [
    "{{ lookup('ansible.builtin.pipe', 'echo ran') }}",
    "{% set x = 1 %}",
    "#jinja2:variable_start_string:'[['\n[[ 1 + 1 ]]",
    "{ a",
    "\u202eabc\n\x1b[31m",
    "=cmd|'/c calc'!A1",
]


def test_a_name_is_never_rendered(channels: Channels) -> None:
    """Neither as it is nor where an expression made something of it."""
    channels.accounts(
        [{**FLEET[0], "channels": [channel(n, name=name) for n, name in enumerate(HOSTILE, 1)]}]
    )
    inventory = channels.write(
        compose={
            "again": "'' ~ polyv_channel_name",
            "listed": "[polyv_channel_name, {'x': polyv_channel_name}]",
        }
    )
    message = "{{ [polyv_channel_name, again, listed[0], listed[1].x] | to_json }}"
    shown = channels.inventories.run(
        "ansible",
        inventory,
        "polyv_channels",
        "-m",
        "ansible.builtin.debug",
        "-a",
        f"msg={{{{ ({message[2:-2]}) | b64encode }}}}",
    )
    assert shown.returncode == 0, shown.output
    names = channels.decoded(shown.stdout)
    assert names == {f"school-a-{n}": [name] * 4 for n, name in enumerate(HOSTILE, 1)}


def test_half_a_character_is_replaced(channels: Channels) -> None:
    """Nothing could print it, and with it the whole inventory could not be printed."""
    page = '{"code":200,"status":"success","message":"","data":{"totalItems":1,"contents":[{"channelId":1,"name":"a\\ud800b"}]}}'
    channels.simulator.fault(
        "management-list",
        "raw",
        app_id="appa",
        data=f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(page)}\r\n\r\n{page}",
    )
    assert channels.read().hostvars["school-a-1"]["polyv_channel_name"] == "a\ufffdb"


def test_names_make_valid_groups_with_ansibles_own_rule(channels: Channels) -> None:
    channels.accounts([{**FLEET[0], "channels": [channel(1, name="{{ 1 }} a-b")]}])
    found = channels.read(
        keyed_groups=[{"key": "polyv_channel_name | default([])", "prefix": "n"}],
        environ={"ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS": "always"},
    )
    assert found.hosts("n____1____a_b") == ["school-a-1"]


@pytest.mark.parametrize("empty", [EMPTY])
def test_an_account_without_channels_has_an_empty_group(channels: Channels, empty: dict[str, Any]) -> None:
    channels.accounts([empty])
    found = channels.read("--graph")
    assert "@polyv_channels_of_empty:" in found.stdout
