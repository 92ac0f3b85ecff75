# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watch conditions: who may watch, of channels or of what new ones copy. Source: docs/api.md §7.2, §7.3."""

from __future__ import annotations

from typing import Any

from ..._api.channels import channel_ref
from ..._engine.definition import Context, Definition, one_setting
from ..._engine.setting import Setting
from ..._errors import InputError
from ..._options import checks
from ..._options.in_so_many_words import in_so_many_words
from .condition import OPTIONS, RANKS
from .fields import SECRETS
from .on_channels import OnChannels
from .template import ForNewChannels

NEW_CHANNELS = "it sets what every channel copies that is made from now on"


def watch_condition(context: Context) -> Setting[Any]:
    """The setting that the options ask for. Raises InputError."""
    options = context.options
    everything = in_so_many_words("all_channels", options["all_channels"])
    new_ones = in_so_many_words("for_new_channels", options["for_new_channels"], NEW_CHANNELS)
    channel = channel_ref(context.channels, options)
    if [channel is not None, everything, new_ones].count(True) != 1:
        raise InputError(
            "channel_id",
            "must be given, or channel, the name of one, or all_channels or for_new_channels must be true: exactly one of them",
        )
    return ForNewChannels(context) if new_ones else OnChannels(context, channel)


def as_given(*place: str) -> dict[tuple[str, ...], Any]:
    """The checks of secrets below an option: a number may have lost the zeros in front."""
    return {(*place, rank, name): checks.text_as_given for rank in RANKS for name in SECRETS}


WATCH_CONDITION = Definition(
    options={
        "channel_id": {"type": "str"},
        "channel": {"type": "str"},
        # Not booleans: what Ansible takes for true, such as 1 or "yes", may be a template that slipped.
        "all_channels": {"type": "raw"},
        "for_new_channels": {"type": "raw"},
        "primary": {"type": "dict", "options": OPTIONS},
        "secondary": {"type": "dict", "options": OPTIONS},
        "follow_account": {"type": "bool"},
        "return_secrets": {"type": "bool", "default": False},
    },
    prepare=one_setting(watch_condition),
    as_given=as_given(),
)
