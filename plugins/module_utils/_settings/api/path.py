# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The path of a call: of the API and of nowhere else. Source: docs/api.md §1."""

from __future__ import annotations

import re

from ..._errors import InputError
from ..._options.quoting import got

ACCOUNT = "{userId}"
_SEGMENT = re.compile(r"[0-9A-Za-z._~-]+", re.ASCII)
_MOST = 500  # characters
_EXAMPLE = "such as /live/v3/channel/auth/get"


def check(path: str) -> str:
    """The path as it is. Raises InputError for whatever could lead elsewhere or be read in two ways."""
    if "?" in path or "#" in path:
        # Not quoted: a signature or a password may be in it.
        raise InputError("path", f"has a ? or a #, must be only a path {_EXAMPLE}; parameters go into query")
    if "://" in path or path.startswith("//"):
        raise InputError("path", f"names a host, must be only a path {_EXAMPLE}; the host is that of api_url")
    if len(path) > _MOST:
        raise InputError("path", f"{got(path)}, must be at most {_MOST}")
    if not path.startswith("/"):
        raise InputError("path", f"{got(path)}, must begin with a slash, {_EXAMPLE}")
    for segment in path[1:].split("/"):
        _check_segment(path, segment)
    return path


def _check_segment(path: str, segment: str) -> None:
    if segment == ACCOUNT:
        return
    if not segment:
        raise InputError("path", f"{got(path)}, must have no empty part between or behind slashes")
    if "{" in segment or "}" in segment:
        raise InputError("path", f"{got(path)}, must have no braces but {ACCOUNT}, the id of the account")
    if segment.strip(".") == "":
        raise InputError("path", f"{got(path)}, must have no part of dots only")
    if not _SEGMENT.fullmatch(segment):
        raise InputError("path", f"{got(path)}, must be of ASCII letters, digits and - . _ ~ between slashes")
