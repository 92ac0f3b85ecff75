# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which live account an app id belongs to: asked once per worker, and always before the first write by account id.

Source: docs/api.md §4, `get-info`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from .._errors import InputError, WrongAccountError
from .._options import checks
from . import answers
from .client import Client
from .endpoint import Access, Endpoint

GET_INFO = Endpoint("get-info", "GET", "/live/v3/user/get-info", Access.READ)

_known: dict[tuple[str, str], str] = {}
_asking = threading.Lock()


class Identity:
    """The live account of a client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._info: Mapping[str, Any] | None = None

    @property
    def user_id(self) -> str:
        """The id that the user gave, else the one that the API names."""
        return self._client.credentials.user_id or self._ask()

    def confirm(self) -> str:
        """The id of the account, confirmed by the API. Raises WrongAccountError where the given id is another one."""
        given, found = self._client.credentials.user_id, self._ask()
        if given is not None and given != found:
            raise WrongAccountError(
                f"user_id: got {given!r}, but app_id belongs to the account {found!r}. Nothing was written. "
                "Correct user_id, or leave it out to have it read from the API."
            )
        return found

    def info(self) -> Mapping[str, Any]:
        """What the API tells of the account, asked for once."""
        if self._info is None:
            found = self._read()
            with _asking:
                _known[self._key] = found
        return self._info or {}

    @property
    def _key(self) -> tuple[str, str]:
        return self._client.connection.api_url, self._client.credentials.app_id

    def _ask(self) -> str:
        with _asking:
            if self._key not in _known:
                _known[self._key] = self._read()
            return _known[self._key]

    def _read(self) -> str:
        self._info = info = answers.mapping(GET_INFO, self._client.call(GET_INFO))
        found = answers.text(GET_INFO, info.get("userId"))
        try:
            return checks.user_id("userId", found or "")
        except InputError:
            raise answers.unexpected(GET_INFO, "an account with a userId of letters and digits") from None
