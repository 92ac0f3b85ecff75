# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tasks of a play are steps of an account, as Ansible has compiled it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_OURS = "polyv.live.polyv_"
# Work on the controller, for no account.
_OTHERS = ("polyv.live.polyv_vault_file", "polyv.live.polyv_rollout_summary")


def is_step(task: Any) -> bool:
    """Whether a task is one of this collection that works on the account of each host."""
    name = str(getattr(task, "resolved_action", None) or task.action)
    return name.startswith(_OURS) and name not in _OTHERS and not task.run_once


def steps_of(play: Any, variables: Mapping[str, Any]) -> int:
    """How many steps each account has to go through, roles and imports included, as the tags of the run select them."""
    return sum(
        task.evaluate_tags(play.only_tags, play.skip_tags, all_vars=variables) is True
        for block in play.compile()
        for task in _tasks(block)
        if is_step(task)
    )


def _tasks(block: Any) -> Iterator[Any]:
    # Not those of `rescue`: few accounts come there.
    for item in (*block.block, *block.always):
        if hasattr(item, "block"):
            yield from _tasks(item)
        else:
            yield item
