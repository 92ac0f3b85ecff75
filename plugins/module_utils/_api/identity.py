# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which live account an app id belongs to: asked once per worker, and always before the first write by account id.

Source: docs/api.md §4, `get-info`.
"""

from __future__ import annotations

import threading

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

    def _ask(self) -> str:
        key = (self._client.connection.api_url, self._client.credentials.app_id)
        with _asking:
            if key not in _known:
                _known[key] = self._read()
            return _known[key]

    def _read(self) -> str:
        info = answers.mapping(GET_INFO, self._client.call(GET_INFO))
        found = answers.text(GET_INFO, info.get("userId"))
        try:
            return checks.user_id("userId", found or "")
        except InputError:
            raise answers.unexpected(GET_INFO, "an account with a userId of letters and digits") from None
