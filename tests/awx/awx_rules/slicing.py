"""Job slices: which hosts each of several parallel jobs gets."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def slices(hosts: Iterable[str], count: int, *, disabled: Collection[str] = ()) -> list[list[str]]:
    """Deal hosts, ordered by name, to at most ``count`` slices; never more slices than hosts.

    Disabled hosts are left out only after the slices were counted, so a slice can be empty. AWX orders by
    its database's collation, which may differ for capitals: who shares a slice then, not who is in one.
    """
    ordered = sorted(hosts)
    effective = max(1, min(count, len(ordered)))
    enabled = [host for host in ordered if host not in disabled]
    return [enabled[number::effective] for number in range(effective)]
