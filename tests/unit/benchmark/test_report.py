"""The figures of the benchmark: windows of time, ratios, the table, and what is not kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmark import report as reports
from benchmark.contestants import chosen
from benchmark.measure import Measurement, busiest
from benchmark.report import Report


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmark.machine.cores", lambda: 2)
    monkeypatch.setattr(reports, "cores", lambda: 2)


def measurement(seconds: float, elsewhere: float = 0.0, requests: int = 0) -> Measurement:
    return Measurement(seconds, 2 * seconds, elsewhere, requests, busiest=min(requests, 1200))


def report_of(**runs: list[Measurement]) -> Report:
    return Report("scripts/bench.sh", 100, dict(runs), "somewhere")


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


def test_the_floor_and_what_is_compared_always_take_part() -> None:
    assert [one.name for one in chosen([])] == ["debug", "account", "provision", "limited"]
    assert [one.name for one in chosen(["vault"])] == ["debug", "provision", "vault", "decrypt"]


def test_a_figure_is_the_median_of_its_runs_beside_the_floor() -> None:
    report = report_of(
        debug=[measurement(2.0)], account=[measurement(3.0), measurement(100.0), measurement(2.5)]
    )
    (row,) = (line for line in report.text().splitlines() if "`polyv_account`" in line)
    assert [cell.strip() for cell in row.split("|")][2:6] == ["3.00", "1.50", "6.00", "1.50"]
    assert "Median of 3 runs" in report.text()


def test_the_table_is_aligned() -> None:
    text = report_of(debug=[measurement(1.0)], provision=[measurement(1234.5)]).text()
    assert len({len(line) for line in text.splitlines() if line.startswith("|")}) == 1


@pytest.mark.parametrize(
    ("requests", "seconds", "said"),
    [
        # The limit decides: 6000 requests at 1200 in 10 s.
        (6000, 55.0, "1.10 × the 50.00 s"),
        # The work itself takes longer than the limit demands.
        (600, 8.0, "1.00 × the 8.00 s"),
    ],
)
def test_the_rate_limit_is_compared_with_what_it_allows(requests: int, seconds: float, said: str) -> None:
    limited = measurement(seconds, requests=requests)
    text = report_of(debug=[measurement(2.0)], provision=[measurement(8.0)], limited=[limited]).text()
    assert said in text


def test_vault_files_are_compared_with_decrypting_each_once() -> None:
    runs = {"debug": 2.0, "provision": 8.0, "vault": 9.2, "decrypt": 1.0}
    text = report_of(**{name: [measurement(seconds)] for name, seconds in runs.items()}).text()
    assert "Vault files: 1.20 s more, 1.20 × to decrypt each of them once." in text


def test_a_disturbed_run_is_not_kept() -> None:
    quiet, disturbed = measurement(10.0, elsewhere=0.6), measurement(10.0, elsewhere=0.8)
    assert report_of(debug=[quiet]).refusal() == ""
    assert report_of(debug=[quiet, disturbed]).refusal() == (
        "Not saved. 1 of 2 runs were disturbed: other processes used 3.5 % of its CPU."
    )


def test_what_is_saved_has_every_run(tmp_path: Path) -> None:
    report_of(debug=[measurement(2.0), measurement(2.0)], account=[measurement(3.0)]).save(tmp_path / "b.md")
    saved = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert (len(saved["debug"]), saved["ratios"]["account"]) == (2, [1.5, 1.5])
    assert "(b.png)" in (tmp_path / "b.md").read_text(encoding="utf-8")
