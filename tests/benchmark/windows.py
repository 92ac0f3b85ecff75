"""How many requests fall into a window of time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable


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
