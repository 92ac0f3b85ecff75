# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a call. They are sent as parts of the body and are not signed. Source: docs/api.md §1."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..._api.transport import MultipartField
from ..._errors import InputError
from ..._options import checks
from ..._options.local_files import regular_file
from ..._options.quoting import got
from .parameters import check_name

MOST_FILES, MOST_BYTES = 20, 50 * 2**20

OPTIONS: dict[str, Any] = {
    "name": {"type": "str", "required": True},
    "path": {"type": "path", "required": True},
    "filename": {"type": "str"},
}


def parts(files: Sequence[Mapping[str, Any]] | None) -> tuple[MultipartField, ...]:
    """The option `files` as parts of a body, read. Raises InputError."""
    check_count("files", files)
    return tuple(_part(f"files[{index}]", file) for index, file in enumerate(files or ()))


def check_count(option: str, files: Any) -> None:
    """Refuses too many files before anybody looks for them."""
    if isinstance(files, (list, tuple)) and len(files) > MOST_FILES:
        raise InputError(option, f"got {len(files)} files, must be at most {MOST_FILES}")


def with_filename(file: Any) -> Any:
    """A file with the name under which it is sent; what is no file stays what it is, for the validation to refuse."""
    path = file.get("path") if isinstance(file, Mapping) else None
    if not isinstance(path, str) or file.get("filename") is not None:
        return file
    return {**file, "filename": os.path.basename(path)}


def _part(label: str, file: Mapping[str, Any]) -> MultipartField:
    check_name(f"{label}.name", file["name"])
    content = regular_file(f"{label}.path", file["path"], MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InputError(
            f"{label}.path", f"{got(file['path'])}, must be a file of at most {MOST_BYTES} bytes"
        )
    filename = checks.name(f"{label}.filename", with_filename(file)["filename"])
    media_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return (file["name"], (filename, content, media_type))
