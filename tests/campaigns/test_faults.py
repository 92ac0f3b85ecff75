"""Faults × modules × both ways of running: every failure is structured, nothing is shown, nothing is claimed that is not so."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.hostile import HostileServer
from harness.playbook import Playbooks, Result, Run
from harness.simulator import Simulator

from .answers import WRONG_DATA, named_answers
from .conftest import Figures
from .scenarios import MORE, SCENARIOS, Scenario

pytestmark = pytest.mark.timeout(1200)

#: Faults of the simulator that come instead of a call, or spoil the answer to one that was carried out.
FAULTS: list[dict[str, Any]] = [
    {"kind": "html", "http_status": 200},
    {"kind": "html", "http_status": 404},
    {"kind": "html", "http_status": 502},
    {"kind": "status", "http_status": 500},
    {"kind": "status", "http_status": 503, "headers": {"Retry-After": "0"}},
    {"kind": "envelope", "code": 400, "message": "param validate error"},
    {"kind": "envelope", "code": 500, "message": ""},
    {"kind": "envelope", "code": 500, "message": "access forbidden", "status": "fail"},
    {"kind": "envelope", "code": 400, "message": "new scene forbidden setting"},
    {"kind": "envelope", "code": 400, "message": f"sign=AB12 {ACCOUNT['app_secret']} {{{{ 7 * 6 }}}}"},
    {"kind": "redirect", "location": "http://[broken"},
    {"kind": "drop_before"},
    {"kind": "drop_after"},
    {"kind": "truncated"},
    {"kind": "delay", "seconds": 2},
    {"kind": "date", "seconds": 10**9},
    *({"kind": "wrong_data", "data": data} for data in WRONG_DATA if data != "\ud83d"),
]

_WRITE = re.compile(r"/set|/add-|/oauth-custom$|/create$")
# The longest that one exchange may last is three times this.
TIMEOUT = 0.6


def _task(scenario: Scenario, options: Any, **extra: Any) -> dict[str, Any]:
    return {"name": "task", scenario.fqcn: options, "ignore_errors": True, **extra}


def _defaults(**options: Any) -> dict[str, Any]:
    return {**ACCOUNT, "retries": 0, "timeout": TIMEOUT, "verify_writes": "off", **options}


def _assert_structured(run: Run, expected: int) -> list[Result]:
    # A loop has a result of its own behind those of its items.
    items = [result for result in run.results if "results" not in result.data]
    assert len(items) == expected, run.output[-3000:]
    for item in items:
        if not _succeeded(item):
            assert item.data.get("failure", {}).get("kind"), json.dumps(item.data)[:2000]
            assert len(item.data["msg"]) < 4000
    for text in ("Traceback", ACCOUNT["app_secret"], "sign=AB12"):
        assert text not in run.everything
    return items


def _succeeded(item: Result) -> bool:
    # The result of a failed item does not say so itself on every ansible-core.
    return item.status in ("ok", "item_ok")


@pytest.mark.parametrize("scenario", (*SCENARIOS, *MORE), ids=lambda scenario: str(scenario.module))
def test_no_answer_breaks_a_module(
    playbooks: Playbooks, scenario: Scenario, chance: random.Random, figures: Figures
) -> None:
    """Whatever a server answers to the first call, the task fails with a `failure` and changes nothing."""
    answers = named_answers(chance)
    with HostileServer(answers) as server:
        options = {**scenario.options(1), "api_url": server.url + "/{{ item }}"}
        task = _task(scenario, options, loop=list(range(len(answers))), loop_control={"label": "{{ item }}"})
        run = playbooks.tasks(task, defaults=_defaults(), process_timeout=1100)
        asked = list(server.paths)
    figures.count("answers of a hostile server", len(answers))
    items = _assert_structured(run, len(answers))
    assert {number for number, _path in asked} == set(range(len(answers)))
    # A task that failed may say changed where its write was sent into a connection that the server had closed.
    claimed = {answers[number].name for number, item in enumerate(items) if item.changed and _succeeded(item)}
    written = {answers[number].name for number, path in asked if _WRITE.search(path)}
    # WeChat share writes where its read is not there; nothing else was ever read.
    assert claimed <= written, (claimed, written)


@pytest.mark.parametrize("scenario", (*SCENARIOS, *MORE), ids=lambda scenario: str(scenario.module))
def test_no_fault_of_one_call_is_hidden(
    playbooks: Playbooks, simulator: Simulator, scenario: Scenario, figures: Figures
) -> None:
    """Each fault once at each endpoint: what a task says of its change agrees with what the server was sent."""
    for endpoint in (*scenario.reads, *scenario.writes):
        simulator.reset()
        simulator.alter(ACCOUNT["user_id"], group_account="Y")
        for fault in FAULTS:
            simulator.fault(endpoint, **fault)
        tasks = [_task(scenario, scenario.options(number)) for number in range(1, len(FAULTS) + 1)]
        if scenario.once:
            # A lost answer is looked for over the whole lag; the later task finds what the first did not.
            tasks = [_task(scenario, scenario.options(1))] * (len(FAULTS) + 1)
        run = playbooks.tasks(*tasks, defaults=_defaults(), process_timeout=1100)
        figures.count("faults of the API", len(tasks))
        _assert_structured(run, len(tasks))
        _assert_true(run, simulator, scenario)


def _assert_true(run: Run, simulator: Simulator, scenario: Scenario) -> None:
    writes = [json.dumps(entry["form"]) for entry in simulator.requests(access="write")]
    if scenario.once:
        created = [user["email"] for user in simulator.custom_users()]
        created += [item["childEmail"] for item in simulator.account(ACCOUNT["user_id"])["sub_accounts"]]
        assert created.count("user1@example.com") <= 1, run.output[-3000:]
        return
    for number, result in enumerate(run.results, 1):
        value = f'"{number}"' if scenario.module == "polyv_donate" else f'hooks.example.com/{number}"'
        sent = any(value in write for write in writes)
        if result.status == "ok" and not result.changed:
            assert not sent, (number, result.data)
        if result.changed and result.status == "ok":
            assert sent, (number, result.data)
