"""Test accounts from a seed: defaults, generated channels, complaints."""

from typing import Any

import pytest

from simulator.seed import dump
from simulator.seed_fields import SeedError
from simulator.simulation import Simulation

_ACCOUNT = {"user_id": "u1", "app_id": "a1", "app_secret": "s1"}
_OTHER = {"user_id": "u2", "app_id": "a2", "app_secret": "s2"}


def _read(*accounts: Any, **further: Any) -> dict[str, Any]:
    return dump(Simulation({"accounts": list(accounts), **further}).accounts)


def test_ids_that_yaml_reads_as_numbers() -> None:
    (account,) = _read({"user_id": 123, "app_id": 456, "app_secret": 789})["accounts"]
    assert (account["user_id"], account["app_id"], account["app_secret"]) == ("123", "456", "789")


def test_generated_channels_are_unique_and_the_same_each_time() -> None:
    accounts = [
        {**_ACCOUNT, "channels": 2},
        {**_OTHER, "channels": [{"channel_id": 3000002}]},
        {"user_id": "u3", "app_id": "a3", "app_secret": "s3", "channels": 1},
    ]
    ids = [
        [channel["channel_id"] for channel in account["channels"]] for account in _read(*accounts)["accounts"]
    ]
    assert ids == [["3000001", "3000003"], ["3000002"], ["3000004"]]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"odd": 1}, "accounts[0]: unknown key 'odd'"),
        ({"app_secret": None}, "accounts[0]: app_secret is required"),
        ({"user_id": ["x"]}, "accounts[0]: user_id must be text"),
        ({"missing": ["odd"]}, "missing: no endpoint is named 'odd'"),
        ({"missing": "odd"}, "missing must be a list"),
        ({"auth": "x"}, "auth must be a list"),
        ({"auth": ["x"]}, "auth item 1: a mapping is needed"),
        ({"auth": [{"rank": 3}]}, "rank must be 1 or 2"),
        ({"auth": [{"rank": 1}, {"rank": 1}]}, "two auth items have the same rank"),
        ({"donate": {"odd": 1}}, "donate: unknown key 'odd'"),
        ({"donate": {"cashMin": "x"}}, "cashMin must be a number"),
        ({"donate": {"goods": [{}]}}, "goodName is required"),
        (
            {"auth": [{"authType": "code"}, {"enabled": "Y", "authType": "custom"}]},
            "rank 2 is enabled while rank 1 is not",
        ),
        (
            {"auth": [{"enabled": "Y", "authType": "code"}, {"enabled": "Y", "authType": "code"}]},
            "both ranks are enabled with the authType 'code'",
        ),
        ({"callback": "x"}, "callback: a mapping is needed"),
        ({"callback": {"odd": "x"}}, "callback: unknown key 'odd'"),
        ({"callback": {"streamCallbackUrl": "x"}}, "callback: streamCallbackUrl can't be 'x'"),
        ({"callback": {"recordFileCallBackType": "x"}}, "callback: recordFileCallBackType can't be 'x'"),
        ({"channels": [{"channel_id": "x"}]}, "channel_id must be digits"),
        ({"channels": [{"channel_id": 1}, {"channel_id": 1}]}, "accounts[0]: a channel_id occurs twice"),
        ({"channels": [{"channel_id": 1, "global_settings": "x"}]}, "global_settings must be Y or N"),
    ],
)
def test_complaints(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SeedError) as caught:
        _read({**_ACCOUNT, **changes})
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], "seed: a mapping is needed"),
        ({"account": []}, "seed: unknown key 'account'"),
        ({"accounts": [_ACCOUNT, _ACCOUNT]}, "user_id u1 occurs twice"),
        ({"accounts": [_ACCOUNT, {**_ACCOUNT, "user_id": "u2"}]}, "app_id a1 occurs twice"),
        (
            {
                "accounts": [
                    {**_ACCOUNT, "channels": [{"channel_id": 1}]},
                    {**_OTHER, "channels": [{"channel_id": 1}]},
                ]
            },
            "channel_id 1 occurs twice",
        ),
        ({"custom_users": [_ACCOUNT]}, "custom_users[0]: email and owner are required"),
    ],
)
def test_complaints_about_the_whole(document: Any, complaint: str) -> None:
    with pytest.raises(SeedError) as caught:
        Simulation(document)
    assert complaint in str(caught.value)
