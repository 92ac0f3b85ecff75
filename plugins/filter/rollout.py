# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of a rollout in batches: its record, which each batch extends, and the summary at its end.

The record is plain data, because Ansible carries it as a fact from batch to batch. What a batch adds is read once, at
its end: reading the variables of every account for every batch would grow with the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._setting_label import setting_label

DEFAULT_MAX_FAILED = 10.0

Record = dict[str, Any]


def rollout_record(
    everyone: Sequence[str], max_failed: Any = None, stop_on_failure: Any = False, check: bool = False
) -> Record:
    """The record of a rollout over these hosts. `max_failed` is a percentage, null or blank for the default."""
    return {
        "everyone": [str(host) for host in everyone],
        "max_failed": 0.0 if _yes(stop_on_failure) else _percentage(max_failed),
        "check": bool(check),
        "changed": {},
        "same": [],
        "skipped": [],
        "failed": {},
        "stopped": None,
        "over": False,
        "to_fail": {},
        "reported": False,
        "fail_batch": False,
    }


def rollout_batch(record: Mapping[str, Any], results: Mapping[str, Any]) -> Record:
    """The record with the results of one more batch, by host."""
    extended: Record = {
        **record,
        "changed": dict(record["changed"]),
        "same": list(record["same"]),
        "skipped": list(record["skipped"]),
        "failed": dict(record["failed"]),
    }
    for host, result in results.items():
        _enter(extended, str(host), result)
    extended["stopped"] = _reason_to_stop(extended)
    extended["over"] = bool(extended["stopped"]) or _tried(extended) >= len(extended["everyone"])
    extended["to_fail"] = _to_fail(extended, results)
    extended["reported"] = record["reported"] or bool(extended["to_fail"])
    extended["fail_batch"] = _fails_as_a_whole(extended, results)
    extended["entered"] = True
    return extended


def _enter(record: Record, host: str, result: Any) -> None:
    if not isinstance(result, Mapping):
        record["failed"][host] = {"reason": "there is no result for it", "changed": []}
    elif result.get("failed") or _unreachable(result):
        record["failed"][host] = {"reason": _reason(result), "changed": _changed_settings(result)}
    elif result.get("skipped"):
        record["skipped"].append(host)
    elif result.get("changed"):
        record["changed"][host] = _changed_settings(result)
    else:
        record["same"].append(host)


def _reason(result: Mapping[str, Any]) -> str:
    return " ".join(str(result.get("msg") or "the task failed without saying why").split())


def _changed_settings(result: Mapping[str, Any]) -> list[str]:
    return [setting_label(setting) for setting in result.get("settings") or [] if setting.get("changed")]


def _tried(record: Mapping[str, Any]) -> int:
    return sum(len(record[kind]) for kind in ("changed", "same", "skipped", "failed"))


def _reason_to_stop(record: Mapping[str, Any]) -> str | None:
    """Why no further batch may start; None as long as one may, or when none is left."""
    tried, failed = _tried(record), len(record["failed"])
    percentage = 100 * failed / tried if tried else 0.0
    if tried >= len(record["everyone"]) or percentage <= record["max_failed"]:
        return None
    return f"{failed} of {tried} accounts failed ({percentage:.3g} %), more than the {record['max_failed']:g} % allowed"


def _to_fail(record: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, str]:
    """The hosts that Ansible shall see as failed, and why, so that its recap and a retry name the right ones.

    None where the whole batch failed: Ansible would start no further batch and nobody would be left to sum up. Nor hosts
    that were not reached, which Ansible does not rescue.
    """
    failed = [host for host in results if host in record["failed"]]
    if len(failed) == len(results):
        return {}
    return {host: record["failed"][host]["reason"] for host in failed if not _unreachable(results[host])}


def _fails_as_a_whole(record: Mapping[str, Any], results: Mapping[str, Any]) -> bool:
    """Whether the last batch fails at the end: all of it did, or of those that failed before none could be reported."""
    everything = all(host in record["failed"] for host in results)
    return record["over"] and bool(record["failed"]) and (everything or not record["reported"])


def _unreachable(result: Any) -> bool:
    return isinstance(result, Mapping) and bool(result.get("unreachable"))


def _percentage(value: Any) -> float:
    text = "" if value is None else str(value).strip().rstrip("%").strip()
    if not text:
        return DEFAULT_MAX_FAILED
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise AnsibleFilterError(f"rollout_record: got {value!r}, must be a percentage from 0 to 100")
    return number


def _yes(value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in ("true", "yes", "1", "on", "false", "no", "0", "off", "none", ""):
        raise AnsibleFilterError(f"rollout_record: got {value!r}, must be yes or no")
    return text in ("true", "yes", "1", "on")


class FilterModule:
    """Ansible's way to find the filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by name."""
        return {"rollout_record": rollout_record, "rollout_batch": rollout_batch}
