"""Endpoints by path: fixed paths by dictionary, the few with a variable by pattern."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .call import Call

Access = Literal["read", "write"]
Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Endpoint:
    """One endpoint: `access` says what it does, whatever its verbs; `{}` in the path is its variable."""

    name: str
    access: Access
    verbs: str
    path: str
    handler: Handler

    @property
    def version(self) -> int:
        """The API version of the path, which decides the envelope (docs/api.md §3)."""
        return int(self.path[1])

    @property
    def full_path(self) -> str:
        """The path as clients ask for it."""
        return f"/live/{self.path}"

    def allows(self, method: str) -> bool:
        """Say whether the endpoint knows an HTTP method."""
        return method in self.verbs.split()


class Match(NamedTuple):
    """An endpoint and the value of its path's variable."""

    endpoint: Endpoint
    path_value: str


class Registry:
    """All endpoints."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._fixed: dict[str, Endpoint] = {}
        self._variable: list[tuple[re.Pattern[str], Endpoint]] = []
        every = tuple(endpoints)
        self.names = frozenset(endpoint.name for endpoint in every)
        for endpoint in every:
            self._add(endpoint)

    def find(self, path: str) -> Match | None:
        """The endpoint at a path."""
        endpoint = self._fixed.get(path)
        if endpoint:
            return Match(endpoint, "")
        for pattern, endpoint in self._variable:
            matched = pattern.fullmatch(path)
            if matched:
                return Match(endpoint, matched[1])
        return None

    def _add(self, endpoint: Endpoint) -> None:
        if "{}" in endpoint.path:
            pattern = re.escape(endpoint.full_path).replace(r"\{\}", "([^/]+)")
            self._variable.append((re.compile(pattern), endpoint))
        else:
            self._fixed[endpoint.full_path] = endpoint
