"""Credentials: one set, from one source, never mixed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError
from ansible_collections.polyv.live.plugins.module_utils._options.credentials import (
    ENVIRONMENT,
    Credentials,
    resolved_credentials,
)

NAMES = tuple(ENVIRONMENT)
BLANKS = st.sampled_from(["", " ", "\t", "\n"])


def values(source: str) -> st.SearchStrategy[str]:
    """Values that show where they come from."""
    return st.text("0123456789", min_size=1, max_size=4).map(lambda digits: source + digits)


def sets(source: str) -> st.SearchStrategy[dict[str, str]]:
    """Whole sets, and any part of one, blanks included."""
    value = values(source)
    whole = st.fixed_dictionaries({"app_id": value, "app_secret": value}, optional={"user_id": value})
    return whole | st.dictionaries(st.sampled_from(NAMES), value | BLANKS)


def as_environment(given_values: dict[str, str]) -> dict[str, str]:
    return {ENVIRONMENT[name]: value for name, value in given_values.items()}


def found(options: dict[str, str], environ: dict[str, str]) -> Credentials | None:
    try:
        return resolved_credentials(options, as_environment(environ))
    except CredentialsError:
        return None


@given(sets("o"), sets("e"))
def test_no_set_is_ever_made_of_two_sources(options: dict[str, str], environ: dict[str, str]) -> None:
    credentials = found(options, environ)
    assume(credentials is not None)
    assert credentials is not None
    source = {"options": options, "environment": environ}[credentials.source]
    for name in NAMES:
        value = getattr(credentials, name)
        assert value == (source.get(name) if (source.get(name) or "").strip() else None)


@given(sets("o"), sets("e"))
def test_any_option_keeps_the_environment_out(options: dict[str, str], environ: dict[str, str]) -> None:
    assume(options)
    credentials = found(options, environ)
    assert credentials == found(options, {})


@given(sets("e"))
def test_a_blank_variable_is_the_same_as_none(environ: dict[str, str]) -> None:
    filled = {name: value for name, value in environ.items() if value.strip()}
    assert found({}, environ) == found({}, filled)


@given(sets("o"), sets("e"))
def test_there_are_credentials_exactly_where_app_id_and_secret_are_given(
    options: dict[str, str], environ: dict[str, str]
) -> None:
    if options:
        usable = all(value.strip() for value in options.values()) and {"app_id", "app_secret"} <= set(options)
    else:
        usable = all(environ.get(name, "").strip() for name in ("app_id", "app_secret"))
    assert (found(options, environ) is not None) == usable


@pytest.mark.parametrize("name", NAMES)
def test_an_option_of_none_is_not_given(name: str) -> None:
    environ = {"POLYV_APP_ID": "e1", "POLYV_APP_SECRET": "e2"}
    assert resolved_credentials({name: None}, environ) == Credentials("e1", "e2", None, "environment")


def test_the_secret_is_not_in_the_repr() -> None:
    assert "hidden" not in repr(resolved_credentials({"app_id": "a", "app_secret": "hidden"}, {}))
