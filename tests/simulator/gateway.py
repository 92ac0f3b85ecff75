"""The API itself: takes a request through limit, faults, authentication and endpoint, and logs it."""

import asyncio
import time
from email.utils import formatdate

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from . import connection, errors, fault_replies
from .call import Call, Target
from .endpoints import REGISTRY
from .envelope import success
from .errors import ApiError
from .exchange import Exchange
from .faults import Fault
from .parameters import read_parameters
from .registry import Match
from .replies import HTTP_ERRORS, Reply, error_reply, html_reply, json_reply
from .simulation import Simulation

_METHOD_NOT_ALLOWED = 405
#: A finer code of v4 that nobody has documented.
_OWN_CODE = 39999


class Gateway:
    """The ASGI application for every path of the API, and for every other path."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        exchange = Exchange(request, await read_parameters(request), REGISTRY.find(scope["path"]))
        entry = self._simulation.log.open(exchange, self._simulation.accounts.of_app(exchange.app_id))
        if self._simulation.latency:
            await asyncio.sleep(self._simulation.latency)
        reply, shift = await self._answer(exchange)
        if reply is None:
            entry["outcome"] = "dropped"
            await connection.drop(request, receive)
            return
        if isinstance(reply, bytes):
            entry["outcome"] = "raw"
            await connection.send_raw(request, receive, reply)
            return
        entry.update(reply.summary(), outcome="answered")
        response = reply.response(formatdate(time.time() + shift, usegmt=True))
        await response(scope, receive, send)

    async def _answer(self, exchange: Exchange) -> tuple[Reply | bytes | None, float]:
        """The reply (None: close the connection; bytes: send them as they are) and how far the server's clock is off, in seconds."""
        simulation = self._simulation
        if not simulation.limiter.admits(exchange.address):
            return fault_replies.throttled(exchange.version, simulation.switches), 0.0
        fault = simulation.faults.take(exchange.endpoint_name, exchange.app_id)
        if fault is None:
            return self._handle(exchange, 0.0), 0.0
        if fault.kind == "drop_before":
            return None, 0.0
        replaced = fault_replies.instead(fault, exchange.version, simulation.switches)
        return (replaced, 0.0) if replaced else await self._handle_with_flaw(exchange, fault)

    async def _handle_with_flaw(self, exchange: Exchange, fault: Fault) -> tuple[Reply | bytes | None, float]:
        """Carry the call out all the same: the fault only spoils how, or the answer."""
        shift = 0.0
        if fault.kind == "delay":
            await asyncio.sleep(fault.options["seconds"])
        elif fault.kind == "date":
            shift = fault.options["seconds"]
        reply = self._handle(exchange, shift)
        if fault.kind == "drop_after":
            return None, shift
        if fault.kind == "raw":
            return fault.options["data"].encode("latin-1"), shift
        return (reply.truncated() if fault.kind == "truncated" else reply), shift

    def _handle(self, exchange: Exchange, shift: float) -> Reply:
        """Carry the call out, as a server whose clock is off by `shift` seconds."""
        match = exchange.match
        if match is None:
            return html_reply(404)
        version = match.endpoint.version
        try:
            return json_reply(success(version, self._call(exchange, match, time.time() + shift)))
        except errors.EndpointMissingError:
            return html_reply(404)
        except ApiError as error:
            return self._error_reply(match, error)

    def _call(self, exchange: Exchange, match: Match, now: float) -> object:
        endpoint = match.endpoint
        method = exchange.request.method
        if not endpoint.allows(method):
            raise errors.method_not_allowed(method)
        simulation = self._simulation
        account = simulation.authentication.caller(exchange.parameters, endpoint.name, now)
        if endpoint.name in account.missing:
            raise errors.EndpointMissingError
        if endpoint.name in account.forbidden:
            raise errors.access_forbidden()
        if exchange.parameters.malformed:
            raise errors.invalid_parameters()
        target = Target(endpoint.name, match.path_value, method)
        data = endpoint.handler(Call(simulation, account, exchange.parameters, target))
        if endpoint.access == "write":
            simulation.save()
        return data

    def _error_reply(self, match: Match, error: ApiError) -> Reply:
        """Its HTTP status is open before v4, and so is v4's finer code of most errors (docs/api.md §3)."""
        answers = self._simulation.switches.at(match.endpoint.name)
        if error.detail is None and answers["v4_error_code"] == "own":
            error.detail = _OWN_CODE
        # A wrong method is refused in front of the API: never with 200.
        follows_code = answers["error_http_status"] == "code" or error.code == _METHOD_NOT_ALLOWED
        http_status = error.code if follows_code and error.code in HTTP_ERRORS else None
        return error_reply(match.endpoint.version, error, http_status)
