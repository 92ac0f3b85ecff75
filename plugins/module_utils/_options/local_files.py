# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a person names: never a pipe or a device, which could be read for ever, and never more than was asked for."""

from __future__ import annotations

import errno
import os
import stat

from .._errors import InputError
from .quoting import got


class NotRegularError(OSError):
    """What lies at the path is no ordinary file."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "must be an ordinary file, no directory, pipe or device")


def read_regular(path: str, most: int) -> bytes:
    """The first `most` bytes of an ordinary file. Raises OSError, or ValueError for a name that no file can have."""
    # Not blocking: to open a pipe that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    # Of the open file: what lies under the name may be another one by now.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most)


def reason(error: Exception) -> str:
    """Why a file can't be used, from the OSError or ValueError that it gave."""
    return getattr(error, "strerror", None) or "no file can have that name"


def regular_file(option: str, path: str, most: int) -> bytes:
    """The first `most` bytes of an ordinary file. Raises InputError."""
    try:
        return read_regular(path, most)
    except NotRegularError as error:
        raise InputError(option, f"{got(path)}, {error.strerror}") from None
    except (OSError, ValueError) as error:
        raise _unusable(option, path, "a file that can be read", error) from None


def regular_file_or_directory(option: str, path: str, most: int) -> str:
    """The path, of an ordinary file of at most `most` bytes that can be read, or of a directory. Raises InputError."""
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise _unusable(option, path, "an existing file or directory", error) from None
    if stat.S_ISDIR(found.st_mode):
        return path
    if len(regular_file(option, path, most + 1)) > most:
        raise InputError(option, f"{got(path)}, must be a file of at most {most} bytes")
    return path


def _unusable(option: str, path: str, wanted: str, error: Exception) -> InputError:
    return InputError(option, f"{got(path)}, must be {wanted} ({reason(error)})")
