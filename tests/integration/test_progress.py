"""The callback plugin polyv.live.progress, on a terminal and without one: it shows what is so, and takes nothing away."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator
from harness.terminal import CTRL_C, Terminal

ENABLED = {"ANSIBLE_CALLBACKS_ENABLED": "recorder,polyv.live.progress", "POLYV_PROGRESS_INTERVAL": "1"}
NOT_ENABLED = {"ANSIBLE_CALLBACKS_ENABLED": "recorder"}
TAKE_AWAY = "\r\x1b[2K"
INFO = {"polyv.live.polyv_api": {"path": "/live/v3/user/get-info", "access": "read"}}
SWITCH = {
    "polyv.live.polyv_function_switches": {
        "channel_id": CHANNEL,
        "switches": {"chat": "{{ inventory_hostname != 'h1' }}"},
    }
}


@pytest.fixture
def way() -> str:
    """A callback plugin sees results, however they came about."""
    return "worker"


@pytest.fixture
def fleet(playbooks: Playbooks) -> Playbooks:
    """Hosts h1 to h6, which all are one account."""
    hosts = {f"h{number}": {"ansible_connection": "local"} for number in range(1, 7)}
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    inventory = {"all": {"hosts": hosts, "vars": python}}
    (playbooks.directory / "hosts.yml").write_text(yaml.safe_dump(inventory))
    return playbooks


def play(fleet: Playbooks, *tasks: dict[str, Any], **keywords: Any) -> str:
    defaults = {"group/polyv.live.polyv": {**ACCOUNT, "retries": 0}}
    body = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": defaults,
        "tasks": list(tasks),
        **keywords,
    }
    path = Path(fleet.directory / "fleet.yml")
    path.write_text(yaml.safe_dump([body], allow_unicode=True, sort_keys=False), encoding="utf-8")
    return str(path)


def rows(output: str) -> list[str]:
    """The rows that stay on the terminal, in their order."""
    return [row.rstrip("\r").rpartition(TAKE_AWAY)[2] for row in output.split("\n")]


def progress(output: str) -> list[str]:
    """The plain lines of the plugin."""
    return [row for row in rows(output) if row.startswith("Polyv: ")]


def slow(simulator: Simulator, seconds: float = 1.0) -> None:
    simulator.fault("get-info", "delay", times=-1, seconds=seconds)


def test_plain_lines_count_accounts_and_who_waits_for_the_rate_limit(
    fleet: Playbooks, simulator: Simulator
) -> None:
    limited = {"polyv.live.polyv_api": {**INFO["polyv.live.polyv_api"], "rate_limit": 3}}
    path = play(fleet, {"name": "info", **limited})
    run = fleet.run(path, "-i", "hosts.yml", "--forks", "6", environ=ENABLED)
    assert run.returncode == 0, run.output
    lines = progress(run.output)
    waiting = re.compile(
        r"Polyv: 3 of 6 accounts done, 0 changed, 0 failed, 3 waiting for the rate limit, 0\.[0-9] requests/s"
    )
    assert [line for line in lines if waiting.match(line)], run.output
    assert any(re.search(r", 0:[01][0-9] left$", line) for line in lines), run.output
    assert 8 <= len(lines) <= 14, "one line a second, for the ten seconds that three requests have to wait"
    assert re.fullmatch(r"Polyv: 6 of 6 accounts done, 0 changed, 0 failed, in 0:1[0-9]", lines[-1])


@pytest.mark.thorough
def test_the_last_line_counts_what_changed_and_what_failed_over_all_batches(
    fleet: Playbooks, simulator: Simulator
) -> None:
    simulator.fault("switch-update", "envelope", code=400, message="no")
    path = play(fleet, {"name": "switch", **SWITCH}, {"name": "info", **INFO}, serial=[1, "100%"])
    run = fleet.run(path, "-i", "hosts.yml", environ={**ENABLED, "POLYV_PROGRESS_INTERVAL": "60"})
    # h1 switches the chat off and fails, which ends the play; nobody else was tried.
    assert progress(run.output) == [progress(run.output)[-1]]
    assert progress(run.output)[0].startswith("Polyv: 1 of 6 accounts done, 0 changed, 1 failed, in 0:0")
    again = fleet.run(path, "-i", "hosts.yml", "--forks", "1", environ=ENABLED)
    # h1 switches the chat off, and h2, the first of the others, on again.
    assert progress(again.output)[-1].startswith("Polyv: 6 of 6 accounts done, 2 changed, 0 failed, in 0:0")


def test_a_play_without_a_task_of_the_collection_is_none_of_its_business(fleet: Playbooks) -> None:
    path = play(fleet, {"name": "say", "ansible.builtin.debug": {"msg": "x"}})
    run = fleet.run(path, "-i", "hosts.yml", environ=ENABLED)
    assert run.returncode == 0 and progress(run.output) == [], run.output


def test_the_row_of_a_terminal_leaves_every_other_row_as_it_is(
    fleet: Playbooks, simulator: Simulator
) -> None:
    slow(simulator)
    long = {"name": "long", "ansible.builtin.debug": {"msg": "直播 " * 100}}
    path = play(fleet, long, {"name": "info", **INFO}, long, {"name": "again", **INFO, "changed_when": True})
    options = ("-i", "hosts.yml", "--forks", "3", "-v")
    without = fleet.run(path, *options, environ=NOT_ENABLED, terminal=Terminal())
    run = fleet.run(path, *options, environ=ENABLED, terminal=Terminal())
    assert run.returncode == without.returncode == 0, run.output
    kept = [row for row in rows(run.output) if not row.startswith("Polyv: ")]
    assert Counter(kept) == Counter(rows(without.output))
    assert progress(run.output)[0].startswith("Polyv: 6 of 6 accounts done, 6 changed, 0 failed, in 0:0")
    assert len(progress(run.output)) == 1
    drawn = re.findall(r"Polyv ([0-6])/6", run.output)
    assert drawn == sorted(drawn) and {"0", "3"} <= set(drawn), drawn
    assert "requests/s" in run.output
    assert TAKE_AWAY in run.output and TAKE_AWAY not in without.output
    last = run.output.rpartition("Polyv ")[2]
    assert TAKE_AWAY in last, "what was drawn last is taken away"


@pytest.mark.parametrize("columns", [30, 60, 200])
def test_the_row_never_takes_two(fleet: Playbooks, simulator: Simulator, columns: int) -> None:
    slow(simulator, 0.6)
    path = play(fleet, {"name": "info", **INFO})
    environ = {**ENABLED, "ANSIBLE_NOCOLOR": "0", "ANSIBLE_FORCE_COLOR": "1"}
    run = fleet.run(path, "-i", "hosts.yml", environ=environ, terminal=Terminal(columns))
    drawn = [
        re.sub("\x1b\\[[0-9;]*m", "", part)
        for row in run.output.split("\n")
        for part in row.split(TAKE_AWAY)
        if "Polyv" in part and "Polyv:" not in part
    ]
    assert len(drawn) > 2, run.output
    assert max(map(len, drawn)) < columns


def test_nobody_who_is_asked_something_is_disturbed(fleet: Playbooks, simulator: Simulator) -> None:
    slow(simulator, 0.6)
    ask = {"name": "ask", "ansible.builtin.pause": {"prompt": "Go on? "}}
    path = play(fleet, {"name": "info", **INFO}, ask, {"name": "again", **INFO})
    terminal = Terminal(answers=(("Go on? :", "\r"),), pause=1.5)
    run = fleet.run(path, "-i", "hosts.yml", environ=ENABLED, terminal=terminal)
    assert run.returncode == 0, run.output
    asked = run.output.split("Go on? :")[1].split("TASK [again]")[0]
    assert "Polyv" not in asked, asked
    assert "Polyv" in run.output.split("TASK [again]")[1]


def test_an_interrupted_run_leaves_the_terminal_as_it_was(fleet: Playbooks, simulator: Simulator) -> None:
    slow(simulator, 5)
    path = play(fleet, {"name": "info", **INFO})
    run = fleet.run(
        path, "-i", "hosts.yml", environ=ENABLED, terminal=Terminal(answers=(("Polyv 0/6", CTRL_C),))
    )
    assert run.returncode != 0
    assert "User interrupted execution" in run.output
    assert TAKE_AWAY in run.output.rpartition("Polyv 0/6")[2]
    assert [row for row in rows(run.output) if "Polyv" in row] == []


@pytest.mark.parametrize("variable", ["AWX_HOST", "AWX_PRIVATE_DATA_DIR", "AWX_ISOLATED_DATA_DIR"])
@pytest.mark.parametrize("terminal", [None, Terminal()])
def test_a_job_of_awx_has_nothing_of_it(
    fleet: Playbooks, simulator: Simulator, variable: str, terminal: Terminal | None
) -> None:
    slow(simulator, 1.2)
    path = play(fleet, {"name": "info", **INFO})
    environ = {**ENABLED, variable: "https://towerhost"}
    run = fleet.run(path, "-i", "hosts.yml", "--forks", "3", environ=environ, terminal=terminal)
    assert run.returncode == 0, run.output
    assert "Polyv" not in run.output


@pytest.mark.thorough
def test_what_is_asked_for_wins_and_without_rich_there_are_lines(
    fleet: Playbooks, simulator: Simulator
) -> None:
    slow(simulator, 1.2)
    path = play(fleet, {"name": "info", **INFO})
    (fleet.directory / "broken").mkdir()
    (fleet.directory / "broken" / "rich.py").write_text("raise ImportError('not here')")
    cases: dict[str, dict[str, str]] = {
        "asked for": {"AWX_HOST": "x", "POLYV_PROGRESS_DISPLAY": "plain"},
        "no rich": {"PYTHONPATH": str(fleet.directory / "broken")},
        "no terminal worth the name": {"TERM": "dumb"},
    }
    for name, environ in cases.items():
        run = fleet.run(path, "-i", "hosts.yml", environ={**ENABLED, **environ}, terminal=Terminal())
        assert TAKE_AWAY not in run.output, name
        assert len(progress(run.output)) > 1, name
    off = fleet.run(path, "-i", "hosts.yml", environ={**ENABLED, "POLYV_PROGRESS_DISPLAY": "off"})
    assert "Polyv" not in off.output
