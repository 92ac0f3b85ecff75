"""What docs/api.md leaves open about the settings: whatever the API answers, a second run finds nothing to do."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

from simulator.switches import SWITCHES, Choice

pytestmark = pytest.mark.either_way

USER = ACCOUNT["user_id"]
URL, URI = "https://hooks.example.com/cb?a=1", "https://login.example.com/login"
PNG = b"\x89PNG\r\n\x1a\n"

# Answers that don't depend on each other, together: a run costs more than an answer.
ANSWERS: dict[str, dict[str, str]] = {
    "as documented": {
        name: str(switch.default) for name, switch in SWITCHES.items() if isinstance(switch, Choice)
    },
    "numbers as text, unset as empty text": {
        "channel_id_type": "string",
        "price_type": "string",
        "unset_text": "empty",
        "weixin_unset": "null",
        "write_data": "empty",
        "verify_empty_in_sign": "skip",
        "verify_blank_in_sign": "skip",
        "sha256_signs_method": "yes",
        "error_http_status": "code",
        "page_totals": "none",
        "page_size_over": "clamp",
        "optional_fields": "missing",
    },
    "unset left out": {
        "unset_text": "missing",
        "weixin_unset": "missing",
        "write_data": "true",
        "weixin_read_get": "rejected",
        "record_callback_empty": "clear",
        "verify_empty_in_sign": "include",
        "verify_blank_in_sign": "include",
        "sha256_signs_method": "no",
        "image_check": "content",
        "page_totals": "all",
        "channel_id_zeros": "text",
        "good_fields": "any",
    },
    "success in so many words": {"write_data": "success", "v4_error_code": "own", "not_digit_shows": "value"},
    "writes do more than asked": {
        "write_data": "count",
        "oauth_switches_auth_type": "yes",
        "oauth_switches_enabled": "yes",
        "oauth_key": "change",
        "oauth_rank": "custom",
        "oauth_follows_shows": "channel",
        "cash_min_name": "both",
        "cash_good_exclusive": "yes",
        "good_image_part": "goodImg",
    },
    "the new backend, where old writes work": {"backend": "new", "legacy_on_new": "works"},
}
# Answers under which a value does not show, or is refused: below, and in test_read_back.py.
WITHOUT_CONVERGENCE = {
    ("oauth_rank", "2"),
    ("cash_min_name", "casnMin"),
    ("good_image_part", "numbered"),
    ("good_image_part", "indexed"),
    ("good_fields", "numbered"),
    ("write_effect", "never"),
    ("legacy_on_new", "ignored"),
    ("legacy_on_new", "refused"),
}
# Of other modules, or tried in test_failures.py and in test_clock.py.
OTHER_TESTS = (
    "custom_user_",
    "signature_error_code",
    "expired_timestamp",
    "channel_create_",
    "channel_keyword",
    "channel_desc",
    "new_channel_",
    "start_time_unset",
    "basic_get_fields",
    "function_switches_",
    "auth_update_",
    "set_auth_type_",
    "global_auth_",
    "recording_",
    "sub_account_",
    "group_user_",
)


@pytest.fixture
def image(playbooks: Playbooks) -> str:
    """The path of a small image."""
    path = playbooks.directory / "flower.png"
    path.write_bytes(PNG)
    return str(path)


def warnings_of(result: Result) -> str:
    return " ".join(result.data.get("warnings", []))


def oauth(name: str, channel: str) -> dict[str, Any]:
    return {"name": name, "polyv.live.polyv_oauth_custom": {"custom_uri": URI, "channel_id": channel}}


def donate(name: str, channel: str, **options: Any) -> dict[str, Any]:
    return {"name": name, "polyv.live.polyv_donate": {"channel_id": channel, **options}}


def callback(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, "polyv.live.polyv_record_callback": options}


def settings(image: str) -> list[dict[str, Any]]:
    """Every setting, with something to change on the seed's account."""
    good = {"name": "鲜花", "price": "66.60", "image": image}
    everywhere = {"custom_uri": URI, "all_channels": True}
    return [
        {"name": "weixin_share", "polyv.live.polyv_weixin_share": {"url": URL}},
        {"name": "oauth_custom", "polyv.live.polyv_oauth_custom": everywhere},
        donate("cash", CHANNEL, type="cash", cash_min="5.50"),
        donate("goods", OTHER_CHANNEL, type="good", goods=[good]),
        callback("record_callback", url=URL),
    ]


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_the_first_run_changes_everything_and_the_second_nothing(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], image: str, answers: dict[str, str]
) -> None:
    simulator.switch(**answers)
    off = callback("record_callback off", state="absent")
    first, second = [*settings(image), off], [*settings(image)[:-1], off]
    run = playbooks.tasks(*first, *second, defaults=account)
    assert run.returncode == 0, run.output
    assert [(result.task, result.changed) for result in run.results] == [
        *((task["name"], True) for task in first),
        *((task["name"], False) for task in second),
    ]
    assert "still shows" not in run.words


def test_every_answer_of_every_switch_is_given() -> None:
    given = {(name, value) for answers in ANSWERS.values() for name, value in answers.items()}
    concerned = {
        (name, value)
        for name, switch in SWITCHES.items()
        if isinstance(switch, Choice) and not name.startswith(OTHER_TESTS)
        for value in switch.values
    }
    assert concerned - given == WITHOUT_CONVERGENCE


@pytest.mark.parametrize("auth_type", ["no", "yes"])
@pytest.mark.parametrize("enabled", ["no", "yes"])
def test_custom_authorization_that_a_write_leaves_off_is_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], auth_type: str, enabled: str
) -> None:
    simulator.switch(oauth_switches_auth_type=auth_type, oauth_switches_enabled=enabled)
    result = playbooks.tasks(oauth("change", OTHER_CHANNEL), defaults=account).result("change")
    (channel,) = result.data["channels"]
    assert channel["auth_type"] == ("custom" if auth_type == "yes" else None)
    assert channel["enabled"] is (enabled == "yes")
    active = auth_type == enabled == "yes"
    assert ("is not the active watch condition" not in warnings_of(result)) is active


def test_a_follower_that_shows_its_own_value_converges_with_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(oauth_follows_shows="channel")
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "global_settings": "Y"}])
    run = playbooks.tasks(oauth("first", CHANNEL), oauth("second", CHANNEL), defaults=account)
    assert [result.changed for result in run.results] == [True, False]
    for result in run.results:
        assert "follows the settings of the account" in warnings_of(result)


def test_a_minimum_that_nobody_asked_for_converges_under_either_spelling(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(cash_min_name="casnMin")
    task = donate("first", CHANNEL, type="cash")
    run = playbooks.tasks(task, {**task, "name": "second"}, defaults=account)
    assert [result.changed for result in run.results] == [True, False]


@pytest.mark.parametrize(
    "switch", [{"good_image_part": "numbered"}, {"good_image_part": "indexed"}, {"good_fields": "numbered"}]
)
def test_fields_that_the_api_wants_otherwise_fail_with_its_message(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], image: str, switch: dict[str, str]
) -> None:
    simulator.switch(**switch)
    task = settings(image)[3]
    result = playbooks.tasks(task, defaults=account).result("goods")
    assert result.status == "failed"
    assert "打赏道具的信息不能为空" in result.data["msg"]
    assert simulator.writes() == ["setDonate"], "a refusal is final"


def test_types_that_exclude_each_other_warn_on_every_run_of_both(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], image: str
) -> None:
    simulator.switch(cash_good_exclusive="yes")
    good = {"name": "鲜花", "price": 1, "image": image}
    both = [donate("cash", CHANNEL, type="cash"), donate("goods", CHANNEL, type="good", goods=[good])]
    run = playbooks.tasks(*both, *both, defaults=account)
    warned = ["switched the other type off" in warnings_of(result) for result in run.results]
    assert warned == [False, True, True, True]
