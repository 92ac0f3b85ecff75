# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The channels of many accounts, read at the same time or taken from a cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ...module_utils._api.channels import ChannelDirectory
from ...module_utils._api.client import Client
from ...module_utils._api.identity import Identity
from ...module_utils._api.libraries import need_requests
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


@dataclass
class Listings:
    """By the name of the account: its channels, or why they could not be read. `warnings` are sentences, secrets masked."""

    channels: dict[str, list[Channel]] = field(default_factory=dict)
    failed: dict[str, PolyvError] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Work:
    """One account to read. What its vault hides is opened before, in the thread that may do that."""

    name: str
    credentials: Credentials
    connection: Connection


def read_channels(
    entries: Sequence[Entry],
    credentials: Callable[[Entry], Credentials],
    connection: Callable[[Entry], Connection],
    cached: CachedListings,
    filters: FieldFilters,
) -> Listings:
    """The channels of each account that pass the filters, by one request for each 1000.

    What an account is read with is asked of `credentials` and `connection`, which raise PolyvError. What fails for one account
    leaves the others alone.
    """
    found, works = Listings(), []
    for entry in entries:
        try:
            of_entry = connection(entry)
            # An entry of an inventory file has no secret, and maybe no app_id.
            channels = cached.get(of_entry.api_url, entry.app_id or credentials(entry).app_id)
            if channels is None:
                works.append(_Work(entry.name, credentials(entry), of_entry))
            else:
                found.channels[entry.name] = _kept(channels, filters)
        except Exception as error:
            found.failed[entry.name] = as_polyv_error(error)
    for work, result in zip(works, _read_all(works, filters, found.warnings), strict=True):
        if isinstance(result, PolyvError):
            found.failed[work.name] = result
            continue
        cached.put(work.connection.api_url, work.credentials.app_id, result)
        try:
            found.channels[work.name] = _kept(result, filters)
        except PolyvError as error:
            found.failed[work.name] = error
    return found


def _kept(channels: Sequence[Channel], filters: FieldFilters) -> list[Channel]:
    return [channel for channel in channels if filters.keeps(channel)]


def _read_all(
    works: Sequence[_Work], filters: FieldFilters, warnings: dict[str, None]
) -> list[list[Channel] | PolyvError]:
    if not works:
        return []
    pool = ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(works)))
    try:
        results = list(pool.map(lambda work: _read(work, filters, warnings), works))
    except BaseException:
        # Whoever interrupts this does not wait for answers that nobody wants any more.
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return results


def _read(work: _Work, filters: FieldFilters, warnings: dict[str, None]) -> list[Channel] | PolyvError:
    try:
        need_requests()
        masker = Masker([work.credentials.app_secret])
        client = Client(
            work.credentials,
            work.connection,
            writes=False,
            warn=lambda text: warnings.setdefault(masker.mask(text)),
            mask=masker.mask,
        )
        directory = ChannelDirectory(client, Identity(client), filters.parameters)
        return [plain(listed) for listed in directory.all().values()]
    except Exception as error:
        return as_polyv_error(error)
