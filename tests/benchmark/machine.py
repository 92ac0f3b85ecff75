"""The machine: what it is, and how busy. Linux only, as `/proc` tells it."""

from __future__ import annotations

import datetime
import os
import platform
from pathlib import Path
from typing import Any

from ansible.release import __version__ as ansible_version

_TICKS = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, Any]:
    """The machine and the versions, without any name or path of the machine."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "cores": cores(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "ansible_core": ansible_version,
        "load_before": os.getloadavg()[0],
    }


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


def busy() -> float:
    """The CPU seconds that the whole machine has been busy since it started."""
    user, nice, system, _idle, _waiting, *rest = map(int, _read("/proc/stat").split("\n")[0].split()[1:8])
    return (user + nice + system + sum(rest)) / _TICKS


def cpu_of(pid: int) -> float:
    """The CPU seconds that a process has used so far."""
    # The name before the last bracket may hold anything; user and system time are the fields 14 and 15.
    return sum(map(int, _read(f"/proc/{pid}/stat").rpartition(")")[2].split()[11:13])) / _TICKS


def _processor() -> str:
    for line in _read("/proc/cpuinfo").splitlines():
        name, _unused, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")
