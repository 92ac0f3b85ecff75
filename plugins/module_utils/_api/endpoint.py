# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client must know of an endpoint before it may call it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from urllib.parse import quote


class Access(enum.Enum):
    """What a call does to the account. Not the HTTP verb: several reads are POST."""

    READ = "read"
    WRITE = "write"  # may be sent again: the second changes nothing more
    CREATE = "create"  # must not be sent again once the API may have taken it


class Carrier(enum.Enum):
    """What of a POST carries the parameters. A GET has them in its query."""

    FORM = "form"  # a query ends up in the logs of proxies (docs/api.md §2)
    MULTIPART = "multipart"
    QUERY = "query"  # where the API takes them from nowhere else (docs/api.md §6)
    JSON = "json"  # the body, unsigned; text parameters are in the query (docs/api.md §6)


@dataclass(frozen=True)
class Endpoint:
    """One endpoint. `path` may hold `{userId}` or `{channelId}`, which are never signed (docs/api.md §1)."""

    name: str
    method: str
    path: str
    access: Access
    carrier: Carrier = Carrier.FORM

    @property
    def names_user(self) -> bool:
        """Whether the id of the account is part of the path."""
        return "{userId}" in self.path

    def address(self, api_url: str, variables: dict[str, str]) -> str:
        """The URL without query; path variables are quoted."""
        quoted = {name: quote(value, safe="") for name, value in variables.items()}
        return api_url + self.path.format(**quoted)
