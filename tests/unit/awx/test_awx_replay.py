"""The rules agree with every answer that a real AWX 24.6.1 gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from awx_rules.replay import UNJUDGED, Answer, Request, answer, load
from awx_rules.replay_world import World

REQUESTS = load(Path(__file__).resolve().parents[2] / "awx" / "verdicts")


def replay() -> list[tuple[Request, Answer | None]]:
    """Predict the answer to every recorded request, in one world."""
    world = World()
    return [(request, answer(world, request)) for request in REQUESTS]


PREDICTIONS = replay()
JUDGED = [
    pytest.param(request, predicted, id=request["label"]) for request, predicted in PREDICTIONS if predicted
]


def test_all_recordings_are_replayed() -> None:
    """The four recordings hold 207 requests."""
    assert len(REQUESTS) == 207


def test_unjudged_requests_are_listed() -> None:
    """The table of requests that no rule judges names exactly those."""
    unjudged = {request["label"] for request, predicted in PREDICTIONS if predicted is None}
    assert unjudged == set(UNJUDGED)


@pytest.mark.parametrize(("request_", "predicted"), JUDGED)
def test_prediction_is_the_recorded_answer(request_: Request, predicted: Answer) -> None:
    """Status and the whole body of the refusal agree."""
    recorded: Any = request_["error"] or {}
    assert (predicted.status, predicted.error) == (request_["status"], recorded)
