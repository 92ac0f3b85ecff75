"""The directory that all workers of a machine share: theirs alone, or none."""

from __future__ import annotations

import multiprocessing
import os
import stat
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ansible_collections.polyv.live.plugins.module_utils import _machine
from ansible_collections.polyv.live.plugins.module_utils._errors import LocalError

NAME = f"polyv.live-{os.geteuid()}"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's directory for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_directory_and_file_are_for_their_owner_only(temporary: Path) -> None:
    old = os.umask(0)
    try:
        os.close(_machine.open_shared("requests"))
    finally:
        os.umask(old)
    assert mode(temporary / NAME) == 0o700
    assert mode(temporary / NAME / "requests") == 0o600


def test_a_file_is_kept_for_the_next_worker(temporary: Path) -> None:
    first = _machine.open_shared("requests")
    os.pwrite(first, b"kept", 0)
    os.close(first)
    second = _machine.open_shared("requests")
    assert os.pread(second, 4, 0) == b"kept"
    os.close(second)


def refusal(name: str = "requests") -> str:
    with pytest.raises(LocalError) as caught:
        _machine.open_shared(name)
    assert caught.value.failure.kind == "local"
    return caught.value.msg


def test_a_directory_that_is_a_link_is_refused(temporary: Path) -> None:
    (temporary / "elsewhere").mkdir(mode=0o700)
    (temporary / NAME).symlink_to(temporary / "elsewhere")
    assert "it is a link" in refusal()
    assert list((temporary / "elsewhere").iterdir()) == []


def test_a_dangling_link_is_refused(temporary: Path) -> None:
    (temporary / NAME).symlink_to(temporary / "nowhere")
    assert "it is a link" in refusal()


@pytest.mark.parametrize("wrong", [0o755, 0o770, 0o777, 0o701])
def test_a_directory_that_others_may_enter_is_refused(temporary: Path, wrong: int) -> None:
    (temporary / NAME).mkdir()
    (temporary / NAME).chmod(wrong)
    assert "its mode must be 0700" in refusal()
    assert mode(temporary / NAME) == wrong


def test_a_directory_of_another_user_is_refused(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = os.geteuid() + 1
    (temporary / f"polyv.live-{somebody}").mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert "belongs to another user" in refusal()


def test_a_file_in_the_place_of_the_directory_is_refused(temporary: Path) -> None:
    (temporary / NAME).write_bytes(b"")
    assert "can't be used" in refusal()


def test_a_file_that_is_a_link_is_refused(temporary: Path) -> None:
    (temporary / NAME).mkdir(mode=0o700)
    (temporary / "precious").write_bytes(b"precious")
    (temporary / NAME / "requests").symlink_to(temporary / "precious")
    assert "can't be used" in refusal()
    assert (temporary / "precious").read_bytes() == b"precious"


def test_a_directory_that_can_not_be_made_says_what_to_do(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    assert refusal().endswith("Remove it, or set TMPDIR.")


def hold_until_killed(path: str, ready: Connection) -> None:
    tempfile.tempdir = path
    descriptor = _machine.open_shared("requests")
    _machine.try_lock(descriptor)
    ready.send("locked")
    ready.recv()


# Ansible's workers are forks too, of a parent that has threads.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_lock_excludes_others_until_its_holder_is_killed(temporary: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    holder = multiprocessing.get_context("fork").Process(
        target=hold_until_killed, args=(str(temporary), theirs)
    )
    holder.start()
    ours.recv()
    descriptor = _machine.open_shared("requests")
    assert not _machine.try_lock(descriptor)
    holder.kill()
    holder.join()
    assert _machine.try_lock(descriptor)
    os.close(descriptor)
