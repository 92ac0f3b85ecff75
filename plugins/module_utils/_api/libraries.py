# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that imports `requests`, the only library the collection needs beside ansible-core."""

from __future__ import annotations

import traceback

from ansible.module_utils.basic import missing_required_lib

from .._errors import LocalError

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry
except ImportError:
    IMPORT_ERROR: str | None = traceback.format_exc()
    # Names that can be imported all the same: who needs them asks need_requests() first.
    requests = urllib3 = Retry = None  # type: ignore[assignment, misc, unused-ignore]
    HTTPAdapter = object  # type: ignore[assignment, misc, unused-ignore]
else:
    IMPORT_ERROR = None

__all__ = ["IMPORT_ERROR", "HTTPAdapter", "Retry", "need_requests", "requests", "urllib3"]


def need_requests() -> None:
    """Raises LocalError where `requests` is missing from the Python that runs this task."""
    if IMPORT_ERROR is not None:
        raise LocalError(missing_required_lib("requests"))
