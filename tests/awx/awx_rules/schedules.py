"""Schedules: recurrence rules and the prompts that a schedule stores."""

from __future__ import annotations

import re
import warnings
from datetime import UTC
from typing import Any

from dateutil.rrule import rruleset, rrulestr

from .fields import Body, Errors, check_name, parse_variables
from .launches import check_prompt_fields
from .objects import JobTemplate
from .prompts import accept_or_ignore

START = re.compile(r"DTSTART(?:;[^:]+)?:[0-9]+T[0-9]+Z?")
NAIVE_START = re.compile(r"DTSTART:[0-9]+T[0-9]+ ")
RULE = re.compile(r"RULE:[^\s]*")
NUMBERED_DAY = re.compile(r"BYDAY[:=][0-9]+[a-zA-Z]{2}")
COUNT = re.compile(r"COUNT=([0-9]+)")
MAX_COUNT = 999


def rrule_complaints(text: str) -> list[str]:
    """What AWX says about a recurrence rule."""
    for word in ("EXDATE", "RDATE"):
        if f"{word.lower()}:" in text.lower():
            return [f"{word} not allowed in rrule."]
    complaints = _start_complaints(text)
    for rule in RULE.findall(text):
        complaints += _rule_complaints(rule)
    failure = _parse_failure(text)
    return complaints + ([f"rrule parsing failed validation: {failure}"] if failure else [])


def _start_complaints(text: str) -> list[str]:
    """One start with a time zone, and at least one rule."""
    complaints = []
    starts = START.findall(text)
    if not starts:
        complaints.append(
            "Valid DTSTART required in rrule. Value should start with: DTSTART:YYYYMMDDTHHMMSSZ"
        )
    if NAIVE_START.search(text):
        complaints.append("DTSTART cannot be a naive datetime.  Specify ;TZINFO= or YYYYMMDDTHHMMSSZZ.")
    if len(starts) > 1:
        complaints.append("Multiple DTSTART is not supported.")
    if "rrule:" not in text.lower():
        complaints.append("One or more rule required in rrule.")
    return complaints


def _rule_complaints(rule: str) -> list[str]:
    """What one rule must and must not say."""
    complaints = []
    if "interval" not in rule.lower():
        complaints.append(f"INTERVAL required in rrule: {rule}")
    elif "secondly" in rule.lower():
        complaints.append(f"SECONDLY is not supported: {rule}")
    if NUMBERED_DAY.search(rule):
        complaints.append(f"BYDAY with numeric prefix not supported: {rule}")
    if "COUNT" in rule and "UNTIL" in rule:
        complaints.append(f"RRULE may not contain both COUNT and UNTIL: {rule}")
    count = COUNT.search(rule)
    if count and int(count[1]) > MAX_COUNT:
        complaints.append(f"COUNT > 999 is unsupported: {rule}")
    return complaints


def _parse_failure(text: str) -> str | None:
    """Why the rule cannot be read; an end without a time zone gets one first, as AWX gives it one."""
    until_in_utc = re.sub(r"(UNTIL=[0-9]+T[0-9]+)(?![0-9Z])", r"\1Z", text)
    try:
        with warnings.catch_warnings():
            # The library warns of COUNT with UNTIL, which has its own complaint above.
            warnings.simplefilter("ignore", DeprecationWarning)
            rules: Any = rrulestr(until_in_utc, forceset=True, tzinfos={"UTC": UTC})
    except (ValueError, TypeError, AttributeError) as error:
        return str(error)
    return _zone_failure(rules)


def _zone_failure(rules: rruleset) -> str | None:
    """A rule without a start, or with one that lies in no time zone."""
    for rule in getattr(rules, "_rrule", []):
        if rule._dtstart.tzinfo is None:
            return "A valid TZID must be provided (e.g., America/New_York)"
    return None


def validate_schedule(body: Body, template: JobTemplate | None) -> Errors:
    """Check a schedule; ``template`` is None for what takes no prompts, such as a project update."""
    errors: Errors = {}
    check_name(errors, body)
    rrule = body.get("rrule")
    complaints = rrule_complaints(rrule) if isinstance(rrule, str) else ["This field is required."]
    if complaints:
        errors["rrule"] = complaints
    errors.update(check_prompt_fields(body))
    if errors or template is None:
        return errors
    return stored_prompt_errors(body, template)


def stored_prompt_errors(body: Body, template: JobTemplate, *, forgive_answers: bool = False) -> Errors:
    """Check the prompts that a schedule or a node stores, whose variables are called ``extra_data``."""
    variables, _complaint = parse_variables(body.get("extra_data") or {})
    # The API takes credentials of a stored launch at an address of their own, and ignores them here.
    given = {**body, "extra_vars": variables, "credentials": None}
    forgiven = ("required",) if forgive_answers else ()
    errors = accept_or_ignore(template, given, forgiven).errors
    if "extra_vars" in errors:
        errors["extra_data"] = errors.pop("extra_vars")
    return errors
