"""Which live account an app id belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from unit.plugins.client_support import CONNECTION, CREDENTIALS

from ansible_collections.polyv.live.plugins.module_utils._api import identity
from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.endpoint import Endpoint
from ansible_collections.polyv.live.plugins.module_utils._api.identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has not asked yet."""
    monkeypatch.setattr(identity, "_known", {})


class Asked(Client):
    """A client whose API knows one thing; `count` tells how often it was asked."""

    def __init__(
        self, data: Any, user_id: str | None, app_id: str = "a", api_url: str = "https://a.test"
    ) -> None:
        credentials = replace(CREDENTIALS, user_id=user_id, app_id=app_id)
        super().__init__(credentials, replace(CONNECTION, api_url=api_url), False, print)
        self.data, self.count = data, 0

    def call(self, endpoint: Endpoint, *unused: Any, **also_unused: Any) -> Any:
        self.count += 1
        return self.data


def test_a_given_id_is_used_without_asking() -> None:
    client = Asked({"userId": "other"}, "mine")
    assert Identity(client).user_id == "mine"
    assert client.count == 0


def test_a_number_becomes_text() -> None:
    assert Identity(Asked({"userId": 17}, None)).user_id == "17"


def test_a_given_id_is_confirmed_before_a_write() -> None:
    client = Asked({"userId": "mine"}, "mine")
    assert Identity(client).confirm() == "mine"
    assert client.count == 1


def test_a_worker_asks_once_for_an_account() -> None:
    client = Asked({"userId": "mine"}, "mine")
    for _unused in range(3):
        Identity(client).confirm()
    assert client.count == 1


@pytest.mark.parametrize("other", [{"app_id": "b"}, {"api_url": "https://b.test"}], ids=str)
def test_what_is_known_of_one_account_is_not_taken_for_another(other: dict[str, str]) -> None:
    Identity(Asked({"userId": "first"}, None)).confirm()
    assert Identity(Asked({"userId": "second"}, None, **other)).confirm() == "second"


@pytest.mark.parametrize(
    "data", [None, "", [], "x", {}, {"userId": None}, {"userId": ""}, {"userId": "../x"}, {"userId": True}]
)
def test_an_answer_without_a_usable_id_is_an_error(data: Any) -> None:
    with pytest.raises(CallError) as caught:
        Identity(Asked(data, None)).confirm()
    assert caught.value.failure.kind.word == "unexpected_data"


def test_a_fault_is_not_remembered() -> None:
    client = Asked(None, None)
    with pytest.raises(CallError):
        Identity(client).confirm()
    client.data = {"userId": "now"}
    assert Identity(client).confirm() == "now"
