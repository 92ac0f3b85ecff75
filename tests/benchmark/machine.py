"""The machine: what it is, and how busy. Linux only, as `/proc` tells it."""

from __future__ import annotations

import datetime
import os
import platform
from pathlib import Path

from ansible.release import __version__ as ansible_version

_TICKS = os.sysconf("SC_CLK_TCK")
# What the launcher and the kernel take of any run, and the share of the machine's CPU that may go elsewhere besides.
_OWN_SECONDS, _SHARE = 0.1, 0.03


def describe() -> str:
    """The day, the machine and the versions, without any name or path of the machine."""
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    return (
        f"{day}: {cores()} cores ({_processor()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, ansible-core {ansible_version}"
    )


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


def busy() -> float:
    """The CPU seconds that the whole machine has been busy since it started, or was kept from by its host."""
    fields = [int(field) for field in _read("/proc/stat").split("\n")[0].split()[1:9]]
    user, nice, system, _idle, _waiting, *rest = fields
    return (user + nice + system + sum(rest)) / _TICKS


def cpu_of(pid: int) -> float:
    """The CPU seconds that a process has used so far."""
    # The name before the last bracket may hold anything; user and system time are the fields 14 and 15.
    return sum(map(int, _read(f"/proc/{pid}/stat").rpartition(")")[2].split()[11:13])) / _TICKS


def is_quiet(seconds: float, elsewhere: float) -> bool:
    """Whether a run of so many seconds, during which others used so many CPU seconds, was undisturbed.

    What else the machine did decides which runs count, never the figures of the run itself.
    """
    return elsewhere <= _OWN_SECONDS + _SHARE * seconds * cores()


def _processor() -> str:
    for line in _read("/proc/cpuinfo").splitlines():
        name, _unused, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")
