"""what the in-process action does to arguments, and around a result."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Context, Definition, Work
from ansible_collections.polyv.live.plugins.module_utils._secrets import ANSIBLE_MASKS, HIDDEN
from ansible_collections.polyv.live.plugins.plugin_utils._action.controller_files import replaced
from ansible_collections.polyv.live.plugins.plugin_utils._action.validation import Validation
from ansible_collections.polyv.live.plugins.plugin_utils._untagged import untagged

GOODS = (("goods", "image"),)
ACCOUNT = {"app_id": "a", "app_secret": "the secret"}


def never(context: Context) -> Work:
    raise AssertionError(context)


DEFINITION = Definition(
    options={
        "count": {"type": "int"},
        "word": {"type": "str", "no_log": True, "aliases": ["term"]},
        "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": "polyv.live"},
    },
    prepare=never,
)


class Text(str):
    """A `str` with something attached, as the tagged ones of ansible-core 2.19 are."""


class Vaulted:
    """Text in disguise, as a vaulted value is."""

    def __str__(self) -> str:
        return "opened"


def test_files_are_located_inside_lists() -> None:
    arguments = {"goods": [{"name": "x", "image": "a.png"}, {"image": "b.png"}], "image": "c.png"}
    assert replaced(arguments, GOODS, str.upper) == {
        "goods": [{"name": "x", "image": "A.PNG"}, {"image": "B.PNG"}],
        "image": "c.png",
    }
    assert arguments["goods"][0]["image"] == "a.png"  # type: ignore[index]


@pytest.mark.parametrize(
    "goods", [None, "text", 5, [], [None, "x", {"image": None}], {"image": " "}, {"image": 3}]
)
def test_what_is_not_of_the_expected_form_is_left_to_the_validation(goods: Any) -> None:
    assert replaced({"goods": goods}, GOODS, str.upper) == {"goods": goods}


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(json_values)
def test_plain_data_stays_what_it_is(value: Any) -> None:
    assert untagged(value) == value


def test_nothing_but_plain_types_is_left() -> None:
    found = untagged({Text("a"): [Text("b"), (Text("c"),), Vaulted()]})
    assert found == {"a": ["b", ["c"], "opened"]}
    assert {type(text) for text in (*found, *found["a"][:1], *found["a"][1], found["a"][2])} == {str}


def test_good_arguments_are_converted_and_completed() -> None:
    validation = Validation("polyv_x", DEFINITION, {**ACCOUNT, "count": "3"})
    assert validation.failure is None
    assert validation.parameters["count"] == 3
    assert validation.parameters["api_url"] == "https://api.polyv.net"


def test_both_names_of_an_option_warn_and_an_old_one_is_deprecated() -> None:
    validation = Validation(
        "polyv_x", DEFINITION, {**ACCOUNT, "word": "hidden", "term": "hidden", "old": "x"}
    )
    result = validation.finished({"changed": True}, with_invocation=False)
    assert result["warnings"] == ["Both option word and its alias term are set."]
    assert "old" in result["deprecations"][0]["msg"]


def test_keys_are_masked_wherever_they_stand_and_other_secrets_by_their_field() -> None:
    validation = Validation("polyv_x", DEFINITION, {**ACCOUNT, "word": "True"})
    result = validation.finished({"changed": True, "text": "True or the secret"}, with_invocation=True)
    assert result["changed"] is True
    # From ansible-core 2.22 on, Ansible masks what it shows, and results stay what they are.
    assert ("the secret" in str(result)) is ANSIBLE_MASKS
    assert "True" in result["text"]
    assert result["invocation"]["module_args"]["word"] == HIDDEN
