# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a play is: which of its accounts are done, changed or failed, and how long the rest may take. Pure."""

from __future__ import annotations

from collections.abc import Iterable

_FEWEST = 2  # accounts' worth of results: from fewer nothing is foretold


class Counts:
    """The accounts of one play. A host stands for an account, and a step is one task of the collection for one account.

    `total` is the number of accounts, `steps` how many each has to go through as far as that is known beforehand. Times are
    monotonic seconds.
    """

    def __init__(self, total: int, steps: int) -> None:
        self.total = total
        self._steps = steps
        self._taken: dict[str, int] = {}
        self._over: set[str] = set()
        self._changed: set[str] = set()
        self._failed: set[str] = set()
        self._begun: tuple[float, float] | None = (
            None  # when the steps of this batch began, and how far all was then
        )

    def begin(self, now: float) -> None:
        """A step begins; the first one of a batch is what the time left is reckoned from."""
        if self._begun is None:
            self._begun = (now, self._accounts_worth)

    def result(self, host: str, changed: bool, failed: bool) -> None:
        """A step of an account is over. One that failed goes through no other."""
        self._taken[host] = self._taken.get(host, 0) + 1
        # What is included on the way is not known beforehand.
        self._steps = max(self._steps, self._taken[host])
        if changed:
            self._changed.add(host)
        if failed:
            self.lost(host)

    def lost(self, host: str) -> None:
        """An account has failed, or can't be reached."""
        self._failed.add(host)
        self._over.add(host)

    def end_batch(self) -> None:
        """No account of the batch has a step to come, whatever was foreseen."""
        self._over.update(self._taken)
        self._begun = None

    @property
    def done(self) -> int:
        """Accounts that have no step to come."""
        return len(self._over.union(self._finished()))

    @property
    def changed(self) -> int:
        """Accounts that a step has changed."""
        return len(self._changed)

    @property
    def failed(self) -> int:
        """Accounts of which a step failed, whether the play went on with them or not."""
        return len(self._failed)

    @property
    def fraction(self) -> float:
        """How much of the play is over, from 0 to 1."""
        return min(1.0, self._accounts_worth / self.total) if self.total else 1.0

    def seconds_left(self, now: float) -> float | None:
        """How long the rest takes if it goes on as this batch does; None where that can't be told yet."""
        if self._begun is None:
            return None
        since, before = self._begun
        worth = self._accounts_worth - before
        if worth < min(_FEWEST, self.total - before) or worth <= 0:
            return None
        return max(0.0, (self.total - self._accounts_worth) * (now - since) / worth)

    def _finished(self) -> Iterable[str]:
        return (host for host, taken in self._taken.items() if taken >= self._steps)

    @property
    def _accounts_worth(self) -> float:
        under_way = (taken for host, taken in self._taken.items() if host not in self._over)
        return len(self._over) + sum(taken / self._steps for taken in under_way)
