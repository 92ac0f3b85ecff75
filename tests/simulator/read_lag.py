"""Reads that lag behind writes (docs/api.md §2): overwritten values that a read still shows."""

import time
from collections import deque
from dataclasses import dataclass
from typing import Any, NamedTuple

from .switches import Switches


class Resource(NamedTuple):
    """One readable value: a field of an account (no channel) or of a channel."""

    user_id: str
    channel_id: str
    field: str


@dataclass
class _Overwritten:
    value: Any
    shown_until: float
    reads_left: int


class ReadLag:
    """Remembers overwritten values while the switches `…_lag_ms` and `…_lag_reads` want them shown.

    Writers replace values and never change them in place, so an old value needs no copy.
    """

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._pending: dict[Resource, deque[_Overwritten]] = {}

    @property
    def idle(self) -> bool:
        """Whether every read shows the current value."""
        return not self._pending

    def remember(self, resource: Resource, old: Any, *lags: str) -> None:
        """To be called before each write; the longest of some lags counts, `read_lag` where none is named."""
        lags = lags or ("read_lag",)
        seconds = max(self._switches.number(f"{lag}_ms") for lag in lags) / 1000
        reads = max(self._switches.number(f"{lag}_reads") for lag in lags)
        if seconds or reads:
            entry = _Overwritten(old, time.monotonic() + seconds, reads)
            self._pending.setdefault(resource, deque()).append(entry)

    def shown(self, resource: Resource, current: Any) -> Any:
        """What one read shows: the value before the oldest write that is not visible yet. It counts."""
        pending = self._pending.get(resource)
        if pending is None:
            return current
        now = time.monotonic()
        while pending and pending[0].reads_left <= 0 and pending[0].shown_until <= now:
            pending.popleft()
        if not pending:
            del self._pending[resource]
            return current
        for entry in pending:
            entry.reads_left -= 1
        return pending[0].value

    def forget(self, user_id: str) -> None:
        """Show the account's current values from now on."""
        for resource in [resource for resource in self._pending if resource.user_id == user_id]:
            del self._pending[resource]

    def reset(self) -> None:
        """Show all current values from now on."""
        self._pending.clear()


class Reading:
    """The reads of one request: looking twice at a resource within it counts, and shows, once."""

    def __init__(self, lag: ReadLag) -> None:
        self._lag = lag
        self._shown: dict[Resource, Any] = {}

    @property
    def idle(self) -> bool:
        """Whether the request sees current values only; saves time in long lists."""
        return self._lag.idle and not self._shown

    def shown(self, resource: Resource, current: Any) -> Any:
        """What this request sees of a resource."""
        if resource not in self._shown:
            self._shown[resource] = self._lag.shown(resource, current)
        return self._shown[resource]
