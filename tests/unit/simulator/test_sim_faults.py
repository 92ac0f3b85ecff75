"""Faults on demand; the drops over real TCP."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from unit.simulator.support import APP_ID, Api, data, error

_SET = "v3/user/set-weixin-share-api"
_URL = "http://new.example/"


def _set(api: Api) -> httpx.Response:
    return api.post(_SET, url=_URL)


def test_date(api: Api) -> None:
    api.fault("date", seconds=3600, times=2)
    refused = _set(api)
    assert error(refused) == (400, "invalid timestamp.")
    ahead = parsedate_to_datetime(refused.headers["date"]).timestamp() - time.time()
    assert 3595 < ahead < 3605
    later = api.http.post(f"/live/{_SET}", data=api.signed({"url": _URL}, shift_ms=3_600_000))
    assert data(later) == "success"
    assert data(_set(api)) == "success"


def test_matching_and_order(api: Api) -> None:
    api.fault("envelope", "get-info", code=1)
    api.fault("envelope", app_id="otherapp01", code=2)
    api.fault("envelope", code=3, times=2)
    api.fault("envelope", app_id=APP_ID, code=4, times=-1)
    ask: list[Callable[[], Any]] = [lambda: _set(api), lambda: api.get("v3/user/get-info")]
    codes = [ask[which]().json()["code"] for which in (0, 1, 1, 1, 0)]
    assert codes == [3, 1, 3, 4, 4]
    assert [fault["times"] for fault in api.http.get("/_simulator/faults").json()] == [1, -1]
    assert api.http.delete("/_simulator/faults").json() == []
    assert data(_set(api)) == "success"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"kind": "html"}, "endpoint can't be None"),
        ({"kind": "odd", "endpoint": "*"}, "kind can't be 'odd'"),
        ({"kind": "html", "endpoint": "nowhere"}, "endpoint can't be 'nowhere'"),
        ({"kind": "html", "endpoint": "*", "times": 0}, "times can't be 0"),
        ({"kind": "html", "endpoint": "*", "app_id": 1}, "app_id can't be 1"),
        ({"kind": "html", "endpoint": "*", "seconds": 1}, "html has no option 'seconds'"),
        ({"kind": "delay", "endpoint": "*"}, "delay needs seconds"),
        ({"kind": "delay", "endpoint": "*", "seconds": "1"}, "seconds of delay can't be '1'"),
    ],
)
def test_bad_faults(api: Api, given: dict[str, Any], complaint: str) -> None:
    response = api.http.post("/_simulator/faults", json=given)
    assert response.status_code == 400
    assert complaint in response.json()["error"]
