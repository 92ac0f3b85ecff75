# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback plugin `polyv.live.progress`: how far a long play over many accounts is."""

from __future__ import annotations

DOCUMENTATION = r"""
name: progress
type: aggregate
author: polyv.live maintainers (@polyv-live)
version_added: "2.0.0"
short_description: How far a play over many Polyv live accounts is
description:
  - "Tells of each play with tasks of this collection: accounts done, changed and failed, requests that wait for the rate limit,
    requests a second, and the time left."
  - On a terminal, and where the Python library C(rich) is installed, this is one row below all other output. Everything else is a
    plain line on stderr now and then. In jobs of AWX or Automation Platform, and under ansible-runner, there is nothing of it.
  - A host stands for an account, as in the inventories that the playbook C(polyv.live.provision) is made for. It is done when no
    task of this collection is to come for it, as far as that is known beforehand, and it has failed when one of them failed without
    C(ignore_errors), whether the play rescues it or not.
  - Requests are those of all tasks of this user on this machine, other runs included, as the shared request budget counts them.
    With O(ignore:rate_limit=0) they are not counted.
  - It shows numbers only, so nothing of it is secret. What other plugins write is neither changed nor held back.
requirements:
  - Enabling it, as C(callbacks_enabled) in C(ansible.cfg) or in E(ANSIBLE_CALLBACKS_ENABLED).
  - rich, where the row is wanted.
options:
  display:
    description:
      - V(live) is the row, V(plain) are the lines, V(off) is nothing.
      - V(auto) is V(off) in AWX and under ansible-runner, V(live) where stdout and stderr are a terminal and C(rich) is installed, and
        otherwise V(plain). Without C(rich) or a terminal V(live) is V(plain), too.
    type: str
    choices: ["auto", "live", "plain", "off"]
    default: auto
    ini:
      - section: callback_polyv_progress
        key: display
    env:
      - name: POLYV_PROGRESS_DISPLAY
  interval:
    description:
      - Seconds between two plain lines, at least V(1). The line at the end of a play comes in any case.
    type: float
    default: 30
    ini:
      - section: callback_polyv_progress
        key: interval
    env:
      - name: POLYV_PROGRESS_INTERVAL
"""

EXAMPLES = r"""
ansible.cfg: |
  [defaults]
  callbacks_enabled = polyv.live.progress

  [callback_polyv_progress]
  interval = 10

plain output: |
  Polyv: 37 of 100 accounts done, 12 changed, 1 failed, 3 waiting for the rate limit, 41.3 requests/s, 1:23 left
  Polyv: 100 of 100 accounts done, 31 changed, 1 failed, in 2:10
"""

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar

from ansible.plugins.callback import CallbackBase

from ..plugin_utils._progress.counts import Counts
from ..plugin_utils._progress.display import Display, chosen
from ..plugin_utils._progress.steps import is_step, steps_of

_Method = TypeVar("_Method", bound=Callable[..., None])


def _harmless(method: _Method) -> _Method:
    """Never a failure for the run: where anything is unexpected, there is no more progress, and a word about it."""

    @functools.wraps(method)
    def guarded(self: CallbackModule, *arguments: Any, **keywords: Any) -> None:
        try:
            method(self, *arguments, **keywords)
        except Exception as error:
            self.give_up(error)

    return guarded  # type: ignore[return-value]


class CallbackModule(CallbackBase):
    """Counts the steps of each account; what is shown of that, and when, is the display's."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "polyv.live.progress"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._shown: Display | None = None
        self._counts: Counts | None = None
        self._play: str | None = None

    @_harmless
    def v2_playbook_on_start(self, playbook: Any) -> None:
        """The options are known."""
        mode = chosen(self.get_option("display"))
        if mode == "off":
            self.disabled = True
            return
        self._shown = Display(mode, float(self.get_option("interval")), self._display)

    @_harmless
    def v2_playbook_on_play_start(self, play: Any) -> None:
        """A play begins, or a batch of the same play."""
        if self._shown is None:
            return
        if self._counts is not None and play._uuid == self._play:
            with self._shown.lock:
                self._counts.end_batch()
            return
        self._end_play()
        variables = play.get_variable_manager().get_vars(play=play)
        steps = steps_of(play, variables)
        self._play = play._uuid
        self._counts = Counts(len(variables.get("ansible_play_hosts_all", ())), steps)
        self._shown.interrupt(False)
        if steps:
            self._shown.begin(self._counts)

    @_harmless
    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        """A task begins."""
        self._task_starts(task)

    @_harmless
    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        """A handler begins."""
        self._task_starts(task)

    @_harmless
    def v2_playbook_on_vars_prompt(self, *arguments: Any, **keywords: Any) -> None:
        """Somebody is asked for a variable."""
        if self._shown is not None:
            self._shown.interrupt(True)

    @_harmless
    def v2_runner_on_ok(self, result: Any) -> None:
        """A task of a host is over."""
        self._step(result, changed=bool(result._result.get("changed")))

    @_harmless
    def v2_runner_on_skipped(self, result: Any) -> None:
        """A task of a host was left out."""
        self._step(result)

    @_harmless
    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        """A task of a host failed."""
        self._step(result, changed=bool(result._result.get("changed")), failed=not ignore_errors)

    @_harmless
    def v2_runner_on_unreachable(self, result: Any) -> None:
        """A host can't be reached."""
        self._step(result, failed=True)

    @_harmless
    def v2_playbook_on_stats(self, stats: Any) -> None:
        """The run is over."""
        self._end_play()
        if self._shown is not None:
            self._shown.close()

    def give_up(self, error: Exception) -> None:
        """No more progress in this run. The error is not quoted: nobody knows what it holds."""
        self.disabled = True
        shown, self._shown = self._shown, None
        if shown is not None:
            shown.close()
        self._display.warning(
            f"polyv.live.progress: an unexpected {type(error).__name__}, so there is no more progress. The run goes on. Please "
            "report it."
        )

    def _task_starts(self, task: Any) -> None:
        if self._shown is None or self._counts is None:
            return
        self._shown.interrupt(str(task.action).rpartition(".")[2] == "pause")
        if is_step(task):
            with self._shown.lock:
                self._counts.begin(time.monotonic())
            self._shown.begin(self._counts)

    def _step(self, result: Any, changed: bool = False, failed: bool = False) -> None:
        if self._shown is None or self._counts is None or not is_step(result._task):
            return
        with self._shown.lock:
            self._counts.result(result._host.get_name(), changed, failed)

    def _end_play(self) -> None:
        if self._shown is not None and self._counts is not None:
            with self._shown.lock:
                self._counts.end_batch()
            self._shown.end()
        self._counts = None
