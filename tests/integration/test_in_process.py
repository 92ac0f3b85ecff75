"""The in-process action: when a task goes through it, and that both ways of running give the same."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

WEIXIN = "polyv.live.polyv_weixin_share"
DONATE = "polyv.live.polyv_donate"
USER = "polyv.live.polyv_custom_user"
URL = "https://share.example.com/直播?a=1&b={{ 'x' }}"
PNG = b"\x89PNG\r\n\x1a\n"

# An ordinary module is a command that the connection executes; nothing else here is.
EXECUTED = "EXEC /bin/sh"


@pytest.fixture
def both(tmp_path: Path, simulator: Simulator) -> Playbooks:
    """Playbooks that choose their way themselves."""
    return Playbooks(tmp_path, {"POLYV_API_URL": simulator.url}, {})


def weixin(**task: Any) -> dict[str, Any]:
    return {"name": "weixin", WEIXIN: {"url": URL}, **task}


def run_task(both: Playbooks, task: dict[str, Any], **play: Any) -> Run:
    return both.tasks(task, defaults={**ACCOUNT, "retries": 0}, options=["-vvv"], **play)


def test_a_plain_local_task_stays_in_the_worker(both: Playbooks) -> None:
    run = run_task(both, weixin())
    assert run.returncode == 0, run.output
    assert EXECUTED not in run.output


AS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="anybody but root is asked for a password")


@pytest.mark.parametrize(
    ("task", "variables"),
    [
        ({}, {"polyv_in_process": False}),
        ({}, {"polyv_in_process": "false"}),
        ({}, {"polyv_in_process": "{{ 1 == 2 }}"}),
        pytest.param({"become": True, "become_method": "ansible.builtin.su"}, {}, marks=AS_ROOT),
        pytest.param(
            {}, {"ansible_become": True, "ansible_become_method": "ansible.builtin.su"}, marks=AS_ROOT
        ),
        ({"environment": {"NO_PROXY": "127.0.0.1"}}, {}),
        ({"async": 20, "poll": 1}, {}),
    ],
    ids=["off", "off as text", "off by template", "become", "become by variable", "environment", "async"],
)
def test_what_asks_for_a_process_gets_one(
    both: Playbooks, simulator: Simulator, task: dict[str, Any], variables: dict[str, Any]
) -> None:
    run = run_task(both, weixin(**task), vars=variables)
    assert run.returncode == 0, run.output
    assert EXECUTED in run.output
    assert run.results[-1].data["weixin_share"] == {"url": "https://share.example.com/直播?a=1&b=x"}
    assert simulator.writes() == ["set-weixin-share-api"]


def test_an_empty_environment_asks_for_nothing(both: Playbooks) -> None:
    run = run_task(both, weixin(environment={}), environment=[{}])
    assert run.returncode == 0, run.output
    assert EXECUTED not in run.output


def test_a_switch_that_is_no_boolean_fails_before_any_request(both: Playbooks, simulator: Simulator) -> None:
    run = run_task(both, weixin(), vars={"polyv_in_process": "perhaps"})
    assert run.returncode == 2
    assert "polyv_in_process: got 'perhaps', must be a boolean" in run.words
    assert simulator.requests() == []


def test_async_without_polling_is_found_later(both: Playbooks, simulator: Simulator) -> None:
    run = both.tasks(
        weixin(**{"async": 20, "poll": 0, "register": "job"}),
        {
            "name": "wait",
            "ansible.builtin.async_status": {"jid": "{{ job.ansible_job_id }}"},
            "register": "status",
            "until": "status is finished",
            "retries": 20,
            "delay": 0.5,
        },
        defaults=ACCOUNT,
    )
    assert run.returncode == 0, run.output
    assert run.results[-1].data["weixin_share"]["url"] == "https://share.example.com/直播?a=1&b=x"


@pytest.mark.parametrize("in_process", [True, False])
def test_delegation_to_a_remote_host_takes_the_images_along(
    both: Playbooks, simulator: Simulator, in_process: bool
) -> None:
    (both.directory / "files").mkdir()
    (both.directory / "files" / "flower.png").write_bytes(PNG)
    goods = [{"name": "鲜花", "price": "0.99", "image": "flower.png"}]
    task = {
        "name": "goods",
        DONATE: {"channel_id": CHANNEL, "type": "good", "goods": goods},
        "delegate_to": "elsewhere",
    }
    inventory = both.directory / "hosts.yml"
    elsewhere = {"ansible_connection": "remote_pretender"}
    hosts = {"localhost": {"ansible_connection": "local"}, "elsewhere": elsewhere}
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    both.variables = {"polyv_in_process": in_process}
    run = both.tasks(
        task,
        defaults=ACCOUNT,
        options=["-i", str(inventory), "-vvv"],
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        environ={"ANSIBLE_CONNECTION_PLUGINS": str(Path(__file__).parent / "connection_plugins")},
    )
    assert run.returncode == 0, run.output
    assert EXECUTED in run.output
    (upload,) = [file for entry in simulator.requests("setDonate") for file in entry["files"]]
    assert upload["size"] == len(PNG)


def test_without_requests_the_message_names_it(both: Playbooks, simulator: Simulator) -> None:
    (both.directory / "broken").mkdir()
    (both.directory / "broken" / "requests.py").write_text("raise ImportError('not here')")
    run = run_task(both, weixin(), environ={"PYTHONPATH": str(both.directory / "broken")})
    assert run.returncode == 2
    # The worker can't do it, so the task was handed to a module, whose Python can't either.
    assert EXECUTED in run.output
    assert run.result("weixin").data["failure"]["kind"] == "local"
    assert "Failed to import the required Python library (requests)" in run.result("weixin").data["msg"]
    assert simulator.requests() == []
