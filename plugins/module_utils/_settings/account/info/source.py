# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the subsets read together, each read once: the account, the lists of its channels, and what these show of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ...._api import answers, paging
from ...._api.channels import Listed
from ...._api.identity import GET_INFO
from ...._api.shared_reads import LIST_DETAIL
from ...._engine.definition import Context
from ...._errors import PolyvError

Value = TypeVar("Value")


class Source:
    """The reads of one account. `with_secrets` says whether passwords, codes and keys are wanted."""

    def __init__(self, context: Context) -> None:
        self.client = context.client
        self.with_secrets = bool(context.options["return_secrets"])
        self.warn_of_secret = context.warn_of_secret
        self._identity = context.identity
        self._directory = context.channels
        self._details: Callable[[], dict[str, Mapping[str, Any]]] = _once(
            lambda: paging.read_all(self.client, LIST_DETAIL, _entry)
        )

    def account(self) -> dict[str, Any]:
        """What the API tells of the account itself."""
        info = self._identity.info()
        numbers = {"max_channels": "maxChannels", "total_channels": "totalChannels"}
        return {
            "user_id": answers.text(GET_INFO, info.get("userId")),
            "email": answers.text(GET_INFO, info.get("email")),
            **{name: _whole(info.get(key)) for name, key in numbers.items()},
        }

    def channels(self) -> Mapping[str, Listed]:
        """Every channel by its id, one request for each 1000."""
        return self._directory.all()

    def details(self) -> Mapping[str, Mapping[str, Any]]:
        """The entry of each channel in the detailed list, by its id, one request for each 1000."""
        return self._details()


def _once(read: Callable[[], Value]) -> Callable[[], Value]:
    """The same read, made once: whoever asks again gets the same value, or the same error."""
    outcome: list[tuple[Value | None, PolyvError | None]] = []

    def again() -> Value:
        if not outcome:
            try:
                outcome.append((read(), None))
            except PolyvError as error:
                outcome.append((None, error))
        value, failed = outcome[0]
        if failed is not None:
            raise failed
        return value  # type: ignore[return-value]

    return again


def _whole(value: Any) -> int | None:
    found = answers.number(GET_INFO, value)
    return None if found is None else int(found)


def _entry(entry: Any) -> tuple[str, Mapping[str, Any]]:
    described = answers.mapping(LIST_DETAIL, entry, "a list of channels")
    channel_id = answers.text(LIST_DETAIL, described.get("channelId"))
    if channel_id is None:
        raise answers.unexpected(LIST_DETAIL, "a list of channels with a channelId each")
    return channel_id, described
