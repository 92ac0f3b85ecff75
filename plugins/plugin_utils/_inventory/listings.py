# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The channels of many accounts, read at the same time or taken from a cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from ...module_utils._api.channels import ChannelDirectory
from ...module_utils._api.client import Client
from ...module_utils._api.identity import Identity
from ...module_utils._errors import PolyvError, as_polyv_error
from ...module_utils._options.connection import Connection
from ...module_utils._options.credentials import Credentials
from ...module_utils._secrets import Masker
from .._accounts.entries import Entry
from .cached_listings import CachedListings
from .field_filters import FieldFilters
from .listed_channels import Channel, plain

# The adapter keeps ten connections to a server.
_AT_ONCE = 8


@dataclass(frozen=True)
class _Reading:
    """The channels of an account, as soon as they are read."""

    api_url: str
    app_id: str
    channels: Future[list[Channel]]


class Listings:
    """The channels of accounts: some threads read them while their hosts are made, one request for each 1000.

    What an account is read with is asked of `credentials` and `connection`, which raise PolyvError. What fails for one account
    leaves the others alone. `warnings` are sentences, secrets masked.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        credentials: Callable[[Entry], Credentials],
        connection: Callable[[Entry], Connection],
        cached: CachedListings,
        filters: FieldFilters,
    ) -> None:
        self.warnings: dict[str, None] = {}
        self._credentials = credentials
        self._connection = connection
        self._cached = cached
        self._filters = filters
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE)
        self._begun = {entry.name: self._begin(entry) for entry in entries}

    def __enter__(self) -> Listings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Ansible forks later, which no thread shall see; but whoever interrupts this does not wait for any answer.
        self._pool.shutdown(wait=kind is None or issubclass(kind, Exception), cancel_futures=True)

    def of(self, name: str) -> list[Channel]:
        """The channels of the account of that name that pass the filters. Raises PolyvError."""
        begun = self._begun[name]
        if isinstance(begun, PolyvError):
            raise begun
        if isinstance(begun, _Reading):
            channels = begun.channels.result()
            self._cached.put(begun.api_url, begun.app_id, channels)
        else:
            channels = begun
        return [channel for channel in channels if self._filters.keeps(channel)]

    def _begin(self, entry: Entry) -> _Reading | list[Channel] | PolyvError:
        # Here, and not in a thread: whatever a vault hides is opened by Ansible's own code.
        try:
            connection = self._connection(entry)
            # An entry of an inventory file has no secret, and maybe no app_id.
            app_id = entry.app_id or self._credentials(entry).app_id
            known = self._cached.get(connection.api_url, app_id)
            if known is not None:
                return known
            credentials = self._credentials(entry)
        except Exception as error:
            return as_polyv_error(error)
        return _Reading(connection.api_url, app_id, self._pool.submit(self._read, credentials, connection))

    def _read(self, credentials: Credentials, connection: Connection) -> list[Channel]:
        try:
            masker = Masker([credentials.app_secret])
            client = Client(
                credentials,
                connection,
                writes=False,
                warn=lambda text: self.warnings.setdefault(masker.mask(text)),
                mask=masker.mask,
            )
            directory = ChannelDirectory(client, Identity(client), self._filters.parameters)
            return [plain(listed) for listed in directory.all().values()]
        except Exception as error:
            raise as_polyv_error(error) from None
