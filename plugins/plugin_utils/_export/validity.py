# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leaves out of an export what the modules would refuse, by their own checks: a live account may have what they don't set."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._api.channels import ChannelDirectory
from ...module_utils._api.client import Client
from ...module_utils._api.identity import Identity
from ...module_utils._engine.definition import Context, spec_for_ansible
from ...module_utils._errors import InputError
from ...module_utils._options.connection import COMMON_OPTIONS
from ...module_utils._settings.account.setting import ACCOUNT
from .._action.argument_types import check_form
from .exported import Channel, Exported, Note

_REFUSED = "values that the modules refuse"
_IDENTITY = ("channel_id", "channel")

Options = dict[str, Any]


def keep_valid(account: Exported) -> None:
    """Takes what would be refused out of the settings, and notes it. Images must lie where the settings say."""
    for name in list(account.settings):
        setting: Options = {name: account.settings.pop(name)}
        account.notes += _kept(setting, lambda options: options)
        account.settings.update(setting)
    channels = account.channels
    account.channels = []
    for channel in channels:
        channel.notes += _kept(channel.options, lambda options: {"channels": [options]})
        if any(name in channel.options for name in _IDENTITY):
            account.channels.append(channel)
        else:
            account.notes += _gone(channel)


def _gone(channel: Channel) -> list[Note]:
    return [Note(f"channel {channel.channel_id}: {note.text}", note.lacks) for note in channel.notes]


def _kept(options: Options, task: Callable[[Options], Options]) -> list[Note]:
    """Removes from `options`, which `task` makes a task of, whatever is refused; the notes on it."""
    notes: list[Note] = []
    while True:
        refused = _refused(options, task)
        if refused is None:
            return notes
        place, problem = refused
        notes.append(Note(f"{'.'.join(place)}: {problem}", _REFUSED))
        if not _removed(options, place):
            options.clear()
        if not options:
            return notes


def _refused(options: Options, task: Callable[[Options], Options]) -> tuple[list[str], str] | None:
    """The place of the first value that is refused, as names from the outside in, and why."""
    arguments = copy.deepcopy(task(options))
    try:
        check_form(ACCOUNT, COMMON_OPTIONS, arguments)
        if _validated(arguments).error_messages:
            problem = "it is, or lacks, what the modules don't know, and was left out."
            return next(_without_errors(options, task), list(options)[-1:]), problem
        ACCOUNT.prepare(_context(_validated(arguments).validated_parameters))
    except InputError as error:
        names = re.sub(r"\[\d+\]", "", error.option).split(".")
        return (names[1:] if names[0] == "channels" else names), error.problem
    return None


def _validated(arguments: Options) -> Any:
    return ArgumentSpecValidator(spec_for_ansible(ACCOUNT.options), **ACCOUNT.rules).validate(arguments)


def _without_errors(options: Options, task: Callable[[Options], Options]) -> Iterator[list[str]]:
    """The places of single values without which Ansible's validation has nothing to say, the innermost first."""
    for place in _places(options):
        rest = copy.deepcopy(options)
        _removed(rest, place)
        if not _validated(task(rest)).error_messages:
            yield place


def _places(options: Mapping[str, Any], outer: tuple[str, ...] = ()) -> Iterator[list[str]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from _places(value, (*outer, name))
        yield [*outer, name]


def _removed(options: Options, place: list[str]) -> bool:
    """Takes a value out, or where it is missing what lacks it. Whether there was anything to take out."""
    holder, found = options, None
    for name in place:
        if name not in holder:
            break
        found = (holder, name)
        if not isinstance(holder[name], dict):
            break
        holder = holder[name]
    if found is None:
        return False
    del found[0][found[1]]
    return True


def _context(options: Mapping[str, Any]) -> Context:
    """A context in which nothing can be sent: settings check their options before any request."""
    client, identity = cast(Client, None), cast(Identity, None)
    return Context(client, identity, ChannelDirectory(client, identity), options, lambda text: None)
