# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Donations on a channel, in cash or in goods. Source: docs/api.md §4."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from ..._api.channels import needed_channel
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._api.transport import MultipartField
from ..._engine.definition import Context, Definition, one_setting
from ..._engine.follow_account import OPTION, follow, stop_following
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options import checks
from . import donations, goods
from .donations import Donate, Good

# Multipart even for cash, which uploads nothing (docs/api.md §4).
WRITE = Endpoint(
    "setDonate", "POST", "/live/v2/channelSetting/{channelId}/setDonate", Access.WRITE, Carrier.MULTIPART
)

CASH_MIN_RANGE = (0, 9999)
# In the place of an address that the API has not given yet.
UPLOADED_AGAIN = "(uploaded again)"


class _DonateSetting(Setting[Donate]):
    """What both kinds share."""

    type: ClassVar[str | None] = None
    _repeats = False

    def __init__(self, context: Context) -> None:
        self._context = context
        self._channel = needed_channel(context.channels, context.options)
        self._enabled: bool = context.options["enabled"]
        self._follow: bool | None = context.options[OPTION]

    def read(self) -> Donate:
        return donations.read(self._context.client, self._channel.id)

    def desired(self, current: Donate) -> Donate:
        wanted = self._with_values(current)
        if self._follow is not None:
            wanted = replace(wanted, follows_account=self._follow)
        return current if self.reflects(current, wanted) and not self._repeats else wanted

    def reflects(self, read: Donate, written: Donate) -> bool:
        follows = self._follow in (None, read.follows_account)
        return follows and self._values_reflect(read, written)

    def write(self, current: Donate, desired: Donate) -> Donate:
        if current.follows_account == desired.follows_account:
            self._write_values(desired)
            return desired
        if self._follow is False and self.type is not None:
            # What was read until now were the account's values: those of the channel itself are not known to be right.
            own = stop_following(self._context.client, self._channel.id, "donate", self.read)
            desired = self._with_values(own)
            self._write_values(desired)
        else:
            follow(self._context.client, self._channel.id, "donate", desired.follows_account)
        return desired

    def notes(self, before: Donate, after: Donate, written: bool) -> Iterable[str]:
        if after.follows_account and self._follow is None:
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
    def _with_values(self, current: Donate) -> Donate:
        """The state with the values asked for."""

    @abstractmethod
    def _values_reflect(self, read: Donate, written: Donate) -> bool:
        """Whether a read shows the values."""

    @abstractmethod
    def _write_values(self, desired: Donate) -> None:
        """Sends the values."""

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

    def _with_values(self, current: Donate) -> Donate:
        # A minimum left out would fall back to 0 (docs/api.md §4), so what was read is sent again.
        minimum = current.cash_min if self._minimum is None else self._minimum
        return replace(current, cash_enabled=self._enabled, cash_min=minimum)

    def _values_reflect(self, read: Donate, written: Donate) -> bool:
        # No minimum is a minimum of 0.
        return read.cash_enabled == written.cash_enabled and (read.cash_min or 0) == (written.cash_min or 0)

    def _write_values(self, desired: Donate) -> None:
        self._send(
            {"cashMin": None if desired.cash_min is None else checks.decimal_text(desired.cash_min)}, []
        )

    def _other(self, state: Donate) -> bool:
        return state.good_enabled

    def _described(self, state: Donate) -> dict[str, Any]:
        return donations.described_cash(state)


class GoodsDonate(_DonateSetting):
    """Donations in goods: at most three, each with a name, a price and an image."""

    type = "good"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._goods = goods.check(context.options["goods"])
        self._repeats: bool = context.options["force"]

    def _with_values(self, current: Donate) -> Donate:
        # Where a good stays what it is, so does the address of its image, unless it is uploaded again.
        images = {(good.name, good.price): good.image for good in current.goods}
        listed = tuple(
            Good(
                good.name,
                good.price,
                image=UPLOADED_AGAIN if self._repeats else images.get((good.name, good.price)),
            )
            for good in self._goods
        )
        return replace(current, good_enabled=self._enabled, goods=listed)

    def _values_reflect(self, read: Donate, written: Donate) -> bool:
        if read.good_enabled != written.good_enabled:
            return False
        # A single good that is switched off counts only while goods are offered at all.
        offered = [(good.name, good.price) for good in read.goods if good.enabled or not self._enabled]
        return offered == [(good.name, good.price) for good in written.goods]

    def _write_values(self, desired: Donate) -> None:
        # All three on every call, a disabling one too (docs/api.md §4).
        lists = {
            "goodName": ",".join(good.name for good in self._goods),
            "goodPrice": ",".join(checks.decimal_text(good.price) for good in self._goods),
        }
        self._send(lists, goods.parts(self._goods))

    def _other(self, state: Donate) -> bool:
        return state.cash_enabled

    def _described(self, state: Donate) -> dict[str, Any]:
        return donations.described_goods(state)


class Following(_DonateSetting):
    """Nothing but whether the channel follows its account."""

    def _with_values(self, current: Donate) -> Donate:
        return current

    def _values_reflect(self, read: Donate, written: Donate) -> bool:
        return True

    def _write_values(self, desired: Donate) -> None:
        """There are none."""

    def _other(self, state: Donate) -> bool:
        return False

    def _described(self, state: Donate) -> dict[str, Any]:
        return {"follows_account": state.follows_account}


def donate(context: Context) -> Setting[Donate]:
    """The setting that the options ask for. Raises InputError."""
    options = context.options
    kind = options["type"]
    if kind is None and options[OPTION] is None:
        raise InputError("type", "must be given, or follow_account: there is nothing to set")
    if kind is not None and options[OPTION]:
        raise InputError(
            "type",
            "must be left out with follow_account=true: the channel then has the donations of its account",
        )
    for option, kinds in (("goods", ("good",)), ("cash_min", ("cash",)), ("force", ("good",))):
        if options[option] not in (None, False) and kind not in kinds:
            said = f"type={kind}" if kind else "follow_account alone"
            raise InputError(option, f"must be left out with {said}" + _WHY.get(option, ""))
    # Ansible's own rule takes `goods: null` for given.
    if kind == "good" and options["goods"] is None:
        raise InputError("goods", "must be given with type=good")
    makers: dict[str | None, type[_DonateSetting]] = {
        "cash": CashDonate,
        "good": GoodsDonate,
        None: Following,
    }
    return makers[kind](context)


_WHY = {"force": ": it uploads images again"}


DONATE = Definition(
    options={
        "channel_id": {"type": "str"},
        "channel": {"type": "str"},
        "type": {"type": "str", "choices": ["cash", "good"]},
        "enabled": {"type": "bool", "default": True},
        "cash_min": {"type": "str"},
        "goods": {"type": "list", "elements": "dict", "options": goods.OPTIONS},
        "force": {"type": "bool", "default": False},
        OPTION: {"type": "bool"},
    },
    rules={"required_if": [("type", "good", ["goods"])]},
    prepare=one_setting(donate),
    files=(("goods", "image"),),
    as_given={("goods",): goods.check_count},
)
