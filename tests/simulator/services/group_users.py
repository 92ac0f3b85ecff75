"""Accounts that a group account registers and reads with their keys (docs/api.md §7.7). There is no update and no delete."""

from collections.abc import Mapping
from typing import Any, Final

from .. import presentation
from ..accounts import Account, Item
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError
from ..json_values import Check, checked, email, integer, password, text
from ..pages import Paging, comma_separated, page
from ..seed_fields import Fields, SeedError

_PAGING: Final = Paging("pageNumber", 10, 100)
_MOST_EMAILS: Final = 100
_EMAILS_OF_A_PHONE: Final = 3
_STATUSES: Final = ("normal", "expired", "frozen")
_REQUIRED: Final = ("email", "password", "contacts", "phone", "maxChannels")
_CHECKS: Final[Mapping[str, Check]] = {
    "email": email,
    "password": password(8, 32),
    "contacts": text(1),
    "phone": text(1),
    "maxChannels": integer(0),
    "minutes": integer(0),
    "concurrent": integer(0),
    "linkMicMinutes": integer(0),
    "linkMicLimit": integer(0),
}
_PACKAGE: Final = ("minutes", "concurrent", "linkMicMinutes", "linkMicLimit")
_DEFAULTS: Final[Item] = {
    "status": "normal",
    "password": None,
    "contacts": None,
    "phone": None,
    **dict.fromkeys(_PACKAGE),
}
#: What a group account lists, in the read lag; not a setting.
_USERS: Final = "group users"


def _seeded_profile(fields: Fields, key: str) -> Item | None:
    """What a group account knows of an account; None for an account of no group."""
    if fields.get(key) is None:
        return None
    where = f"{fields.where}, {key}"
    profile = {**_DEFAULTS, **Fields(fields.get(key), where, _DEFAULTS).given}
    if profile["status"] not in _STATUSES:
        raise SeedError(f"{where}: status can't be {profile['status']!r}")
    return profile


ACCOUNT_FIELDS = {"group_account": Fields.flag, "group_user": _seeded_profile}


def create(call: Call) -> Any:
    """Register an account, which can sign calls at once."""
    _require_group(call)
    sent = checked(call.json_object(), _CHECKS, _REQUIRED)
    user = _known(call, sent["email"]) or _registered(call, sent)
    return {"appId": user.app_id, "appSecret": user.app_secret, "userId": user.user_id}


def package_list(call: Call) -> Any:
    """One page of the group's accounts with their keys, all or those of some addresses."""
    _require_group(call)
    wanted = comma_separated(call, "emails", _MOST_EMAILS)
    users: list[Account] = call.shown(call.account, _USERS, _users(call))
    found = [user for user in users if not wanted or user.email in wanted]
    if wanted and not found and call.switches["group_user_absent"] == "error":
        raise ApiError("用户不存在")
    return page(call, _PAGING, found, _shown)


def _require_group(call: Call) -> None:
    if call.account.settings["group_account"] == "N":
        raise ApiError("找不到集团账号")


def _users(call: Call) -> list[Account]:
    """The accounts that the calling one registered, the oldest first."""
    return [
        user
        for user in call.accounts
        if user.owner == call.account.user_id and user.settings["group_user"] is not None
    ]


def _known(call: Call, address: str) -> Account | None:
    """The account to return for a known address; None to register one.

    The answer is open; an address of somebody else's account is always an error.
    """
    if not call.accounts.with_email(address):
        return None
    own = [user for user in _users(call) if user.email == address]
    answer = call.switches["group_user_duplicate"]
    if answer == "error" or not own:
        raise ApiError("email already exists")
    return own[0] if answer == "success" else None


def _registered(call: Call, sent: Mapping[str, Any]) -> Account:
    users = _users(call)
    addresses = {user.email for user in users if _profile(user)["phone"] == sent["phone"]} | {sent["email"]}
    if len(addresses) > _EMAILS_OF_A_PHONE:
        raise ApiError("一个手机号最多绑定3个邮箱")
    return call.register(
        {
            "user_id": presentation.random_id(10),
            "app_id": presentation.random_id(10),
            "app_secret": presentation.random_id(32),
            "email": sent["email"],
            "owner": call.account.user_id,
            "max_channels": sent["maxChannels"],
            "group_user": {name: sent[name] for name in _DEFAULTS if name in sent},
        },
        _USERS,
        users,
    )


def _profile(user: Account) -> Item:
    profile: Item = user.settings["group_user"]
    return profile


def _shown(user: Account) -> Item:
    profile = _profile(user)
    return {
        "userId": user.user_id,
        "appId": user.app_id,
        "appSecret": user.app_secret,
        "email": user.email,
        "status": profile["status"],
        "maxChannels": user.settings["max_channels"],
        **{name: profile[name] for name in _PACKAGE},
    }


ENDPOINTS = (
    Endpoint("group-user-package-list", "read", "GET", "v4/group/user/package/list", package_list),
    Endpoint("group-user-create", "write", "POST", "v4/group/user/create", create),
)
