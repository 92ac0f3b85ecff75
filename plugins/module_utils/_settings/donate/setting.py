# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Donations on a channel, in cash or in goods. Source: docs/api.md §4."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from ..._api import answers
from ..._api.channels import needed_channel
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._api.transport import MultipartField
from ..._engine.definition import Context, Definition, one_setting
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options import checks
from . import goods

READ = Endpoint("donate-get", "GET", "/live/v3/channel/donate/get", Access.READ)
# Multipart even for cash, which uploads nothing (docs/api.md §4).
WRITE = Endpoint(
    "setDonate", "POST", "/live/v2/channelSetting/{channelId}/setDonate", Access.WRITE, Carrier.MULTIPART
)

CASH_MIN_RANGE = (0, 9999)
# In the place of an address that the API has not given yet.
UPLOADED_AGAIN = "(uploaded again)"


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


class _DonateSetting(Setting[Donate]):
    """What both kinds share."""

    type: ClassVar[str]

    def __init__(self, context: Context) -> None:
        self._context = context
        self._channel = needed_channel(context.channels, context.options)
        self._enabled: bool = context.options["enabled"]

    def read(self) -> Donate:
        data = answers.mapping(READ, self._context.client.call(READ, {"channelId": self._channel.id}))
        return Donate(
            cash_enabled=answers.switch(data.get("donateCashEnabled")),
            cash_min=answers.number(READ, data.get("cashMin"), "a cashMin that is a number"),
            good_enabled=answers.switch(data.get("donateGoodEnabled")),
            goods=tuple(
                _shown(good) for good in answers.sequence(READ, data.get("goods"), "a list of goods")
            ),
            follows_account=answers.switch(data.get("globalSettingEnabled")),
        )

    def notes(self, before: Donate, after: Donate, written: bool) -> Iterable[str]:
        if after.follows_account:
            yield (
                f"Channel {self._channel.id} follows the settings of its account (globalSettingEnabled is Y): what reads back "
                "are the account's donations, not its own."
            )
        if written and self._other(before) and not self._other(after):
            yield f"Setting donations of type {self.type} on channel {self._channel.id} switched the other type off."

    def not_applied(self, read: Donate, written: Donate) -> str:
        reason = (
            "the channel follows the settings of its account"
            if read.follows_account
            else "it may need more time"
        )
        return (
            f"The API accepted the donations of channel {self._channel.id} as {self.view(written)}, but still shows "
            f"{self.view(read)} ({reason})."
        )

    def result(self, state: Donate) -> dict[str, Any]:
        described = {"channel_id": self._channel.id, "follows_account": state.follows_account}
        return {"donate": {**described, **self._described(state)}}

    def view(self, state: Donate) -> dict[str, Any]:
        return self._described(state)

    @abstractmethod
    def _described(self, state: Donate) -> dict[str, Any]:
        """The state of this kind."""

    @abstractmethod
    def _other(self, state: Donate) -> bool:
        """Whether the other kind is on."""

    def _send(self, parameters: Mapping[str, str | None], images: list[MultipartField]) -> None:
        switched = {"donateEnabled": "Y" if self._enabled else "N", "type": self.type}
        self._context.client.call(
            WRITE, {**switched, **parameters}, path={"channelId": self._channel.id}, files=images
        )


class CashDonate(_DonateSetting):
    """Donations in cash, with a minimum."""

    type = "cash"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        minimum = context.options["cash_min"]
        self._minimum = None if minimum is None else checks.decimal("cash_min", minimum, *CASH_MIN_RANGE)

    def desired(self, current: Donate) -> Donate:
        # A minimum left out would fall back to 0 (docs/api.md §4), so what was read is sent again.
        minimum = current.cash_min if self._minimum is None else self._minimum
        wanted = replace(current, cash_enabled=self._enabled, cash_min=minimum)
        return current if self.reflects(current, wanted) else wanted

    def reflects(self, read: Donate, written: Donate) -> bool:
        # No minimum is a minimum of 0.
        return read.cash_enabled == written.cash_enabled and (read.cash_min or 0) == (written.cash_min or 0)

    def write(self, current: Donate, desired: Donate) -> Donate:
        self._send(
            {"cashMin": None if desired.cash_min is None else checks.decimal_text(desired.cash_min)}, []
        )
        return desired

    def _other(self, state: Donate) -> bool:
        return state.good_enabled

    def _described(self, state: Donate) -> dict[str, Any]:
        return {
            "type": self.type,
            "enabled": state.cash_enabled,
            "cash_min": _short(state.cash_min or Decimal(0)),
        }


class GoodsDonate(_DonateSetting):
    """Donations in goods: at most three, each with a name, a price and an image."""

    type = "good"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._goods = goods.check(context.options["goods"])
        self._force: bool = context.options["force"]

    def desired(self, current: Donate) -> Donate:
        # Where a good stays what it is, so does the address of its image, unless it is uploaded again.
        images = {(good.name, good.price): good.image for good in current.goods}
        listed = tuple(
            Good(
                good.name,
                good.price,
                image=UPLOADED_AGAIN if self._force else images.get((good.name, good.price)),
            )
            for good in self._goods
        )
        wanted = replace(current, good_enabled=self._enabled, goods=listed)
        return current if self.reflects(current, wanted) and not self._force else wanted

    def reflects(self, read: Donate, written: Donate) -> bool:
        if read.good_enabled != written.good_enabled:
            return False
        # A single good that is switched off counts only while goods are offered at all.
        offered = [(good.name, good.price) for good in read.goods if good.enabled or not self._enabled]
        return offered == [(good.name, good.price) for good in written.goods]

    def write(self, current: Donate, desired: Donate) -> Donate:
        # All three on every call, a disabling one too (docs/api.md §4).
        lists = {
            "goodName": ",".join(good.name for good in self._goods),
            "goodPrice": ",".join(checks.decimal_text(good.price) for good in self._goods),
        }
        self._send(lists, goods.parts(self._goods))
        return desired

    def _other(self, state: Donate) -> bool:
        return state.cash_enabled

    def _described(self, state: Donate) -> dict[str, Any]:
        listed = [
            {
                "name": good.name,
                "price": None if good.price is None else _short(good.price),
                "image": good.image,
            }
            for good in state.goods
        ]
        return {"type": self.type, "enabled": state.good_enabled, "goods": listed}


def donate(context: Context) -> Setting[Donate]:
    """The setting that the options ask for. Raises InputError."""
    kind = context.options["type"]
    if kind == "cash" and context.options["goods"] is not None:
        raise InputError("goods", "must be left out with type=cash")
    if kind == "cash" and context.options["force"]:
        raise InputError("force", "must be left out with type=cash: it uploads images again")
    # Ansible's own rule takes `goods: null` for given.
    if kind == "good" and context.options["goods"] is None:
        raise InputError("goods", "must be given with type=good")
    if kind == "good" and context.options["cash_min"] is not None:
        raise InputError("cash_min", "must be left out with type=good")
    return CashDonate(context) if kind == "cash" else GoodsDonate(context)


def _shown(value: Any) -> Good:
    good = answers.mapping(READ, value, "a list of goods")
    return Good(
        name=answers.text(READ, good.get("goodName")),
        price=answers.number(READ, good.get("goodPrice"), "a list of goods with a goodPrice each"),
        enabled=good.get("goodEnabled") != "N",
        image=answers.text(READ, good.get("goodImg")),
    )


def _short(value: Decimal) -> str:
    return checks.decimal_text(value.normalize())


DONATE = Definition(
    options={
        "channel_id": {"type": "str"},
        "channel": {"type": "str"},
        "type": {"type": "str", "choices": ["cash", "good"], "required": True},
        "enabled": {"type": "bool", "default": True},
        "cash_min": {"type": "str"},
        "goods": {"type": "list", "elements": "dict", "options": goods.OPTIONS},
        "force": {"type": "bool", "default": False},
    },
    rules={"required_if": [("type", "good", ["goods"])]},
    prepare=one_setting(donate),
    files=(("goods", "image"),),
    as_given={("goods",): goods.check_count},
)
