"""polyv_account and the role account with the settings of today's accounts: callbacks and function switches."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_account"
URL = "https://hooks.example.com/polyv"
USER = ACCOUNT["user_id"]
STANDARD: dict[str, Any] = {
    "callbacks": {"record_url": URL, "stream_url": URL},
    "function_switches": {"account_wide": True, "switches": {"red_pack": False}},
    "channels": [
        {"channel_id": CHANNEL, "function_switches": {"switches": {"danmu": False}}},
        {"channel_id": OTHER_CHANNEL, "function_switches": {"switches": {"chat": False}}},
    ],
}
NAMES = [
    ("callbacks", None),
    ("function_switches", None),
    ("function_switches", CHANNEL),
    ("function_switches", OTHER_CHANNEL),
]


def test_the_account_and_its_channels_are_two_layers_and_cost_one_read_each(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {"name": "check", MODULE: STANDARD, "check_mode": True},
        {"name": "change", MODULE: STANDARD},
        defaults=account,
    )
    assert run.returncode == 0, run.output
    for name in ("check", "change"):
        found = run.result(name).data["settings"]
        assert [(one["setting"], one["channel_id"]) for one in found if one["changed"]] == NAMES
    assert sorted(simulator.writes()) == ["callback-update", *["switch-update"] * 3]
    assert simulator.account(USER)["function_switches"] == {"redPack": "N"}
    assert simulator.channel(USER, CHANNEL)["function_switches"] == {"closeDanmu": "Y"}
    simulator.forget()
    same = playbooks.tasks({"name": "same", MODULE: STANDARD}, defaults=account).result("same")
    assert not same.changed
    assert sorted(simulator.calls()) == ["callback-get", *["switch-get"] * 3]


def test_the_role_takes_them_from_its_variables(playbooks: Playbooks, simulator: Simulator) -> None:
    variables = {f"account_{name}": value for name, value in {**ACCOUNT, "retries": 0, **STANDARD}.items()}
    show = {"name": "show", "ansible.builtin.debug": {"var": "account_settings"}}
    for changed in (True, False):
        run = playbooks.tasks(show, roles=[{"role": "polyv.live.account"}], vars=variables)
        assert run.returncode == 0, run.output
        found = run.result("show").data["account_settings"]
        assert [(one["setting"], one["channel_id"]) for one in found if one["changed"] is changed] == NAMES


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "both ways": (
        {"record_callback": {"url": URL}, "callbacks": {"record_url": URL}},
        "callbacks.record_url: must be left out where record_callback is given",
    ),
    "both ways, cleared": (
        {"record_callback": {"state": "absent"}, "callbacks": {"cleared": ["record_url"]}},
        "callbacks.record_url: must be left out where record_callback is given",
    ),
    "in other words": (
        {"function_switches": {"account_wide": "yes", "switches": {"chat": True}}},
        "function_switches.account_wide: got 'yes', must be true",
    ),
    "in no words": (
        {"function_switches": {"account_wide": False, "switches": {"chat": True}}},
        "function_switches.account_wide: got false, must be true",
    ),
    "nothing to set": ({"callbacks": {}}, "callbacks.cleared: must name a callback to clear"),
    "no switch": (
        {"channels": [{"channel_id": CHANNEL, "function_switches": {"switches": {}}}]},
        "channels[0].function_switches.switches: must have at least one switch",
    ),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        *({"name": name, MODULE: given, "ignore_errors": True} for name, (given, _unused) in BAD.items()),
        defaults=account,
    )
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
    assert simulator.calls() == []
