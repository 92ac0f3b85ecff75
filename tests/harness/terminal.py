"""A terminal of a given width, for programs that behave differently on one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CTRL_C = "\x03"
# Without a terminal that controls the session nobody can be asked, and no key interrupts.
_TAKE = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"


@dataclass(frozen=True)
class Terminal:
    """`answers` are typed, each `pause` seconds after the text before it was seen; `CTRL_C` is one that ends the program."""

    columns: int = 120
    answers: tuple[tuple[str, str], ...] = ()
    pause: float = 0.0

    def run(
        self, command: Sequence[str], directory: Path, environ: Mapping[str, str], timeout: float
    ) -> tuple[int, str]:
        """The exit code of a program, and all that it wrote, as the terminal got it."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, self.columns, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-c", _TAKE, *command],
            cwd=directory,
            env={"TERM": "xterm-256color", **environ},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        try:
            output = self._conversation(ours, process, time.monotonic() + timeout)
        finally:
            process.kill()
            os.close(ours)
        return process.wait(), output

    def _conversation(self, ours: int, process: subprocess.Popen[bytes], deadline: float) -> str:
        seen, answers = "", list(self.answers)
        while time.monotonic() < deadline:
            more = _read(ours)
            if more is None:
                process.wait(10)
                return seen
            seen += more
            if answers and answers[0][0] in seen:
                time.sleep(self.pause)
                os.write(ours, answers.pop(0)[1].encode())
        raise TimeoutError(seen[-2000:])


def _read(descriptor: int) -> str | None:
    """What has arrived, perhaps nothing; None where the program has closed the terminal."""
    if not select.select([descriptor], [], [], 0.2)[0]:
        return ""
    try:
        return os.read(descriptor, 65536).decode("utf-8", "replace") or None
    except OSError:  # how Linux says that nobody holds the other end
        return None
