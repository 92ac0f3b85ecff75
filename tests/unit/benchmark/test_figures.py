"""The figures of the benchmark: windows of time, ratios, targets, tables and the drawing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from benchmark import plot, tables, targets
from benchmark.contestants import ACCOUNTS, CHANNELS, Contestant
from benchmark.measure import Measurement
from benchmark.results import Results, ratio
from benchmark.windows import busiest

# Seconds and CPU seconds for each account, chosen so that every target is reached.
SECONDS = {
    "floor": 1.0,
    "limit": 0.2,
    "worker": 1.2,
    "module": 20.0,
    "uri": 40.0,
    "account": 2.0,
    "tasks": 8.0,
}
LIMITED = {"limited-unchanged": 4.3, "limited-changed": 13.5}


def measurement(seconds: float, requests: int = 0, connections: int = 1, most: int = 0) -> Measurement:
    return Measurement(seconds, seconds, 60.0, requests, 0.1, 0.0, connections, most)


def seconds_each(contestant: Contestant) -> float:
    return LIMITED.get(contestant.name) or SECONDS[contestant.name.partition("-")[0]]


def results_of_accounts(*sizes: int) -> Results:
    results = Results("accounts", ACCOUNTS)
    for size in sizes:
        for contestant in ACCOUNTS:
            if contestant.takes_part(size, max(sizes)):
                run = measurement(
                    seconds_each(contestant) * size / 100, contestant.requests * size, most=1200
                )
                results.add(contestant, size, run)
    return results


@pytest.mark.parametrize(
    ("times", "most"),
    [
        ([], 0),
        ([5.0], 1),
        ([0.0, 10.0], 2),
        ([0.0, 10.1], 1),
        # No window of a fixed grid holds all three.
        ([9.0, 12.0, 18.9], 3),
        ([12.0, 0.0, 11.0, 30.0, 13.0], 3),
    ],
)
def test_the_busiest_window_begins_anywhere(times: list[float], most: int) -> None:
    assert busiest(times, 10.0) == most


def test_a_figure_is_the_median_of_its_runs() -> None:
    results = Results("accounts", ACCOUNTS)
    for seconds in (3.0, 100.0, 2.0):
        results.add(ACCOUNTS[0], 10, measurement(seconds))
    row = results.row("floor", 10)
    assert row is not None
    assert (row.median("seconds"), row.worst("seconds")) == (3.0, 100.0)


def test_a_ratio_needs_both_sides() -> None:
    results = results_of_accounts(100)
    worker, floor = results.row("worker-changed", 100), results.row("floor", 100)
    assert ratio(worker, floor, "seconds") == pytest.approx(1.2)
    assert ratio(worker, None, "seconds") is None


def test_slow_contestants_stay_small_and_the_rate_limit_is_for_the_largest_size() -> None:
    results = results_of_accounts(100, 1000)
    assert results.row("uri-changed", 1000) is None
    assert results.row("limited-changed", 100) is None


def test_every_target_is_reached_where_the_figures_allow_it() -> None:
    found = targets.of_accounts(results_of_accounts(10, 100, 1000))
    assert {target.verdict for target in found} == {"yes"}
    # Four ratios at both sizes, two of each slow one, four of growth, two for each limited contestant.
    assert len(found) == 2 * 4 + 2 * 4 + 4 + 4


def test_a_target_that_is_missed_says_so() -> None:
    results = results_of_accounts(100)
    row = results.row("account-unchanged", 100)
    assert row is not None
    row.runs[:] = [measurement(4.0)]
    missed = {target.what for target in targets.of_accounts(results) if target.verdict == "NO"}
    assert missed == {
        "100 accounts, account-unchanged: seconds of the floor",
        "100 accounts, account-unchanged: seconds of the same as five tasks",
    }


def test_sizes_that_say_nothing_have_no_targets() -> None:
    assert targets.of_accounts(results_of_accounts(10)) == []


def test_a_loop_must_keep_its_connection() -> None:
    results = Results("channels", CHANNELS)
    for contestant in CHANNELS:
        results.add(contestant, 500, measurement(5.0, connections=2))
    verdicts = [target.verdict for target in targets.of_channels(results)]
    assert verdicts == ["yes", "NO", "yes", "NO"]


def test_tables_are_aligned_and_show_what_is_missing() -> None:
    results = results_of_accounts(1000)
    lines = [line for line in tables.of_results(results).splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1
    floor = next(line for line in lines if "floor: one" in line)
    assert [cell.strip() for cell in floor.split("|")][2:6] == ["10.00", "10.0", "1.00", "–"]


def test_the_drawing_is_well_formed_and_names_every_line_once() -> None:
    root = ElementTree.fromstring(plot.drawing(results_of_accounts(10, 100, 1000), "somewhere & sometime"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for label in (
        "uri tasks by hand",
        "ordinary module",
        "module in the worker",
        "polyv_account",
        "five tasks",
    ):
        assert texts.count(label) == 1
    lines = list(root.iter("{http://www.w3.org/2000/svg}polyline"))
    assert len(lines) == (4 * 2 + 1) + (3 * 2 + 1)
