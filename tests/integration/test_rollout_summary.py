"""polyv_rollout_summary: what it writes, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from harness.playbook import Playbooks, Run

MODULE = "polyv.live.polyv_rollout_summary"
RECORD = "{{ ['a', 'b'] | polyv.live.rollout_record | polyv.live.rollout_batch({'a': {'changed': false}}) }}"


@pytest.fixture
def way() -> str:
    """It has no other way of running."""
    return "worker"


def summed_up(playbooks: Playbooks, *options: str, **arguments: Any) -> Run:
    task = {"name": "sum up", MODULE: {"record": RECORD, "path": "summary.json", **arguments}}
    return playbooks.tasks({**task, "ignore_errors": True}, options=list(options))


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_the_file_is_written_as_a_whole_in_check_mode_too(playbooks: Playbooks, options: list[str]) -> None:
    path = playbooks.directory / "summary.json"
    path.write_text("x" * 9999)
    result = summed_up(playbooks, *options).result("sum up")
    assert (result.changed, result.data["not_written"]) == (False, None)
    assert json.loads(path.read_text(encoding="utf-8")) == result.data["summary"]
    assert result.data["summary"]["not_reached"] == ["b"]
    assert path.stat().st_mode & 0o777 == 0o644
    assert [found.name for found in playbooks.directory.iterdir() if "polyv_summary" in found.name] == []


@pytest.mark.parametrize("name", [".", "nowhere/summary.json", "/dev/null"])
def test_what_can_not_be_written_loses_no_summary(playbooks: Playbooks, name: str) -> None:
    result = summed_up(playbooks, path=name).result("sum up")
    assert "can't be written" in result.data["not_written"]
    assert result.data["summary"]["same"] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [({"record": {}}, "record"), ({"record": {"everyone": 5}}, "record"), ({"path": "a\0b"}, "path")],
)
def test_bad_arguments_are_refused_by_name(playbooks: Playbooks, arguments: Any, named: str) -> None:
    data = summed_up(playbooks, **arguments).result("sum up").data
    assert data["failure"]["kind"] == "invalid_input"
    assert data["msg"].startswith(f"{named}: ") or f" {named}: " in data["msg"]
