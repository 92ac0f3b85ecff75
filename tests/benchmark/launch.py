"""Runs a command and writes what it took, as JSON. A script for a process of its own, without any import that is heavy.

Usage: python launch.py REPORT OUTPUT COMMAND... The command's output goes to the file OUTPUT.

Why a process of its own: what the starting process has waited for before would be mixed in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """Runs the command; the report's times include every process that the command has started and waited for."""
    report, output, *command = sys.argv[1:]
    with open(output, "wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)
        _unused, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"returncode": process.returncode, "seconds": seconds, "cpu": cpu}, file)


if __name__ == "__main__":
    main()
