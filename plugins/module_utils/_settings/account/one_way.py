# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What two settings of an account set alike is given to one of them: the older call and the newer one would fight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._errors import InputError
from .channels import ListedChannel


def check_record_url(options: Mapping[str, Any]) -> None:
    """Raises InputError where `record_callback` and `callbacks` set the same URL."""
    others = options["callbacks"] or {}
    twice = others.get("record_url") is not None or "record_url" in (others.get("cleared") or [])
    if options["record_callback"] is not None and twice:
        raise InputError(
            "callbacks.record_url", "must be left out where record_callback is given: both set the same URL"
        )


def check_custom_uri(options: Mapping[str, Any], channels: Sequence[ListedChannel]) -> None:
    """Raises InputError where `oauth_custom` and a watch condition of type custom are for the same channel."""
    every_oauth, every_condition = options["oauth_custom"], options["watch_condition"]
    if every_oauth is not None and _is_custom(every_condition):
        raise _both("watch_condition")
    for one in channels:
        own = one.options["watch_condition"]
        condition = every_condition if own is None else own
        if one.options["oauth_custom"] is not None and _is_custom(condition):
            raise _both("watch_condition" if own is None else f"{one.where}.watch_condition")
        if every_oauth is not None and _is_custom(own):
            raise _both(f"{one.where}.watch_condition")


def _is_custom(condition: Mapping[str, Any] | None) -> bool:
    ranks = (condition[rank] for rank in ("primary", "secondary")) if condition else ()
    return any(rank is not None and rank["type"] == "custom" for rank in ranks)


def _both(option: str) -> InputError:
    return InputError(
        option,
        "must not be of type custom where oauth_custom is given for the same channel: both set its custom_uri",
    )
