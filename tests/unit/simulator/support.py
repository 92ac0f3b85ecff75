"""What the tests of the simulator share: test accounts, a signing client, a simulator in its own process."""

import asyncio
import copy
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.types import ASGIApp

from simulator.server import create_app
from simulator.signing import digest
from simulator.simulation import Options, Simulation

TESTS = Path(__file__).resolve().parents[2]

APP_ID = "g4rqgmmjuo"
SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
USER_ID = "1b448be323"
CHANNEL = "2191532"
FOLLOWER = "2191533"
BARE = "2191534"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20

SEED: dict[str, Any] = {
    "accounts": [
        {
            "user_id": USER_ID,
            "app_id": APP_ID,
            "app_secret": SECRET,
            "email": "a@example.com",
            "auth": [
                {"authType": "custom", "customKey": "accountkey", "customUri": "http://account.example/a"}
            ],
            "donate": {"cashMin": 7},
            "channels": [
                {
                    "channel_id": int(CHANNEL),
                    "auth": [
                        {"authType": "code", "enabled": "Y"},
                        {
                            "authType": "custom",
                            "customKey": "secondkey",
                            "customUri": "http://second.example/a",
                        },
                    ],
                },
                {"channel_id": int(FOLLOWER), "global_settings": "Y", "donate": {"cashMin": 5}},
                {"channel_id": int(BARE), "donate": None},
            ],
        },
        {"user_id": "other00001", "app_id": "otherapp01", "app_secret": "othersecret", "channels": 2},
    ],
    "custom_users": [
        {
            "email": "known@example.com",
            "name": "known",
            "user_id": "custom0001",
            "app_id": "customapp1",
            "app_secret": "customsecret",
            "owner": USER_ID,
        }
    ],
}


class Api:
    """Calls a simulator as a well-behaved client does: POST parameters in a form."""

    def __init__(self, http: httpx.Client, app_id: str = APP_ID, secret: str = SECRET) -> None:
        self.http = http
        self.app_id = app_id
        self.secret = secret

    def signed(self, parameters: Mapping[str, str], *, shift_ms: int = 0) -> dict[str, str]:
        """Parameters with appId, timestamp and sign."""
        timestamp = str(int(time.time() * 1000) + shift_ms)
        complete = {**parameters, "appId": self.app_id, "timestamp": timestamp}
        method = complete.get("signatureMethod", "")
        return {**complete, "sign": digest(complete, self.secret, method=method)}

    def get(self, path: str, **parameters: str) -> httpx.Response:
        """A signed GET."""
        return self.http.get(f"/live/{path}", params=self.signed(parameters))

    def post(self, path: str, **parameters: str) -> httpx.Response:
        """A signed POST of a form."""
        return self.http.post(f"/live/{path}", data=self.signed(parameters))

    def post_json(self, path: str, body: Any, **query: str) -> httpx.Response:
        """A POST of JSON: only the query is signed."""
        return self.http.post(f"/live/{path}", params=self.signed(query), json=body)

    def post_query(self, path: str, content: bytes | None, **parameters: str) -> httpx.Response:
        """A POST with everything in the query."""
        headers = {"content-type": "application/json"} if content else {}
        address = f"/live/{path}?{urlencode(self.signed(parameters))}"
        return self.http.post(address, content=content, headers=headers)

    def post_multipart(
        self, path: str, files: list[tuple[str, tuple[str, bytes]]] | None = None, /, **parameters: str
    ) -> httpx.Response:
        """A multipart POST, also when there is no file."""
        fields = [(name, (None, value.encode())) for name, value in self.signed(parameters).items()]
        return self.http.post(f"/live/{path}", files=[*fields, *(files or [])])

    def switch(self, **values: object) -> None:
        """Set switches."""
        assert self.http.patch("/_simulator/switches", json=values).status_code == 200

    def fault(self, kind: str, endpoint: str = "*", **options: Any) -> None:
        """Set up a fault."""
        given = {"kind": kind, "endpoint": endpoint, **options}
        response = self.http.post("/_simulator/faults", json=given)
        assert response.status_code == 200, response.text

    def account(self, user_id: str = USER_ID) -> dict[str, Any]:
        """The state of an account."""
        state: dict[str, Any] = self.http.get(f"/_simulator/accounts/{user_id}").json()
        return state

    def channel(self, channel_id: str = CHANNEL) -> dict[str, Any]:
        """The state of a channel of the first account."""
        channels = self.account()["channels"]
        found: dict[str, Any] = next(channel for channel in channels if channel["channel_id"] == channel_id)
        return found

    def log(self) -> list[dict[str, Any]]:
        """The request log."""
        entries: list[dict[str, Any]] = self.http.get("/_simulator/requests").json()
        return entries


class _InProcess(httpx.BaseTransport):
    """Calls an ASGI application without a server; a dropped connection raises `ConnectionDroppedError`."""

    def __init__(self, app: ASGIApp, client: str) -> None:
        self._transport = httpx.ASGITransport(app, client=(client, 50000))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Called by httpx for each request."""
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


def api_for(options: Options | None = None, seed: Any = None, client: str = "127.0.0.1") -> Api:
    """The API of a fresh simulator, called in this process."""
    simulation = Simulation(copy.deepcopy(seed or SEED), options)
    return Api(
        httpx.Client(transport=_InProcess(create_app(simulation), client), base_url="http://simulator")
    )


def error(response: httpx.Response) -> tuple[int, str]:
    """Code and message of a v2 or v3 answer."""
    envelope = response.json()
    return envelope["code"], envelope["message"]


def data(response: httpx.Response) -> Any:
    """The data of a success."""
    envelope = response.json()
    assert envelope["code"] == 200, envelope
    return envelope["data"]


@dataclass
class StartedSimulator:
    """A simulator in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    api: Api


@contextmanager
def start(directory: Path, *arguments: str, module: bool = False) -> Iterator[StartedSimulator]:
    """Start a simulator by its command, wait for its line, and stop it in the end."""
    seed = directory / "seed.json"
    seed.write_text(json.dumps(SEED), encoding="utf-8")
    command = ["-m", "simulator"] if module else [str(TESTS / "simulator")]
    process = subprocess.Popen(
        [sys.executable, *command, "--seed", str(seed), *arguments],
        cwd=TESTS if module else directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        url = line.removeprefix("Polyv simulator listening on ")
        with httpx.Client(base_url=url, timeout=5, trust_env=False) as http:
            yield StartedSimulator(process, url, Api(http))
    finally:
        process.kill()
        process.communicate()
