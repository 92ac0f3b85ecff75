# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hosts, groups and variables of an inventory may be named. No message quotes what could be a secret."""

from __future__ import annotations

import math
import re
from typing import Any

from ...module_utils._options.characters import READ_AS_NUMBER, invisible
from ...module_utils._options.secret_names import is_secret_variable

# The groups of all hosts that the inventory plugin makes of accounts and of channels.
ACCOUNTS_GROUP, CHANNELS_GROUP = "polyv_accounts", "polyv_channels"
_OWN = (ACCOUNTS_GROUP, CHANNELS_GROUP)
# A group `_meta` would hide the variables of all hosts in a listing.
OF_ANSIBLE = ("all", "ungrouped", "_meta")
KEPT = "a name that Ansible keeps for itself"
# Names of hosts: nothing that Ansible's host patterns read as an operator or a range.
_HOST = re.compile(r"\w[\w.@-]*")
BAD_HOST = "letters, digits and _ . @ - only, beginning with a letter or digit, and not the secret"
_GROUP = re.compile(r"[^\W\d]\w*")
_BAD_GROUP = "a name consists of letters, digits and _, does not begin with a digit, and is text"
_VARIABLE = re.compile(r"[A-Za-z_][0-9A-Za-z_]*", re.ASCII)
_BAD_VARIABLE = "a variable's name consists of letters, digits and _ and begins with no digit"
_SECRET_VARIABLE = "the name is that of a secret, and host variables are shown and stored in clear; put it into host_vars, vaulted"
# The inventory sets these; another value would name another account, or make it a channel.
_RESERVED = ("polyv_account", "polyv_user_id", "polyv_kind")
# What JSON can write and nothing can print: one half of a pair.
_HALF = re.compile("[\ud800-\udfff]")


def bad_host(name: Any) -> str | None:
    """What is wrong with the name of an account, which becomes a host."""
    return _bad_name(name, _HOST, BAD_HOST)


def bad_group(name: Any) -> str | None:
    """What is wrong with the name of a group."""
    return _bad_name(name, _GROUP, _BAD_GROUP)


def bad_variable(name: str, value: Any, is_variable: bool) -> str | None:
    """Why a host variable, shown and stored in clear everywhere, can't be or, unless `is_variable`, hold the item of that name."""
    if is_variable and not _VARIABLE.fullmatch(name):
        return _BAD_VARIABLE
    if is_variable and name in _RESERVED:
        return f"{name} is set by the inventory itself"
    if is_secret_variable(name):
        return _SECRET_VARIABLE
    if isinstance(value, float) and not math.isfinite(value):
        return "the number is not finite"
    is_half = _HALF.search(name) or (isinstance(value, str) and _HALF.search(value))
    return "the text holds half a character" if is_half else None


def _bad_name(name: Any, form: re.Pattern[str], allowed: str) -> str | None:
    if isinstance(name, float):
        return f"it {READ_AS_NUMBER}"
    if not isinstance(name, str) or not form.fullmatch(name):
        return allowed
    unseen = invisible(name)
    if unseen:
        return f"holds {unseen}"
    if name in OF_ANSIBLE:
        return f"{name!r} is {KEPT}"
    return f"{name!r} is the group of all of them, which the inventory makes itself" if name in _OWN else None
