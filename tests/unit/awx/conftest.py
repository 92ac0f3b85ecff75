"""The objects of `awx/` as Ansible renders them, and the collection awx.awx, whose argument specs they must fit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from awx_declared import ACCOUNTS, FULL_SETTINGS, REPOSITORY_SETTINGS, ROOT, Declared, Lists, render
from fetch_awx_collection import DEFAULT_DIRECTORY, fetch


@pytest.fixture(scope="session")
def collection() -> Path:
    """The collection's directory; it is fetched once where it is not there."""
    return fetch(Path(os.environ.get("AWX_COLLECTION_DIR", ROOT / DEFAULT_DIRECTORY)))


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Lists]:
    """All lists with every optional part and every secret in use."""
    directory = tmp_path_factory.mktemp("full")
    (directory / "accounts.yml").write_text(ACCOUNTS)
    environ = {
        "POLYV_ACCOUNTS_FILE": str(directory / "accounts.yml"),
        "POLYV_APP_ID": "g4rqgmmjuo",
        "POLYV_APP_SECRET": "se{{ cr }}et",
        "POLYV_AWX_ONBOARDING_HOST": "https://awx.example.com",
        "POLYV_AWX_ONBOARDING_TOKEN": "t",
    }
    return render(directory, FULL_SETTINGS, environ)


@pytest.fixture(scope="session")
def full(rendered: Mapping[str, Lists]) -> Declared:
    """What an operator gets who asks for everything."""
    return Declared(rendered["apply"])


@pytest.fixture(scope="session")
def least(tmp_path_factory: pytest.TempPathFactory) -> Declared:
    """What an operator gets who says no more than needed."""
    return Declared(render(tmp_path_factory.mktemp("least"), REPOSITORY_SETTINGS, {})["apply"])


@pytest.fixture(params=["least", "full"])
def declared(request: pytest.FixtureRequest) -> Declared:
    """Each of them."""
    found: Declared = request.getfixturevalue(request.param)
    return found
