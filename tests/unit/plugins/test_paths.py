"""Where a path of an accounts file leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError
from ansible_collections.polyv.live.plugins.plugin_utils._paths import from_working_directory


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, beside the one where paths began before."""
    for name in ("here", "before"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "here"


def place(given: str) -> str:
    return from_working_directory(given, lambda path: f"../before/{path}")


@pytest.mark.parametrize("both", [True, False])
def test_a_relative_path_starts_at_the_working_directory(here: Path, both: bool) -> None:
    (here / "a.yml").touch()
    if both:
        (here.parent / "before/a.yml").touch()
    assert place("a.yml") == place("x/../a.yml") == str(here / "a.yml")


def test_where_nothing_lies_the_path_is_still_the_new_one(here: Path) -> None:
    assert place("a.yml") == str(here / "a.yml")


@pytest.mark.parametrize("given", ["~/a.yml", "$HOME/a.yml", "{}/home/a.yml"])
def test_an_absolute_path_is_left_alone(here: Path, given: str) -> None:
    assert place(given.format(here.parent)) == str(here.parent / "home/a.yml")


@pytest.mark.parametrize("given", ["a\0b", "/a\nb", "a\ud800"])
def test_what_can_be_no_path_is_an_error(given: str) -> None:
    with pytest.raises(CredentialsError, match=r"accounts_file: got .* holds U\+"):
        place(given)
