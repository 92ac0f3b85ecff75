"""Canaries: secrets that would be seen anywhere, through everything that Ansible prints, stores or hands on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ansible_runner  # type: ignore[import-untyped, unused-ignore]
import pytest
import yaml
from awx_rules.leaks import find_leaks
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator

from .conftest import Figures
from .scenarios import SCENARIOS

# With what quoting, URL encoding and JSON escape, each of them by itself no part of another word.
SECRET = "cAn'4r\"y\\5e+c%t&r</7"
PASSWORD = "p4\\s\"s'w%rd é"
# As variables, because ansible-core quotes the lines of a playbook around a task that failed.
KEYS = {**ACCOUNT, "app_secret": "{{ canary_secret }}"}
VARIABLES = {"canary_secret": SECRET, "canary_password": PASSWORD}
#: What an API may say of a request that it refuses: what the request held, in some spelling.
ECHOES = (SECRET, json.dumps(SECRET), repr(SECRET), f"<{SECRET}>")
PASSWORD_ECHOES = (PASSWORD, f"passwd={json.dumps(PASSWORD)}", repr(PASSWORD), f"«{PASSWORD}»")


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """The account has a secret with every character that some quoting touches."""
    running_simulator.reset()
    accounts = running_simulator.accounts()
    for account in accounts:
        if account["user_id"] == ACCOUNT["user_id"]:
            account["app_secret"] = SECRET
    running_simulator.replace_accounts(accounts)
    return running_simulator


def plays(simulator: Simulator) -> list[dict[str, Any]]:
    """Every module: changed, unchanged, refused by the API with each echo of a secret, and failed on the way."""
    for scenario in SCENARIOS:
        for echo in PASSWORD_ECHOES if scenario.module == "polyv_custom_user" else ECHOES:
            simulator.fault(scenario.writes[0], "envelope", code=400, message=f"bad request: {echo}")
    tasks: list[dict[str, Any]] = []
    for scenario in SCENARIOS:
        for number in range(1, len(ECHOES) + 3):
            options = dict(scenario.options(min(number, len(ECHOES) + 1)))
            if "password" in options:
                options["password"] = "{{ canary_password }}"
            tasks.append({"name": f"{scenario.module} {number}", scenario.fqcn: options})
        tasks.append({"name": "closed", scenario.fqcn: {**options, "api_url": "https://127.0.0.1:1"}})
        tasks.append({"name": "wrong type", scenario.fqcn: {**options, "timeout": "soon"}})
    for task in tasks:
        task["ignore_errors"] = True
        # The one result that holds a new key by design; its reader hides it.
        task["no_log"] = "polyv.live.polyv_custom_user" in task
    defaults = {**KEYS, "retries": 0}
    play = {"hosts": "localhost", "gather_facts": False, "tasks": tasks}
    return [{**play, "module_defaults": {"group/polyv.live.polyv": defaults}}]


def secrets(simulator: Simulator) -> list[str]:
    """All that must not be found: the canaries, new keys, and every signature that was sent."""
    signatures = {
        value
        for entry in simulator.requests()
        for parameters in (entry["query"], entry["form"])
        for value in parameters.get("sign", [])
    }
    assert signatures
    new = [user["app_secret"] for user in simulator.custom_users()]
    return [SECRET, PASSWORD, *new, *signatures]


def test_command_line_log_file_and_junit(
    playbooks: Playbooks, simulator: Simulator, tmp_path: Path, figures: Figures
) -> None:
    """`-vvvv --diff`, the log file, the callback junit, and the results that callbacks get."""
    (play,) = plays(simulator)
    environ = {
        "ANSIBLE_LOG_PATH": str(tmp_path / "ansible.log"),
        "ANSIBLE_CALLBACKS_ENABLED": "recorder,ansible.builtin.junit",
        "JUNIT_OUTPUT_DIR": str(tmp_path / "junit"),
        "ANSIBLE_DISPLAY_ARGS_TO_STDOUT": "true",
    }
    playbooks.variables.update(VARIABLES)
    tasks, defaults = play["tasks"], play["module_defaults"]["group/polyv.live.polyv"]
    run = playbooks.tasks(
        *tasks, defaults=defaults, options=["-vvvv", "--diff"], environ=environ, process_timeout=600
    )
    assert len(run.results) == len(tasks), run.output[-3000:]
    places = {"output": run.everything, "log": (tmp_path / "ansible.log").read_text(encoding="utf-8")}
    places.update({path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "junit").iterdir()})
    assert len(places) == 3
    figures.count("canaries", len(tasks) * len(places))
    assert find_leaks(places, secrets(simulator)) == []


def test_events_of_ansible_runner(
    playbooks: Playbooks, simulator: Simulator, way: str, tmp_path: Path, figures: Figures
) -> None:
    """What AWX and other users of ansible-runner store: every event, artifact and line of output."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "play.yml").write_text(yaml.safe_dump(plays(simulator), allow_unicode=True), encoding="utf-8")
    local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    run: Any = ansible_runner.run(
        private_data_dir=str(tmp_path),
        playbook="play.yml",
        inventory="localhost,",
        extravars={**local, **VARIABLES, "polyv_in_process": way == "worker"},
        envvars={"POLYV_API_URL": simulator.url, "ANSIBLE_DEVEL_WARNING": "false"},
        verbosity=4,
        quiet=True,
    )
    events = list(run.events)
    results = [event for event in events if event["event"].startswith("runner_on_")]
    assert len(results) > 50, run.stdout.read()[-3000:]
    figures.count("canaries", len(events))
    stored = {"events": events, **dict(_files(tmp_path / "artifacts"))}
    assert find_leaks(stored, secrets(simulator)) == []


def _files(directory: Path) -> Iterator[tuple[str, str]]:
    for path in directory.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(directory)), path.read_text(encoding="utf-8", errors="replace")
