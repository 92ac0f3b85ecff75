"""One registration of an email at a time on this machine, and the memory of it while reads may lag."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.plugins.client_support import CONNECTION, CREDENTIALS, Clock

from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.transport import longest_exchange
from ansible_collections.polyv.live.plugins.module_utils._engine import creation
from ansible_collections.polyv.live.plugins.module_utils._engine.converge import LAG_PAUSES
from ansible_collections.polyv.live.plugins.module_utils._engine.creation import Creation
from ansible_collections.polyv.live.plugins.module_utils._engine.registered_user import registration
from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError

EMAIL = "live@example.com"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's directory for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def of(
    email: str = EMAIL, app_id: str = "a", api_url: str = "https://api.test", max_wait: float = 0
) -> Creation:
    connection = replace(CONNECTION, api_url=api_url, max_wait=max_wait)
    return registration(Client(replace(CREDENTIALS, app_id=app_id), connection, True, print), email)


def test_one_email_is_registered_by_one_task_at_a_time() -> None:
    with of().exclusive(), pytest.raises(PolyvError) as caught, of().exclusive():
        pass
    assert caught.value.failure.kind.word == "busy"
    assert "Nothing was sent" in caught.value.msg


@pytest.mark.parametrize("same", ["LIVE@example.com", "Live@Example.COM"])
def test_the_letter_case_of_an_email_makes_no_difference(same: str) -> None:
    with of().exclusive(), pytest.raises(PolyvError), of(same).exclusive():
        pass


@pytest.mark.parametrize(
    "other", [{"email": "other@example.com"}, {"app_id": "b"}, {"api_url": "https://other.test"}], ids=str
)
def test_other_emails_accounts_and_platforms_do_not_wait(other: dict[str, str]) -> None:
    with of().exclusive(), of(**other).exclusive():  # type: ignore[arg-type]
        pass


def test_the_next_task_goes_on_when_the_first_has_ended() -> None:
    entered: list[str] = []
    with of().exclusive():
        waiting = threading.Thread(target=lambda: _enter(entered))
        waiting.start()
        time.sleep(0.2)
        assert entered == []
    waiting.join(5)
    assert entered == ["entered"]


def _enter(entered: list[str]) -> None:
    with of(max_wait=5).exclusive():
        entered.append("entered")


def test_a_failure_gives_the_lock_back() -> None:
    with pytest.raises(KeyError), of().exclusive():
        raise KeyError
    with of().exclusive():
        pass


def begin(email: str = EMAIL) -> None:
    task = of(email)
    with task.exclusive():
        task.begin()


def is_fresh(email: str = EMAIL) -> bool:
    task = of(email)
    with task.exclusive():
        return task.is_fresh()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that the test moves."""
    clock = Clock()
    monkeypatch.setattr(creation, "time", clock)
    return clock


LAG = sum(LAG_PAUSES)
# The tests' clients have a timeout of 5 s.
LONGEST = longest_exchange(5)


def test_after_a_kill_the_lag_counts_from_the_latest_end_of_the_exchange(clock: Clock) -> None:
    begin()
    clock.now += LONGEST + LAG - 0.1
    assert is_fresh()
    clock.now += 0.2
    assert not is_fresh()


def test_the_lag_counts_from_when_the_answer_was_given_up(clock: Clock) -> None:
    task = of()
    with task.exclusive():
        task.begin()
        clock.now += LONGEST
        task.end()
    clock.now += LAG - 0.1
    assert is_fresh()
    clock.now += 0.2
    assert not is_fresh()


def test_a_registration_that_the_api_did_not_take_is_forgotten() -> None:
    task = of()
    with task.exclusive():
        task.begin()
        task.withdraw()
        assert not task.is_fresh()


def test_nothing_is_fresh_at_first_and_other_emails_never_are() -> None:
    assert not is_fresh()
    begin()
    assert not is_fresh("other@example.com")


@pytest.mark.parametrize("moved", [-1000.0, -(10.0**9)])
def test_a_clock_that_was_set_back_keeps_a_note_fresh_for_a_while_and_not_for_ever(
    clock: Clock, moved: float
) -> None:
    """Nobody can say how old the note is: it is taken for one of now."""
    begin()
    clock.now += moved
    assert is_fresh()
    clock.now += LONGEST + LAG + 0.1
    assert not is_fresh()


@given(content=st.binary(min_size=1, max_size=40))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_note_is_taken_for_one_of_now(temporary: Path, content: bytes) -> None:
    begin()
    (file,) = temporary.glob("*/register-*")
    file.write_bytes(content)
    fresh = is_fresh()
    # Only what may be a whole note can be one of long ago.
    assert fresh or len(content) >= 24


def test_without_the_lock_nothing_is_fresh() -> None:
    begin()
    assert not of().is_fresh()


def test_the_shared_directory_holds_no_email_and_no_app_id(temporary: Path) -> None:
    begin()
    (directory,) = temporary.iterdir()
    (file,) = directory.iterdir()
    assert EMAIL not in file.name and CREDENTIALS.app_id not in file.name
    assert EMAIL.encode() not in file.read_bytes()
    assert os.path.getsize(file) == 24
