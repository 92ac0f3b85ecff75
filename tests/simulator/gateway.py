"""The API itself: takes a request through limit, faults, authentication and endpoint, and logs it."""

import asyncio
import time
from dataclasses import dataclass
from email.utils import formatdate

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from . import connection, faults
from .call import Call, Target
from .endpoints import Endpoint, Match
from .errors import ApiError, EndpointMissingError, invalid_parameters, method_not_allowed
from .parameters import Parameters, read_parameters
from .replies import HTTP_ERRORS, Reply, error_reply, html_reply, success_reply
from .services import REGISTRY
from .simulation import Simulation

_METHOD_NOT_ALLOWED = 405
#: A finer code of v4 that nobody has documented.
_OWN_CODE = 39999
#: Which envelope a request to no endpoint would get.
_DEFAULT_VERSION = 3


@dataclass(frozen=True)
class Exchange:
    """A request, what it carried, and the endpoint it is for (if there is one)."""

    request: Request
    parameters: Parameters
    match: Match | None

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint at the request's path."""
        return self.match.endpoint if self.match else None

    @property
    def version(self) -> int:
        """The API version that decides the envelope."""
        return self.endpoint.version if self.endpoint else _DEFAULT_VERSION


#: None closes the connection, bytes are sent as they are; with it, how far the server's clock is off, in seconds.
Answer = tuple[Reply | bytes | None, float]


class Gateway:
    """The ASGI application for every path of the API, and for every other path."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        parameters = await read_parameters(request)
        exchange = Exchange(request, parameters, REGISTRY.find(scope["path"]))
        account = self._simulation.accounts.of_app(parameters.app_id)
        entry = self._simulation.log.open(request, parameters, exchange.endpoint, account)
        if self._simulation.latency:
            await asyncio.sleep(self._simulation.latency)
        reply, shift = await self._answer(exchange)
        if reply is None:
            entry["outcome"] = "dropped"
            await connection.drop(request, receive)
        elif isinstance(reply, bytes):
            entry["outcome"] = "raw"
            await connection.send_raw(request, receive, reply)
        else:
            entry.update(
                http_status=reply.http_status, code=reply.code, message=reply.message, outcome="answered"
            )
            response = reply.response(formatdate(time.time() + shift, usegmt=True))
            await response(scope, receive, send)

    async def _answer(self, exchange: Exchange) -> Answer:
        simulation = self._simulation
        client = exchange.request.client
        if not simulation.limiter.admits(client.host if client else ""):
            return faults.throttled(exchange.version, simulation.switches), 0.0
        name = exchange.endpoint.name if exchange.endpoint else None
        fault = simulation.faults.take(name, exchange.parameters.app_id)
        if fault is None:
            return self._handle(exchange, 0.0), 0.0
        if fault.kind == "drop_before":
            return None, 0.0
        replaced = faults.replacement(fault, exchange.version, simulation.switches)
        return (replaced, 0.0) if replaced else await self._handle_with_flaw(exchange, fault)

    async def _handle_with_flaw(self, exchange: Exchange, fault: faults.Fault) -> Answer:
        """Carry the call out all the same: the fault only spoils how, or the answer."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.options["seconds"])
        shift = fault.options["seconds"] if fault.kind == "date" else 0.0
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
        try:
            return success_reply(exchange.version, self._call(exchange, match, time.time() + shift))
        except EndpointMissingError:
            return html_reply(404)
        except ApiError as error:
            return self._error_reply(match.endpoint, error)

    def _call(self, exchange: Exchange, match: Match, now: float) -> object:
        endpoint, parameters, simulation = match.endpoint, exchange.parameters, self._simulation
        method = exchange.request.method
        if not endpoint.allows(method):
            raise method_not_allowed(method)
        account = simulation.authentication.caller(parameters, endpoint.name, now)
        if endpoint.name in account.missing:
            raise EndpointMissingError
        if endpoint.name in account.forbidden:
            raise ApiError("access forbidden", 500, status="fail")
        if parameters.malformed:
            raise invalid_parameters()
        target = Target(endpoint.name, match.path_value, method, endpoint.legacy)
        data = endpoint.handler(Call(simulation, account, parameters, target))
        if endpoint.access == "write":
            simulation.save()
        return data

    def _error_reply(self, endpoint: Endpoint, error: ApiError) -> Reply:
        """Its HTTP status is open before v4, and so is v4's finer code of most errors (docs/api.md §3)."""
        answers = self._simulation.switches.at(endpoint.name)
        if error.detail is None and answers["v4_error_code"] == "own":
            error.detail = _OWN_CODE
        # A wrong method is refused in front of the API: never with 200.
        follows_code = answers["error_http_status"] == "code" or error.code == _METHOD_NOT_ALLOWED
        http_status = error.code if follows_code and error.code in HTTP_ERRORS else None
        return error_reply(endpoint.version, error, http_status)
