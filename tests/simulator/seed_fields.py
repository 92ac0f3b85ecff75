"""Reading single values of a seed; each complaint says where the value stands."""

from collections.abc import Collection
from typing import Any


class SeedError(ValueError):
    """The seed is not what README.md describes."""


class Fields:
    """One mapping of the seed, read field by field; `allowed` are its keys, None allows any."""

    def __init__(self, given: object, where: str, allowed: Collection[str] | None = None) -> None:
        if not isinstance(given, dict):
            raise SeedError(f"{where}: a mapping is needed, not {given!r}")
        unknown = sorted(str(key) for key in given if allowed is not None and key not in allowed)
        if unknown:
            raise SeedError(
                f"{where}: unknown key {unknown[0]!r}; allowed: {', '.join(sorted(allowed or ()))}"
            )
        self.given: dict[str, Any] = given
        self.where = where

    def get(self, key: str, default: Any = None) -> Any:
        """The value as it is; a null counts as given."""
        return self.given.get(key, default)

    def required(self, key: str) -> str:
        """A text that must be there. YAML reads some ids as numbers: they are taken as text."""
        value = self.optional(key)
        if not value:
            raise SeedError(f"{self.where}: {key} is required")
        return value

    def optional(self, key: str, default: str | None = None) -> str | None:
        """A text or null."""
        value = self.get(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise SeedError(f"{self.where}: {key} must be text, not {value!r}")
        return None if value is None else str(value)

    def flag(self, key: str, default: str = "N") -> str:
        """Y or N."""
        value = self.get(key, default)
        if isinstance(value, bool):
            return "Y" if value else "N"
        if value not in ("Y", "N"):
            raise SeedError(f"{self.where}: {key} must be Y or N, not {value!r}")
        return str(value)

    def entries(self, key: str) -> list[Any]:
        """A list; nothing given is the empty one."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise SeedError(f"{self.where}: {key} must be a list, not {value!r}")
        return value
