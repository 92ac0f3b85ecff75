"""One measurement: the accounts are put in place, the contestant runs, and the simulator tells what it was asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.simulator import Simulator

from .contestants import Contestant
from .machine import busy, cpu_of
from .windows import busiest
from .world import World

_HERE = Path(__file__).parent
LATENCY_MS = 30
VENDOR_WINDOW = 10.0


class BenchmarkError(Exception):
    """A run that failed, or that did not do what it should: its figures would mean nothing."""


@dataclass(frozen=True)
class Measurement:
    """What one run took. CPU is user and system time, memory the peak of the largest process in MiB.

    `cpu` is that of the process started and of all its children, `simulator` that of the simulator, `elsewhere` that of
    everything else on the machine: far from 0, the run was disturbed. `busiest` is the most requests in any 10 s.
    """

    seconds: float
    cpu: float
    memory: float
    requests: int
    simulator: float
    elsewhere: float
    connections: int
    busiest: int


class MeasuredSimulator(Simulator):
    """One process for all measurements, with all its checks on, and no limit of requests to stop the fast ones."""

    def __init__(self, directory: Path) -> None:
        seed = directory / "seed.yml"
        seed.write_text("accounts: []\n", encoding="utf-8")
        super().__init__(seed, "--latency", str(LATENCY_MS), "--requests-per-window", "0")

    def cpu(self) -> float:
        """The CPU seconds it has used so far."""
        return cpu_of(self._process.pid)


class Bench:
    """Runs contestants, each in a clean environment, in directories below `directory`."""

    def __init__(self, directory: Path, simulator: MeasuredSimulator) -> None:
        self._directory = directory
        self._simulator = simulator

    def measure(self, contestant: Contestant, world: World, settings: Mapping[str, str]) -> Measurement:
        """One run; `settings` are environment variables, which the contestant's own ones override."""
        place = self._place(contestant, world)
        self._simulator.replace_accounts(world.seed(contestant.settled))
        self._simulator.forget()
        environment = self._environment(place, {**settings, **contestant.environ})
        taken, simulator, elsewhere = self._run(self._command(contestant, place), place, environment)
        log = self._simulator.requests()
        _check(contestant, world, taken, log, place)
        return Measurement(
            seconds=taken["seconds"],
            cpu=taken["cpu"],
            memory=taken["memory"],
            requests=len(log),
            simulator=simulator,
            elsewhere=elsewhere,
            connections=len({entry["client_port"] for entry in log}),
            busiest=busiest([entry["time"] for entry in log], VENDOR_WINDOW),
        )

    def _place(self, contestant: Contestant, world: World) -> Path:
        # A short name: Ansible opens a socket below it, whose path may not be long.
        place = self._directory / hashlib.sha256(contestant.name.encode()).hexdigest()[:8]
        # Everything anew: the limiter's file, too, lies below.
        shutil.rmtree(place, ignore_errors=True)
        (place / "tmp").mkdir(parents=True)
        (place / "ansible.cfg").touch()
        world.write(place)
        return place

    def _command(self, contestant: Contestant, place: Path) -> list[str]:
        inventory = str(place / "inventory.json")
        if contestant.play is None:
            return [sys.executable, str(_HERE / "limit.py"), contestant.job, self._simulator.url, inventory]
        given = {"api_url": self._simulator.url, **contestant.variables}
        playbook = str(Path(sys.executable).parent / "ansible-playbook")
        play = str(_HERE / "plays" / contestant.play)
        return [sys.executable, playbook, "-i", inventory, "-e", json.dumps(given), play]

    def _run(
        self, command: list[str], place: Path, environment: Mapping[str, str]
    ) -> tuple[dict[str, Any], float, float]:
        report = place / "report.json"
        simulator, machine = self._simulator.cpu(), busy()
        launch = [
            sys.executable,
            "-I",
            "-S",
            str(_HERE / "launch.py"),
            str(report),
            str(place / "output.txt"),
        ]
        subprocess.run([*launch, *command], env=environment, cwd=place, check=True)
        machine = busy() - machine
        simulator = self._simulator.cpu() - simulator
        taken = json.loads(report.read_text(encoding="utf-8"))
        return taken, simulator, max(0.0, machine - simulator - taken["cpu"])

    def _environment(self, place: Path, more: Mapping[str, str]) -> dict[str, str]:
        names = ("PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH")
        return {
            **{name: os.environ[name] for name in names if name in os.environ},
            "LC_ALL": "C.UTF-8",
            "TMPDIR": str(place / "tmp"),
            "ANSIBLE_CONFIG": str(place / "ansible.cfg"),
            "ANSIBLE_HOME": str(place / "home"),
            "ANSIBLE_LOCAL_TEMP": str(place / "tmp"),
            "ANSIBLE_REMOTE_TEMP": str(place / "tmp"),
            "ANSIBLE_NOCOLOR": "1",
            "POLYV_API_URL": self._simulator.url,
            **more,
        }


def _check(
    contestant: Contestant, world: World, taken: Mapping[str, Any], log: list[dict[str, Any]], place: Path
) -> None:
    due = contestant.requests * world.size + contestant.extra
    unserved = sum(entry["code"] != 200 for entry in log)
    if taken["returncode"] == 0 and len(log) == due and not unserved:
        return
    output = (place / "output.txt").read_text(encoding="utf-8", errors="replace")
    raise BenchmarkError(
        f"{contestant.name}, {world.size}: exit code {taken['returncode']}, {len(log)} requests instead of {due}, "
        f"{unserved} not served. Its output ends with:\n{output[-1000:]}"
    )
