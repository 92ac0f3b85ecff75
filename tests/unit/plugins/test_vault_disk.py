"""How an encrypted file gets to the disk: one writer at a time, as a whole, and readable again."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file import disk

# Ansible's workers are forks too, of a parent that has threads.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

FORK = multiprocessing.get_context("fork")
NOBODY = 65534


def replace(path: Path, content: bytes, backup: bool = False, opens: bool = True) -> str | None:
    old = disk.read(str(path))
    return disk.replace(str(path), content, old, backup, lambda made: opens and made == content)


def add_letter(path: Path, letter: int) -> None:
    """Reads, waits for nothing, and writes: without the lock letters get lost."""
    with disk.locked(str(path.parent)):
        replace(path, path.read_bytes() + bytes([letter]))


def as_user(user: int, work: Callable[[], None]) -> str:
    """What a process of the user says of the work."""

    def child() -> None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
        try:
            work()
            theirs.send("")
        except PolyvError as error:
            theirs.send(str(error))

    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=child)
    process.start()
    process.join(30)
    return str(ours.recv())


@pytest.mark.parametrize("lock", ["directory", "file"])
def test_no_writer_undoes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str) -> None:
    if lock == "file":
        refuse_directories(monkeypatch, errno.EBADF)  # as NFS does
    path = tmp_path / "vault.yml"
    path.write_bytes(b"")
    writers = [FORK.Process(target=add_letter, args=(path, ord("a") + number)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert bytes(sorted(path.read_bytes())) == b"abcdefgh"
    assert set(os.listdir(tmp_path)) - {"vault.yml"} == (
        {".polyv_vault_file.lock"} if lock == "file" else set()
    )


def refuse_directories(monkeypatch: pytest.MonkeyPatch, number: int, files: bool = False) -> None:
    flock = fcntl.flock

    def refusing(descriptor: int, operation: int) -> None:
        if files or os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(number, os.strerror(number))
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", refusing)


def test_without_locks_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_directories(monkeypatch, errno.ENOLCK, files=True)
    with (
        pytest.raises(PolyvError, match="can't be locked: No locks available"),
        disk.locked(str(tmp_path)),
    ):
        pass


@pytest.mark.parametrize("kind", ["fifo", "link", "directory"])
def test_what_is_no_lock_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    refuse_directories(monkeypatch, errno.EBADF)
    lock = str(tmp_path / ".polyv_vault_file.lock")
    {"fifo": os.mkfifo, "directory": os.mkdir, "link": lambda name: os.symlink("other", name)}[kind](lock)
    with pytest.raises(PolyvError, match="can't be locked"), disk.locked(str(tmp_path)):
        pass
    assert not (tmp_path / "other").exists()


def test_a_lock_that_is_held_too_long_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LOCK_SECONDS", 0.1)
    with (
        disk.locked(str(tmp_path)),
        pytest.raises(PolyvError, match=r"held the lock for 0\.1 s"),
        disk.locked(str(tmp_path)),
    ):
        pass


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "vault.yml"
    path.write_bytes(b"old")

    def killed() -> None:
        with disk.locked(str(tmp_path)):
            disk.replace(str(path), b"new", None, False, lambda _made: os._exit(1))

    process = FORK.Process(target=killed)
    process.start()
    process.join(30)
    assert len(os.listdir(tmp_path)) == 2
    assert path.read_bytes() == b"old"
    with disk.locked(str(tmp_path)):
        replace(path, b"new")
    assert (os.listdir(tmp_path), path.read_bytes()) == (["vault.yml"], b"new")


@pytest.mark.parametrize("fault", ["full", "unreadable"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "vault.yml"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if fault == "full":
        monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((OSError, PolyvError), match="No space left|the new file can't be read again"):
        replace(path, b"new", backup=True, opens=fault == "full")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["vault.yml"]


def test_every_backup_has_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "vault.yml"
    path.write_bytes(b"0")
    copies = [replace(path, b"%d" % number, backup=True) for number in range(1, 5)]
    assert [Path(str(copy)).read_bytes() for copy in copies] == [b"0", b"1", b"2", b"3"]
    assert all(str(copy).endswith("~") and os.stat(str(copy)).st_mode & 0o777 == 0o600 for copy in copies)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_owner_and_group_stay_or_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vault.yml"
    path.write_bytes(b"old")
    os.chown(path, NOBODY, NOBODY)
    copy = replace(path, b"new", backup=True)
    for name in (path, str(copy)):
        assert (os.stat(name).st_uid, os.stat(name).st_gid) == (NOBODY, NOBODY)
    status = path.stat()
    assert as_user(NOBODY, lambda: disk.check_owner("/x", status, True)) == ""
    assert "/x belongs to user 65534 and group 65534" in as_user(
        NOBODY - 1, lambda: disk.check_owner("/x", status, True)
    )


def test_a_file_of_two_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vault.yml").write_bytes(b"old")
    os.link(tmp_path / "vault.yml", tmp_path / "other.yml")
    status = os.stat(tmp_path / "vault.yml")
    with pytest.raises(PolyvError, match=r"has 2 names \(hard links\)"):
        disk.check_owner("/x", status, True)
    disk.check_owner("/x", status, False)


@pytest.mark.parametrize("kind", ["fifo", "device", "directory"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = str(tmp_path / "vault.yml")
    {"fifo": os.mkfifo, "directory": os.mkdir, "device": lambda name: os.symlink("/dev/zero", name)}[kind](
        path
    )
    for look in (disk.check_place, disk.read):
        with pytest.raises(PolyvError, match="is no regular file"):
            look(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vault.yml"
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(PolyvError, match="is larger than"):
        disk.read(str(path))


def test_missing_directories_get_the_mode_whatever_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        disk.make_directories(str(tmp_path / "a" / "b"), 0o750)
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o750, 0o750]


def test_a_place_where_no_file_can_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("MANIFEST.json", "FILES.json"):
        (tmp_path / "collection").mkdir(exist_ok=True)
        (tmp_path / "collection" / name).touch()
    places: dict[str, Any] = {"file": "is no directory", "collection": "is below the installed collection"}
    for place, message in places.items():
        with pytest.raises(PolyvError, match=message):
            disk.check_place(str(tmp_path / place / "deep" / "vault.yml"))
    disk.check_place(str(tmp_path / "new" / "vault.yml"))
