# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a file lies that an option, a variable, the environment or another file names."""

from __future__ import annotations

import os
from collections.abc import Callable

from ..module_utils._errors import CredentialsError
from ..module_utils._options.characters import unusable_in_path
from ..module_utils._options.quoting import got


def expanded(path: str) -> str:
    """The path with `~` and environment variables replaced. Raises CredentialsError for what can be no path."""
    unusable = unusable_in_path(path)
    if unusable:
        raise CredentialsError(
            f"accounts_file: {got(path)}, must be the path of a file, and holds {unusable}"
        )
    return os.path.expanduser(os.path.expandvars(path))


def beside(file: str, path: str) -> str:
    """The path that stands in a file of data: a relative one starts at the directory of that file."""
    return os.path.join(os.path.dirname(os.path.abspath(file)), path)


def from_working_directory(path: str, before: Callable[[str], str]) -> str:
    """The absolute path that `path` means. A relative one starts at the working directory.

    `before` finds what a relative path meant before release 1.1.0. Raises CredentialsError where nothing lies at the new
    place, but something at the old one.
    """
    given = expanded(path)
    now = os.path.abspath(given)
    if os.path.isabs(given) or os.path.lexists(now):
        return now
    old = os.path.abspath(before(given))
    if old == now or not os.path.lexists(old):
        return now
    raise CredentialsError(
        f"accounts_file: {path!r} means {now}, below the working directory, where nothing lies. There is {old}, which it "
        "meant before: give an absolute path, or call Ansible from another directory."
    )
