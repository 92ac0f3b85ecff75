# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line at the bottom of a terminal, below whatever else is written to it.

Everything that others write to stdout and stderr passes through unchanged, byte by byte and in its order: the line is taken away
before and drawn again behind it. It never takes more than one row, so that taking it away can't hit a row of anybody else.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from typing import Any, TextIO

_TAKE_AWAY = "\r\x1b[2K"


class BottomLine:
    """The line. `lock` is the one under which Ansible writes, and forks: no worker begins in the middle of a drawing."""

    def __init__(self, lock: AbstractContextManager[Any]) -> None:
        self._lock = lock
        self._pid = os.getpid()
        self._stdout, self._stderr = sys.stdout, sys.stderr
        self._text = ""
        self._drawn = False
        self._mid_row = False  # somebody has written a row without its end
        self._suspended = False
        self._passages = (_Passage(self, self._stdout), _Passage(self, self._stderr))

    def start(self) -> None:
        """From now on what is written passes through."""
        sys.stdout, sys.stderr = self._passages

    def stop(self) -> None:
        """Takes the line away and lets everybody write directly again."""
        self.suspend(True)
        out, err = self._passages
        if sys.stdout is out:
            sys.stdout = self._stdout
        if sys.stderr is err:
            sys.stderr = self._stderr

    def show(self, text: str) -> None:
        """Another text for the line: no wider than the terminal, and on one row."""
        with self._lock:
            self._text = text
            self._draw() if text else self._take_away()

    def suspend(self, suspended: bool) -> None:
        """Takes the line away until it is wanted again: somebody is being asked something."""
        with self._lock:
            if suspended == self._suspended:
                return
            self._suspended = suspended
            if suspended:
                self._take_away()
            else:
                self._draw()

    def write(self, stream: TextIO, text: str) -> int:
        """Writes the text of somebody else, on a row of its own."""
        if os.getpid() != self._pid:
            return stream.write(text)  # a worker, which knows nothing of the terminal
        with self._lock:
            self._take_away()
            written = stream.write(text)
            if text:
                self._mid_row = not text.endswith("\n")
            if self._text and not self._mid_row:
                # Of two streams, the other one must come first.
                stream.flush()
                self._draw()
        return written

    def _take_away(self) -> None:
        if self._drawn:
            self._put(_TAKE_AWAY)
            self._drawn = False

    def _draw(self) -> None:
        if self._text and not self._suspended and not self._mid_row:
            self._put((_TAKE_AWAY if self._drawn else "") + self._text)
            self._drawn = True

    def _put(self, text: str) -> None:
        try:
            self._stdout.write(text)
            self._stdout.flush()
        except (OSError, ValueError):
            self._text = ""  # nobody is there to look; whoever writes finds out by himself


class _Passage:
    """Stands in for a stream: what is written takes the way past the line, all else is the stream's own."""

    def __init__(self, line: BottomLine, stream: TextIO) -> None:
        self._line = line
        self._stream = stream

    def write(self, text: str) -> int:
        """As the stream does."""
        return self._line.write(self._stream, text)

    def writelines(self, texts: Any) -> None:
        """As the stream does."""
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
