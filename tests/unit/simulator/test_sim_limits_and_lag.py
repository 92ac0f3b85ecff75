"""The request limit and reads that lag behind writes (docs/api.md §2)."""

import pytest
from unit.simulator.support import USER_ID, Api, api_for, data, error

from simulator.simulation import Options

_THROTTLED = "qps exceeds number of calls"


@pytest.mark.parametrize(("code", "status"), [(400, 200), (429, 429), (500, 503)])
def test_throttle_code_and_status(code: int, status: int) -> None:
    api = api_for(
        Options(requests_per_window=1, switches={"throttle_code": code, "throttle_http_status": status})
    )
    api.get("v3/user/get-info")
    response = api.get("v3/user/get-info")
    assert (response.status_code, *error(response)) == (status, code, _THROTTLED)


def test_one_request_counts_once(api: Api) -> None:
    api.switch(read_lag_reads=2)
    path = f"v2/channelSetting/{USER_ID}/oauth-custom"
    data(api.post(path, customUri="http://new.example/"))
    lists = [data(api.post("v3/channel/management/list-detail"))["contents"] for _unused in range(3)]
    shown = [[channel["authSetting"][0]["customUri"] for channel in contents] for contents in lists]
    assert shown[0] == shown[1] != shown[2]
