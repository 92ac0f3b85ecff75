# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many settings of one account in one task: read at the same time, written one after the other, each with its own result."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._api.channels import ChannelRef
from .._errors import PolyvError, UnexpectedError
from .converge import Convergence, Outcome
from .definition import Context, diff_of
from .pool import Pool
from .setting import Setting


class Phase(enum.Enum):
    """When a setting is read and written: those of one phase are done before the next begins."""

    FIRST = "makes a channel, or is copied by one that is made"
    USUAL = "depends on no other setting"
    LAST = "may be altered by another setting"


@dataclass
class NamedSetting:
    """One setting among many. `channel` is None for a setting of the account."""

    name: str
    channel: ChannelRef | None
    setting: Setting[Any] = field(repr=False)
    phase: Phase = Phase.USUAL

    @property
    def label(self) -> str:
        """The setting for people."""
        if self.channel is None:
            return self.name
        return (
            f"channel {self.channel}" if self.name == "channel" else f"{self.name} of channel {self.channel}"
        )


class _Running:
    """A setting on its way. Once a step has failed, the later ones are left out."""

    def __init__(self, named: NamedSetting, context: Context) -> None:
        self.named = named
        self.error: PolyvError | None = None
        self.outcome: Outcome | None = None
        self.wrote = False
        # In check mode, where its channel is yet to be made: there is nothing to read.
        self._assumed = False
        self._check = context.check
        self._convergence = Convergence(
            named.setting, check=context.check, verify=context.verify, warn=context.warn
        )
        self._client = context.client

    def read(self) -> None:
        channel = self.named.channel
        makes = self.named.phase is Phase.FIRST
        self._assumed = self._check and not makes and channel is not None and channel.to_be_made
        if not self._assumed:
            self._step(self._convergence.read)

    def write(self) -> None:
        # No other setting writes meanwhile.
        before = self._client.effective_writes
        self._step(self._convergence.write)
        self.wrote = self._client.effective_writes > before

    def read_back(self) -> None:
        self._step(self._convergence.read_back)

    def finish(self) -> None:
        def finish() -> None:
            self.outcome = self._convergence.finish()

        if not self._assumed:
            self._step(finish)

    def tell_channel(self) -> None:
        """Tells the settings that follow on this channel that there is none."""
        if self.error is not None and self.named.channel is not None:
            self.named.channel.lose(self.error)

    @property
    def changed(self) -> bool:
        """Whether something was written, or would be: a write may be followed by a failure to read it back."""
        return self.outcome.changed if self.outcome else self.wrote or self._assumed

    def result(self) -> dict[str, Any]:
        """The result of this setting, the same keys whether it failed or not."""
        channel = self.named.channel
        return {
            "setting": self.named.name,
            "channel_id": channel.known_id if channel else None,
            "channel": channel.name if channel else None,
            "changed": self.changed,
            "unreadable": self._convergence.unreadable,
            "failed": self.error is not None,
            "msg": None if self.error is None else self.error.msg,
            "failure": None if self.error is None else self.error.failure.as_dict(),
        }

    def _step(self, step: Callable[[], None]) -> None:
        if self.error is None:
            try:
                step()
            except PolyvError as error:
                self.error = error
            except Exception as error:  # the results of the other settings must not get lost for it
                self.error = UnexpectedError(error)


def converge_together(settings: Sequence[NamedSetting], context: Context) -> dict[str, Any]:
    """The result of the task: as much as possible is done, and a setting that fails does not stop the others."""
    running = [_Running(one, context) for one in settings]
    for phase in Phase:
        of_phase = [one for one in running if one.named.phase is phase]
        _converge(of_phase)
        if phase is Phase.FIRST:
            for one in of_phase:
                one.tell_channel()
    return _result(running)


def _converge(running: Sequence[_Running]) -> None:
    with Pool(len(running)) as pool:
        pool.run([one.read for one in running])
        # One after the other: nobody says whether the platform keeps apart two writes to one channel.
        for one in running:
            one.write()
        pool.run([one.read_back for one in running if one.wrote and one.error is None])
    for one in running:
        one.finish()


def _result(running: Sequence[_Running]) -> dict[str, Any]:
    outcomes = [(one.named.label, one.outcome) for one in running if one.outcome is not None]
    result: dict[str, Any] = {
        "changed": any(one.changed for one in running),
        "diff": [
            {"before_header": label, "after_header": label, **diff_of(outcome)}
            for label, outcome in outcomes
            if outcome.changed
        ],
        "settings": [one.result() for one in running],
    }
    failed = [(one.named.label, one.error) for one in running if one.error is not None]
    if failed:
        messages = " ".join(f"{label}: {error.msg}" for label, error in failed)
        result["failed"] = True
        result["msg"] = f"{len(failed)} of {len(running)} settings failed. {messages}"
        result["failure"] = failed[0][1].failure.as_dict()
    return result
