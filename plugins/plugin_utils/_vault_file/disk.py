# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an encrypted file gets to the disk: one writer at a time, and as a whole."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ...module_utils._errors import InputError
from .keys import VaultFileError

FILE_MODE = 0o600
# Four bytes of it are one of the decrypted text.
MAX_SIZE = 4 * 1024 * 1024
LOCK_SECONDS = 300

# Hidden, so that no vars plugin reads them.
_PREFIX, _SUFFIX = ".polyv_vault_file.", ".tmp"
_LOCK_FILE = ".polyv_vault_file.lock"


def check_place(path: str) -> None:
    """Raises InputError or VaultFileError where the next update would delete the file, or it could not be written."""
    for directory in Path(path).parents:
        if (directory / "MANIFEST.json").exists() and (directory / "FILES.json").exists():
            raise InputError(
                "path",
                f"{path} is below the installed collection in {directory}, whose next update deletes it.",
            )
    if os.path.exists(path) and not os.path.isfile(path):
        raise VaultFileError(f"{path} is no regular file.")
    directory_name = os.path.dirname(path)
    while not os.path.lexists(directory_name):
        directory_name = os.path.dirname(directory_name)
    if not os.path.isdir(directory_name):
        raise VaultFileError(f"{path} can't be written: {directory_name} is no directory.")
    if not os.access(directory_name, os.W_OK | os.X_OK):
        raise VaultFileError(f"{path} can't be written: {directory_name} is not writable.")


def read(path: str) -> tuple[bytes, os.stat_result] | None:
    """The content of the file and what the system knows of it; None where there is none."""
    try:
        # Not blocking: a FIFO in the place of the file must not stop the task.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise VaultFileError(f"{path} is no regular file.")
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(MAX_SIZE + 1)
    finally:
        os.close(descriptor)
    if len(content) > MAX_SIZE:
        raise VaultFileError(f"{path} is larger than {MAX_SIZE} bytes. It was left as it is.")
    return content, status


def check_owner(path: str, status: os.stat_result, replaced: bool) -> None:
    """Raises VaultFileError where this user could not keep the file's owner, group and other names."""
    if replaced and status.st_nlink > 1:
        raise VaultFileError(
            f"{path} has {status.st_nlink} names (hard links), and only this one would get the new content. It was left as "
            "it is."
        )
    user = os.geteuid()
    if user == 0:
        return
    if status.st_uid != user or (replaced and status.st_gid not in {os.getegid(), *os.getgroups()}):
        raise _not_ours(path, status)


def make_directories(directory: str, mode: int) -> None:
    """The directory and its missing parents, all with this mode whatever the umask says."""
    if os.path.isdir(directory):
        return
    make_directories(os.path.dirname(directory), mode)
    try:
        os.mkdir(directory, mode)
    except FileExistsError:
        return  # another task was quicker
    os.chmod(directory, mode)


@contextlib.contextmanager
def locked(directory: str) -> Iterator[None]:
    """Keeps other writers out of the directory; the kernel lets them in if the process dies.

    The directory itself is locked: every user who may write there can open it, all names of a file lead to it, and
    nothing has to be left behind. NFS locks only what is open for writing, so there it is a file that stays.
    """
    with contextlib.ExitStack() as stack:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, descriptor)
        try:
            _lock(descriptor, directory)
        except OSError:
            _lock_file(directory, stack)
        _remove_leftovers(directory)
        yield


def replace(
    path: str,
    ciphertext: bytes,
    old: tuple[bytes, os.stat_result] | None,
    backup: bool,
    opens: Callable[[bytes], bool],
) -> str | None:
    """Puts the whole file in place at once, after it was read back. Only ciphertext ever reaches the disk.

    Returns the name of the backup, if one of the `old` file was asked for.
    """
    directory = os.path.dirname(path)
    descriptor, temporary = tempfile.mkstemp(_SUFFIX, _PREFIX, directory)  # its mode is 0600
    try:
        _fill(descriptor, path, ciphertext, old)
        with open(temporary, "rb") as file:
            if not opens(file.read()):
                raise VaultFileError(
                    f"{path}: the new file can't be read again. The old one was left as it is."
                )
        copy = _backed_up(path, old) if old and backup else None
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_directory(directory)
    return copy


def _backed_up(path: str, old: tuple[bytes, os.stat_result]) -> str:
    """Keeps the old ciphertext beside the file. Vars plugins pass over names that end in `~`."""
    stamp = time.strftime("%Y-%m-%d@%H:%M:%S", time.localtime())
    for number in itertools.count(1):
        copy = f"{path}.{os.getpid()}.{stamp}{f'.{number}' if number > 1 else ''}~"
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
            break
    try:
        _fill(descriptor, path, old[0], old)
    except BaseException:
        os.unlink(copy)
        raise
    return copy


def _fill(descriptor: int, path: str, content: bytes, old: tuple[bytes, os.stat_result] | None) -> None:
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        made = os.fstat(descriptor)
        if old and (made.st_uid, made.st_gid) != (old[1].st_uid, old[1].st_gid):
            try:
                os.fchown(descriptor, old[1].st_uid, old[1].st_gid)
            except OSError:
                raise _not_ours(path, old[1]) from None
        os.fsync(descriptor)


def _not_ours(path: str, status: os.stat_result) -> VaultFileError:
    return VaultFileError(
        f"{path} belongs to user {status.st_uid} and group {status.st_gid}, and user {os.geteuid()} can't keep it so. It "
        "was left as it is."
    )


def _lock(descriptor: int, directory: str) -> None:
    """Waits for the lock. Raises OSError where the file system has none."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise VaultFileError(
                    f"{directory}: another process has held the lock for {LOCK_SECONDS} s. Nothing was written."
                ) from None
            time.sleep(0.02)


def _lock_file(directory: str, stack: contextlib.ExitStack) -> None:
    path = os.path.join(directory, _LOCK_FILE)
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        try:
            # Not with O_CREAT at first: in a sticky directory Linux refuses it for the file of another user.
            descriptor = os.open(path, flags)
        except FileNotFoundError:
            descriptor = os.open(path, flags | os.O_CREAT, 0o666)
        stack.callback(os.close, descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "no regular file")
        if status.st_uid == os.geteuid():
            os.fchmod(descriptor, 0o666)  # whatever the umask says: every user who may write here needs it
        _lock(descriptor, directory)
    except OSError as error:
        raise VaultFileError(
            f"{path} can't be locked: {error.strerror}. Without locks two tasks could undo each other's writes, so nothing "
            "was written. Use a file system with locks, such as NFS with its lock service."
        ) from None


def _remove_leftovers(directory: str) -> None:
    """Of writers that died: whoever has the lock has the only living temporary file."""
    with contextlib.suppress(OSError):
        for name in os.listdir(directory):
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
                os.unlink(os.path.join(directory, name))


def _sync_directory(directory: str) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some file systems can't, and the file is in place
    finally:
        os.close(descriptor)
