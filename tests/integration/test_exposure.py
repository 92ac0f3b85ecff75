"""What Ansible itself shows or leaves of a secret: the task says so."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks

CALLBACK = "polyv.live.polyv_record_callback"


def warnings(run: Any, task: str) -> str:
    found = [result.data.get("warnings", []) for result in run.results if result.task == task]
    return " ".join(text for texts in found for text in texts)


@pytest.mark.usefixtures("simulator")
def test_a_loop_over_keys_an_asynchronous_task_and_a_token_in_a_url_are_warned_of(
    playbooks: Playbooks,
) -> None:
    keys = {"app_id": "{{ item.app_id }}", "app_secret": "{{ item.app_secret }}"}
    url = "https://hooks.example.com/x?a=1&access_token=abc"
    run = playbooks.tasks(
        {"name": "loop", CALLBACK: {"state": "absent", **keys}, "loop": [ACCOUNT]},
        {"name": "hidden loop", CALLBACK: {"state": "absent", **keys}, "loop": [ACCOUNT], "no_log": True},
        {"name": "names", CALLBACK: {"state": "absent", **ACCOUNT}, "loop": ["a", "b"]},
        {"name": "async", CALLBACK: {"state": "absent", **ACCOUNT}, "async": 30, "poll": 1},
        {"name": "token", CALLBACK: {"url": url, **ACCOUNT}},
        {"name": "hidden token", CALLBACK: {"url": url, **ACCOUNT}, "no_log": True},
        {"name": "plain", CALLBACK: {"url": "https://hooks.example.com/keynote?page=1", **ACCOUNT}},
    )
    assert run.returncode == 0, run.output
    assert "a secret is in it" in warnings(run, "loop")
    assert "temporary directory" in run.words
    assert "the URL carries access_token" in warnings(run, "token")
    for task in ("hidden loop", "names", "hidden token", "plain"):
        assert warnings(run, task) == ""
