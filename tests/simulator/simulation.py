"""One simulator's parts, what makes a fresh one of a used one, and the file that keeps its accounts."""

import copy
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .accounts import Account, Accounts, Channel
from .authentication import Authentication
from .faults import Faults
from .limits import Limiter
from .read_lag import ReadLag
from .request_log import RequestLog
from .seed import changed_account, dump, read_account, read_channel, read_seed
from .seed_fields import SeedError
from .services import REGISTRY
from .switches import Switches

#: Above the ids of seeds.
_FIRST_NEW_CHANNEL = 5_000_000


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
        self._state_file = options.state
        self.latency = options.latency_ms / 1000
        self.switches = Switches(options.switches, REGISTRY.names)
        self.lag = ReadLag(self.switches)
        self.faults = Faults(REGISTRY.names)
        self.log = RequestLog()
        self.limiter = Limiter(options.requests_per_window, options.block_seconds)
        seeded = read_seed(self._seed)
        kept = _load(options.state) if options.state and options.state.exists() else None
        self.use_accounts(kept or seeded)

    def use_accounts(self, accounts: Accounts) -> None:
        """Replace all accounts."""
        self.accounts = accounts
        self.authentication = Authentication(accounts, self.switches)
        self.lag.reset()
        self.save()

    def new_account(self, document: Mapping[str, Any]) -> Account:
        """An account from an entry of a seed."""
        return read_account(document, "custom user")

    def new_channel(self, account: Account, document: Mapping[str, Any]) -> Channel:
        """A channel from an entry of a seed, with an id that no channel ever had."""
        last = max(_FIRST_NEW_CHANNEL, *(self._last_channel_id(other) for other in self.accounts))
        channel_id = last + 1 + secrets.randbelow(20)
        account.settings["last_channel_id"] = channel_id
        return read_channel({**document, "channel_id": channel_id}, "new channel")

    @staticmethod
    def _last_channel_id(account: Account) -> int:
        """The largest id that an account's channels have, or had once they were made by calls."""
        made: int = account.settings["last_channel_id"]
        return max(made, *map(int, account.channels), 0)

    def patch_account(self, account: Account, changes: object) -> Account:
        """Replace top-level keys of an account, and of its channels by their id; shows without read lag."""
        changed = changed_account(account, changes)
        for other in self.accounts:
            shared = changed.channels.keys() & other.channels.keys()
            if shared and other.user_id != account.user_id:
                raise SeedError(f"channel_id {min(shared)} belongs to account {other.user_id}")
        self.accounts.put(changed)
        self.lag.forget(account.user_id)
        self.save()
        return changed

    def reset(self) -> None:
        """Back to the seed and to the command line's switches."""
        self.switches.reset()
        self.use_accounts(read_seed(self._seed))
        self.faults.clear()
        self.log.clear()
        self.limiter.reset()

    def save(self) -> None:
        """Replace the state file, if there is one, in one step: a reader never sees half of it.

        It holds secrets, so only its owner may read it.
        """
        if self._state_file is None:
            return
        path = self._state_file
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(dump(self.accounts), file, ensure_ascii=False)
        Path(temporary).replace(path)


def _load(state: Path) -> Accounts:
    try:
        return read_seed(json.loads(state.read_text(encoding="utf-8")))
    except ValueError as error:
        raise SeedError(f"{state}: {error}") from error
