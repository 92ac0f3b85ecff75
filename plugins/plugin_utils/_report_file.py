# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the controller that hold a report: written at once and as a whole, and readable by everybody."""

from __future__ import annotations

import os
import tempfile


def write_report(path: str, text: str) -> str | None:
    """Writes the file. Returns why it can't be written, None where it was: a report must not be lost for it."""
    if os.path.lexists(path) and not os.path.isfile(path):
        return f"{path} can't be written: it is no regular file."
    try:
        _replace(path, text)
    except OSError as error:
        return f"{path} can't be written: {error.strerror}."
    return None


def _replace(path: str, text: str) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".polyv_report.")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
