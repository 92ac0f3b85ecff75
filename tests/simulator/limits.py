"""The API's limit: so many requests in ten seconds from one address, else it is blocked (docs/api.md §2)."""

import time
from collections import defaultdict, deque

WINDOW_SECONDS = 10.0
MESSAGE = "qps exceeds number of calls"


class Limiter:
    """Counts requests per client address over a sliding window."""

    def __init__(self, requests_per_window: int = 1500, block_seconds: float = 300.0) -> None:
        self._maximum = requests_per_window
        self._block_seconds = block_seconds
        self._seen: defaultdict[str, deque[float]] = defaultdict(deque)
        self._blocked_until: dict[str, float] = {}

    def admits(self, address: str) -> bool:
        """Count one request; False when the address is blocked. A maximum of 0 means no limit."""
        if self._maximum == 0:
            return True
        now = time.monotonic()
        if now < self._blocked_until.get(address, 0.0):
            return False
        if self._count(address, now) <= self._maximum:
            return True
        self._blocked_until[address] = now + self._block_seconds
        # After the block the address starts with a clean window.
        del self._seen[address]
        return False

    def reset(self) -> None:
        """Forget every request and every block."""
        self._seen.clear()
        self._blocked_until.clear()

    def _count(self, address: str, now: float) -> int:
        seen = self._seen[address]
        seen.append(now)
        while seen[0] <= now - WINDOW_SECONDS:
            seen.popleft()
        return len(seen)
