"""Taking the data of an answer apart: the forms that docs/api.md knows, and an error for every other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._api import answers
from ansible_collections.polyv.live.plugins.module_utils._api.endpoint import Access, Endpoint
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery

ENDPOINT = Endpoint("donate-get", "GET", "/read", Access.READ)
SECRET = "6mu6166v4l"


@pytest.mark.parametrize("unset", [None, ""])
def test_null_and_empty_are_unset_text(unset: str | None) -> None:
    assert answers.text(ENDPOINT, unset) is None


@pytest.mark.parametrize("unset", [None, ""])
def test_null_and_empty_are_an_unset_number(unset: str | None) -> None:
    assert answers.number(ENDPOINT, unset) is None


@pytest.mark.parametrize("unset", [None, ""])
def test_null_and_empty_are_the_empty_list(unset: str | None) -> None:
    assert answers.sequence(ENDPOINT, unset) == []


@given(st.integers(min_value=1))
def test_an_id_reads_the_same_as_number_and_as_text(channel_id: int) -> None:
    assert answers.text(ENDPOINT, channel_id) == answers.text(ENDPOINT, str(channel_id)) == str(channel_id)


@given(st.text(min_size=1))
def test_text_reads_unchanged(value: str) -> None:
    assert answers.text(ENDPOINT, value) == value


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_a_price_reads_the_same_as_json_number_and_as_text(price: Decimal) -> None:
    assert answers.number(ENDPOINT, float(price)) == answers.number(ENDPOINT, str(price)) == price


@pytest.mark.parametrize(
    ("value", "on"), [("Y", True), ("N", False), ("y", False), (None, False), ("", False)]
)
def test_only_a_capital_y_is_on(value: str | None, on: bool) -> None:
    assert answers.switch(value) is on


@pytest.mark.parametrize(
    ("take", "value"),
    [
        (answers.mapping, []),
        (answers.mapping, None),
        (answers.mapping, "success"),
        (answers.sequence, {}),
        (answers.sequence, "success"),
        (answers.text, {}),
        (answers.text, True),
        (answers.text, 1.5),
        (answers.number, "much"),
        (answers.number, "NaN"),
        (answers.number, "Infinity"),
        (answers.number, True),
        (answers.number, []),
    ],
)
def test_data_of_another_form_is_final_and_named(take: Callable[[Endpoint, Any], Any], value: Any) -> None:
    with pytest.raises(CallError) as caught:
        take(ENDPOINT, value)
    assert caught.value.failure.kind.word == "unexpected_data"
    assert caught.value.failure.endpoint == "donate-get"
    assert caught.value.delivery is Delivery.REFUSED


def test_the_error_never_quotes_the_data() -> None:
    with pytest.raises(CallError) as caught:
        answers.text(ENDPOINT, {"customKey": SECRET})
    assert SECRET not in caught.value.msg
