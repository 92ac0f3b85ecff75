"""The limit: the same HTTP calls from a plain script with threads, one session each, and no Ansible at all.

Usage: python limit.py JOB API_URL INVENTORY. JOB is one of the names in JOBS. It reads, writes where the answer differs,
and reads back, in the order in which the collection does; signing and everything else is as short as it can be.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import requests

_THREADS = 32
_local = threading.local()


class Caller:
    """Signed calls for one account."""

    def __init__(self, api_url: str, account: dict[str, Any], wanted: dict[str, Any]) -> None:
        self._url = api_url
        self._account = account
        self._asking = threading.Lock()
        self._user_id = ""
        self.channels: list[str] = account["polyv_channels"]
        self.wanted = wanted

    def user_id(self) -> str:
        """The account's id as the API tells it, asked for before the first write by that id."""
        with self._asking:
            self._user_id = self._user_id or self.get("/live/v3/user/get-info")["userId"]
            return self._user_id

    def get(self, path: str, **parameters: str) -> Any:
        """The data of a read."""
        return _data(_session().get(self._url + path, params=self._signed(parameters)))

    def post(self, path: str, **parameters: str) -> Any:
        """The data of a call by form."""
        return _data(_session().post(self._url + path, data=self._signed(parameters)))

    def upload(self, path: str, images: list[str], **parameters: str) -> Any:
        """The data of a multipart call."""
        texts: list[tuple[str, Any]] = [
            (name, (None, value)) for name, value in self._signed(parameters).items()
        ]
        for image in images:
            with open(image, "rb") as file:
                texts.append(("goodImg", ("good.png", file.read(), "image/png")))
        return _data(_session().post(self._url + path, files=texts))

    def _signed(self, parameters: dict[str, str]) -> dict[str, str]:
        secret = self._account["polyv_app_secret"]
        complete = {
            **parameters,
            "appId": self._account["polyv_app_id"],
            "timestamp": str(int(time.time() * 1000)),
        }
        base = secret + "".join(name + value for name, value in sorted(complete.items())) + secret
        return {**complete, "sign": hashlib.md5(base.encode()).hexdigest().upper()}


def share(caller: Caller) -> None:
    """The WeChat share address."""
    path = "/live/v3/user/{}-weixin-share-api"
    if caller.post(path.format("get")) != caller.wanted["share"]:
        caller.post(path.format("set"), url=caller.wanted["share"])
        caller.post(path.format("get"))


def callback(caller: Caller) -> None:
    """The record callback."""

    def read() -> Any:
        return caller.get("/live/v4/user/global-setting/callback/get")["recordCallbackUrl"]

    if read() != caller.wanted["callback"]:
        caller.post(f"/live/v2/user/{caller.user_id()}/set-record-callback", url=caller.wanted["callback"])
        read()


def custom_auth(caller: Caller, channel: str) -> None:
    """The address for custom authorization of a channel."""

    def read() -> Any:
        return caller.get("/live/v3/channel/auth/get", channelId=channel)[0]["customUri"]

    if read() != caller.wanted["login"]:
        path = f"/live/v2/channelSetting/{caller.user_id()}/oauth-custom"
        caller.post(path, channelId=channel, customUri=caller.wanted["login"])
        read()


def cash(caller: Caller, channel: str) -> None:
    """Donations in cash."""
    if _donations(caller, channel)["donateCashEnabled"] != "Y":
        minimum = str(caller.wanted["cash_min"])
        caller.upload(_set_donate(channel), [], donateEnabled="Y", type="cash", cashMin=minimum)
        _donations(caller, channel)


def goods(caller: Caller, channel: str) -> None:
    """Donations in goods."""
    if _donations(caller, channel)["donateGoodEnabled"] != "Y":
        good = caller.wanted["goods"][0]
        named = {"goodName": good["name"], "goodPrice": good["price"]}
        caller.upload(_set_donate(channel), [good["image"]], donateEnabled="Y", type="good", **named)
        _donations(caller, channel)


def five(caller: Caller) -> None:
    """Five settings of an account."""
    first, second = caller.channels
    share(caller)
    callback(caller)
    custom_auth(caller, first)
    cash(caller, first)
    goods(caller, second)


# What can be done at the same time for one account.
JOBS: dict[str, Callable[[Caller], list[Callable[[], None]]]] = {
    "one": lambda caller: [partial(share, caller)],
    "five": lambda caller: [partial(five, caller)],
    "channels": lambda caller: [partial(custom_auth, caller, channel) for channel in caller.channels],
}


def _donations(caller: Caller, channel: str) -> Any:
    return caller.get("/live/v3/channel/donate/get", channelId=channel)


def _set_donate(channel: str) -> str:
    return f"/live/v2/channelSetting/{channel}/setDonate"


def _session() -> requests.Session:
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
    session: requests.Session = _local.session
    return session


def _data(answer: requests.Response) -> Any:
    envelope = answer.json()
    if envelope["code"] != 200:
        raise RuntimeError(f"{answer.request.path_url.partition('?')[0]}: {envelope}")
    return envelope["data"]


def main() -> None:
    """Does the job for every account of the inventory."""
    job, api_url, inventory = sys.argv[1:]
    with open(inventory, encoding="utf-8") as file:
        accounts = json.load(file)["accounts"]
    callers = [Caller(api_url, account, accounts["vars"]) for account in accounts["hosts"].values()]
    with ThreadPoolExecutor(_THREADS) as threads:
        done = [threads.submit(work) for caller in callers for work in JOBS[job](caller)]
    for one in done:
        one.result()


if __name__ == "__main__":
    main()
