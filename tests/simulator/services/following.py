"""Which settings a channel takes from its account, and which backend it is on (docs/api.md §7.8)."""

from collections.abc import Mapping
from typing import Any, Final

from .. import errors, presentation
from ..call import Call
from ..endpoints import Endpoint
from ..json_values import flag, one_of
from ..seed_fields import Fields, SeedError

AREAS: Final = (
    "auth",
    "switch",
    "marquee",
    "restrict",
    "donate",
    "advert",
    "callback",
    "player",
    "watchtheme",
)
_BACKENDS: Final = (None, "old", "new")


def _seeded_backend(fields: Fields, key: str) -> str | None:
    """Nothing given leaves it to the account, and there to the switch `backend`."""
    backend = fields.optional(key)
    if backend not in _BACKENDS:
        raise SeedError(f"{fields.where}: {key} can't be {backend!r}; allowed: old, new")
    return backend


def _seeded_areas(fields: Fields, key: str) -> Mapping[str, str]:
    areas = Fields(fields.get(key) or {}, f"{fields.where}, {key}", AREAS)
    return {area: areas.flag(area) for area in areas.given}


ACCOUNT_FIELDS = {"backend": _seeded_backend}
CHANNEL_FIELDS = {"backend": _seeded_backend, "follows": _seeded_areas}


def update_global_enabled(call: Call) -> Any:
    """Let a channel follow its account in one area, or no longer; a channel of the new backend refuses."""
    channel = call.channel(call.required("channelId"))
    area = one_of(*AREAS)("globalEnabledType", call.required("globalEnabledType"))
    enabled = flag("enabled", call.required("enabled"))
    if call.on_new_backend(channel):
        raise errors.new_backend_refuses()
    call.write(channel, "follows", {**channel.settings["follows"], area: enabled})
    return presentation.written(call.switches, True)


ENDPOINTS = (
    Endpoint(
        "update-global-enabled",
        "write",
        "POST",
        "v3/channel/common/update-global-enabled",
        update_global_enabled,
    ),
)
