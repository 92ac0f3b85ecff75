"""The directory that all workers of a machine share: theirs alone, or none."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import stat
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ansible_collections.polyv.live.plugins.module_utils._api import shared_files
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
        os.close(shared_files.open_shared("requests"))
    finally:
        os.umask(old)
    assert mode(temporary / NAME) == 0o700
    assert mode(temporary / NAME / "requests") == 0o600


def test_a_file_is_kept_for_the_next_worker(temporary: Path) -> None:
    first = shared_files.open_shared("requests")
    os.pwrite(first, b"kept", 0)
    os.close(first)
    second = shared_files.open_shared("requests")
    assert os.pread(second, 4, 0) == b"kept"
    os.close(second)


def refusal(name: str = "requests") -> str:
    with pytest.raises(LocalError) as caught:
        shared_files.open_shared(name)
    assert caught.value.failure.kind.word == "local"
    return caught.value.msg


def test_a_directory_that_is_a_link_is_refused(temporary: Path) -> None:
    (temporary / "elsewhere").mkdir(mode=0o700)
    (temporary / NAME).symlink_to(temporary / "elsewhere")
    assert "it is a link" in refusal()
    assert list((temporary / "elsewhere").iterdir()) == []


def test_a_dangling_link_is_refused(temporary: Path) -> None:
    (temporary / NAME).symlink_to(temporary / "nowhere")
    assert "it is a link" in refusal()


@pytest.mark.parametrize("harmless", [0o2700, 0o1700, 0o3700])
def test_setgid_and_sticky_bits_let_nobody_in(temporary: Path, harmless: int) -> None:
    (temporary / NAME).mkdir()
    (temporary / NAME).chmod(harmless)
    os.close(shared_files.open_shared("requests"))


@pytest.mark.parametrize("wrong", [0o755, 0o770, 0o777, 0o701, 0o2710])
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


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(
    temporary: Path, make: Callable[[Path], None]
) -> None:
    (temporary / NAME).mkdir(mode=0o700)
    make(temporary / NAME / "requests")
    assert "can't be used" in refusal()


def test_no_directory_for_temporary_files_is_an_error_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", fail)
    assert "No usable temporary directory" in refusal()


def fail_with(code: int) -> Callable[..., None]:
    def fail(*_unused: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_system_without_locks_is_an_error_with_a_sentence(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = shared_files.open_shared("requests")
    monkeypatch.setattr(fcntl, "flock", fail_with(errno.ENOLCK))
    with pytest.raises(LocalError, match="gives no locks"), shared_files.locked(descriptor):
        pass
    os.close(descriptor)


def test_a_full_disk_is_an_error_with_a_sentence(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = shared_files.open_shared("requests")
    monkeypatch.setattr(os, "pwrite", fail_with(errno.ENOSPC))
    with pytest.raises(LocalError, match="No space left"):
        shared_files.write_at(descriptor, b"x", 0)
    os.close(descriptor)


def test_a_lock_whose_holder_was_stopped_is_not_waited_for_for_ever(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_files, "LOCK_PATIENCE", 0.05)
    holder, waiting = shared_files.open_shared("requests"), shared_files.open_shared("requests")
    assert shared_files.try_lock(holder)
    with pytest.raises(LocalError, match="has held a lock"), shared_files.locked(waiting):
        pass
    os.close(holder)
    os.close(waiting)


def test_old_files_go_unless_they_are_held_or_of_another_name(temporary: Path) -> None:
    descriptors = {
        name: shared_files.open_shared(name) for name in ("note-old", "note-held", "note-new", "other")
    }
    assert shared_files.try_lock(descriptors["note-held"])
    for name in ("note-old", "note-held", "other"):
        os.utime(temporary / NAME / name, (0, 0))
    shared_files.remove_old("note-", 3600)
    assert {file.name for file in (temporary / NAME).iterdir()} == {"note-held", "note-new", "other"}
    assert not shared_files.is_current("note-old", descriptors["note-old"])
    assert shared_files.is_current("note-new", descriptors["note-new"])
    for descriptor in descriptors.values():
        os.close(descriptor)


def hold_until_killed(path: str, ready: Connection) -> None:
    tempfile.tempdir = path
    descriptor = shared_files.open_shared("requests")
    shared_files.try_lock(descriptor)
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
    descriptor = shared_files.open_shared("requests")
    assert not shared_files.try_lock(descriptor)
    holder.kill()
    holder.join()
    assert shared_files.try_lock(descriptor)
    os.close(descriptor)
