"""Each module with options that a run would change something by, and the endpoints that it calls for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.accounts import CHANNEL

Options = dict[str, Any]


@dataclass(frozen=True)
class Scenario:
    """`options` makes the options of the task number N: each number wants another value."""

    module: str
    options: Callable[[int], Options]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    once: bool = False  # creates something, at most once

    @property
    def fqcn(self) -> str:
        """The module's full name."""
        return f"polyv.live.{self.module}"


def _url(number: int) -> str:
    return f"https://hooks.example.com/{number}"


def _account(number: int) -> Options:
    return {
        "weixin_share": {"url": _url(number)},
        "record_callback": {"url": _url(number)},
        "channels": [
            {
                "channel_id": CHANNEL,
                "oauth_custom": {"custom_uri": _url(number)},
                "donate": {"type": "cash", "cash_min": number},
            }
        ],
    }


def _user(number: int) -> Options:
    return {"email": f"user{number}@example.com", "mobile": "13800000000", "password": "Pa-ss-w0rd-9"}


def _sub_account(number: int) -> Options:
    return {
        "email": f"user{number}@example.com",
        "name": "U",
        "password": "Pa-ss-w0rd-9",
        "role_id": "2",
        "telephone": "010-1",
    }


def _group_user(number: int) -> Options:
    needed = {"password": "Pa-ss-w0rd-9", "contacts": "U", "phone": "13800000000", "max_channels": 3}
    return {"email": f"user{number}@example.com", **needed}


SCENARIOS = (
    Scenario(
        "polyv_weixin_share",
        lambda number: {"url": _url(number)},
        ("get-weixin-share-api", "get-info"),
        ("set-weixin-share-api",),
    ),
    Scenario(
        "polyv_oauth_custom",
        lambda number: {"custom_uri": _url(number), "channel_id": CHANNEL},
        ("auth-get", "get-info"),
        ("oauth-custom",),
    ),
    Scenario(
        "polyv_donate",
        lambda number: {"channel_id": CHANNEL, "type": "cash", "cash_min": number},
        ("donate-get",),
        ("setDonate",),
    ),
    Scenario("polyv_custom_user", _user, ("get-custom-user", "get-info"), ("add-custom-user",), once=True),
    Scenario(
        "polyv_record_callback",
        lambda number: {"url": _url(number)},
        ("callback-get", "get-info"),
        ("set-record-callback",),
    ),
    Scenario(
        "polyv_account",
        _account,
        ("get-weixin-share-api", "auth-get", "donate-get", "callback-get", "get-info"),
        ("set-weixin-share-api", "oauth-custom", "setDonate", "set-record-callback"),
    ),
)
#: Of more modules, for the campaigns that go through values and faults.
MORE = (
    Scenario(
        "polyv_sub_account", _sub_account, ("children-list", "get-info"), ("children-create",), once=True
    ),
    Scenario(
        "polyv_group_user",
        _group_user,
        ("group-user-package-list", "get-info"),
        ("group-user-create",),
        once=True,
    ),
    Scenario(
        "polyv_account_info",
        lambda number: {"gather_subset": ["all"]},
        (
            *(
                "get-info",
                "get-weixin-share-api",
                "callback-get",
                "global-auth-get",
                "switch-get",
                "children-list",
            ),
            *("management-list", "list-detail", "basic-get", "donate-get"),
        ),
        (),
    ),
    Scenario(
        "polyv_api",
        lambda number: {
            "method": "POST",
            "path": "/live/v2/user/{userId}/set-record-callback",
            "access": "write",
            "form": {"url": _url(number)},
        },
        ("get-info",),
        ("set-record-callback",),
    ),
)
