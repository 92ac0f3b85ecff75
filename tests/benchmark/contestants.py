"""What is measured: ways to bring accounts to a set-up that they have already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NO_LIMIT = {"POLYV_RATE_LIMIT": "0"}


@dataclass(frozen=True)
class Contestant:
    """A playbook: a file of `plays/`, or one of the collection by name. `decrypt`, a script, has none.

    `requests` is how many calls an account must take, to see that the work was really done. `needs` names those it is
    compared with, beside the floor. `variables` are extra variables, `environ` is added to the environment.
    """

    name: str
    title: str
    playbook: str
    requests: int
    needs: Sequence[str] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=lambda: NO_LIMIT)
    vault: bool = False


FLOOR = Contestant("debug", "floor: one `debug` task", "debug.yml", 0)
_PROVISION = "polyv.live.provision"
CONTESTANTS = [
    FLOOR,
    Contestant("account", "`polyv_account`, five settings", "account.yml", 5),
    Contestant("provision", "playbook `polyv.live.provision`, five settings", _PROVISION, 5),
    Contestant(
        "limited", "the same with the default rate limit", _PROVISION, 5, needs=("provision",), environ={}
    ),
    Contestant(
        "vault",
        "`provision`, the keys in a vault file for each account",
        _PROVISION,
        5,
        needs=("provision", "decrypt"),
        vault=True,
    ),
    Contestant("decrypt", "nothing but `VaultLib.decrypt` of these files, once each", "", 0, vault=True),
    Contestant(
        "module",
        "`polyv_account` as an ordinary module",
        "account.yml",
        5,
        variables={"polyv_in_process": False},
    ),
    Contestant("uri", "`uri` tasks signed by hand, one setting", "uri.yml", 1),
]
# The others take long, or are about something else; they take part where they are named.
DEFAULT = ("account", "provision", "limited")


def chosen(names: Sequence[str]) -> list[Contestant]:
    """The contestants of these names and those they are compared with; the floor always."""
    wanted = {FLOOR.name, *(names or DEFAULT)}
    wanted.update(needed for one in CONTESTANTS if one.name in wanted for needed in one.needs)
    return [one for one in CONTESTANTS if one.name in wanted]
