"""The form of arguments before Ansible converts them: every option of every module, whatever it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Definition
from ansible_collections.polyv.live.plugins.module_utils._engine.task import execute
from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._options.connection import COMMON_OPTIONS
from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import ACCOUNT
from ansible_collections.polyv.live.plugins.module_utils._settings.custom_user import CUSTOM_USER
from ansible_collections.polyv.live.plugins.module_utils._settings.donate.setting import DONATE
from ansible_collections.polyv.live.plugins.module_utils._settings.oauth_custom.setting import OAUTH_CUSTOM
from ansible_collections.polyv.live.plugins.module_utils._settings.record_callback import RECORD_CALLBACK
from ansible_collections.polyv.live.plugins.plugin_utils._action.argument_types import check_form
from ansible_collections.polyv.live.plugins.plugin_utils._action.validation import Validation

DEFINITIONS = [ACCOUNT, CUSTOM_USER, DONATE, OAUTH_CUSTOM, RECORD_CALLBACK]
CHANNEL = {"channel_id": "1"}
GOOD = {"name": "x", "price": 1, "image": "x.png"}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(
    [10**400, "9" * 5000, "1e99999999", "inf", "nan", -0.0, float("inf"), "\0", "\ud800", "{}", "[]", '{"url": 5}', "a=b"]
)  # fmt: skip
anything: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=5
)  # fmt: skip


def given_to(spec: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments with names of options, nested where options are, and anything in them."""
    values = {name: value_of(option) | anything for name, option in spec.items()}
    return st.fixed_dictionaries({}, optional=values)


def value_of(option: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "options" not in option:
        return anything
    inside = given_to(option["options"])
    return st.lists(inside | anything, max_size=3) if option["type"] == "list" else inside


# Credentials that sign, and an address where nobody answers: what is valid ends there.
NOWHERE = {
    "app_id": "a",
    "app_secret": "hush-hush",
    "user_id": None,
    "api_url": "http://127.0.0.1:9",
    "retries": 0,
    "rate_limit": 0,
}


@pytest.mark.parametrize("definition", DEFINITIONS)
@given(data=st.data(), connected=st.booleans())
def test_whatever_is_given_ends_in_a_failure_with_a_sentence(
    definition: Definition, data: st.DataObject, connected: bool
) -> None:
    warnings: list[str] = []
    drawn = data.draw(given_to({**COMMON_OPTIONS, **definition.options}))
    arguments = {**drawn, **NOWHERE} if connected else drawn
    try:
        check_form(definition, COMMON_OPTIONS, arguments)
        validation = Validation("polyv_x", definition, arguments)
        result = validation.failure or execute(
            definition, validation.parameters, check=False, hidden=False, environ={}, warn=warnings.append
        )
    except InputError as error:
        result = {"msg": error.msg, "failure": error.failure.as_dict()}
    assert result["failure"]["kind"] in ("invalid_input", "credentials", "unreachable")
    # A sentence of Ansible's own may quote a value of some thousand digits twice.
    assert len(result["msg"]) < 12_000


@pytest.mark.parametrize(
    ("definition", "arguments", "msg"),
    [
        (ACCOUNT, {"weixin_share": "x"}, "weixin_share: got a text, must be a mapping of its options"),
        (ACCOUNT, {"weixin_share": True}, "weixin_share: got the boolean true, must be a mapping"),
        (ACCOUNT, {"weixin_share": [{"url": "x"}]}, "weixin_share: got a list, must be a mapping"),
        (ACCOUNT, {"weixin_share": {5: "x"}}, "weixin_share: got a mapping, must be a mapping of its options"),
        (ACCOUNT, {"weixin_share": '{"url": [1]}'}, "weixin_share.url: got a list, must be a text"),
        (ACCOUNT, {"channels": 5}, "channels: got a number, must be a list"),
        (ACCOUNT, {"channels": "[]"}, "channels: got a text, must be a list"),
        (ACCOUNT, {"channels": CHANNEL}, "channels: got a mapping, must be a list"),
        (ACCOUNT, {"channels": [CHANNEL] * 10001}, "channels: got a list of 10001, must be at most 10000"),
        (ACCOUNT, {"channels": [CHANNEL, {"donate": 5}]}, "channels[1].donate: got a number, must be a mapping"),
        (ACCOUNT, {"channels": [{"donate": {"goods": [GOOD] * 10**6}}]}, "channels[0].donate.goods: got 1000000 goods, must be 1 to 3"),
        (ACCOUNT, {"channels": [{"donate": {"goods": [GOOD, {"image": 5}]}}]}, "channels[0].donate.goods[1].image: got 5, must be the path"),
        (DONATE, {"goods": [{"image": "\ud800"}]}, "goods[0].image: got '\\ud800', must be the path of a file, and no path has U+D800 HALF OF A PAIR"),
        (DONATE, {"cash_min": True}, "cash_min: got the boolean true, must be a text; put it in quotes"),
        (DONATE, {"cash_min": "\ud800"}, "cash_min: got half of a pair of characters at position 1, must be a text"),
        (DONATE, {"app_secret": "hush", "timeout": "hush"}, "timeout: got '********', must be a number"),
        (DONATE, {"app_secret": ["hush"]}, "app_secret: got a list, must be a text"),
        (DONATE, {"timeout": 10**400}, "timeout: got a number of hundreds of digits, must be a number"),
        (DONATE, {"timeout": [1]}, "timeout: got a list of 1, must be a number"),
        (DONATE, {"retries": True}, "retries: got True, must be a whole number"),
        (DONATE, {"retries": 1.5}, "retries: got 1.5, must be a whole number"),
        (DONATE, {"retries": "1e99999999"}, "retries: got '1e99999999', must be a whole number"),
        (CUSTOM_USER, {"mobile": 13800000000.0}, "mobile: got 13800000000.0, was read as a number"),
        (CUSTOM_USER, {"passwd": 12345678}, "passwd: got a number, must be a text: it was read as a number"),
        (CUSTOM_USER, {"name": 101}, "name: got a number, must be a text"),
        (CUSTOM_USER, {"industry": False}, "industry: got the boolean false, must be a text"),
        (CUSTOM_USER, {"not_found_messages": [None]}, "not_found_messages[0]: got null, must be a text"),
    ],
)  # fmt: skip
def test_what_no_option_can_be_is_refused_by_name(
    definition: Definition, arguments: dict[str, Any], msg: str
) -> None:
    with pytest.raises(InputError) as caught:
        check_form(definition, COMMON_OPTIONS, arguments)
    assert caught.value.msg.startswith(msg)
    assert "hush" not in caught.value.msg
    assert len(caught.value.msg) < 400


@pytest.mark.parametrize(
    ("definition", "arguments"),
    [
        (ACCOUNT, {"weixin_share": None, "channels": [{"channel_id": 2191532, "donate": {"cash_min": 0.5}}]}),
        (ACCOUNT, {"weixin_share": {"url": "x"}, "oauth_custom": {"all_channels": True}}),
        (
            DONATE,
            {
                "channel_id": 1,
                "goods": [GOOD],
                "timeout": "2.5",
                "retries": "3",
                "max_wait": 1,
                "user_id": 12,
            },
        ),
        (CUSTOM_USER, {"mobile": 13800000000, "sale_id": "7", "not_found_messages": "gone,away"}),
        (CUSTOM_USER, {"unknown": object()}),
    ],
)
def test_what_ansible_converts_without_loss_is_left_to_it(
    definition: Definition, arguments: dict[str, Any]
) -> None:
    check_form(definition, COMMON_OPTIONS, arguments)
