"""Hypothesis over every option of every module: whatever is given, a task answers with a result and shows no secret."""

from __future__ import annotations

import json
from typing import Any

import pytest
from harness.simulator import Simulator
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._engine.definition import Definition
from ansible_collections.polyv.live.plugins.module_utils._engine.task import execute
from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError
from ansible_collections.polyv.live.plugins.module_utils._options.connection import COMMON_OPTIONS
from ansible_collections.polyv.live.plugins.module_utils._settings.account.info.setting import ACCOUNT_INFO
from ansible_collections.polyv.live.plugins.module_utils._settings.account.setting import (
    ACCOUNT as ACCOUNT_SETTINGS,
)
from ansible_collections.polyv.live.plugins.module_utils._settings.api.call import API
from ansible_collections.polyv.live.plugins.module_utils._settings.custom_user import CUSTOM_USER
from ansible_collections.polyv.live.plugins.module_utils._settings.donate.setting import DONATE
from ansible_collections.polyv.live.plugins.module_utils._settings.group_user import GROUP_USER
from ansible_collections.polyv.live.plugins.module_utils._settings.oauth_custom.setting import OAUTH_CUSTOM
from ansible_collections.polyv.live.plugins.module_utils._settings.record_callback import RECORD_CALLBACK
from ansible_collections.polyv.live.plugins.module_utils._settings.sub_account.setting import SUB_ACCOUNT
from ansible_collections.polyv.live.plugins.module_utils._settings.weixin_share import WEIXIN_SHARE
from ansible_collections.polyv.live.plugins.plugin_utils._action.argument_types import check_form
from ansible_collections.polyv.live.plugins.plugin_utils._action.validation import Validation

from .conftest import Figures
from .scenarios import MORE, SCENARIOS

pytestmark = pytest.mark.timeout(900)

DEFINITIONS: dict[str, Definition] = {
    "polyv_weixin_share": WEIXIN_SHARE,
    "polyv_oauth_custom": OAUTH_CUSTOM,
    "polyv_donate": DONATE,
    "polyv_custom_user": CUSTOM_USER,
    "polyv_record_callback": RECORD_CALLBACK,
    "polyv_account": ACCOUNT_SETTINGS,
    "polyv_sub_account": SUB_ACCOUNT,
    "polyv_group_user": GROUP_USER,
    "polyv_account_info": ACCOUNT_INFO,
    "polyv_api": API,
}
EXAMPLES = 25
SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-0",
            "00",
            "true",
            "9" * 5000,
            "1e999",
            "nan",
            "\ud83d",
            "\x00",
            "\u200b1",
            "{{ 7 }}",
            "../x",
            "/dev/zero",
            "/",
            "http://127.1",
            "HTTP://a..com",
            "https://u:p@h/",
            "file:///etc/passwd",
            "a@b",
            "１２３",
        ]
    ),  # fmt: skip
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
#: What would make a run wait, by design: these stay as they are but for their own turn.
_CALM = {"retries": 0, "timeout": 0.5, "max_wait": 1, "rate_limit": 0}


def _own(definition: Definition) -> list[str]:
    return [*definition.options, *COMMON_OPTIONS]


CASES = [(module, option) for module, definition in DEFINITIONS.items() for option in _own(definition)]


@pytest.fixture
def way() -> str:
    """The validation and the task are called here, as both ways of running do."""
    return "worker"


@pytest.mark.parametrize(("module", "option"), CASES, ids=[".".join(case) for case in CASES])
def test_any_value_of_an_option_gives_a_result(
    simulator: Simulator, request: pytest.FixtureRequest, figures: Figures, module: str, option: str
) -> None:
    """Never an exception; a failure has its kind; the result can be sent as JSON; the secret is in none of it."""
    definition = DEFINITIONS[module]
    base = next(scenario for scenario in (*SCENARIOS, *MORE) if scenario.module == module).options(1)
    simulator.alter("1b448be323", group_account="Y")
    connection = {
        "app_id": "g4rqgmmjuo",
        "app_secret": SECRET,
        "user_id": "1b448be323",
        "api_url": simulator.url,
    }

    @seed(request.config.getoption("--campaign-seed"))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(value=_VALUES, check=st.booleans())
    def holds(value: Any, check: bool) -> None:
        arguments = {**connection, **_CALM, **base, option: value}
        try:
            check_form(definition, COMMON_OPTIONS, arguments)
        except PolyvError as error:
            assert error.failure.kind and error.msg
            return
        validation = Validation(f"polyv.live.{module}", definition, arguments)
        result = validation.failure or execute(
            definition,
            validation.parameters,
            check=check,
            hidden=True,
            environ={},
            warn=validation.warnings.append,
        )
        finished = validation.finished(result, with_invocation=False)
        text = json.dumps(finished, ensure_ascii=False)
        text.encode("utf-8")
        if finished.get("failed"):
            assert finished["failure"]["kind"] and finished["msg"], finished
        assert SECRET not in text

    holds()
    figures.count("values of options", EXAMPLES)
