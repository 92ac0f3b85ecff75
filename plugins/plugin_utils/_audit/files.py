# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of reports: what lies beside a new one from earlier runs, and reports or artifacts that somebody names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...module_utils._errors import InputError
from .artifact import restored
from .form import is_report
from .report import Report

_MOST_BYTES = 64 * 1024 * 1024
_MOST_EARLIER = 50
# How the name of a report ends that was kept.
_KEPT = re.compile(r"-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z$", re.ASCII)
# Where AWX keeps it: the artifacts of a job, and those in the job's own description.
_KEYS = ("artifacts", "polyv_audit")


def read_reports(path: str) -> list[Report]:
    """The reports of a file, or of every file of a directory that ends in .json. Raises InputError, which names the file."""
    files = _latest(Path(path)) if os.path.isdir(path) else [Path(path)]
    if not files:
        raise InputError("from", f"got {path!r}, must have a file that ends in .json")
    return [_read(file) for file in files]


def _latest(directory: Path) -> list[Path]:
    """The files of a directory without those that were kept of earlier runs beside the latest one."""
    files = sorted(directory.glob("*.json"))
    latest = {file.stem for file in files}
    return [file for file in files if not (_KEPT.search(file.stem) and _KEPT.split(file.stem)[0] in latest)]


def _read(path: Path) -> Report:
    try:
        return _report(json.loads(_text(path)))
    except OSError as error:
        raise InputError("from", f"got {str(path)!r}, which can't be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(
            "from", f"got {str(path)!r}, must be a report of an audit, or artifacts with one"
        ) from None


def _text(path: Path) -> str:
    with open(path, encoding="utf-8") as file:
        text = file.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise ValueError("too long")
    return text


def _report(value: Any) -> Report:
    for key in _KEYS:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
    # AWX's own command writes artifacts as text.
    if isinstance(value, str):
        return _report(json.loads(value))
    if not is_report(value):
        raise ValueError("no report")
    return restored(value)


def earlier_reports(path: str) -> list[Report]:
    """The reports of earlier runs beside a new one, the newest first. A file that is none is passed over."""
    return sorted(_earlier(Path(path)), key=lambda one: str(one["time"]), reverse=True)


def _earlier(path: Path) -> Iterator[Report]:
    beside = path.parent.glob(f"{_escaped(path.stem)}-*{_escaped(path.suffix)}")
    # By name, which ends in the time.
    files = sorted((file for file in beside if _KEPT.split(file.stem)[0] == path.stem), reverse=True)
    for file in [path, *files[:_MOST_EARLIER]]:
        try:
            yield _report(json.loads(_text(file)))
        except (OSError, ValueError, RecursionError):
            continue


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def keep_earlier(path: str) -> str | None:
    """Renames the report of the run before, so that the new one does not replace it. Returns why it could not, or None."""
    before = Path(path)
    try:
        time = str(_report(json.loads(_text(before)))["time"])
        before.rename(before.with_name(f"{before.stem}-{time.replace(':', '')}{before.suffix}"))
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{path} could not be kept beside the new report: {error.strerror}."
    except (ValueError, RecursionError):
        return None  # no report: it is replaced, as the user asked
    return None
