"""Faults on demand: what to do wrong, at which endpoint, how often, and the answers given instead of the API's."""

import itertools
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from . import limits
from .errors import ApiError
from .replies import Reply, encode, error_reply, html_reply, success_reply
from .switches import Switches

_REQUIRED: Final = object()
_NUMBER = (int, float)

#: Each kind's options: the types allowed, and the default.
_KINDS: dict[str, dict[str, tuple[tuple[type, ...], Any]]] = {
    # Answered instead of being carried out
    "html": {"http_status": ((int,), 502)},
    "status": {
        "http_status": ((int,), _REQUIRED),
        "headers": ((dict,), {}),
        "body": ((str, dict, list), ""),
    },
    "envelope": {
        "code": ((int,), 500),
        "message": ((str,), ""),
        "status": ((str,), "error"),
        "http_status": ((int, type(None)), None),
        "error_code": ((int, type(None)), None),
        "data": ((object,), ""),
    },
    "throttle": {},
    "redirect": {"location": ((str,), _REQUIRED)},
    "wrong_data": {"data": ((object,), _REQUIRED)},
    "drop_before": {},
    # Carried out, with a flaw
    "truncated": {},
    "drop_after": {},
    "raw": {"data": ((str,), _REQUIRED)},
    "delay": {"seconds": (_NUMBER, _REQUIRED)},
    "date": {"seconds": (_NUMBER, _REQUIRED)},
}
_COMMON = frozenset({"kind", "endpoint", "app_id", "times"})


class FaultError(ValueError):
    """A fault that can't be set up."""


@dataclass
class Fault:
    """One fault; `times` is what is left of it, -1 for ever."""

    id: int
    kind: str
    endpoint: str
    app_id: str | None
    times: int
    options: dict[str, Any]

    def hits(self, endpoint: str | None, app_id: str | None) -> bool:
        """Say whether the fault is for this request."""
        return self.endpoint in ("*", endpoint) and self.app_id in (None, app_id)


class Faults:
    """The faults to come, in order."""

    def __init__(self, endpoint_names: frozenset[str]) -> None:
        self._endpoint_names = endpoint_names
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Set up a fault."""
        fault = self._parse(given)
        self._faults.append(fault)
        return asdict(fault)

    def take(self, endpoint: str | None, app_id: str | None) -> Fault | None:
        """The first fault for this request: one of its times is used up."""
        fault = next((fault for fault in self._faults if fault.hits(endpoint, app_id)), None)
        if fault is not None and fault.times > 0:
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
        return fault

    def all(self) -> list[dict[str, Any]]:
        """The faults that are left."""
        return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        """Drop all faults."""
        self._faults.clear()

    def _parse(self, given: Mapping[str, Any]) -> Fault:
        kind = given.get("kind")
        if kind not in _KINDS:
            raise FaultError(f"kind can't be {kind!r}; allowed: {', '.join(_KINDS)}")
        endpoint = given.get("endpoint")
        if endpoint != "*" and endpoint not in self._endpoint_names:
            allowed = ", ".join(sorted(self._endpoint_names))
            raise FaultError(f"endpoint can't be {endpoint!r}; allowed: *, {allowed}")
        times = given.get("times", 1)
        if not isinstance(times, int) or isinstance(times, bool) or times == 0 or times < -1:
            raise FaultError(f"times can't be {times!r}; allowed: a positive number, or -1 for ever")
        app_id = given.get("app_id")
        if not isinstance(app_id, str | None):
            raise FaultError(f"app_id can't be {app_id!r}; allowed: text")
        return Fault(next(self._ids), kind, endpoint, app_id, times, _options(kind, given))


def _options(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    known = _KINDS[kind]
    unknown = sorted(set(given) - _COMMON - set(known))
    if unknown:
        raise FaultError(f"{kind} has no option {unknown[0]!r}; it has: {', '.join(known) or 'none'}")
    return {name: _option(kind, name, given) for name in known}


def _option(kind: str, name: str, given: Mapping[str, Any]) -> Any:
    types, default = _KINDS[kind][name]
    value = given.get(name, default)
    if value is _REQUIRED:
        raise FaultError(f"{kind} needs {name}")
    if not isinstance(value, types):
        raise FaultError(f"{name} of {kind} can't be {value!r}")
    return value


def throttled(version: int, switches: Switches) -> Reply:
    """Too many requests; code and HTTP status are open (docs/api.md §2)."""
    error = ApiError(limits.MESSAGE, switches.number("throttle_code"))
    return error_reply(version, error, switches.number("throttle_http_status"))


def replacement(fault: Fault, version: int, switches: Switches) -> Reply | None:
    """The answer given instead of carrying the call out; None when the fault's kind lets it be carried out."""
    options = fault.options
    match fault.kind:
        case "html":
            return html_reply(options["http_status"])
        case "status":
            return _status(**options)
        case "envelope":
            return _envelope(version, **options)
        case "throttle":
            return throttled(version, switches)
        case "redirect":
            return Reply(307, b"", "text/plain; charset=utf-8", {"location": options["location"]})
        case "wrong_data":
            return success_reply(version, options["data"])
    return None


def _status(http_status: int, headers: Mapping[str, Any], body: Any) -> Reply:
    sent_headers = {str(name).lower(): str(value) for name, value in headers.items()}
    if isinstance(body, str):
        return Reply(http_status, body.encode(), "text/plain; charset=utf-8", sent_headers)
    return Reply(http_status, encode(body), "application/json", sent_headers)


def _envelope(
    version: int, http_status: int | None, error_code: int | None, message: str, **options: Any
) -> Reply:
    return error_reply(version, ApiError(message, detail=error_code, **options), http_status)
