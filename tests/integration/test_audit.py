"""The playbook audit, over an inventory where one host is one account, against the simulator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from harness.fleet import NAMES, SHARE, host, make, provision, write_inventory
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

STRANGER = "https://stranger.example.com/"
EVIL = "</script><script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """Six accounts, as their data wants them."""
    fleet = make(playbooks, simulator)
    assert provision(fleet).returncode == 0
    simulator.forget()
    return fleet


def audit(fleet: Playbooks, *options: str, **variables: Any) -> Run:
    """Runs the playbook with further options of ansible-playbook, and these extra variables."""
    return fleet.run("polyv.live.audit", "-i", "accounts.yml", "-e", json.dumps(variables), *options)


def report(fleet: Playbooks, name: str = "polyv-audit.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((fleet.directory / name).read_text(encoding="utf-8"))
    return found


def page(fleet: Playbooks) -> str:
    return (fleet.directory / "polyv-audit.html").read_text(encoding="utf-8")


def by_name(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in found["accounts"]}


@pytest.mark.smoke
def test_what_drifted_is_reported_and_nothing_is_written(fleet: Playbooks, simulator: Simulator) -> None:
    simulator.alter("userb", weixin_share_url=STRANGER)
    simulator.alter("userc", forbidden=["callback-get"])
    simulator.alter("userd", forbidden=["get-weixin-share-api"])
    simulator.alter("usere", channels=[{"channel_id": 4000001, "name": EVIL}])
    run = audit(fleet)
    assert run.returncode == 2
    assert simulator.writes() == []
    found = report(fleet)
    states = {name: one["state"] for name, one in by_name(found).items()}
    assert states == {"a": "same", "b": "drifted", "c": "failed", "d": "unreadable", "e": "same", "f": "same"}
    assert found["totals"] == {
        "accounts": 6,
        "skipped": 0,
        "same": 3,
        "unreadable": 1,
        "drifted": 1,
        "failed": 1,
        "other_channels": 1,
    }
    (drifted,) = [one for one in by_name(found)["b"]["findings"] if one["state"] == "drifted"]
    assert (drifted["setting"], drifted["before"], drifted["after"]) == (
        "weixin_share",
        {"url": STRANGER},
        {"url": SHARE + "b"},
    )
    assert "access forbidden" in by_name(found)["c"]["msg"]
    assert by_name(found)["e"]["other_channels"] == [
        {"channel_id": "4000001", "name": EVIL, "scene": "alone"}
    ]
    # A failed account fails the run, a drifted one does not.
    assert "c                          : ok=" in run.output
    assert run.output.count("failed=1") == 1
    artifact = run.result("Write the report").data["ansible_stats"]["data"]["polyv_audit"]
    assert [one["name"] for one in artifact["accounts"]] == ["b", "c", "d", "e"]
    assert artifact["same_accounts"] == [
        {"same": {"weixin_share": 1, "record_callback": 1}, "lists_channels": True, "names": ["a", "f"]}
    ]


def test_drift_fails_the_run_where_that_is_asked_and_the_second_audit_lists_the_first(
    fleet: Playbooks, simulator: Simulator
) -> None:
    simulator.alter("userb", weixin_share_url=STRANGER)
    assert audit(fleet).returncode == 0
    first = report(fleet)
    failed = audit(fleet, polyv_audit_fail=True)
    assert failed.returncode == 2
    assert failed.output.count("failed=1") == 1
    kept = f"polyv-audit-{first['time'].replace(':', '')}.json"
    assert report(fleet, kept) == first
    assert page(fleet).count("<meter") == 2
    assert simulator.writes() == []


def test_the_page_is_one_file_without_secrets_in_which_names_are_text(
    fleet: Playbooks, simulator: Simulator
) -> None:
    simulator.alter("usere", channels=[{"channel_id": 4000001, "name": EVIL, "channel_passwd": "pass-of-e"}])
    code = {"primary": {"type": "code", "auth_code": "987123"}}
    data = {"account_channels": [{"channel": EVIL, "watch_condition": code}]}
    unsafe = json.loads(json.dumps(data).replace("{{", "{{ '{{' }}"))
    write_inventory(fleet, {name: host(name) | (unsafe if name == "e" else {}) for name in NAMES})
    assert audit(fleet).returncode == 0
    (drifted,) = [one for one in by_name(report(fleet))["e"]["findings"] if one["state"] == "drifted"]
    assert drifted["channel"] == EVIL
    written = page(fleet)
    assert EVIL not in written
    assert "<script>alert" not in written
    assert "&lt;/script&gt;" in written or "\\u003c/script\\u003e" in written
    for asked in ("<link", "<img", "<iframe", "<script src", "@import"):
        assert asked not in written, asked
    for secret in ("987123", "pass-of-e", *(f"secret-of-{name}" for name in NAMES)):
        for file in ("polyv-audit.html", "polyv-audit.json"):
            assert secret not in (fleet.directory / file).read_text(encoding="utf-8")


def test_reports_of_slices_make_one_page(fleet: Playbooks, simulator: Simulator) -> None:
    simulator.alter("userb", weixin_share_url=STRANGER)
    artifacts = fleet.directory / "artifacts"
    artifacts.mkdir()
    for number, names in enumerate(("a,b,c", "d,e,f")):
        run = audit(fleet, "-l", names)
        statistics = run.result("Write the report").data["ansible_stats"]["data"]
        (artifacts / f"job{number}.json").write_text(json.dumps({"id": number, "artifacts": statistics}))
    made = fleet.run("polyv.live.audit_page", "-e", "polyv_audit_from=artifacts")
    assert made.returncode == 0, made.output
    assert made.result("Write the page").data["totals"]["accounts"] == 6
    assert made.result("Write the page").data["drifted"] == ["b"]
    assert STRANGER in page(fleet)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"polyv_audit": {"format": 1, "accounts": [{}]}}', "{" * 100000, '{"format": 2}'],
)
def test_what_is_no_report_is_refused_by_name(fleet: Playbooks, text: str) -> None:
    (fleet.directory / "broken.json").write_text(text)
    run = fleet.run("polyv.live.audit_page", "-e", "polyv_audit_from=broken.json")
    result = run.result("Write the page")
    assert result.data["failure"]["kind"] == "invalid_input"
    assert result.data["msg"].startswith("from: got 'broken.json', must be a report of an audit")


def test_hosts_without_an_account_are_no_green_run(fleet: Playbooks, simulator: Simulator) -> None:
    run = audit(fleet, polyv_hosts="nobody")
    assert run.returncode == 2
    assert "No account matches the pattern nobody" in run.output
    assert simulator.calls() == []


def test_tags_that_select_nothing_are_no_green_run(fleet: Playbooks) -> None:
    run = audit(fleet, "--tags", "weixinshare")
    assert run.returncode == 2
    assert "nothing was compared" in run.output


def test_a_channel_that_the_data_names_without_settings_is_no_other_channel(
    fleet: Playbooks, simulator: Simulator
) -> None:
    simulator.alter(
        "userb", channels=[{"channel_id": 4000001, "name": "Hall"}, {"channel_id": 4000002, "name": "Shop"}]
    )
    named = {"account_channels": [{"channel": "Hall"}]}
    write_inventory(fleet, {name: host(name) | (named if name == "b" else {}) for name in NAMES})
    audit(fleet)
    assert [one["name"] for one in by_name(report(fleet))["b"]["other_channels"]] == ["Shop"]
    # Of a part of the settings nobody can tell.
    audit(fleet, "--tags", "weixin_share")
    assert by_name(report(fleet))["b"]["other_channels"] is None
