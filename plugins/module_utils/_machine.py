# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that all workers of one user on one machine share. None of them holds account data."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from ansible_collections.polyv.live.plugins.module_utils._errors import LocalError


def open_shared(name: str) -> int:
    """A descriptor, for reading and writing, of the file `name` in the state directory; made when missing.

    The directory is `polyv.live-<uid>` in the system's directory for temporary files: it is local to the machine, as
    its clock is, and the same for every session of a user. Raises LocalError where it can't be trusted.
    """
    path = os.path.join(_state_directory(), name)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _untrusted(path, error.strerror) from None
    if os.fstat(descriptor).st_uid != os.geteuid():
        os.close(descriptor)
        raise _untrusted(path, "it belongs to another user")
    return descriptor


@contextmanager
def locked(descriptor: int) -> Iterator[None]:
    """Holds the file's lock; the kernel releases it if the process dies."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def try_lock(descriptor: int) -> bool:
    """Takes the file's lock if nobody holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _state_directory() -> str:
    path = os.path.join(tempfile.gettempdir(), f"polyv.live-{os.geteuid()}")
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise _untrusted(path, error.strerror) from None
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise _untrusted(path, "it is a link, or belongs to another user")
    if stat.S_IMODE(found.st_mode) != 0o700:
        raise _untrusted(path, "others may read or write it; its mode must be 0700")
    return path


def _untrusted(path: str, reason: str | None) -> LocalError:
    return LocalError(
        f"{path} can't be used to coordinate the workers of this machine: {reason}. Remove it, or set TMPDIR."
    )
