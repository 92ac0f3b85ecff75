"""The setting of donations: what is compared, and what a write carries (docs/api.md §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest

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


def test_no_minimum_is_a_minimum_of_0() -> None:
    assert not differs(cash(cash_min="0.00"), replace(OFF, cash_enabled=True, cash_min=None))


def test_a_minimum_nobody_knows_is_not_sent(client: Any) -> None:
    wanted = cash(client)
    wanted.write(OFF, wanted.desired(OFF))
    assert client.call.call_args.args[1]["cashMin"] is None


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


@pytest.mark.parametrize(
    ("follows", "reason"), [(True, "the channel follows the settings of its account"), (False, "more time")]
)
def test_a_minimum_that_never_shows_says_why(follows: bool, reason: str) -> None:
    wanted = cash(cash_min="5")
    read = replace(OFF, follows_account=follows)
    assert reason in wanted.not_applied(read, wanted.desired(read))


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
