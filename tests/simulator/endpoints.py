"""Endpoints by path: fixed paths by dictionary, the few with a variable by pattern."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .call import Call


@dataclass(frozen=True)
class Endpoint:
    """One endpoint: `access` says what it does, whatever its verbs; `{}` in the path is its variable.

    `legacy` marks an old write, and says what docs/api.md lets it do on the new backend.
    """

    name: str
    access: Literal["read", "write"]
    verbs: str
    path: str
    handler: Callable[[Call], Any]
    legacy: Literal["", "works", "ignored", "refused"] = ""

    @property
    def version(self) -> int:
        """The API version of the path, which decides the envelope (docs/api.md §3)."""
        return int(self.path[1])

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
        for endpoint in endpoints:
            path = f"/live/{endpoint.path}"
            if "{}" in path:
                self._variable.append((re.compile(re.escape(path).replace(r"\{\}", "([^/]+)")), endpoint))
            else:
                self._fixed[path] = endpoint
        every = [*self._fixed.values(), *(endpoint for _pattern, endpoint in self._variable)]
        self.names = frozenset(endpoint.name for endpoint in every)

    def find(self, path: str) -> Match | None:
        """The endpoint at a path."""
        if path in self._fixed:
            return Match(self._fixed[path], "")
        matches = ((pattern.fullmatch(path), endpoint) for pattern, endpoint in self._variable)
        return next((Match(endpoint, found[1]) for found, endpoint in matches if found), None)
