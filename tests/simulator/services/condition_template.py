"""The watch conditions that new channels copy: exactly two, the primary and the secondary one (docs/api.md §7.3)."""

from typing import Any, Final

from .. import condition_fields, errors, presentation
from ..accounts import Account, Item
from ..call import Call
from ..endpoints import Endpoint
from ..json_values import checked, flag, one_of, text
from ..seed_fields import Fields, SeedError

_KEY: Final = "auth_template"
_NONE: Final = "none"
_PAIR: Final = 2
_MORE_TEXTS: Final = ("codeAuthTips",)
_DEFAULTS: Final[Item] = {"authEnabled": "N", "authType": _NONE, "privacyParam": []}
_LIMITS: Final = {
    **dict.fromkeys(("authCode", "customKey", "externalKey", "directKey", "whiteListEntryText"), 64),
    **dict.fromkeys(("customUri", "externalUri"), 128),
    "externalRedirectUri": 350,
    "externalEntryText": 24,
    "authTips": 20,
}
_CHECKS: Final = {
    **condition_fields.checks(_LIMITS, info_fields=10),
    "codeAuthTips": text(0, 20),
    "authEnabled": flag,
    "authType": one_of(*condition_fields.TYPES, _NONE),
    "privacyParamEnabled": flag,
    "privacyParam": text(),
}
_REQUIRED: Final = {**condition_fields.REQUIRED, "phone": ("authTips", "whiteListEntryText")}


def _seeded_template(fields: Fields, key: str) -> list[Item]:
    entries = fields.entries(key) or [{}, {}]
    if len(entries) != _PAIR:
        raise SeedError(f"{fields.where}: {key} must have two entries")
    where = f"{fields.where}, {key}"
    return [{**_DEFAULTS, **Fields(entry, where).given} for entry in entries]


ACCOUNT_FIELDS = {_KEY: _seeded_template}


def new_channel_conditions(account: Account) -> list[Item]:
    """The `auth` of a new channel: a copy of the template. A type none is one that nobody chose."""
    return [
        {
            **{name: value for name, value in item.items() if name not in (*_DEFAULTS, *_MORE_TEXTS)},
            "rank": rank,
            "enabled": item["authEnabled"],
            "authType": None if item["authType"] == _NONE else item["authType"],
        }
        for rank, item in enumerate(account.settings[_KEY], start=1)
    ]


def global_auth_get(call: Call) -> Any:
    """The template; `privacyParam` is a list here, unlike in the write."""
    return [
        condition_fields.shown(call.switches, item, _MORE_TEXTS) for item in call.read(call.account, _KEY)
    ]


def global_auth_update(call: Call) -> Any:
    """Change the template by a bare list of two; channels that exist are not touched.

    Whether what is left out stays is open: the switch `global_auth_update`.
    """
    given = call.parameters.json
    if (
        not isinstance(given, list)
        or len(given) != _PAIR
        or not all(isinstance(item, dict) for item in given)
    ):
        raise errors.invalid_parameters()
    stored = call.account.settings[_KEY]
    items = [_changed(call, old, checked(new, _CHECKS)) for old, new in zip(stored, given, strict=True)]
    on = {rank: item["authType"] for rank, item in enumerate(items, start=1) if item["authEnabled"] == "Y"}
    if condition_fields.conflict(on):
        raise errors.invalid_parameters()
    call.write(call.account, _KEY, items)
    return presentation.written(call.switches, True)


def _changed(call: Call, old: Item, sent: Item) -> Item:
    """One item as it becomes."""
    kept = old if call.switches["global_auth_update"] == "merge" else _DEFAULTS
    status, content = sent.pop("privacyParamEnabled", None), sent.pop("privacyParam", None)
    item = {**kept, **sent}
    if item["authEnabled"] == "Y":
        if item["authType"] == _NONE:
            raise errors.invalid_parameters()
        condition_fields.require(sent, _REQUIRED)
    return {**item, "privacyParam": _privacy(old, kept, item["authType"], status, content)}


def _privacy(old: Item, kept: Item, auth_type: str, status: str | None, content: str | None) -> list[Item]:
    """The privacy texts by type: a write concerns that of its own type, the others stay."""
    others = [entry for entry in old["privacyParam"] if entry["authType"] != auth_type]
    own = [entry for entry in kept["privacyParam"] if entry["authType"] == auth_type]
    if status is None and content is None:
        return [*others, *own]
    last = own[0] if own else {"status": "N", "content": ""}
    status, content = status or last["status"], last["content"] if content is None else content
    return [*others, {"authType": auth_type, "status": status, "content": content}]


ENDPOINTS = (
    Endpoint("global-auth-get", "read", "GET", "v4/global/auth/get", global_auth_get),
    Endpoint("global-auth-update", "write", "POST", "v4/global/auth/update", global_auth_update),
)
