"""What is measured: one way of doing a job, in one of the two states of the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# Above this, who takes minutes for it is left out.
SLOW_UP_TO = 100
NO_LIMIT = {"POLYV_RATE_LIMIT": "0"}


@dataclass(frozen=True)
class Contestant:
    """A play of `plays/`, or without one the plain script with its `job`.

    `settled` says whether the accounts are already as they should be. `requests` is how many calls an item must take, to
    see that the work was really done; `extra` come once a run. `variables` are those of the play, `environ` is added to
    the environment.
    """

    name: str
    title: str
    job: str
    play: str | None
    requests: int
    extra: int = 0
    settled: bool = True
    variables: Mapping[str, object] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=lambda: NO_LIMIT)
    slow: bool = False
    largest_only: bool = False

    @property
    def is_floor(self) -> bool:
        """Whether it calls nobody, so that there is only one state."""
        return not self.requests and not self.extra

    @property
    def limit(self) -> str:
        """The name of the plain script that does the same."""
        return f"limit-{self.job}-{_STATES[self.settled]}"

    def takes_part(self, size: int, largest: int) -> bool:
        """Whether it is measured at this size; `largest` is the largest of the run."""
        return not (self.slow and size > SLOW_UP_TO) and not (self.largest_only and size < largest)


_STATES = {True: "unchanged", False: "changed"}


def _both(contestant: Contestant, requests: int, extra: int = 0) -> list[Contestant]:
    """The contestant where nothing changes, and where everything does, which takes so many requests."""
    pair = (contestant, replace(contestant, settled=False, requests=requests, extra=extra))
    return [
        replace(one, name=f"{one.name}-{_STATES[one.settled]}", title=f"{one.title}, {_STATES[one.settled]}")
        for one in pair
    ]


_SCRIPT = "limit: plain script"
_ORDINARY = {"polyv_in_process": False}

# One setting: a read; or read, write and read back. Five settings: the same five times, and get-info before the first
# write by account id; tasks are processes of their own, so each of both writes by account id asks for it.
ACCOUNTS = [
    Contestant("floor", "floor: one `debug` task", "one", "debug.yml", 0),
    *_both(Contestant("limit-one", f"{_SCRIPT}, one setting", "one", None, 1), 3),
    *_both(Contestant("worker", "module in the worker", "one", "module.yml", 1), 3),
    *_both(
        Contestant(
            "module",
            "ordinary module",
            "one",
            "module.yml",
            1,
            variables=_ORDINARY,
            environ=NO_LIMIT,
            slow=True,
        ),
        3,
    ),
    # Nobody reads back by hand.
    *_both(Contestant("uri", "`uri` tasks, signed by hand", "one", "uri.yml", 1, slow=True), 2),
    *_both(Contestant("limit-five", f"{_SCRIPT}, five settings", "five", None, 5), 16),
    *_both(Contestant("account", "`polyv_account`, five settings", "five", "account.yml", 5), 16),
    *_both(Contestant("tasks", "the same as five tasks", "five", "five_tasks.yml", 5), 17),
    *_both(
        Contestant(
            "limited",
            "`polyv_account`, default rate limit",
            "five",
            "account.yml",
            5,
            environ={},
            largest_only=True,
        ),
        16,
    ),
]

CHANNELS = [
    Contestant("channels-floor", "floor: `debug` in a loop", "channels", "debug_loop.yml", 0),
    *_both(Contestant("limit-channels", _SCRIPT, "channels", None, 1), 3, extra=1),
    *_both(Contestant("loop", "module in a loop", "channels", "module_loop.yml", 1), 3, extra=1),
    # One listing of all channels instead of a read for each.
    *_both(
        Contestant("bulk", "`polyv_account`, one task", "channels", "account_channels.yml", 0, extra=1),
        2,
        extra=2,
    ),
]
