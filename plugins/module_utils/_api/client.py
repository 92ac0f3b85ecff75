# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed calls of the API: every attempt is signed anew, retried as far as that is safe, and kept to the rate limit."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any

from .._errors import CallError, Delivery, Failure, Kind
from .._options.connection import Connection
from .._options.credentials import Credentials
from .._secrets import MASK
from . import envelope, signing
from .endpoint import Access, Carrier, Endpoint
from .rate_limit import RateLimit, TooLong, shared_rate_limit
from .retries import Budget, Tries, asked_for
from .transport import MultipartField, Request, exchange

# Beyond a second off, the server's `Date` (whole seconds) is more than rounding.
_CLOCK_TOLERANCE = 1.0
_MOST_SIGNATURES = 100  # of a task, that a message may repeat


class WriteInCheckMode(AssertionError):
    """A write reached the client in check mode: a fault of this collection, stopped before it does harm."""


@dataclass(frozen=True)
class _Body:
    """What a call carries: signed text, and unsigned files or JSON."""

    text: Mapping[str, str]
    files: Sequence[MultipartField]
    json: Any


class Client:
    """Calls the API for one account. Safe to use from several threads.

    `writes` is False in check mode: then a write is refused here, whatever the code above intended. `warn` takes one
    sentence for the user, `mask` takes the task's secrets out of a text. `effective_writes` counts the writes that the API
    carried out, or may have.
    """

    def __init__(
        self,
        credentials: Credentials,
        connection: Connection,
        writes: bool,
        warn: Callable[[str], None],
        mask: Callable[[str], str] = str,
    ) -> None:
        self.credentials = credentials
        self.connection = connection
        self.effective_writes = 0
        self._signatures: deque[str] = deque(maxlen=_MOST_SIGNATURES)
        self._mask = mask
        self._writes = writes
        self._warn = warn
        self._budget = Budget(connection.max_wait)
        self._limit: RateLimit = shared_rate_limit(connection.rate_limit)
        self._clock_offset = 0.0  # s, server minus this machine

    def call(
        self,
        endpoint: Endpoint,
        parameters: Mapping[str, str | None] | None = None,
        *,
        path: Mapping[str, str] | None = None,
        files: Sequence[MultipartField] = (),
        json: Any = None,
        expected: Callable[[Failure], bool] = lambda failure: False,
        sending: Callable[[], None] = lambda: None,
        answered: Callable[[int], None] = lambda status: None,
    ) -> Any:
        """The `data` of a successful answer. Raises CallError, with the number of attempts in its `failure`.

        Text `parameters` that are None or empty are not sent; `path` fills the variables of the endpoint's path;
        `files` are the unsigned parts of a multipart endpoint, `json` is the unsigned body of a JSON one. An error
        that the caller has `expected` is an answer to it: it is raised at once, never retried. `sending` is called right before
        each attempt is sent, `answered` with the HTTP status of a success.
        """
        if not self._writes and endpoint.access is not Access.READ:
            raise WriteInCheckMode(endpoint.name)
        text = {name: value for name, value in (parameters or {}).items() if value}
        body = _Body(text, files, json)
        url = endpoint.address(self.connection.api_url, dict(path or {}))
        tries = Tries(self.connection.retries)
        clock_was_set = False
        attempts = 0
        while True:
            attempts += 1
            try:
                data, status = self._attempt(endpoint, url, body, sending)
                self._count(endpoint)
                answered(status)
                return data
            except CallError as failed:
                error = failed.with_attempts(attempts)
                if error.delivery is Delivery.UNKNOWN:
                    self._count(endpoint)
                if error.failure.kind is Kind.INVALID_TIMESTAMP and not clock_was_set:
                    clock_was_set = True
                    if self._set_clock(error):
                        continue
                if expected(error.failure):
                    raise error from None
                self._wait_or_raise(endpoint, error, tries)

    def _count(self, endpoint: Endpoint) -> None:
        if endpoint.access is not Access.READ:
            self.effective_writes += 1

    def _attempt(
        self,
        endpoint: Endpoint,
        url: str,
        body: _Body,
        sending: Callable[[], None],
    ) -> tuple[Any, int]:
        self._wait_for_slot(endpoint)
        sending()
        sent = time.monotonic()
        request = self._request(endpoint, url, body)
        self._signatures.append(request.signature)
        response = exchange(request, self.connection.timeout, self.connection.verify)
        try:
            data = envelope.read(response, endpoint.name, self._masked)
        except CallError as error:
            if error.throttled:
                self._limit.throttled(sent, asked_for(error))
            raise
        self._limit.served(sent)
        return data, response.status

    def _masked(self, text: str) -> str:
        # Those of the attempts before, too: an answer may come from a cache.
        known = "|".join(map(re.escape, self._signatures))
        return re.sub(known, MASK, self._mask(text), flags=re.IGNORECASE)

    def _request(self, endpoint: Endpoint, url: str, body: _Body) -> Request:
        timestamp = int((time.time() + self._clock_offset) * 1000)
        credentials = self.credentials
        signed = signing.signed(
            body.text, credentials.app_id, credentials.app_secret, timestamp, self.connection.signature_method
        )
        request = Request(endpoint.name, endpoint.method, url, query={}, form={}, signature=signed["sign"])
        if endpoint.carrier is Carrier.JSON:
            return replace(request, query=signed, json=body.json)
        if endpoint.method == "GET" or endpoint.carrier is Carrier.QUERY:
            return replace(request, query=signed)
        if endpoint.carrier is Carrier.FORM:
            return replace(request, form=signed)
        parts: list[MultipartField] = [
            (name, (None, value.encode("utf-8"))) for name, value in signed.items()
        ]
        return replace(request, parts=(*parts, *body.files))

    def _wait_for_slot(self, endpoint: Endpoint) -> None:
        while True:
            try:
                wait = self._limit.reserve(self._budget.take)
            except TooLong as error:
                raise self._out_of_time(endpoint, error.seconds) from None
            if not wait:
                return
            time.sleep(wait)
            if not self._limit.blocked_for():
                return

    def _out_of_time(self, endpoint: Endpoint, seconds: float) -> CallError:
        msg = (
            f"{endpoint.name}: the request limit is used up until {_clock_time(seconds)}, longer than max_wait "
            f"({self.connection.max_wait:g} s in all) allows. Run again after that, or with fewer accounts at a time."
        )
        return CallError(msg, Failure(Kind.THROTTLED, endpoint=endpoint.name), Delivery.REFUSED)

    def _wait_or_raise(self, endpoint: Endpoint, error: CallError, tries: Tries) -> None:
        repeatable = endpoint.access is not Access.CREATE
        if error.final or error.delivery is Delivery.REFUSED:
            raise error
        if error.delivery is Delivery.UNKNOWN and not repeatable:
            raise error
        wait = tries.next_wait(error)
        if wait is None:
            raise self._given_up(error, tries, f"retries ({self.connection.retries}) are used up")
        if error.throttled:
            return  # the mark that this throttle has set makes the next attempt wait
        if not self._budget.take(wait):
            reason = (
                f"max_wait ({self.connection.max_wait:g} s in all) does not allow to wait {wait:.3g} s more"
            )
            raise self._given_up(error, tries, reason)
        time.sleep(wait)

    def _given_up(self, error: CallError, tries: Tries, reason: str) -> CallError:
        attempts = error.failure.attempts
        text = f"Gave up after {attempts} attempt{'s' if attempts > 1 else ''} in {tries.seconds():.0f} s: {reason}."
        if error.throttled:
            text += (
                f" No worker of this machine sends anything before {_clock_time(self._limit.blocked_for())}."
            )
        return error.given_up(text)

    def _set_clock(self, error: CallError) -> bool:
        """Takes over the server's clock, as its `Date` tells it. False where it tells nothing new."""
        try:
            offset = parsedate_to_datetime(error.headers.get("Date", "")).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError, IndexError, OSError):
            return False
        if abs(offset - self._clock_offset) <= _CLOCK_TOLERANCE:
            return False
        self._clock_offset = offset
        self._warn(
            f"The clock of this machine is {abs(offset):.0f} s {'behind' if offset > 0 else 'ahead of'} the API's, which "
            "accepts 3 minutes. The API's time was used; set the clock."
        )
        return True


def _clock_time(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(time.time() + seconds))
