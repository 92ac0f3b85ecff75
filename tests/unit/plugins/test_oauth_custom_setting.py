"""The setting of custom authorization: rank 1, one write or many, keys (docs/api.md §4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import create_autospec

import pytest

from ansible_collections.polyv.live.plugins.module_utils._api.channels import ChannelDirectory
from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Context
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError
from ansible_collections.polyv.live.plugins.module_utils._settings.oauth_custom import conditions
from ansible_collections.polyv.live.plugins.module_utils._settings.oauth_custom.conditions import (
    WatchCondition,
)
from ansible_collections.polyv.live.plugins.module_utils._settings.oauth_custom.setting import (
    Channels,
    OauthCustom,
)

URI, OLD = "https://new.example.com/login", "https://old.example.com/login"


@pytest.fixture
def client() -> Any:
    """A client whose answers a test decides."""
    return create_autospec(Client, instance=True)


def setting(client: Client, said: list[str] | None = None, **options: Any) -> OauthCustom:
    identity = create_autospec(Identity, instance=True)
    identity.confirm.return_value = "1b448be323"
    defaults = {"custom_uri": URI, "channel_id": None, "all_channels": None, "return_secrets": False}
    warn: Callable[[str], None] = (said if said is not None else []).append
    return OauthCustom(
        Context(client, identity, ChannelDirectory(client, identity), {**defaults, **options}, warn)
    )


def channels(differing: int, agreeing: int = 0) -> Channels:
    uris = [OLD] * differing + [URI] * agreeing
    return {
        str(number): WatchCondition(str(number), uri, "custom", True, False, f"key{number}")
        for number, uri in enumerate(uris, 1)
    }


def write(wanted: OauthCustom, current: Channels) -> Channels:
    return wanted.write(current, wanted.desired(current))


@pytest.mark.parametrize(
    ("items", "uri"),
    [
        ([{"rank": 1, "customUri": URI}, {"rank": 2, "customUri": OLD}], URI),
        ([{"rank": 2, "customUri": OLD}, {"rank": 1, "customUri": URI}], URI),
        ([{"rank": "2", "customUri": OLD}, {"rank": "1", "customUri": URI}], URI),
        ([{"customUri": URI}, {"customUri": OLD}], URI),
        ([{"rank": 1, "customUri": ""}, {"rank": 2, "customUri": URI}], None),
        ([{"rank": 1, "customUri": None}], None),
        ([{"rank": 1}], None),
        ([], None),
        (None, None),
        ("", None),
    ],
)
def test_the_item_of_rank_1_counts_or_the_first_if_none_says_so(
    client: Any, items: Any, uri: str | None
) -> None:
    client.call.return_value = items
    assert conditions.read_channel(client, "12").custom_uri == uri


def test_an_answer_for_other_channels_is_a_warning(client: Any) -> None:
    client.call.return_value = [{"channelId": 1, "secretKey": "k1"}, {"channelId": 7, "secretKey": "k7"}]
    said: list[str] = []
    write(setting(client, said, channel_id="1"), channels(1))
    assert said == ["The call for channel 1 was answered for: 1, 7."]


def test_an_answer_without_keys_keeps_the_one_that_was_read(client: Any) -> None:
    client.call.return_value = ""
    written = write(setting(client, channel_id="1"), channels(1))
    assert written["1"].secret_key == "key1"


def test_a_channel_made_or_deleted_meanwhile_does_not_keep_the_write_from_showing(client: Any) -> None:
    wanted = setting(client, all_channels=True)
    written = wanted.desired(channels(3))
    made = WatchCondition("9", None, None, False, False)
    assert wanted.reflects({"1": written["1"], "9": made}, written)


def test_warnings_name_ten_channels_and_count_the_rest(client: Any) -> None:
    current = {number: WatchCondition(number, URI, "phone", True, False) for number in map(str, range(1, 14))}
    said = " ".join(setting(client, all_channels=True).notes(current, current, False))
    assert said.endswith("1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more.")


def page(*ids: int, **totals: Any) -> dict[str, Any]:
    return {"contents": [{"channelId": number, "authSetting": []} for number in ids], **totals}


@pytest.mark.parametrize(
    "pages",
    [
        [page()],
        [page(1, totalItems=1)],
        [page(1, totalPages=1)],
        [page(1, 2, totalItems=3, totalPages=1), page(3, totalItems=3)],
        [page(1, totalPages=None), page(2, totalPages="2"), page()],
        [{"contents": None, "totalItems": 0}],
    ],
)
def test_a_listing_ends_by_what_its_pages_say_or_with_an_empty_one(client: Any, pages: Any) -> None:
    client.call.side_effect = pages
    channels = {str(channel["channelId"]) for one in pages for channel in one["contents"] or []}
    assert set(conditions.read_all_channels(client)) == channels
    assert client.call.call_count == len(pages)


@pytest.mark.parametrize(
    "pages",
    [
        [page(1, 2, totalPages=10**9)] * 2,
        [page(1, 2, totalItems=2500), page(totalItems=2500)],
        [page(1, totalPages=10**9), page(totalPages=10**9)],
    ],
    ids=["repeats", "ends early", "empty"],
)
def test_a_listing_that_contradicts_itself_fails_at_once(client: Any, pages: Any) -> None:
    """It might lack channels, and a billion pages would use up the machine's request limit."""
    client.call.side_effect = pages
    with pytest.raises(CallError, match="something new on each page"):
        conditions.read_all_channels(client)


@pytest.mark.parametrize(
    "contents", [[None], [{"authSetting": []}], [{"channelId": 1, "authSetting": {}}], {}, None, ""]
)
def test_a_listing_of_another_form_fails(client: Any, contents: Any) -> None:
    client.call.return_value = {"contents": contents, "totalPages": 1}
    with pytest.raises(CallError) as caught:
        conditions.read_all_channels(client)
    assert caught.value.failure.kind.word == "unexpected_data"
