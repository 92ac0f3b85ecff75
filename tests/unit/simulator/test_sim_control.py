"""The control API: what it refuses, and whom; its ordinary use is that of the integration tests."""

import asyncio
from typing import Any

import httpx
import pytest
from unit.simulator.support import INFO, USER_ID, Api

from simulator.server import create_app
from simulator.simulation import Simulation

_ACCOUNT = f"accounts/{USER_ID}"
_BAD_SWITCHES: list[tuple[Any, str]] = [
    ({"odd": 1}, "unknown switch 'odd'; there are: .*cash_good_exclusive"),
    ({"read_lag_reads": 5, "oauth_key": "odd"}, "switch 'oauth_key' can't be 'odd'; allowed: keep, change"),
    ({"read_lag_ms": "x"}, "allowed: a whole number from 0"),
    ({"oauth_key@nowhere": "keep"}, "no endpoint is named 'nowhere'; there are: add-custom-user"),
    ({"read_lag_ms@auth-get": 1}, "switch 'read_lag_ms' is for all endpoints together"),
]
_BAD_CHANGES: list[tuple[Any, str]] = [
    ({"odd": 1}, "unknown key 'odd'"),
    ({"app_id": "x"}, "app_id can't be changed"),
    ({"forbidden": ["odd"]}, "no endpoint is named 'odd'"),
    ({"channels": [{"name": "x"}]}, "needs a channel_id"),
    ({"channels": [{"channel_id": "3000001"}]}, "belongs to account other00001"),
    ([], "must be a JSON object"),
]
_BAD_FAULTS: list[tuple[Any, str]] = [
    ({"kind": "html"}, "endpoint can't be None"),
    ({"kind": "odd", "endpoint": "*"}, "kind can't be 'odd'"),
    ({"kind": "html", "endpoint": "nowhere"}, "endpoint can't be 'nowhere'"),
    ({"kind": "html", "endpoint": "*", "times": 0}, "times can't be 0"),
    ({"kind": "html", "endpoint": "*", "seconds": 1}, "html has no option 'seconds'"),
    ({"kind": "delay", "endpoint": "*"}, "delay needs seconds"),
    ({"kind": "delay", "endpoint": "*", "seconds": "1"}, "seconds of delay can't be '1'"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        *(("PATCH", "switches", body, f"400 .*{complaint}") for body, complaint in _BAD_SWITCHES),
        *(("PATCH", _ACCOUNT, body, f"400 .*{complaint}") for body, complaint in _BAD_CHANGES),
        *(("POST", "faults", body, f"400 .*{complaint}") for body, complaint in _BAD_FAULTS),
        ("GET", "requests?after=x", None, "400 .*after"),
        ("GET", "accounts/nobody", None, "404 .*nobody"),
    ],
)
def test_what_is_refused_changes_nothing(api: Api, method: str, path: str, body: Any, complaint: str) -> None:
    before = [api.control("GET", part) for part in ("switches", "accounts", "faults")]
    with pytest.raises(AssertionError, match=complaint):
        api.control(method, path, body)
    assert [api.control("GET", part) for part in ("switches", "accounts", "faults")] == before


def test_log_after_an_entry(api: Api) -> None:
    for _unused in range(3):
        api.get(INFO)
    _first, second, third = api.requests()
    assert api.control("GET", f"requests?after={second['id']}") == [third]


def test_only_loopback_clients_may_use_it() -> None:
    transport = httpx.ASGITransport(create_app(Simulation()), client=("192.0.2.1", 50000))
    request = httpx.Request("GET", "http://simulator/_simulator/accounts")
    assert asyncio.run(transport.handle_async_request(request)).status_code == 403
