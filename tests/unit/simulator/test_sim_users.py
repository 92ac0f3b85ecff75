"""Sub-accounts and group accounts: what is refused, and each answer to what is open."""

from typing import Any

import pytest
from unit.simulator.support import USER_ID, Api, data, error

_CHILDREN = "v4/user/children"
_EMAIL = "c@example.com"
_CHILD = {"childEmail": _EMAIL, "childName": "C", "password": "secret12", "roleId": "2"}
_GROUP = "v4/group/user"
_ADDRESS = "g@example.com"
_USER = {"email": _ADDRESS, "password": "secret12", "contacts": "G", "phone": "1", "maxChannels": 3}
_INVALID, _EXISTS = "param validate error", "email already exists"


def _create(api: Api, **more: Any) -> tuple[int, str]:
    return error(api.post_json(f"{_CHILDREN}/create", {**_CHILD, **more}))


def _children(api: Api, **query: str) -> list[dict[str, Any]]:
    contents: list[dict[str, Any]] = data(api.get(f"{_CHILDREN}/list", **query))["contents"]
    return contents


def _register(api: Api, **more: Any) -> Any:
    return api.post_json(f"{_GROUP}/create", {**_USER, **more})


@pytest.fixture
def group(api: Api) -> Api:
    """The test account as a group account."""
    api.alter(USER_ID, group_account="Y")
    return api


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"childEmail": "x"}, "param length is incorrect: childEmail"),
        ({"childEmail": "xxx"}, _INVALID),
        ({"childName": "x" * 51}, "param length is incorrect: childName"),
        ({"password": "secret1"}, "param length is incorrect: password"),
        ({"password": "secretsecret"}, _INVALID),
        ({"roleId": None}, "param should not be empty: roleId"),
        ({"roleId": 99}, _INVALID),
        ({"organizationId": 99}, _INVALID),
        ({"description": "x" * 101}, "param length is incorrect: description"),
    ],
)
def test_refused_sub_accounts(api: Api, change: dict[str, Any], message: str) -> None:
    assert _create(api, **change) == (400, message)
    assert api.account(USER_ID)["sub_accounts"] == []


def test_a_sub_account_is_read_without_its_password(api: Api) -> None:
    assert _create(api, organizationId=10) == (200, "")
    assert _create(api) == (400, _EXISTS)
    change = {"childEmail": _EMAIL, "password": "secret34", "roleId": 1, "description": "d"}
    assert data(api.post_json(f"{_CHILDREN}/update", change)) is True
    (child,) = _children(api, childEmail=f"other@example.com,{_EMAIL}")
    assert (child["childName"], child["status"], child["description"]) == ("C", "NORMAL", "d")
    assert (child["roleName"], child["organizationName"]) == ("管理员", "总部")
    assert "password" not in child
    assert api.account(USER_ID)["sub_accounts"][0]["password"] == "secret34"
    assert _children(api, childEmail="other@example.com") == []


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("flat", {"roleId": 2, "roleName": "讲师", "organizationId": 10, "organizationName": "总部"}),
        ("nested", {"role": {"id": 2, "name": "讲师"}, "organization": {"id": 10, "name": "总部"}}),
        ("missing", {}),
    ],
)
def test_role_and_organization_of_a_sub_account(api: Api, keys: str, shown: dict[str, Any]) -> None:
    api.switch(sub_account_references=keys)
    _create(api, organizationId=10)
    (child,) = _children(api)
    assert {key: value for key, value in child.items() if key.startswith(("role", "organ"))} == shown


def test_limits_of_sub_account_lists(api: Api) -> None:
    many = ",".join(f"{number}@example.com" for number in range(101))
    assert error(api.get(f"{_CHILDREN}/list", childEmail=many)) == (400, _INVALID)
    assert error(api.get(f"{_CHILDREN}/list", pageSize="1001")) == (400, _INVALID)
    assert data(api.get(f"{_CHILDREN}/role/list"))[0] == {"id": 1, "name": "管理员"}


def test_a_delete_counts_in_the_query_only(api: Api) -> None:
    _create(api)
    refused = (400, "param should not be empty: childEmail")
    assert error(api.post(f"{_CHILDREN}/delete", childEmail=_EMAIL)) == refused
    assert error(api.post_json(f"{_CHILDREN}/delete", {"childEmail": _EMAIL})) == refused
    assert data(api.post_json(f"{_CHILDREN}/delete", None, childEmail=_EMAIL)) is True
    again = api.post_json(f"{_CHILDREN}/delete", None, childEmail=_EMAIL)
    assert error(again) == (400, "not found user children")
    update = api.post_json(f"{_CHILDREN}/update", {"childEmail": _EMAIL})
    assert error(update) == (400, "not found user children")


@pytest.mark.parametrize(
    ("recreate", "answer", "statuses"),
    [
        ("replaced", (200, ""), ["NORMAL"]),
        ("second", (200, ""), ["DELETE", "NORMAL"]),
        ("error", (400, _EXISTS), ["DELETE"]),
    ],
)
def test_a_deleted_sub_account_again(
    api: Api, recreate: str, answer: tuple[int, str], statuses: list[str]
) -> None:
    api.switch(sub_account_deleted="listed", sub_account_recreate=recreate)
    _create(api)
    data(api.post_json(f"{_CHILDREN}/delete", None, childEmail=_EMAIL))
    assert [child["status"] for child in _children(api)] == ["DELETE"]
    assert _create(api) == answer
    assert [child["status"] for child in _children(api)] == statuses


def test_no_group_account(api: Api) -> None:
    assert error(_register(api)) == (400, "找不到集团账号")
    assert error(api.get(f"{_GROUP}/package/list")) == (400, "找不到集团账号")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "x1" * 17}, "param length is incorrect: password"),
        ({"contacts": ""}, "param should not be empty: contacts"),
        ({"maxChannels": -1}, _INVALID),
        ({"email": "known@example.com"}, _EXISTS),
    ],
)
def test_refused_group_users(group: Api, change: dict[str, Any], message: str) -> None:
    assert error(_register(group, **change)) == (400, message)


def test_a_group_user_is_an_account_whose_keys_read_back(group: Api) -> None:
    made = data(_register(group, minutes=5))
    (shown,) = data(group.get(f"{_GROUP}/package/list", emails=_ADDRESS))["contents"]
    assert {name: shown[name] for name in made} == made
    assert (shown["status"], shown["maxChannels"], shown["minutes"]) == ("normal", 3, 5)
    account = group.account(made["userId"])
    assert (account["owner"], account["max_channels"], account["channels"]) == (USER_ID, 3, [])


def test_a_fourth_address_of_a_phone(group: Api) -> None:
    answers = [error(_register(group, email=f"{number}@example.com"))[0] for number in range(4)]
    assert answers == [200, 200, 200, 400]


@pytest.mark.parametrize(("answer", "accounts"), [("error", 1), ("success", 1), ("new", 2)])
def test_a_known_address(group: Api, answer: str, accounts: int) -> None:
    group.switch(group_user_duplicate=answer)
    first, second = data(_register(group)), _register(group)
    assert error(second) == ((400, _EXISTS) if answer == "error" else (200, ""))
    assert (second.json()["data"] == first) is (answer == "success")
    assert data(group.get(f"{_GROUP}/package/list"))["totalItems"] == accounts


def test_an_absent_address(group: Api) -> None:
    assert data(group.get(f"{_GROUP}/package/list", emails="no@example.com"))["contents"] == []
    group.switch(group_user_absent="error")
    assert error(group.get(f"{_GROUP}/package/list", emails="no@example.com")) == (400, "用户不存在")
    assert error(group.get(f"{_GROUP}/package/list", pageSize="101")) == (400, _INVALID)
    assert data(group.get(f"{_GROUP}/package/list"))["contents"] == []


def test_what_answers_success_and_has_no_effect(group: Api) -> None:
    group.switch(**{f"write_effect@{name}": "never" for name in ("group-user-create", "children-create")})
    assert set(data(_register(group))) == {"appId", "appSecret", "userId"}
    assert data(group.get(f"{_GROUP}/package/list"))["contents"] == []
    assert _create(group) == (200, "")
    assert _children(group) == []


def test_a_group_user_lags_like_other_writes(group: Api) -> None:
    group.switch(read_lag_reads=1)
    data(_register(group))
    read = [data(group.get(f"{_GROUP}/package/list"))["totalItems"] for _unused in range(2)]
    assert read == [0, 1]
