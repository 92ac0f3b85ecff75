"""The function switches of an account and of its channels, two layers of the same types (docs/api.md §7.4)."""

from collections.abc import Mapping
from typing import Any, Final

from .. import presentation
from ..accounts import Account, Channel
from ..call import Call
from ..endpoints import Endpoint
from ..json_values import flag, one_of
from ..seed_fields import Fields

#: The types, with the values that they have where nobody set them.
TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("isClosePreview", "closeChaterList", "closeDanmu"), "N"),
    **dict.fromkeys(("mobileWatch", "mobileAudio", "autoPlay", "booking", "redPack", "shareBtnEnabled"), "Y"),
    **dict.fromkeys(("chat", "consultingMenu", "praise", "welcome", "viewerSendImgEnabled"), "Y"),
}
_KEY: Final = "function_switches"


def _seeded_switches(fields: Fields, key: str) -> Mapping[str, str]:
    """Only what is set; the others have the values of `TYPES`."""
    switches = Fields(fields.get(key) or {}, f"{fields.where}, {key}", TYPES)
    return {name: switches.flag(name) for name in switches.given}


ACCOUNT_FIELDS = {_KEY: _seeded_switches}
CHANNEL_FIELDS = {_KEY: _seeded_switches}


def switch_get(call: Call) -> Any:
    """All switches of a channel; without `channelId` the account's. A type that nobody set may be missing."""
    written = call.read(_shown_holder(call, call.signed_channel()), _KEY)
    shows_all = call.switches["function_switches_shown"] == "all"
    shown = {**TYPES, **written} if shows_all else written
    return [{"type": name, "enabled": enabled} for name, enabled in shown.items()]


def _shown_holder(call: Call, channel: Channel | None) -> Account | Channel:
    """What a channel shows that follows its account is open: the switch `function_switches_follow`."""
    if channel is None:
        return call.account
    shows_account = call.switches["function_switches_follow"] == "account"
    return call.account if shows_account and call.followed(channel, "switch") == "Y" else channel


def switch_update(call: Call) -> Any:
    """Set one switch of a channel; without `channelId` the account's, and no channel changes."""
    holder = call.signed_channel() or call.account
    name = one_of(*TYPES)("type", call.required("type"))
    enabled = flag("enabled", call.required("enabled"))
    call.write(holder, _KEY, {**holder.settings[_KEY], name: enabled})
    return presentation.written(call.switches, True)


ENDPOINTS = (
    Endpoint("switch-get", "read", "GET", "v3/channel/switch/get", switch_get),
    Endpoint("switch-update", "write", "POST", "v3/channel/switch/update", switch_update),
)
