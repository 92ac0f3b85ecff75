"""One simulator's parts, and what makes a fresh one of a used one."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .accounts import Account, Accounts
from .authentication import Authentication
from .endpoints import REGISTRY
from .faults import Faults
from .limits import Limiter
from .read_lag import ReadLag
from .request_log import RequestLog
from .seed import SeedReader, dump_account
from .seed_fields import Fields, SeedError
from .state_file import StateFile
from .switches import Switches

_FIXED_KEYS = ("user_id", "app_id", "owner")


@dataclass(frozen=True)
class Options:
    """What the command line decides."""

    switches: Mapping[str, object] = field(default_factory=dict)
    state: Path | None = None
    latency_ms: int = 0
    requests_per_window: int = 1500
    block_seconds: float = 300.0


class Simulation:
    """State, switches, faults, log and limits of one simulator."""

    def __init__(self, seed: object = None, options: Options | None = None) -> None:
        options = options or Options()
        self._seed = copy.deepcopy(seed)
        self.reader = SeedReader(REGISTRY.names)
        self.latency = options.latency_ms / 1000
        self.switches = Switches(options.switches, REGISTRY.names)
        self.lag = ReadLag(self.switches)
        self.faults = Faults(REGISTRY.names)
        self.log = RequestLog()
        self.limiter = Limiter(options.requests_per_window, options.block_seconds)
        self._file = StateFile(options.state, self.reader) if options.state else None
        seeded = self.reader.read(seed)
        kept = self._file.load() if self._file else None
        self.use_accounts(kept or seeded)

    def use_accounts(self, accounts: Accounts) -> None:
        """Replace all accounts."""
        self.accounts = accounts
        self.authentication = Authentication(accounts, self.switches)
        self.lag.reset()
        self.save()

    def patch_account(self, account: Account, changes: object) -> Account:
        """Replace top-level keys of an account, and of its channels by their id; shows without read lag."""
        where = f"account {account.user_id}"
        fields = Fields(changes, where, Account.__dataclass_fields__)
        document = dump_account(account)
        for key in _FIXED_KEYS:
            if fields.get(key, document[key]) != document[key]:
                raise SeedError(f"{where}: {key} can't be changed; replace the accounts instead")
        merged = {name: fields.get(name, value) for name, value in document.items()}
        merged["channels"] = _merged_channels(document["channels"], fields.entries("channels"))
        changed = self.reader.account(merged, where)
        self._require_own_channels(changed)
        self.accounts.put(changed)
        self.lag.forget(account.user_id)
        self.save()
        return changed

    def save(self) -> None:
        """Keep the accounts, if there is a file for them."""
        if self._file:
            self._file.save(self.accounts)

    def reset(self) -> None:
        """Back to the seed and to the command line's switches."""
        self.switches.reset()
        self.use_accounts(self.reader.read(self._seed))
        self.faults.clear()
        self.log.clear()
        self.limiter.reset()

    def _require_own_channels(self, account: Account) -> None:
        for other in self.accounts:
            shared = account.channels.keys() & other.channels.keys()
            if shared and other.user_id != account.user_id:
                raise SeedError(f"channel_id {min(shared)} belongs to account {other.user_id}")


def _merged_channels(stored: list[dict[str, Any]], changes: list[Any]) -> list[dict[str, Any]]:
    merged = {channel["channel_id"]: channel for channel in stored}
    for change in changes:
        if not isinstance(change, dict) or "channel_id" not in change:
            raise SeedError("channels: each entry needs a channel_id")
        channel_id = str(change["channel_id"])
        merged[channel_id] = {**merged.get(channel_id, {}), **change}
    return list(merged.values())
