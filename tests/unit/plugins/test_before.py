"""What was there before a creation of this machine, and which ids have come since."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.plugins.client_support import CONNECTION, CREDENTIALS

from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._engine.before import Before

IDS = st.lists(st.text("0123456789", min_size=1, max_size=12), unique=True, max_size=40)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's directory for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def of(key: str = "channel\nHall\n7", app_id: str = "a") -> Before:
    return Before(Client(replace(CREDENTIALS, app_id=app_id), CONNECTION, True, print), key)


def test_nothing_has_come_where_nothing_is_noted() -> None:
    assert of().since(["1", "2"]) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(earlier=IDS, before=IDS, now=IDS)
def test_what_has_come_is_what_the_last_note_lacks(
    earlier: list[str], before: list[str], now: list[str]
) -> None:
    of().note(earlier)
    of().note(before)
    assert of().since(now) == [one for one in now if one not in before]
    of().forget()
    assert of().since(now) == []


def test_other_things_and_other_accounts_have_notes_of_their_own() -> None:
    of().note([])
    assert of().since(["1"]) == ["1"]
    assert of("channel\nHall\n8").since(["1"]) == of(app_id="b").since(["1"]) == []


def test_a_note_holds_no_account_data_and_lasts_for_a_day(temporary: Path) -> None:
    of().note(["2191532"])
    (file,) = temporary.glob("*/before-*")
    assert b"2191532" not in file.read_bytes() and "Hall" not in file.name
    old = time.time() - 86401
    os.utime(file, (old, old))
    of("another").note([])
    assert of().since(["1"]) == []


@pytest.mark.parametrize("content", [b"", b"\x03", b"\x03\x00\x00\x00digest"])
def test_a_note_that_was_cut_short_never_hides_what_has_come(temporary: Path, content: bytes) -> None:
    of().note(["1", "2"])
    (file,) = temporary.glob("*/before-*")
    file.write_bytes(content)
    assert of().since(["9"]) == (["9"] if len(content) > 4 else [])
