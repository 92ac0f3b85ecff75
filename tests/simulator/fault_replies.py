"""The answers of faults that are given instead of carrying a call out."""

from collections.abc import Callable

from .envelope import success
from .errors import ApiError
from .faults import Fault
from .limits import MESSAGE
from .replies import Reply, encode, error_reply, html_reply, json_reply
from .switches import Switches


def throttled(version: int, switches: Switches) -> Reply:
    """Too many requests; code and HTTP status are open (docs/api.md §2)."""
    error = ApiError(MESSAGE, switches.number("throttle_code"))
    return error_reply(version, error, switches.number("throttle_http_status"))


def instead(fault: Fault, version: int, switches: Switches) -> Reply | None:
    """The answer of the fault; None when its kind lets the call be carried out."""
    if fault.kind == "throttle":
        return throttled(version, switches)
    make = _REPLIES.get(fault.kind)
    return make(fault, version) if make else None


def _html(fault: Fault, _version: int) -> Reply:
    return html_reply(fault.options["http_status"])


def _status(fault: Fault, _version: int) -> Reply:
    body = fault.options["body"]
    status, headers = fault.options["http_status"], fault.options["headers"]
    text_headers = {str(name).lower(): str(value) for name, value in headers.items()}
    if isinstance(body, str):
        return Reply(status, body.encode(), "text/plain; charset=utf-8", text_headers)
    return Reply(status, encode(body), "application/json", text_headers)


def _envelope(fault: Fault, version: int) -> Reply:
    options = fault.options
    error = ApiError(
        options["message"],
        options["code"],
        status=options["status"],
        data=options["data"],
        detail=options["error_code"],
    )
    return error_reply(version, error, options["http_status"])


def _redirect(fault: Fault, _version: int) -> Reply:
    return Reply(307, b"", "text/plain; charset=utf-8", {"location": fault.options["location"]})


def _wrong_data(fault: Fault, version: int) -> Reply:
    return json_reply(success(version, fault.options["data"]))


_REPLIES: dict[str, Callable[[Fault, int], Reply]] = {
    "html": _html,
    "status": _status,
    "envelope": _envelope,
    "redirect": _redirect,
    "wrong_data": _wrong_data,
}
