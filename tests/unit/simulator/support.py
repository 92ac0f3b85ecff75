"""What the tests of the simulator share: test accounts, and a signing client of a started simulator."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.simulator import Simulator
from requests import Response

from simulator.signing import digest

APP_ID = "g4rqgmmjuo"
SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
USER_ID = "1b448be323"
CHANNEL = "2191532"
FOLLOWER = "2191533"
BARE = "2191534"
INFO = "v3/user/get-info"

_CODE = {"rank": 1, "authType": "code", "enabled": "Y"}
_CUSTOM = {"rank": 2, "authType": "custom", "customKey": "secondkey", "customUri": "http://second.example/a"}
_CHANNELS = [
    {"channel_id": CHANNEL, "auth": [_CODE, _CUSTOM]},
    {"channel_id": FOLLOWER, "global_settings": "Y", "donate": {"cashMin": 5}},
    {"channel_id": BARE, "donate": None},
]
_ACCOUNT = {"user_id": USER_ID, "app_id": APP_ID, "app_secret": SECRET, "channels": _CHANNELS}
_OTHER = {"user_id": "other00001", "app_id": "otherapp01", "app_secret": "othersecret", "channels": 2}
_USER = {"user_id": "custom0001", "app_id": "customapp1", "app_secret": "customsecret", "owner": USER_ID}
SEED = {"accounts": [_ACCOUNT, _OTHER], "custom_users": [{**_USER, "email": "known@example.com"}]}

Files = list[tuple[str, tuple[str, bytes]]]


def signed(parameters: Mapping[str, str], *, shift_ms: int = 0) -> dict[str, str]:
    """Parameters with appId, timestamp and sign."""
    timestamp = str(int(time.time() * 1000) + shift_ms)
    complete = {**parameters, "appId": APP_ID, "timestamp": timestamp}
    return {**complete, "sign": digest(complete, SECRET)}


class Api(Simulator):
    """A started simulator, called as a well-behaved client does: POST parameters in a form."""

    def __init__(self, directory: Path, *options: str) -> None:
        seed = directory / "seed.json"
        seed.write_text(json.dumps(SEED), encoding="utf-8")
        super().__init__(seed, *options)

    def __enter__(self) -> "Api":
        return self

    def send(self, method: str, path: str, **options: Any) -> Response:
        """Any request to a path of the API."""
        return self._session.request(method, f"{self.url}/live/{path}", timeout=10, **options)

    def get(self, path: str, **parameters: str) -> Response:
        """A signed GET."""
        return self.send("GET", path, params=signed(parameters))

    def post(self, path: str, **parameters: str) -> Response:
        """A signed POST of a form."""
        return self.send("POST", path, data=signed(parameters))

    def post_json(self, path: str, body: Any, **query: str) -> Response:
        """A POST of JSON: only the query is signed."""
        return self.send("POST", path, params=signed(query), json=body)

    def post_multipart(self, path: str, files: Files | None = None, /, **parameters: str) -> Response:
        """A multipart POST, also when there is no file."""
        fields = [(name, (None, value)) for name, value in signed(parameters).items()]
        return self.send("POST", path, files=[*fields, *(files or [])])

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """What the control API answers; an `AssertionError` with its complaint where it refuses."""
        return self._control(method, path, body)


def error(response: Response) -> tuple[int, str]:
    """Code and message of an answer."""
    envelope = response.json()
    message = envelope["message"] if "message" in envelope else (envelope["error"] or {}).get("desc", "")
    return envelope["code"], message


def data(response: Response) -> Any:
    """The data of a success."""
    envelope = response.json()
    assert envelope["code"] == 200, envelope
    return envelope["data"]
