"""How values are shown where the vendor's pages disagree: ids, unset texts, prices, the data of a write."""

import secrets
import string
from collections.abc import Mapping
from typing import Any, Final

from .replies import NO_DATA
from .switches import Answers

_UNSET: Final[Mapping[str, Any]] = {"null": None, "empty": "", "missing": NO_DATA}
_WRITE_DATA: Final[Mapping[str, Any]] = {"empty": "", "success": "success", "true": True, "count": 1}


def channel_id(switches: Answers, value: str) -> int | str:
    """A channel id: a number on some pages, a string on others (docs/api.md §3)."""
    return value if switches["channel_id_type"] == "string" else int(value)


def price(switches: Answers, value: int | float) -> int | float | str:
    """An amount of money."""
    return str(value) if switches["price_type"] == "string" else value


def unset(form: str) -> Any:
    """An unset text in one of its forms; `missing` is only good for the data of an envelope."""
    return _UNSET[form]


def with_texts(switches: Answers, texts: Mapping[str, str | None]) -> dict[str, Any]:
    """Texts of which some may be unset: null, empty, or no key at all (docs/api.md §3)."""
    form = switches["unset_text"]
    shown = {name: text or unset(form) for name, text in texts.items()}
    return {name: value for name, value in shown.items() if value is not NO_DATA}


def optional(switches: Answers, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fields that only the vendor's own clients read, so that no page promises them (docs/api.md §5)."""
    return fields if switches["optional_fields"] == "shown" else {}


def written(switches: Answers, documented: Any) -> Any:
    """The data of a write that has nothing to tell (docs/api.md §3)."""
    return _WRITE_DATA.get(switches["write_data"], documented)


def random_id(length: int) -> str:
    """Letters and digits, like the ids, secrets and keys in the seeds' samples."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _unused in range(length))
