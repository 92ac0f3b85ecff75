"""Sub-accounts of an account, with their roles (docs/api.md §7.6)."""

from collections.abc import Mapping
from typing import Any, Final

from .. import errors, presentation
from ..accounts import Item
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError
from ..json_values import Check, checked, email, password, text
from ..pages import Paging, comma_separated, page
from ..seed_fields import Fields, SeedError

_PAGING: Final = Paging("pageNumber", 10)
_MOST_EMAILS: Final = 100
_ROLES: Final = ({"id": 1, "name": "管理员"}, {"id": 2, "name": "讲师"})
_ORGANIZATIONS: Final = ({"id": 10, "name": "总部"},)
_DETAILS: Final = ("telephone", "description")
_DEFAULTS: Final[Item] = {
    "childUserId": None,
    "childEmail": None,
    "childName": None,
    "password": None,
    "status": "NORMAL",
    "roleId": 1,
    "organizationId": None,
    "telephone": None,
    "description": None,
}
_REQUIRED: Final = ("childEmail", "childName", "password", "roleId")


def _id(_name: str, value: Any) -> int | str:
    """A number or a text: the pages don't say which."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise errors.invalid_parameters()
    return value


_CHECKS: Final[Mapping[str, Check]] = {
    "childEmail": email,
    "childName": text(1, 50),
    "password": password(8, 16),
    "roleId": _id,
    "organizationId": _id,
    "telephone": text(),
    "description": text(0, 100),
}


def _seeded(fields: Fields, key: str) -> list[Item]:
    where = f"{fields.where}, {key}"
    return [_seeded_item(Fields(given, where, _DEFAULTS)) for given in fields.entries(key)]


def _seeded_item(fields: Fields) -> Item:
    fields.required("childEmail")
    item = {**_DEFAULTS, "childUserId": presentation.random_id(10), **fields.given}
    if item["status"] not in ("NORMAL", "FROZEN", "DELETE"):
        raise SeedError(f"{fields.where}: status can't be {item['status']!r}")
    return item


def _named(*default: Item) -> Any:
    """A reader of a list of `{id, name}`."""

    def read(fields: Fields, key: str) -> list[Item]:
        return fields.entries(key) if key in fields.given else [dict(item) for item in default]

    return read


ACCOUNT_FIELDS = {
    "sub_accounts": _seeded,
    "sub_account_roles": _named(*_ROLES),
    "organizations": _named(*_ORGANIZATIONS),
}


def children_list(call: Call) -> Any:
    """One page of sub-accounts, all or those of some addresses."""
    wanted = comma_separated(call, "childEmail", _MOST_EMAILS)
    items = call.read(call.account, "sub_accounts")
    found = [item for item in items if not wanted or item["childEmail"] in wanted]
    return page(call, _PAGING, found, lambda item: _shown(call, item))


def _shown(call: Call, item: Item) -> Item:
    """All but the password."""
    return {
        "childUserId": item["childUserId"],
        "childEmail": item["childEmail"],
        "status": item["status"],
        **_reference(call, "role", item["roleId"], "sub_account_roles"),
        **presentation.with_texts(call.switches, {"childName": item["childName"]}),
        **(_details(call, item) if call.switches["sub_account_details"] == "shown" else {}),
    }


def _details(call: Call, item: Item) -> Item:
    """What no page promises of a read."""
    return {
        **_reference(call, "organization", item["organizationId"], "organizations"),
        **presentation.with_texts(call.switches, {name: item[name] for name in _DETAILS}),
    }


def _reference(call: Call, key: str, wanted: Any, kind: str) -> Item:
    """Id and name of a role or an organization. Their keys are open."""
    name = _name(call, kind, wanted)
    match call.switches["sub_account_references"]:
        case "nested":
            return {key: {"id": wanted, "name": name}}
        case "missing":
            return {}
    return {f"{key}Id": wanted, f"{key}Name": name}


def _name(call: Call, kind: str, wanted: Any) -> str | None:
    found = _entry(call, kind, wanted)
    return found["name"] if found else None


def _entry(call: Call, kind: str, wanted: Any) -> Item | None:
    entries: list[Item] = call.account.settings[kind]
    return next((entry for entry in entries if str(entry["id"]) == str(wanted)), None)


def role_list(call: Call) -> Any:
    """The roles that a sub-account may have."""
    return call.account.settings["sub_account_roles"]


def children_create(call: Call) -> Any:
    """Make a sub-account. What an address does that is listed as deleted is open."""
    sent = _with_known_ids(call, checked(call.json_object(), _CHECKS, _REQUIRED))
    others = call.account.settings["sub_accounts"]
    same = [item for item in others if item["childEmail"] == sent["childEmail"]]
    again = call.switches["sub_account_recreate"]
    if any(item["status"] != "DELETE" for item in same) or (same and again == "error"):
        raise ApiError("email already exists")
    if again == "replaced":
        others = [item for item in others if item not in same]
    made = {**_DEFAULTS, "childUserId": presentation.random_id(10), **sent}
    call.write(call.account, "sub_accounts", [*others, made])
    return presentation.written(call.switches, True)


def children_update(call: Call) -> Any:
    """Change what is sent of the sub-account with an address."""
    sent = _with_known_ids(call, checked(call.json_object(), _CHECKS, ("childEmail",)))
    item = _existing(call, sent["childEmail"])
    _replace(call, item, [{**item, **sent}])
    return presentation.written(call.switches, True)


def children_delete(call: Call) -> Any:
    """Delete a sub-account; parameters count only in the query (docs/api.md §6)."""
    given = call.parameters.query.get("childEmail", [""])[0]
    if not given:
        raise errors.empty_parameter("childEmail")
    item = _existing(call, given)
    stays_listed = call.switches["sub_account_deleted"] == "listed"
    _replace(call, item, [{**item, "status": "DELETE"}] if stays_listed else [])
    return presentation.written(call.switches, True)


def _with_known_ids(call: Call, sent: dict[str, Any]) -> dict[str, Any]:
    """Role and organization as the account has them."""
    for name, kind in (("roleId", "sub_account_roles"), ("organizationId", "organizations")):
        if name in sent:
            entry = _entry(call, kind, sent[name])
            if entry is None:
                raise errors.invalid_parameters()
            sent[name] = entry["id"]
    return sent


def _existing(call: Call, address: str) -> Item:
    for item in call.account.settings["sub_accounts"]:
        if item["childEmail"] == address and item["status"] != "DELETE":
            found: Item = item
            return found
    raise ApiError("not found user children")


def _replace(call: Call, old: Item, new: list[Item]) -> None:
    items = call.account.settings["sub_accounts"]
    position = items.index(old)
    call.write(call.account, "sub_accounts", [*items[:position], *new, *items[position + 1 :]])


ENDPOINTS = (
    Endpoint("children-list", "read", "GET", "v4/user/children/list", children_list),
    Endpoint("children-role-list", "read", "GET", "v4/user/children/role/list", role_list),
    Endpoint("children-create", "write", "POST", "v4/user/children/create", children_create),
    Endpoint("children-update", "write", "POST", "v4/user/children/update", children_update),
    Endpoint("children-delete", "write", "POST", "v4/user/children/delete", children_delete),
)
