"""One measurement: a contestant runs, and the simulator tells what it was asked meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.simulator import Simulator

from .contestants import Contestant
from .machine import busy, cpu_of, is_quiet
from .world import World

_HERE = Path(__file__).parent
LATENCY_MS = 30
VENDOR_WINDOW = 10.0


class BenchmarkError(Exception):
    """A run that failed, or that did not do what it should: its figures would mean nothing."""


@dataclass(frozen=True)
class Measurement:
    """What one run took: seconds, and the CPU seconds of the command and all its children.

    `elsewhere` are the CPU seconds of everything on the machine but the run and the simulator: far from 0, the run was
    disturbed. `busiest` is the most requests in any 10 s.
    """

    seconds: float
    cpu: float
    elsewhere: float
    requests: int
    busiest: int

    @property
    def quiet(self) -> bool:
        """Whether nothing else disturbed the run."""
        return is_quiet(self.seconds, self.elsewhere)


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
    """Runs contestants on the accounts of a world, which is written already, each in a clean environment."""

    def __init__(self, world: World, simulator: MeasuredSimulator) -> None:
        self._world = world
        self._simulator = simulator
        # A short name: Ansible opens sockets below it, whose paths may not be long.
        self._place = world.directory / "run"

    def measure(self, contestant: Contestant) -> Measurement:
        """One run."""
        # Everything anew: the limiter's file, too, lies below.
        shutil.rmtree(self._place, ignore_errors=True)
        (self._place / "tmp").mkdir(parents=True)
        (self._place / "ansible.cfg").touch()
        self._simulator.replace_accounts([account.seed() for account in self._world.accounts])
        self._simulator.forget()
        taken, elsewhere = self._run(contestant)
        log = self._simulator.requests()
        self._check(contestant, taken["returncode"], log)
        if not contestant.playbook:
            taken = json.loads(self._output())
        most = busiest((entry["time"] for entry in log), VENDOR_WINDOW)
        return Measurement(taken["seconds"], taken["cpu"], elsewhere, len(log), most)

    def _run(self, contestant: Contestant) -> tuple[dict[str, Any], float]:
        """What the launcher reports, and the CPU seconds used elsewhere meanwhile."""
        report, output = self._place / "report.json", self._place / "output.txt"
        launch = [sys.executable, "-I", "-S", str(_HERE / "launch.py"), str(report), str(output)]
        before = busy() - self._simulator.cpu()
        subprocess.run(
            [*launch, sys.executable, *self._command(contestant)],
            env=self._environment(contestant.environ),
            cwd=self._place,
            check=True,
        )
        others = busy() - self._simulator.cpu() - before
        taken: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return taken, max(0.0, others - taken["cpu"])

    def _command(self, contestant: Contestant) -> list[str]:
        inventory = self._world.inventory(contestant.vault)
        password = str(self._world.password_file)
        if not contestant.playbook:
            return [str(_HERE / "decrypt.py"), password, str(inventory.parent)]
        playbook = contestant.playbook
        if playbook.endswith(".yml"):
            playbook = str(_HERE / "plays" / playbook)
        variables = {"api_url": self._simulator.url, **contestant.variables}
        vault = ["--vault-password-file", password] if contestant.vault else []
        command = str(Path(sys.executable).parent / "ansible-playbook")
        return [command, "-i", str(inventory), "-e", json.dumps(variables), *vault, playbook]

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Nothing that the caller has set for Ansible has an effect."""
        names = ("PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH")
        temporary = str(self._place / "tmp")
        return {
            **{name: os.environ[name] for name in names if name in os.environ},
            "LC_ALL": "C.UTF-8",
            "TMPDIR": temporary,
            "ANSIBLE_CONFIG": str(self._place / "ansible.cfg"),
            "ANSIBLE_HOME": str(self._place / "home"),
            "ANSIBLE_LOCAL_TEMP": temporary,
            "ANSIBLE_REMOTE_TEMP": temporary,
            "ANSIBLE_NOCOLOR": "1",
            "POLYV_API_URL": self._simulator.url,
            **more,
        }

    def _check(self, contestant: Contestant, returncode: int, log: list[dict[str, Any]]) -> None:
        due = contestant.requests * self._world.size
        unserved = sum(entry["code"] != 200 for entry in log)
        if returncode == 0 and len(log) == due and not unserved:
            return
        raise BenchmarkError(
            f"{contestant.name}: exit code {returncode}, {len(log)} requests instead of {due}, {unserved} not served. "
            f"Its output ends with:\n{self._output()[-1000:]}"
        )

    def _output(self) -> str:
        return (self._place / "output.txt").read_text(encoding="utf-8", errors="replace")


def busiest(times: Iterable[float], window: float) -> int:
    """The most of `times` that lie within any `window` seconds, wherever it begins; both ends belong to it."""
    inside: deque[float] = deque()
    most = 0
    for time in sorted(times):
        inside.append(time)
        while time - inside[0] > window:
            inside.popleft()
        most = max(most, len(inside))
    return most
