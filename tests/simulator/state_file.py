"""Keeping the accounts in a file, so that they survive a restart."""

import json
import os
import tempfile
from pathlib import Path

from .accounts import Accounts
from .seed import SeedReader, dump
from .seed_fields import SeedError


class StateFile:
    """A JSON document in the seed's schema; readable by its owner only, since it holds secrets."""

    def __init__(self, path: Path, reader: SeedReader) -> None:
        self._path = path
        self._reader = reader

    def load(self) -> Accounts | None:
        """The accounts of an earlier run; None on the first."""
        if not self._path.exists():
            return None
        try:
            return self._reader.read(json.loads(self._path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise SeedError(f"{self._path}: {error}") from error

    def save(self, accounts: Accounts) -> None:
        """Replace the file in one step: a reader never sees half of it."""
        descriptor, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(dump(accounts), file, ensure_ascii=False)
        Path(temporary).replace(self._path)
