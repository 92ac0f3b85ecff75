# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the progress is shown, and how: a row of a terminal, or lines now and then."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from ansible.utils.color import ANSIBLE_COLOR

from ...module_utils._api.rate_limit_usage import usage
from . import picture, words
from .bottom_line import BottomLine
from .counts import Counts

_TICK = 0.5  # seconds between two rows, and between two looks at the clock
# What AWX, and ansible-runner below it, give to the jobs that they run.
_JOB_VARIABLES = ("AWX_ISOLATED_DATA_DIR", "AWX_PRIVATE_DATA_DIR", "AWX_HOST")


def chosen(option: str, environ: Mapping[str, str] | None = None) -> str:
    """The kind of display, `live`, `plain` or `off`, for the option `display`. The environment is that of the process, or another one."""
    environ = os.environ if environ is None else environ
    if option == "auto" and any(environ.get(name) for name in _JOB_VARIABLES):
        return "off"
    if option in ("plain", "off"):
        return option
    # Both: where one of them goes elsewhere, such as through a pipe to tee, its lines come back to the terminal unseen.
    terminal = sys.stdout.isatty() and sys.stderr.isatty() and environ.get("TERM", "dumb") != "dumb"
    return "live" if terminal and picture.HAS_RICH else "plain"


class Display:
    """Shows the counts of a play while it runs, and once more at its end.

    `mode` is `live` or `plain`, `interval` the seconds between two plain lines, `ansible` is Ansible's own display.
    """

    def __init__(self, mode: str, interval: float, ansible: Any) -> None:
        self._ansible = ansible
        self._interval = max(1.0, interval)
        #: To be held while counts change: the thread below reads them. Ansible writes and forks under it, so no worker begins
        #: in the middle of a drawing.
        self.lock = ansible._lock
        self._line = BottomLine(self.lock) if mode == "live" else None
        self._counts: Counts | None = None
        self._since = self._last_line = 0.0
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, counts: Counts) -> None:
        """From now on the counts are shown, until `end`."""
        if self._counts is counts:
            return
        with self.lock:
            self._counts = counts
            self._since = self._last_line = time.monotonic()
        if self._thread is None:
            atexit.register(self.close)  # a run that is interrupted must leave the terminal as it was
            if self._line is not None:
                self._line.start()
            self._thread = threading.Thread(target=self._tick, name="polyv progress", daemon=True)
            self._thread.start()

    def interrupt(self, interrupted: bool) -> None:
        """Whether somebody is being asked something, who must not be disturbed."""
        if self._line is not None:
            self._line.suspend(interrupted)

    def end(self) -> None:
        """Shows the counts for the last time, on a line that stays."""
        with self.lock:
            counts, self._counts = self._counts, None
            if counts is None:
                return
            if self._line is not None:
                self._line.show("")
            self._ansible.display(words.last_line(counts, time.monotonic() - self._since), stderr=True)

    def close(self) -> None:
        """Takes everything away that is not to stay."""
        self._over.set()
        if self._line is not None:
            self._line.stop()

    def _refresh(self) -> None:
        with self.lock:
            counts, now = self._counts, time.monotonic()
            if counts is None:
                return
            if self._line is None and now - self._last_line < self._interval:
                return
            used, left = usage(self._since), counts.seconds_left(now)
            if self._line is not None:
                self._line.show(picture.row(counts, used, left, colour=ANSIBLE_COLOR))
            else:
                self._last_line = now
                self._ansible.display(words.line(counts, used, left), stderr=True)

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            try:
                self._refresh()
            except Exception:  # without a terminal, or while Python ends: there is nobody to tell
                return
