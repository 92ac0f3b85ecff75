"""What the tests with ansible-rulebook share: they need its environment and Java."""

from __future__ import annotations

import pytest
from harness.fixtures import running_simulator, simulator
from harness.rulebook import missing

__all__ = ["running_simulator", "simulator"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--demand-rulebook`, for `make test-all`: nothing is skipped."""
    parser.addoption(
        "--demand-rulebook",
        action="store_true",
        help="fail where ansible-rulebook can't run, instead of skipping",
    )


@pytest.fixture(autouse=True, scope="session")
def ansible_rulebook(request: pytest.FixtureRequest) -> None:
    """Skips every test, with the reason, where ansible-rulebook can't run."""
    reason = missing()
    if reason and request.config.getoption("--demand-rulebook"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
