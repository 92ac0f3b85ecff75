"""What the integration tests share: a simulator, and playbooks that run against it."""

from __future__ import annotations

import pytest
from harness.fixtures import account, onboarding, playbooks, running_simulator, simulator, way

__all__ = ["account", "way", "onboarding", "playbooks", "running_simulator", "simulator"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--both-ways`, for `make test-all`."""
    parser.addoption(
        "--both-ways",
        action="store_true",
        help="run the tests marked either_way as ordinary modules as well, and not only inside the worker; and those marked thorough",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is thorough, and the second pass of what is below the ways of running; pytest says how many."""
    if config.getoption("--both-ways"):
        return
    left_out = [item for item in items if item.get_closest_marker("thorough") or _is_second_pass(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_second_pass(item: pytest.Item) -> bool:
    either = item.get_closest_marker("either_way") and not item.get_closest_marker("smoke")
    parameters = (
        item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    )
    return bool(either) and parameters.get("way") == "module"
