"""Recurrence rules of schedules."""

from __future__ import annotations

import re
from typing import Any

from dateutil.rrule import rrulestr

START = re.compile(r"DTSTART(?:;[^:]+)?:[0-9]+T[0-9]+Z?")
RULE = re.compile(r"RULE:[^\s]*")
NUMBERED_DAY = re.compile(r"BYDAY=[0-9]+[A-Z]{2}")
COUNT = re.compile(r"COUNT=([0-9]+)")
MAX_COUNT = 999


def rrule_complaints(text: str) -> list[str]:
    """Why AWX would refuse a recurrence: one start in a time zone, and rules with an interval."""
    complaints = [f"{word} is not allowed" for word in ("EXDATE", "RDATE") if f"{word}:" in text]
    if len(START.findall(text)) != 1:
        complaints.append("one DTSTART is needed")
    rules = RULE.findall(text)
    if not rules:
        complaints.append("a rule is needed")
    complaints += [line for rule in rules for line in _rule_complaints(rule)]
    return complaints or _parse_complaints(text)


def _rule_complaints(rule: str) -> list[str]:
    """What one rule must and must not say."""
    count = COUNT.search(rule)
    wrong = {
        "INTERVAL is needed": "INTERVAL" not in rule,
        "SECONDLY is not supported": "SECONDLY" in rule,
        "BYDAY takes no number": NUMBERED_DAY.search(rule),
        "COUNT and UNTIL exclude each other": count and "UNTIL" in rule,
        f"COUNT exceeds {MAX_COUNT}": count and int(count[1]) > MAX_COUNT,
    }
    return [complaint for complaint, found in wrong.items() if found]


def _parse_complaints(text: str) -> list[str]:
    """Whether the rule can be read, and its start lies in a time zone."""
    try:
        rule: Any = rrulestr(text)
    except (ValueError, TypeError) as error:
        return [str(error)]
    return [] if rule[0].tzinfo else ["DTSTART needs a time zone"]
