# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The subsets of polyv_account_info: one line for each, with the read of the setting that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...._engine.table import Table, read_table, shown
from ...._errors import InputError
from ...._options.quoting import got
from ... import callbacks, function_switches, weixin_share
from ...channel.shown import from_read
from ...donate import donations
from ...oauth_custom import conditions as oauth_custom
from ...sub_account import account as sub_account
from ...watch_condition import channels as watch_condition
from ...watch_condition import template
from .source import Source

Entries = list[dict[str, Any]]


def _table(table: Table) -> Callable[[Source], dict[str, Any]]:
    def read(source: Source) -> dict[str, Any]:
        values = shown(table, read_table(table, source.client))
        for option, value in values.items():
            if isinstance(value, str):
                source.warn_of_secret(f"{table.name}.{option}", value)
        return values

    return read


def _new_channels(source: Source) -> Entries:
    both, _items = template.read(source.client)
    return template.described(both, with_secrets=source.with_secrets)


def _watch_conditions(source: Source, channel_id: str, entry: Mapping[str, Any]) -> Entries:
    _channel, both = watch_condition.listed(entry)
    return both.described(channel_id, with_secrets=source.with_secrets)


def _oauth_custom(source: Source, _channel_id: str, entry: Mapping[str, Any]) -> Entries:
    _channel, condition = oauth_custom.listed(entry)
    return [condition.described(with_secrets=source.with_secrets)]


def _switches(source: Source, channel_id: str) -> Entries:
    return [{"channel_id": channel_id, "switches": dict(function_switches.read(source.client, channel_id))}]


def _channel_details(source: Source, channel_id: str) -> Entries:
    return [from_read(source.client, source.channels()[channel_id], with_secrets=source.with_secrets)]


#: Of the account, by one request or by one for each 1000.
OF_THE_ACCOUNT: dict[str, Callable[[Source], Any]] = {
    "account": Source.account,
    "weixin_share": _table(weixin_share.TABLE),
    "callbacks": _table(callbacks.TABLE),
    "new_channel_watch_condition": _new_channels,
    "function_switches": lambda source: dict(function_switches.read(source.client, None)),
    "sub_accounts": lambda source: [one.described() for one in sub_account.read_all(source.client)],
}
#: What the lists of the channels show.
CHANNELS = "channels"
#: Of each channel, out of its entry of the detailed list.
FROM_DETAILS: dict[str, Callable[[Source, str, Mapping[str, Any]], Entries]] = {
    "watch_conditions": _watch_conditions,
    "oauth_custom": _oauth_custom,
}
#: Of each channel, by a request of its own.
EACH_CHANNEL: dict[str, Callable[[Source, str], Entries]] = {
    "channel_details": _channel_details,
    "donations": lambda source, channel_id: donations.described(
        channel_id, donations.read(source.client, channel_id)
    ),
    "channel_function_switches": _switches,
}
BULK = (*OF_THE_ACCOUNT, CHANNELS, *FROM_DETAILS)
ALL = (*BULK, *EACH_CHANNEL)
_GROUPS = {"bulk": BULK, "all": ALL}


def chosen(option: str, given: Sequence[str]) -> list[str]:
    """The subsets that a list asks for, in the order in which they are read. Raises InputError.

    "!" in front of one leaves it out; where nothing but such is given, it is left out of those that are read in bulk.
    """
    names: set[str] = set()
    without: set[str] = set()
    for index, one in enumerate(given):
        name = one[1:] if one.startswith("!") else one
        if name not in (*_GROUPS, *ALL):
            allowed = ", ".join((*_GROUPS, *ALL))
            raise InputError(
                f"{option}[{index}]", f"{got(one)}, must be one of {allowed}, or one of them with ! in front"
            )
        (without if one.startswith("!") else names).update(_GROUPS.get(name, (name,)))
    found = [name for name in ALL if name in (names or BULK) and name not in without]
    if not given or not found:
        raise InputError(option, f"{got(list(given))}, which leaves nothing to read")
    return found
