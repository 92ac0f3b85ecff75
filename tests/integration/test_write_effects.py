"""A write that the API accepts and no read shows, of each setting and with each `verify_writes` (docs/api.md §4)."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

URL = "https://new.example.com/login"
# Each setting: its options, its write, what the message says was sent, and the module that sets the same.
SETTINGS: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "weixin_share": ({"url": URL}, "set-weixin-share-api", URL, None),
    "record_callback": ({"url": URL}, "set-record-callback", URL, "polyv_callbacks"),
    "callbacks": ({"record_url": URL}, "callback-update", URL, None),
    "oauth_custom": ({"custom_uri": URL, "all_channels": True}, "oauth-custom", URL, "polyv_watch_condition"),
    "donate": (
        {"type": "cash", "cash_min": 5, "channel_id": CHANNEL},
        "setDonate",
        "'cash_min': '5'",
        None,
    ),
    "function_switches": (
        {"channel_id": CHANNEL, "switches": {"chat": False}},
        "switch-update",
        "'chat': False",
        None,
    ),
    "account": (
        {"record_callback": {"url": URL}, "callbacks": {"playback_url": URL}},
        "callback-update",
        URL,
        None,
    ),
}
MODES = ("strict", "warn", "off")


@pytest.fixture
def results(playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]) -> dict[str, Result]:
    """The result of each setting with each mode, by host: all of them wait at the same time, 15 s."""
    simulator.switch(**{f"write_effect@{write}": "never" for _unused, write, *_rest in SETTINGS.values()})
    hosts = [f"{name}-{mode}" for name in SETTINGS for mode in MODES]
    tasks = [
        {
            "name": f"{name}-{mode}",
            f"polyv.live.polyv_{name}": {**options, "verify_writes": mode},
            "when": f"inventory_hostname == '{name}-{mode}'",
        }
        for name, (options, *_rest) in SETTINGS.items()
        for mode in MODES
    ]
    run = playbooks.tasks(
        *tasks,
        defaults=account,
        options=["-i", ",".join(hosts), "--forks", str(len(hosts))],
        hosts="all",
        vars={"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        strategy="free",
    )
    return {result.host: result for result in run.results if result.status != "skipped"}


def test_it_is_a_failure_a_warning_or_not_looked_for(results: dict[str, Result]) -> None:
    for name, (_unused, _write, sent, newer) in SETTINGS.items():
        strict, warned, off = (results[f"{name}-{mode}"] for mode in MODES)
        assert [strict.changed, warned.changed, off.changed] == [True] * 3, "the API accepted it"
        assert (strict.status, warned.status, off.status) == ("failed", "ok", "ok"), name
        assert strict.data["failure"]["kind"] == "not_applied"
        said = strict.data["msg"]
        assert sent in said, name
        assert "but still shows" in said, name
        assert "Set verify_writes: warn to go on all the same" in said
        assert newer is None or f"{newer} sets the same by a newer call" in said
        assert any(sent in text and "but still shows" in text for text in warned.data["warnings"]), name
        assert "but still shows" not in str(off.data.get("warnings"))
    every = results["oauth_custom-strict"].data["msg"]
    assert CHANNEL in every and OTHER_CHANNEL in every, "each channel that does not show is listed"
    shown = {item["setting"]: item for item in results["account-strict"].data["settings"]}
    assert shown["callbacks"]["failure"]["kind"] == "not_applied"
    assert (shown["callbacks"]["changed"], shown["callbacks"]["failed"]) == (True, True)


def test_what_cannot_be_read_is_never_a_write_that_does_not_show(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(**{"write_effect@set-weixin-share-api": "never"})
    simulator.alter(ACCOUNT["user_id"], forbidden=["get-weixin-share-api"])
    task = {"name": "share", "polyv.live.polyv_weixin_share": {"url": URL}}
    run = playbooks.tasks(task, defaults=account)
    assert run.result("share").status == "ok"
    assert run.result("share").changed
    assert ACCOUNT["app_secret"] not in run.everything
