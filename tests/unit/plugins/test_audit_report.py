"""The report of an audit: what of it AWX keeps, what becomes of that again, and which files are taken for earlier runs."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.polyv.live.plugins.plugin_utils._audit.artifact import artifact, restored
from ansible_collections.polyv.live.plugins.plugin_utils._audit.files import earlier_reports, read_reports
from ansible_collections.polyv.live.plugins.plugin_utils._audit.form import is_report
from ansible_collections.polyv.live.plugins.plugin_utils._audit.report import merged, report

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=timezone.utc)


def setting(name: str, channel: str | None = None, changed: bool = False) -> dict[str, Any]:
    return {"setting": name, "channel": channel, "channel_id": channel and "1", "changed": changed}


def result(*settings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"settings": list(settings), "diff": [], "other_channels": [], **more}


RESULTS: dict[str, Any] = {
    "same": result(setting("callbacks"), setting("donate", "Hall"), setting("donate", "Shop")),
    "unlisted": result(setting("callbacks"), other_channels=None),
    "one of three": {
        **result(*(setting("donate", f"Hall {n}", changed=n == 1) for n in range(3))),
        "diff": [
            {
                "before_header": "donate of channel 'Hall 1'",
                "before": '{"cash_min": "5"}',
                "after": '{"cash_min": "6"}',
            }
        ],
    },
    "failed": {"failed": True, "msg": "application not found."},
    "none": {},
    "more channels": result(setting("callbacks"), other_channels=[{"channel_id": "9", "name": "Old"}]),
}
WHOLE = report(RESULTS, NOW)


def states(found: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Each account's settings with their states."""
    return {
        one["name"]: sorted((item["setting"], item["state"]) for item in one["findings"])
        for one in found["accounts"]
    }


def test_an_account_without_a_result_has_failed() -> None:
    assert WHOLE["totals"]["failed"] == 2


@pytest.mark.parametrize("left_out", [None, "values", "findings"])
def test_what_awx_keeps_says_of_every_setting_what_the_report_says(left_out: str | None) -> None:
    made = artifact(WHOLE)
    while made["left_out"] != left_out:
        # One letter less than this takes.
        made = artifact(WHOLE, len(json.dumps(made)) - 1)
    back = restored(json.loads(json.dumps(made)))
    assert is_report(made)
    assert states(back) == states(WHOLE)
    assert back["totals"] == WHOLE["totals"]
    known = {one["name"]: one["other_channels"] for one in back["accounts"]}
    assert (known["same"], known["unlisted"]) == ([], None)
    (drifted,) = (one for one in back["accounts"] if one["name"] == "one of three")
    (finding,) = (one for one in drifted["findings"] if one["state"] == "drifted")
    assert (finding["after"] is None, finding["channel"] is None) == (
        left_out is not None,
        left_out == "findings",
    )


def test_a_report_that_has_only_its_totals_keeps_them_in_a_merged_one() -> None:
    cut = restored(artifact(WHOLE, 0))
    assert (cut["left_out"], cut["accounts"], cut["totals"]) == ("accounts", [], WHOLE["totals"])
    other = report({"other": RESULTS["same"]}, NOW)
    both = merged([restored(artifact(other)), cut])
    assert (both["left_out"], both["totals"]["accounts"]) == ("accounts", len(RESULTS) + 1)


def test_an_account_in_two_reports_counts_once() -> None:
    cut = {**restored(artifact(WHOLE)), "left_out": "values"}
    both = merged([WHOLE, cut])
    assert (both["left_out"], both["totals"]) == ("values", WHOLE["totals"])


def test_only_what_was_kept_of_this_report_is_an_earlier_run(tmp_path: Path) -> None:
    for name in (
        "polyv-audit",
        "polyv-audit-2026-11-20T030000Z",
        "polyv-audit-brand",
        "polyv-audit-brand-2026-11-20T030000Z",
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    assert len(earlier_reports(str(tmp_path / "polyv-audit.json"))) == 2
    # Of a directory, the latest of each.
    assert len(read_reports(str(tmp_path))) == 2
