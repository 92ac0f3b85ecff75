"""Which fields of data are secrets, by their names."""

from __future__ import annotations

import pytest

from ansible_collections.polyv.live.plugins.module_utils._options.secret_names import SecretFields

# Those of docs/api.md, and how others would call theirs.
SECRET = (
    "appSecret app_secret secretKey customKey custom_key externalKey directKey authCode auth_code channelPasswd passwd password "
    "seminarHostPassword sign Sign userSign token accessToken access_token key streamKey pushKey signature"
)
# Ids, flags, texts and names that only look similar.
NO_SECRET = (
    "appId channelId userId code design assign monkey keyword keywords tokenEnabled authType authSettings signEnabled "
    "passed compass passwordEnabled customUri keyCount stream"
)


@pytest.mark.parametrize("name", SECRET.split())
def test_a_secret_is_told_by_its_name(name: str) -> None:
    assert SecretFields().hidden([{name: "x1"}]) == [{name: "********"}]
    assert list(SecretFields().values({"a": [{name: 12}]})) == ["12"]


@pytest.mark.parametrize("name", NO_SECRET.split())
def test_what_only_looks_similar_is_none(name: str) -> None:
    assert SecretFields().hidden({name: "x1"}) == {name: "x1"}


def test_more_names_hide_whole_structures_and_flags_stay() -> None:
    fields = SecretFields(["Phone"])
    data = {"PHONE": ["1", {"a": 2}], "password": None, "token": True, "sign": "", "authCode": "N"}
    assert fields.hidden(data) == {**data, "PHONE": "********"}
    assert list(fields.values(data)) == ["1", "2"]


@pytest.mark.parametrize("more", [None, "phone", 7, [1, None, {}]])
def test_names_that_are_none_are_no_reason_to_fail(more: object) -> None:
    assert SecretFields(more).hidden({"phone": "1", "token": "2"}) == {"phone": "1", "token": "********"}
