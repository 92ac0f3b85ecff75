# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads that run functions at the same time, such as reads."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

_MOST_THREADS = 5


class Pool:
    """Runs functions at the same time and waits for all of them; a single one runs right here.

    Its threads are daemons: a process does not wait for them when it ends. Those of `concurrent.futures` are waited for,
    and a task that Ansible's timeout interrupts would go on as long as they do.
    """

    def __init__(self, most: int) -> None:
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, daemon=True)
            for _unused in range(min(most, _MOST_THREADS) if most > 1 else 0)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *unused: object) -> None:
        for _unused in self._threads:
            self._waiting.put(None)

    def run(self, functions: Sequence[Callable[[], None]]) -> None:
        """Runs all of them. Errors pass through."""
        if not self._threads or len(functions) < 2:
            for function in functions:
                function()
            return
        jobs = [_Job(function) for function in functions]
        for job in jobs:
            self._waiting.put(job)
        for job in jobs:
            job.done.wait()
        for job in jobs:
            if job.error is not None:
                raise job.error

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            job.run()


class _Job:
    """One function for a pool, and what came of it."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._function = function
        self.done = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        """Runs it, and keeps what it raises."""
        try:
            self._function()
        except BaseException as error:  # raised where the pool's user waits
            self.error = error
        finally:
            self.done.set()
