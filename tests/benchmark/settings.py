"""The settings of Ansible that matter for speed, each measured against its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from .contestants import NO_LIMIT, Contestant
from .results import Results, Row, ratio
from .tables import number, table

_PLAYS = Path(__file__).parent / "plays"
_STATES = ((True, "unchanged", 5), (False, "changed", 16))


@dataclass(frozen=True)
class Variation:
    """One value of a setting. `environ` are Ansible's environment variables, `variables` those of the play."""

    title: str
    environ: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, object] = field(default_factory=dict)

    def contestants(self) -> list[Contestant]:
        """Five settings in one task of each account, in both states."""
        environ = {**NO_LIMIT, **self.environ}
        return [
            Contestant(
                f"{self.title}: {state}",
                self.title,
                "five",
                "account.yml",
                requests,
                settled=settled,
                variables=self.variables,
                environ=environ,
            )
            for settled, state, requests in _STATES
        ]


DEFAULT = Variation("defaults: 5 forks, strategy linear, callback default, no facts")
VARIATIONS = [
    DEFAULT,
    *(Variation(f"{forks} forks", {"ANSIBLE_FORKS": forks}) for forks in ("10", "20", "50")),
    *(Variation(f"strategy {name}", {"ANSIBLE_STRATEGY": name}) for name in ("free", "host_pinned")),
    *(
        Variation(f"strategy {name}, 20 forks", {"ANSIBLE_STRATEGY": name, "ANSIBLE_FORKS": "20"})
        for name in ("free", "host_pinned")
    ),
    *(Variation(f"callback {name}", {"ANSIBLE_STDOUT_CALLBACK": name}) for name in ("minimal", "oneline")),
    Variation("callback default, only changes shown", {"ANSIBLE_DISPLAY_OK_HOSTS": "false"}),
]


def plays(directory: Path) -> list[Contestant]:
    """Five settings as five tasks: in one play or in five, with facts or without. Writes the five plays to `directory`."""
    five_plays = directory / "five_plays.yml"
    five_plays.write_text(_one_play_each(_PLAYS / "five_tasks.yml"), encoding="utf-8")
    tasks = Contestant("one play", "five tasks in one play", "five", "five_tasks.yml", 5)
    spread = replace(tasks, name="five plays", title="the same in five plays", play=str(five_plays))
    return [*_with_facts(tasks), *_with_facts(spread)]


def of_variations(results: Results, size: int) -> str:
    """What each value of a setting takes, and as a ratio to the defaults."""
    head = (
        "",
        "unchanged s",
        "× default",
        "CPU s",
        "× default",
        "changed s",
        "× default",
        "CPU s",
        "× default",
    )
    names = {row.contestant.name for row in results.rows(size)}
    measured = [one for one in VARIATIONS if not names.isdisjoint(state.name for state in one.contestants())]
    return table(head, [[one.title, *_cells(results, size, one)] for one in measured])


def of_plays(results: Results, size: int) -> str:
    """What each arrangement of plays takes, and as a ratio to the first."""
    rows = list(results.rows(size))
    head = ("", "s", "× first", "CPU s", "× first")
    return table(head, [[row.contestant.title, *_pair(row, rows[0])] for row in rows])


def _cells(results: Results, size: int, variation: Variation) -> Iterator[str]:
    for one, default in zip(variation.contestants(), DEFAULT.contestants(), strict=True):
        yield from _pair(results.row(one.name, size), results.row(default.name, size))


def _pair(row: Row | None, base: Row | None) -> list[str]:
    return [
        cell
        for figure in ("seconds", "cpu")
        for cell in (number(row.median(figure) if row else None), number(ratio(row, base, figure)))
    ]


def _with_facts(contestant: Contestant) -> Sequence[Contestant]:
    facts = replace(
        contestant,
        name=f"{contestant.name}, facts",
        title=f"{contestant.title}, facts gathered in each",
        variables={"facts": True},
    )
    return contestant, facts


def _one_play_each(playbook: Path) -> str:
    (play,) = yaml.safe_load(playbook.read_text(encoding="utf-8"))
    separate = [{**play, "tasks": [task]} for task in play["tasks"]]
    return yaml.safe_dump(separate, allow_unicode=True, sort_keys=False)
