"""The control API under `/_simulator/`: for tests only, unsigned, and for clients on this machine only."""

import inspect
import ipaddress
import json
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import recordings
from .accounts import Account
from .faults import FaultError
from .seed import dump, dump_account, read_seed
from .seed_fields import SeedError
from .simulation import Simulation
from .switches import SwitchError


class LoopbackOnly:
    """Refuses clients from anywhere else: the control API gives secrets away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        client = scope.get("client")
        if client and _is_loopback(client[0]):
            await self._app(scope, receive, send)
        else:
            await _error(403, "only loopback clients may use the control API")(scope, receive, send)


class Control:
    """The actions of the control API: each takes the request and its JSON body and returns the answer."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    def app(self) -> ASGIApp:
        """The ASGI application, to be mounted at `/_simulator`."""
        routes = [
            _route("/requests", GET=self._requests, DELETE=self._clear_requests),
            _route("/switches", GET=self._switches, PATCH=self._set_switches),
            _route("/accounts", GET=self._accounts, PUT=self._replace_accounts),
            _route("/accounts/{user_id}", GET=self._account, PATCH=self._patch_account),
            _route("/accounts/{user_id}/recordings", POST=self._report_recording),
            _route("/faults", GET=self._faults, POST=self._add_fault, DELETE=self._clear_faults),
            _route("/reset", POST=self._reset),
        ]
        return LoopbackOnly(Router(routes))

    def _requests(self, request: Request, _body: Any) -> Any:
        after = request.query_params.get("after", "0")
        if not after.isdigit():
            raise HTTPException(400, f"after must be the id of a request, not {after!r}")
        return self._simulation.log.after(int(after))

    def _clear_requests(self, _request: Request, _body: Any) -> Any:
        self._simulation.log.clear()
        return []

    def _switches(self, _request: Request, _body: Any) -> Any:
        return self._simulation.switches.all()

    def _set_switches(self, request: Request, body: Any) -> Any:
        self._simulation.switches.set(_mapping(body))
        return self._switches(request, None)

    def _accounts(self, _request: Request, _body: Any) -> Any:
        return dump(self._simulation.accounts)

    def _replace_accounts(self, request: Request, body: Any) -> Any:
        self._simulation.use_accounts(read_seed(_mapping(body)))
        return self._accounts(request, None)

    def _account(self, request: Request, _body: Any) -> Any:
        return dump_account(self._found(request))

    def _patch_account(self, request: Request, body: Any) -> Any:
        return dump_account(self._simulation.patch_account(self._found(request), _mapping(body)))

    async def _report_recording(self, request: Request, body: Any) -> Any:
        # Beside the API: what hears of a recording may call it at once.
        return await run_in_threadpool(
            recordings.report, self._found(request), _mapping(body), self._simulation.switches
        )

    def _faults(self, _request: Request, _body: Any) -> Any:
        return self._simulation.faults.all()

    def _add_fault(self, _request: Request, body: Any) -> Any:
        return self._simulation.faults.add(_mapping(body))

    def _clear_faults(self, _request: Request, _body: Any) -> Any:
        self._simulation.faults.clear()
        return []

    def _reset(self, _request: Request, _body: Any) -> Any:
        self._simulation.reset()
        return {}

    def _found(self, request: Request) -> Account:
        user_id = request.path_params["user_id"]
        account = self._simulation.accounts.of_user(user_id)
        if account is None:
            raise HTTPException(404, f"no account has the user_id {user_id!r}")
        return account


def _route(path: str, **actions: Callable[[Request, Any], Any]) -> Route:
    async def respond(request: Request) -> Response:
        try:
            answer = actions[request.method](request, await _body(request))
            return JSONResponse(await answer if inspect.isawaitable(answer) else answer)
        except HTTPException as error:
            return _error(error.status_code, error.detail)
        except (SwitchError, SeedError, FaultError) as error:
            return _error(400, str(error))

    return Route(path, respond, methods=list(actions))


async def _body(request: Request) -> Any:
    body = await request.body()
    try:
        return json.loads(body) if body else None
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error


def _mapping(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise HTTPException(400, "the body must be a JSON object")
    return body


def _error(http_status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": text}, status_code=http_status)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
