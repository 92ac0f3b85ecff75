# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selects settings of an account by the tags of a run, for a task that has all settings in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...module_utils._settings.account.of_channels import IDENTITY, ITSELF
from ...module_utils._settings.account.setting import ACCOUNT, OF_CHANNELS
from .suboptions import structured

# What stands for every setting, in Ansible's own words. The settings count as tagged, so `untagged` is none of them.
_EVERY = ("all", "tagged")


def by_tags(
    settings: Sequence[str],
    run_tags: Collection[str],
    skip_tags: Collection[str],
    role_tags: Sequence[str] = (),
) -> list[str]:
    """The settings that Ansible would run if each were a task with its name and the `role_tags` as tags."""

    def has_one_of(setting: str, tags: Collection[str]) -> bool:
        return any(tag in tags for tag in (setting, *role_tags, *_EVERY))

    return [name for name in settings if has_one_of(name, run_tags) and not has_one_of(name, skip_tags)]


def channels_with(channels: Any, settings: Collection[str]) -> Any:
    """The channels with these settings only, and without channels that have none of them.

    `channel` among them is what describes a channel itself, and its state.
    """
    selected = [name for name in OF_CHANNELS if name in settings]
    if not selected:
        return None
    # As it is: Ansible then templates it once, when it is used.
    if channels is None or len(selected) == len(OF_CHANNELS):
        return channels
    read = structured({"channels": channels}, ACCOUNT.options)["channels"]
    if not isinstance(read, Sequence) or not all(isinstance(channel, Mapping) for channel in read):
        return channels  # the module says what is wrong with it, and sets nothing
    reduced = [_reduced(channel, selected) for channel in read]
    return [channel for channel in reduced if set(channel) - set(IDENTITY) or _is_moved(channel)]


def _reduced(channel: Mapping[str, Any], selected: Collection[str]) -> dict[str, Any]:
    moved = _is_moved(channel)

    def is_kept(name: str) -> bool:
        if name in ITSELF or (moved and name == "category_id"):
            return "channel" in selected
        return name in (*IDENTITY, *selected) or name not in OF_CHANNELS

    return {name: value for name, value in channel.items() if is_kept(name)}


def _is_moved(channel: Mapping[str, Any]) -> bool:
    """Whether the category is a setting of the channel, and not a part of what tells it."""
    return "category_id" in channel and channel.get("channel_id") is not None
