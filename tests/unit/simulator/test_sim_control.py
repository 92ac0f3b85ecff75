"""The control API: log, switches, accounts, reset."""

from typing import Any

import pytest
from unit.simulator.support import APP_ID, USER_ID, Api, api_for, data

_ACCOUNT = f"/_simulator/accounts/{USER_ID}"


def _complaint(response: Any, http_status: int = 400) -> str:
    assert response.status_code == http_status
    text: str = response.json()["error"]
    return text


def test_log_entry(api: Api) -> None:
    api.post("v3/user/set-weixin-share-api", url="http://a.example/")
    (entry,) = api.log()
    expected: dict[str, Any] = {
        "endpoint": "set-weixin-share-api",
        "access": "write",
        "method": "POST",
        "path": "/live/v3/user/set-weixin-share-api",
        "app_id": APP_ID,
        "user_id": USER_ID,
        "query": {},
        "json": None,
        "files": [],
        "encoding": "form",
        "http_status": 200,
        "code": 200,
        "message": "",
        "outcome": "answered",
    }
    assert {name: entry[name] for name in expected} == expected
    assert entry["form"]["url"] == ["http://a.example/"]
    assert entry["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert isinstance(entry["time"], float)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"odd": 1}, "unknown switch 'odd'; there are: cash_good_exclusive"),
        ({"oauth_key": "odd"}, "switch 'oauth_key' can't be 'odd'; allowed: keep, change"),
        ({"read_lag_ms": -1}, "allowed: a whole number from 0"),
        ({"read_lag_ms": "x"}, "allowed: a whole number from 0"),
        ({"oauth_key@nowhere": "keep"}, "no endpoint is named 'nowhere'; there are: add-custom-user"),
        ({"oauth_key@oauth-custom": "odd"}, "switch 'oauth_key' can't be 'odd'"),
        ({"read_lag_ms@auth-get": 1}, "switch 'read_lag_ms' is for all endpoints together"),
        ([], "must be a JSON object"),
    ],
)
def test_bad_switches_change_nothing(api: Api, given: Any, complaint: str) -> None:
    before = api.http.get("/_simulator/switches").json()
    if isinstance(given, dict):
        given = {"read_lag_reads": 5, **given}
    assert complaint in _complaint(api.http.patch("/_simulator/switches", json=given))
    assert api.http.get("/_simulator/switches").json() == before


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"odd": 1}, "unknown key 'odd'"),
        ({"app_id": "x"}, "app_id can't be changed"),
        ({"forbidden": ["odd"]}, "no endpoint is named 'odd'"),
        ({"channels": [{"name": "x"}]}, "needs a channel_id"),
        ({"channels": [{"channel_id": "3000001"}]}, "belongs to account other00001"),
    ],
)
def test_bad_patch_changes_nothing(api: Api, changes: dict[str, Any], complaint: str) -> None:
    before = api.account()
    assert complaint in _complaint(api.http.patch(_ACCOUNT, json=changes))
    assert api.account() == before


def test_unknown_account_and_broken_json(api: Api) -> None:
    assert "nobody" in _complaint(api.http.get("/_simulator/accounts/nobody"), 404)
    assert "not JSON" in _complaint(api.http.patch(_ACCOUNT, content=b"{"))


def test_control_api_is_neither_logged_nor_given_to_others(api: Api) -> None:
    api.http.get("/_simulator/accounts")
    assert api.log() == []
    outsider = api_for(client="192.0.2.1")
    assert "loopback" in _complaint(outsider.http.get("/_simulator/accounts"), 403)
    assert data(outsider.get("v3/user/get-info"))["userId"] == USER_ID
