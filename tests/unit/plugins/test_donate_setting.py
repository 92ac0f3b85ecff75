"""The setting of donations: what is compared, and what a write carries (docs/api.md §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._api.channels import ChannelDirectory
from ansible_collections.polyv.live.plugins.module_utils._api.client import Client
from ansible_collections.polyv.live.plugins.module_utils._api.identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Context
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError
from ansible_collections.polyv.live.plugins.module_utils._settings.donate.donations import Donate, Good
from ansible_collections.polyv.live.plugins.module_utils._settings.donate.setting import (
    CashDonate,
    GoodsDonate,
    donate,
)

OFF = Donate(cash_enabled=False, cash_min=None, good_enabled=False, goods=(), follows_account=False)
PNG = b"\x89PNG\r\n\x1a\n"
AMOUNTS = st.decimals(min_value=0, max_value=9999, places=2)


def setting(client: Client, options: Mapping[str, Any]) -> Any:
    defaults = {
        "channel_id": "12",
        "type": None,
        "enabled": True,
        "cash_min": None,
        "goods": None,
        "force": False,
        "follow_account": None,
    }
    context = Context(
        client,
        Identity(client),
        ChannelDirectory(client, Identity(client)),
        {**defaults, **options},
        warn=lambda sentence: None,
    )
    return donate(context)


def cash(client: Client | None = None, **options: Any) -> CashDonate:
    made: CashDonate = setting(client or create_autospec(Client, instance=True), {"type": "cash", **options})
    return made


@pytest.fixture
def client() -> Any:
    """A client that accepts every call."""
    return create_autospec(Client, instance=True)


@pytest.fixture
def image(tmp_path: Path) -> str:
    """The path of a small image."""
    path = tmp_path / "花 1.PNG"
    path.write_bytes(PNG)
    return str(path)


@pytest.fixture
def flower(client: Client, image: str) -> GoodsDonate:
    """Asks for one good, a flower for 66.6."""
    return goods(client, image, {"鲜花": "66.6"})


def goods(client: Client, image: str, prices: Mapping[str, str], **options: Any) -> GoodsDonate:
    listed = [{"name": name, "price": price, "image": image} for name, price in prices.items()]
    made: GoodsDonate = setting(client, {"type": "good", "goods": listed, **options})
    return made


def differs(wanted: CashDonate | GoodsDonate, current: Donate) -> bool:
    return wanted.desired(current) != current


@given(AMOUNTS)
def test_a_minimum_left_out_is_sent_again_as_it_was_read(minimum: Decimal) -> None:
    client = create_autospec(Client, instance=True)
    wanted = cash(client)
    current = replace(OFF, cash_min=minimum)
    wanted.write(current, wanted.desired(current))
    assert Decimal(client.call.call_args.args[1]["cashMin"]) == minimum


@given(AMOUNTS, st.integers(min_value=0, max_value=3))
def test_minimums_compare_as_decimals(minimum: Decimal, zeros: int) -> None:
    wanted = cash(cash_min=f"{minimum}{'0' * zeros}")
    assert not differs(wanted, replace(OFF, cash_enabled=True, cash_min=minimum))


@given(AMOUNTS, AMOUNTS)
def test_another_minimum_is_a_difference(asked: Decimal, stored: Decimal) -> None:
    current = replace(OFF, cash_enabled=True, cash_min=stored)
    assert differs(cash(cash_min=str(asked)), current) is (asked != stored)


def test_no_minimum_is_a_minimum_of_0() -> None:
    assert not differs(cash(cash_min="0.00"), replace(OFF, cash_enabled=True, cash_min=None))


def test_a_minimum_nobody_knows_is_not_sent(client: Any) -> None:
    wanted = cash(client)
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.args[1]["cashMin"] is None


@pytest.mark.parametrize(("enabled", "sent"), [(True, "Y"), (False, "N")])
def test_the_switch_is_sent_as_a_letter(client: Any, enabled: bool, sent: str) -> None:
    wanted = cash(client, enabled=enabled)
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.args[1]["donateEnabled"] == sent


def test_cash_leaves_the_goods_as_they_are() -> None:
    current = replace(OFF, good_enabled=True, goods=(Good("鲜花", Decimal(1)),))
    assert cash().desired(current).goods == current.goods


@pytest.mark.parametrize(
    "shown",
    [
        (),
        (Good("鲜花", Decimal("66.61")),),
        (Good("鲜花", None),),
        (Good("鲜 花", Decimal("66.6")),),
        (Good("鲜花", Decimal("66.6"), enabled=False),),
        (Good("鲜花", Decimal("66.6")), Good("咖啡", Decimal(1))),
    ],
    ids=["none", "price", "no price", "name", "switched off", "one more"],
)
def test_other_goods_are_a_difference(flower: GoodsDonate, shown: tuple[Good, ...]) -> None:
    assert differs(flower, replace(OFF, good_enabled=True, goods=shown))


def test_prices_compare_as_decimals(flower: GoodsDonate) -> None:
    shown = (Good("鲜花", Decimal("66.60"), image="//cdn.example/1.png"),)
    assert not differs(flower, replace(OFF, good_enabled=True, goods=shown))


def test_another_order_is_a_difference(client: Client, image: str) -> None:
    wanted = goods(client, image, {"鲜花": "1", "咖啡": "2"})
    shown = (Good("咖啡", Decimal(2)), Good("鲜花", Decimal(1)))
    assert differs(wanted, replace(OFF, good_enabled=True, goods=shown))


def test_force_is_a_difference_that_still_shows_when_it_reads_back(client: Client, image: str) -> None:
    wanted = goods(client, image, {"鲜花": "66.6"}, force=True)
    current = replace(OFF, good_enabled=True, goods=(Good("鲜花", Decimal("66.6")),))
    assert differs(wanted, current)
    assert wanted.reflects(current, wanted.desired(current))


def test_goods_are_sent_together_and_in_order(client: Any, image: str) -> None:
    wanted = goods(client, image, {"鲜花": "0.00", "咖啡 & 茶=+%": "0.99"})
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.args[1] == {
        "donateEnabled": "Y",
        "type": "good",
        "goodName": "鲜花,咖啡 & 茶=+%",
        "goodPrice": "0.00,0.99",
    }


def test_each_good_has_an_image_part_of_the_same_name(client: Any, image: str) -> None:
    wanted = goods(client, image, {"鲜花": "1", "咖啡": "2"})
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.kwargs["files"] == [
        ("goodImg", ("good1.png", PNG, "image/png")),
        ("goodImg", ("good2.png", PNG, "image/png")),
    ]


def test_disabling_goods_sends_the_goods_too(client: Any, image: str) -> None:
    wanted = goods(client, image, {"鲜花": "66.6"}, enabled=False)
    current = replace(OFF, good_enabled=True, goods=(Good("鲜花", Decimal("66.6")),))
    wanted.write(current, wanted.desired(current))
    sent = client.call.call_args
    assert (sent.args[1]["donateEnabled"], sent.args[1]["goodName"]) == ("N", "鲜花")
    assert len(sent.kwargs["files"]) == 1


@pytest.mark.parametrize(
    ("follows", "reason"), [(True, "the channel follows the settings of its account"), (False, "more time")]
)
def test_a_minimum_that_never_shows_says_why(follows: bool, reason: str) -> None:
    wanted = cash(cash_min="5")
    read = replace(OFF, follows_account=follows)
    assert reason in wanted.not_applied(read, wanted.desired(read))


def test_the_channel_goes_into_the_path(client: Any) -> None:
    wanted = cash(client)
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.kwargs["path"] == {"channelId": "12"}


@pytest.mark.parametrize("unset", [None, "", []])
def test_goods_that_are_unset_read_as_none(client: Any, unset: object) -> None:
    client.call.return_value = {"donateGoodEnabled": "N", "goods": unset}
    assert cash(client).read() == OFF


@pytest.mark.parametrize(
    "data",
    ["success", [], {"goods": {}}, {"goods": ["鲜花"]}, {"cashMin": "much"}, {"goods": [{"goodPrice": {}}]}],
)
def test_a_read_of_another_form_fails(client: Any, data: object) -> None:
    client.call.return_value = data
    with pytest.raises(CallError) as caught:
        cash(client).read()
    assert caught.value.failure.kind.word == "unexpected_data"
