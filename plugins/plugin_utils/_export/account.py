# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what `polyv_account_info` returns to the settings of the role `account`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._errors import InputError
from ...module_utils._settings.channel import fields
from . import conditions, donations
from .donations import FindImage
from .exported import Channel, Exported, Note, Secret

#: What an account has, and the role does not set, or no read shows.
_NOT_SHOWN = (
    "The API does not show the templates of channels, the passwords of sub-accounts, and descriptions of channels that read as "
    "empty although they are set: they are not in here."
)

Info = Mapping[str, Any]
Entries = Sequence[Mapping[str, Any]]


def exported(result: Mapping[str, Any], image: FindImage) -> Exported:
    """The settings in a result of `polyv_account_info`. `image` finds the file of an image."""
    info: Info = result["account_info"]
    account = Exported((result.get("account") or {}).get("user_id"), notes=[Note(_NOT_SHOWN)])
    account.settings = _settings(info)
    template, notes = conditions.options(info.get("new_channel_watch_condition") or ())
    if template:
        account.settings["new_channel_watch_condition"] = template
    account.notes += [*notes, *_sub_accounts(info)]
    account.channels = _channels(info, image)
    _note_unreadable(account, result.get("unreadable") or ())
    return account


def _settings(info: Info) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in ("weixin_share", "callbacks"):
        values = _set(info.get(name) or {})
        if values:
            found[name] = values
    switches = _set(info.get("function_switches") or {})
    if switches:
        found["function_switches"] = {"account_wide": True, "switches": switches}
    return found


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _sub_accounts(info: Info) -> list[Note]:
    listed = info.get("sub_accounts") or ()
    if not listed:
        return []
    told = ", ".join(f"{one['email']} ({one['role'] or one['role_id'] or 'no role shown'})" for one in listed)
    return [
        Note(f"Sub-accounts are set by the module polyv_sub_account, and not by the role account: {told}.")
    ]


def _note_unreadable(account: Exported, unreadable: Entries) -> None:
    channels = {channel.channel_id: channel for channel in account.channels}
    for entry in unreadable:
        note = Note(
            f"{entry['subset']}: it can't be read. {entry['msg']}", f"{entry['subset']}, which can't be read"
        )
        channel = channels.get(entry["channel_id"])
        (account if channel is None else channel).notes.append(note)


def _channels(info: Info, image: FindImage) -> list[Channel]:
    listed = _by_channel(info, "channels")
    described = _by_channel(info, "channels", "channel_details")
    names = [entry.get("name") for entry in described.values()]
    subsets = {
        name: _grouped(info.get(name) or ())
        for name in ("donations", "watch_conditions", "channel_function_switches", "oauth_custom")
    }
    channels = []
    for channel_id in dict.fromkeys([*described, *(one for found in subsets.values() for one in found)]):
        channel = _itself(channel_id, described.get(channel_id, {}), names)
        if "channel" in channel.options and listed.get(channel_id, {}).get("category_id") is None:
            # Beside a name it says which channel is meant, which only the list can tell.
            channel.options.pop("category_id", None)
        _add_settings(channel, {name: found.get(channel_id, []) for name, found in subsets.items()}, image)
        channels.append(channel)
    return channels


def _add_settings(channel: Channel, entries: Mapping[str, Entries], image: FindImage) -> None:
    for name, (option, notes) in {
        "donate": donations.options(entries["donations"], image),
        "watch_condition": conditions.options(entries["watch_conditions"]),
    }.items():
        if option:
            channel.options[name] = option
        channel.notes += notes
    for entry in entries["channel_function_switches"]:
        if switches := _set(entry["switches"]):
            channel.options["function_switches"] = {"switches": switches}
    _add_oauth_custom(channel, entries["oauth_custom"])


def _itself(channel_id: str, entry: Mapping[str, Any], names: Sequence[Any]) -> Channel:
    """What tells which channel it is, by its name where that is unique, and what describes it."""
    name = entry.get("name")
    by_name = name is not None and names.count(name) == 1 and _is_good(name)
    channel = Channel(channel_id, {"channel": name} if by_name else {"channel_id": channel_id})
    if by_name:
        channel.notes.append(Note(f"channel {channel_id}"))
    elif name is not None:
        channel.notes.append(Note(f"name: {name!r} does not tell which channel it is."))
    for option in ("category_id", "scene", *fields.OPTIONS):
        value = entry.get(option)
        if option not in ("name", fields.PASSWORD) and value is not None and value != _UNSET.get(option):
            channel.options[option] = value
    if entry.get(fields.PASSWORD):
        channel.options[fields.PASSWORD] = Secret(entry[fields.PASSWORD])
    elif entry and fields.PASSWORD not in entry:
        channel.notes.append(
            Note(f"{fields.PASSWORD}: it was read without return_secrets.", "secrets that were not read")
        )
    return channel


_UNSET = {one.option: one.unset for one in fields.FIELDS if one.unset is not None}


def _is_good(name: str) -> bool:
    try:
        return fields.name("channel", name) == name
    except InputError:
        return False


def _add_oauth_custom(channel: Channel, entries: Entries) -> None:
    """A stored URL of custom authorization, where it is not a field of an active watch condition."""
    condition = channel.options.get("watch_condition", {})
    for entry in entries:
        if (
            entry["custom_uri"]
            and not condition.get("follow_account")
            and not conditions.is_custom(condition)
        ):
            channel.options["oauth_custom"] = {"custom_uri": entry["custom_uri"]}


def _by_channel(info: Info, *subsets: str) -> dict[str, dict[str, Any]]:
    """The entries of subsets with one for each channel, put together."""
    found: dict[str, dict[str, Any]] = {}
    for subset in subsets:
        for entry in info.get(subset) or ():
            known = found.setdefault(entry["channel_id"], {})
            known.update(
                {name: value for name, value in entry.items() if value is not None or name not in known}
            )
    return found


def _grouped(entries: Entries) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        found.setdefault(entry["channel_id"], []).append(entry)
    return found
