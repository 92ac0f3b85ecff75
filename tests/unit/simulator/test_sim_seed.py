"""Test accounts from a seed: generated channels, complaints."""

from typing import Any

import pytest

from simulator.seed import dump, read_seed
from simulator.seed_fields import SeedError

_ACCOUNT = {"user_id": "u1", "app_id": "a1", "app_secret": "s1"}
_OTHER = {"user_id": "u2", "app_id": "a2", "app_secret": "s2"}
_CHANNEL = {"channels": [{"channel_id": 1}]}
_CODE = {"enabled": "Y", "authType": "code"}


def test_ids_and_flags_that_yaml_reads_as_something_else() -> None:
    channels = [{"channel_id": 5, "global_settings": True}]
    given = {"user_id": 123, "app_id": 456, "app_secret": 789, "channels": channels}
    (account,) = dump(read_seed({"accounts": [given]}))["accounts"]
    assert (account["user_id"], account["app_id"], account["app_secret"]) == ("123", "456", "789")
    assert (account["channels"][0]["channel_id"], account["channels"][0]["global_settings"]) == ("5", "Y")


def test_generated_channels_are_unique_and_the_same_each_time() -> None:
    accounts = [{**_ACCOUNT, "channels": 2}, {**_OTHER, "channels": [{"channel_id": 3000002}]}]
    ids = [list(account.channels) for account in read_seed({"accounts": accounts})]
    assert ids == [["3000001", "3000003"], ["3000002"]]


_BAD_ACCOUNTS: list[tuple[dict[str, Any], str]] = [
    ({"odd": 1}, "accounts[0]: unknown key 'odd'"),
    ({"missing": ["odd"]}, "missing: no endpoint is named 'odd'"),
    ({"auth": "x"}, "auth must be a list"),
    ({"auth": [{"rank": 3}]}, "rank must be 1 or 2"),
    ({"auth": [{"rank": 1}, {"rank": 1}]}, "two auth items have the same rank"),
    ({"auth": [_CODE, _CODE]}, "both ranks are enabled with the authType 'code'"),
    ({"auth_template": [{}]}, "auth_template must have two entries"),
    ({"backend": "odd"}, "backend can't be 'odd'"),
    ({"function_switches": {"odd": "Y"}}, "unknown key 'odd'"),
    ({"donate": {"cashMin": "x"}}, "cashMin must be a number"),
    ({"donate": {"goods": [{}]}}, "goodName is required"),
    ({"callback": {"odd": "x"}}, "callback: unknown key 'odd'"),
    ({"callback": {"streamCallbackUrl": "x"}}, "callback: streamCallbackUrl can't be 'x'"),
    ({"channels": [{"channel_id": "x"}]}, "channel_id must be digits"),
    ({"channels": [{"channel_id": 1}, {"channel_id": 1}]}, "accounts[0]: a channel_id occurs twice"),
    ({"channels": [{"channel_id": 1, "global_settings": "x"}]}, "global_settings must be Y or N"),
]


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        *(({"accounts": [{**_ACCOUNT, **changes}]}, complaint) for changes, complaint in _BAD_ACCOUNTS),
        ([], "seed: a mapping is needed"),
        ({"account": []}, "seed: unknown key 'account'"),
        ({"accounts": [_ACCOUNT, _ACCOUNT]}, "user_id u1 occurs twice"),
        ({"accounts": [_ACCOUNT, {**_ACCOUNT, "user_id": "u2"}]}, "app_id a1 occurs twice"),
        ({"accounts": [{**_ACCOUNT, **_CHANNEL}, {**_OTHER, **_CHANNEL}]}, "channel_id 1 occurs twice"),
        ({"custom_users": [_ACCOUNT]}, "custom_users[0]: email and owner are required"),
    ],
)
def test_complaints(document: Any, complaint: str) -> None:
    with pytest.raises(SeedError) as caught:
        read_seed(document)
    assert complaint in str(caught.value)
