"""The playbook provision, over an inventory where one host is one account, against the simulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from harness.fleet import NAMES, SHARE, keys, make, provision, summary, touched
from harness.playbook import Playbooks
from harness.simulator import Simulator

BOTH = ["weixin_share", "record_callback"]
PLAYBOOK = Path(__file__).parents[2] / "playbooks" / "provision.yml"


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: Simulator) -> Playbooks:
    """Six accounts."""
    return make(playbooks, simulator)


def break_accounts(simulator: Simulator, *names: str) -> None:
    """Lets these accounts fail, after their WeChat share was set."""
    for name in names:
        simulator.alter(f"user{name}", forbidden=["callback-get"])


@pytest.mark.smoke
def test_first_run_second_run_check_and_drift(fleet: Playbooks, simulator: Simulator) -> None:
    check = provision(fleet, "--check", "--diff")
    assert check.returncode == 0, check.output
    found = summary(fleet, check)
    assert (found["check"], found["changed"]) == (True, dict.fromkeys(NAMES, BOTH))
    assert "  would change  6" in found["text"]
    assert simulator.writes() == []

    first = provision(fleet)
    assert first.returncode == 0, first.output
    assert summary(fleet, first)["changed"] == dict.fromkeys(NAMES, BOTH)
    assert simulator.account("userc")["weixin_share_url"] == SHARE + "c"
    assert "WARNING" not in first.output

    simulator.forget()
    second = provision(fleet)
    assert second.returncode == 0
    assert summary(fleet, second)["same"] == NAMES
    assert simulator.writes() == []

    simulator.alter("userd", weixin_share_url="https://stranger.example.com/")
    drift = provision(fleet, "--check", "--diff")
    assert summary(fleet, drift)["changed"] == {"d": ["weixin_share"]}
    assert '-  "url": "https://stranger.example.com/"' in drift.output
    mended = summary(fleet, provision(fleet))
    assert (mended["changed"], mended["counts"]["same"]) == ({"d": ["weixin_share"]}, 5)
    assert simulator.writes() == ["set-weixin-share-api"]


@pytest.mark.smoke
def test_a_failed_account_stops_nobody_and_a_later_run_finishes(
    fleet: Playbooks, simulator: Simulator
) -> None:
    break_accounts(simulator, "c")
    run = provision(fleet, polyv_max_failed_percentage=50)
    assert run.returncode == 2
    found = summary(fleet, run)
    assert list(found["changed"]) == ["a", "b", "d", "e", "f"]
    assert found["failed"]["c"]["changed"] == ["weixin_share"]
    assert "access forbidden" in found["failed"]["c"]["reason"]
    assert (found["stopped"], found["not_reached"]) == (None, [])
    assert "c                          : ok=0    changed=0    unreachable=0    failed=1" in run.output
    assert run.output.count("failed=1") == 1

    simulator.alter("userc", forbidden=[])
    simulator.forget()
    resumed = provision(fleet)
    assert resumed.returncode == 0
    assert summary(fleet, resumed)["changed"] == {"c": ["record_callback"]}
    assert simulator.writes() == ["set-record-callback"]


def test_when_the_canary_fails_nobody_else_is_touched(fleet: Playbooks, simulator: Simulator) -> None:
    break_accounts(simulator, "a")
    run = provision(fleet)
    assert run.returncode == 2
    found = summary(fleet, run)
    assert (list(found["failed"]), found["not_reached"]) == (["a"], ["b", "c", "d", "e", "f"])
    assert found["stopped"] == "1 of 1 accounts failed (100 %), more than the 10 % allowed"
    assert touched(simulator) == {"a"}


def test_the_rollout_goes_on_below_the_threshold_and_stops_above(
    fleet: Playbooks, simulator: Simulator
) -> None:
    break_accounts(simulator, "a", "c")
    run = provision(fleet, polyv_serial="2,2", polyv_max_failed_percentage="50%")
    assert (run.returncode, summary(fleet, run)["not_reached"]) == (2, [])
    stopped = provision(fleet, polyv_serial=[2, 2], polyv_max_failed_percentage=40)
    found = summary(fleet, stopped)
    assert (list(found["failed"]), found["same"], found["not_reached"]) == (
        ["a"],
        ["b"],
        ["c", "d", "e", "f"],
    )
    assert stopped.returncode == 2
    assert found["stopped"]


def test_a_single_failure_stops_where_that_is_asked(fleet: Playbooks, simulator: Simulator) -> None:
    break_accounts(simulator, "c")
    run = provision(
        fleet, polyv_serial="1,3,100%", polyv_stop_on_failure="yes", polyv_max_failed_percentage=90
    )
    found = summary(fleet, run)
    assert (list(found["failed"]), found["not_reached"]) == (["c"], ["e", "f"])
    assert run.returncode == 2
    assert touched(simulator) == {"a", "b", "c", "d"}


def test_when_every_account_fails_there_is_a_summary(fleet: Playbooks, simulator: Simulator) -> None:
    break_accounts(simulator, *NAMES)
    run = provision(fleet, polyv_serial=3, polyv_max_failed_percentage=100)
    assert (run.returncode, list(summary(fleet, run)["failed"])) == (2, NAMES)


def test_an_account_whose_variables_are_broken_fails_alone(fleet: Playbooks) -> None:
    inventory = yaml.safe_load((fleet.directory / "accounts.yml").read_text(encoding="utf-8"))
    inventory["all"]["hosts"]["b"]["account_app_secret"] = "{{ vault_nowhere }}"
    inventory["all"]["hosts"]["c"]["account_app_secret"] = ""
    inventory["all"]["hosts"]["d"].update(
        {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}
    )
    (fleet.directory / "accounts.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    run = provision(fleet, polyv_max_failed_percentage=100)
    failed = summary(fleet, run)["failed"]
    assert (run.returncode, list(failed)) == (2, ["b", "c", "d"])
    assert "vault_nowhere" in failed["b"]["reason"]
    assert "the option is blank" in failed["c"]["reason"]
    assert "Failed to connect" in failed["d"]["reason"]


def test_blank_answers_of_a_survey_are_not_given(fleet: Playbooks) -> None:
    names = ("hosts", "serial", "max_failed_percentage", "stop_on_failure", "summary_file")
    run = provision(fleet, **{f"polyv_{name}": "" for name in names})
    assert run.returncode == 0, run.output
    assert summary(fleet, run)["counts"]["changed"] == 6


def test_the_run_is_about_the_hosts_that_were_asked_for(fleet: Playbooks, simulator: Simulator) -> None:
    assert list(summary(fleet, provision(fleet, polyv_hosts="b,c"))["changed"]) == ["b", "c"]
    limited = summary(fleet, provision(fleet, "--limit", "c:d", polyv_summary_file="polyv-summary.json"))
    assert (limited["same"], limited["changed"], limited["not_reached"]) == (["c"], {"d": BOTH}, [])
    assert touched(simulator) == {"b", "c", "d"}


def test_the_summary_file_goes_where_it_is_asked(fleet: Playbooks, tmp_path: Path) -> None:
    provision(fleet, polyv_summary_file=str(tmp_path / "else.json"))
    assert json.loads((tmp_path / "else.json").read_text(encoding="utf-8"))["counts"]["changed"] == 6
    assert not (fleet.directory / "polyv-summary.json").exists()


def test_a_summary_file_that_cannot_be_written_loses_nothing(fleet: Playbooks, tmp_path: Path) -> None:
    run = provision(fleet, polyv_summary_file=str(tmp_path / "nowhere" / "summary.json"))
    assert run.returncode == 2
    assert run.result("Show the summary").data["msg"][0] == "Accounts: 6"


@pytest.mark.parametrize(
    "variables",
    [{"polyv_serial": "some"}, {"polyv_max_failed_percentage": "few"}, {"polyv_stop_on_failure": "few"}],
)
def test_what_cannot_be_understood_stops_before_the_first_account(
    fleet: Playbooks, simulator: Simulator, variables: dict[str, str]
) -> None:
    run = provision(fleet, **variables)
    assert run.returncode != 0
    assert f"got '{next(iter(variables.values()))}'" in run.words
    assert simulator.calls() == []


def test_tags_select_settings_and_the_summary_still_comes(fleet: Playbooks) -> None:
    tagged = summary(fleet, provision(fleet, "--tags", "weixin_share"))
    assert tagged["changed"] == dict.fromkeys(NAMES, ["weixin_share"])
    left_out = summary(fleet, provision(fleet, "--skip-tags", "record_callback"))
    assert left_out["same"] == NAMES
    nothing = summary(fleet, provision(fleet, "--tags", "other"))
    assert (nothing["skipped"], "  nothing selected  6" in nothing["text"]) == (NAMES, True)


def test_it_runs_by_path_too_and_twice_in_one_playbook(fleet: Playbooks, simulator: Simulator) -> None:
    (fleet.directory / "twice.yml").write_text(f"- import_playbook: {PLAYBOOK}\n" * 2, encoding="utf-8")
    break_accounts(simulator, "b")
    run = fleet.run("twice.yml", "-i", "accounts.yml", "-e", "polyv_max_failed_percentage=50")
    # Ansible leaves out of the second play who failed in the first.
    texts = [result.data["msg"] for result in run.results if result.task == "Show the summary"]
    assert [text[0] for text in texts] == ["Accounts: 6", "Accounts: 5"]
    assert "  same         5" in texts[1]
    assert run.returncode == 2


@pytest.mark.parametrize("options", [(), ("-e", '{"polyv_in_process": false}')])
def test_no_secret_shows_however_verbose(
    fleet: Playbooks, simulator: Simulator, options: tuple[str, ...]
) -> None:
    break_accounts(simulator, "b")
    run = provision(fleet, "-vvv", "--diff", *options, polyv_max_failed_percentage=100)
    assert run.returncode == 2
    written = (fleet.directory / "polyv-summary.json").read_text(encoding="utf-8")
    assert not [name for name in NAMES if keys(name)["app_secret"] in run.everything + written]
