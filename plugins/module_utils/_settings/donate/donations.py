# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The donations of a channel as the API shows them. Source: docs/api.md §4."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..._api import answers
from ..._api.client import Client
from ..._api.endpoint import Access, Endpoint
from ..._options import checks

READ = Endpoint("donate-get", "GET", "/live/v3/channel/donate/get", Access.READ)


@dataclass(frozen=True)
class Good:
    """A good as the API shows it. `image` is an address: an image can't be compared."""

    name: str | None
    price: Decimal | None
    enabled: bool = True
    image: str | None = None


@dataclass(frozen=True)
class Donate:
    """Both kinds of donation of a channel; a write concerns one of them."""

    cash_enabled: bool
    cash_min: Decimal | None
    good_enabled: bool
    goods: tuple[Good, ...]
    follows_account: bool


def read(client: Client, channel_id: str) -> Donate:
    """The donations of a channel."""
    data = answers.mapping(READ, client.call(READ, {"channelId": channel_id}))
    return Donate(
        cash_enabled=answers.switch(data.get("donateCashEnabled")),
        cash_min=answers.number(READ, data.get("cashMin"), "a cashMin that is a number"),
        good_enabled=answers.switch(data.get("donateGoodEnabled")),
        goods=tuple(_shown(good) for good in answers.sequence(READ, data.get("goods"), "a list of goods")),
        follows_account=answers.switch(data.get("globalSettingEnabled")),
    )


def described_cash(state: Donate) -> dict[str, Any]:
    """Donations in cash as a module returns them."""
    return {
        "type": "cash",
        "enabled": state.cash_enabled,
        "cash_min": _short(state.cash_min or Decimal(0)),
    }


def described_goods(state: Donate) -> dict[str, Any]:
    """Donations in goods as a module returns them."""
    listed = [
        {
            "name": good.name,
            "price": None if good.price is None else _short(good.price),
            "image": good.image,
            "enabled": good.enabled,
        }
        for good in state.goods
    ]
    return {"type": "good", "enabled": state.good_enabled, "goods": listed}


def described(channel_id: str, state: Donate) -> list[dict[str, Any]]:
    """Both kinds of donation of a channel as a module returns them."""
    about = {"channel_id": channel_id, "follows_account": state.follows_account}
    return [{**about, **kind(state)} for kind in (described_cash, described_goods)]


def _short(value: Decimal) -> str:
    return checks.decimal_text(value.normalize())


def _shown(value: Any) -> Good:
    good = answers.mapping(READ, value, "a list of goods")
    return Good(
        name=answers.text(READ, good.get("goodName")),
        price=answers.number(READ, good.get("goodPrice"), "a list of goods with a goodPrice each"),
        enabled=good.get("goodEnabled") != "N",
        image=answers.text(READ, good.get("goodImg")),
    )
