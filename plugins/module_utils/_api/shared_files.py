# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that all workers of one user on one machine share. None of them holds account data."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .._errors import LocalError

# A worker holds a lock for some microseconds, so this long means that its holder was stopped in the middle.
LOCK_PATIENCE = 60.0  # s
_SHORTEST_POLL, _LONGEST_POLL = 0.0005, 0.02  # s


def open_shared(name: str) -> int:
    """A descriptor, for reading and writing, of the file `name` in the state directory; made when missing.

    The directory is `polyv.live-<uid>` in the system's directory for temporary files: it is local to the machine, as
    its clock is, and the same for every session of a user. Raises LocalError where it can't be trusted.
    """
    path = os.path.join(_state_directory(), name)
    # Without O_NONBLOCK opening a FIFO or a device could wait for ever, before it can be looked at.
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        raise _unusable(path, error.strerror) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        os.close(descriptor)
        raise _unusable(path, "it is no regular file, or belongs to another user")
    return descriptor


def read_shared(name: str, most: int) -> bytes:
    """The first `most` bytes of the file `name` in the state directory, empty where there is none that can be trusted.

    For who only looks: nothing is made, nobody is locked out, and what is read may be half written.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(os.path.join(_state_path(), name), flags)
    except (OSError, LocalError):
        return b""
    try:
        found = os.fstat(descriptor)
        trusted = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
        return os.pread(descriptor, most, 0) if trusted else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


@contextmanager
def locked(descriptor: int) -> Iterator[None]:
    """Holds the file's lock; the kernel releases it if the process dies. Raises LocalError where it can't be had."""
    deadline = time.monotonic() + LOCK_PATIENCE
    pause = _SHORTEST_POLL
    # Not waiting inside flock: nothing could end that while the holder of the lock is stopped.
    while not try_lock(descriptor):
        if time.monotonic() >= deadline:
            raise _unusable(_state_path(), f"another process has held a lock in it for {LOCK_PATIENCE:g} s")
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_POLL)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def try_lock(descriptor: int) -> bool:
    """Takes the file's lock if nobody holds it. Raises LocalError where the file system knows no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise _unusable(_state_path(), f"its file system gives no locks ({error.strerror})") from None
    return True


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """What the file holds at `offset`; less than `size` bytes where it ends before."""
    try:
        return os.pread(descriptor, size, offset)
    except OSError as error:
        raise _unusable(_state_path(), error.strerror) from None


def write_at(descriptor: int, content: bytes, offset: int) -> None:
    """Writes into the file. Raises LocalError, on a full disk for example."""
    try:
        written = os.pwrite(descriptor, content, offset)
    except OSError as error:
        raise _unusable(_state_path(), error.strerror) from None
    if written != len(content):
        raise _unusable(_state_path(), "its disk is full")


def is_current(name: str, descriptor: int) -> bool:
    """Whether the open file still is the one of that name, and was not removed in the meantime."""
    try:
        found = os.lstat(os.path.join(_state_path(), name))
    except OSError:
        return False
    return os.path.samestat(found, os.fstat(descriptor))


def remove_old(prefix: str, age: float) -> None:
    """Removes the files that nobody has written or held for `age` seconds and whose name starts with `prefix`.

    Who opens such a file and takes its lock must ask `is_current` afterwards.
    """
    directory = _state_path()
    try:
        names = [name for name in os.listdir(directory) if name.startswith(prefix)]
    except OSError:
        return
    for name in names:
        try:
            if time.time() - os.lstat(os.path.join(directory, name)).st_mtime < age:
                continue
            descriptor = open_shared(name)
        except (OSError, LocalError):
            continue  # gone already, or not ours: nothing depends on its removal
        try:
            if try_lock(descriptor) and is_current(name, descriptor):
                os.unlink(os.path.join(directory, name))
        except (OSError, LocalError):
            continue
        finally:
            os.close(descriptor)


def _state_path() -> str:
    try:
        return os.path.join(tempfile.gettempdir(), f"polyv.live-{os.geteuid()}")
    except OSError as error:
        raise _unusable("The directory for temporary files", error.strerror) from None


def _state_directory() -> str:
    path = _state_path()
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise _unusable(path, error.strerror) from None
    try:
        found = os.lstat(path)
    except OSError as error:
        raise _unusable(path, error.strerror) from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise _unusable(path, "it is a link, or belongs to another user")
    # What it inherits from the directory around it, such as setgid, lets nobody in.
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _unusable(path, "others may read or write it; its mode must be 0700")
    return path


def _unusable(path: str, reason: str | None) -> LocalError:
    return LocalError(
        f"{path} can't be used to coordinate the workers of this machine: {reason}. Remove it, or set TMPDIR."
    )
