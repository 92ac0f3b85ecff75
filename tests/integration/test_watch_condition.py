"""polyv_watch_condition on channels, run by ansible-playbook against the simulator."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_watch_condition"
READ, READ_ALL, WRITE, OFF = "auth-get", "list-detail", "auth-update", "set-auth-type"
USER = ACCOUNT["user_id"]
# Six digits that are part of the id of the channel.
CODE = CHANNEL[:6]
LOGIN = "https://login.example.com/polyv"
CUSTOM = {"type": "custom", "custom_uri": LOGIN, "custom_key": "k3y-of-ten"}


def task(name: str, **options: Any) -> dict[str, Any]:
    place = {} if {"channel", "all_channels"} & set(options) else {"channel_id": CHANNEL}
    return {"name": name, MODULE: {**place, **options}, "ignore_errors": True}


@pytest.mark.smoke
def test_check_change_and_no_change_with_a_code_that_is_part_of_the_channels_id(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    asked = {"primary": {"type": "code", "auth_code": CODE}}
    run = playbooks.tasks(
        task("check", **asked) | {"check_mode": True},
        task("change", **asked),
        task("same", **asked),
        defaults=account,
        options=["--diff", "-vvv"],
    )
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("change", True),
        ("same", False),
    ]
    assert simulator.calls() == [READ, READ, WRITE, READ, READ]
    (write,) = simulator.requests(WRITE)
    assert write["query"]["channelId"] == [CHANNEL]
    assert write["json"] == {
        "authSettings": [{"rank": 1, "enabled": "Y", "authType": "code", "authCode": CODE}]
    }
    for result in run.results:
        rows = result.data["watch_conditions"]
        assert [(row["channel_id"], row["rank"]) for row in rows] == [(CHANNEL, 1), (CHANNEL, 2)]
        assert "auth_code" not in rows[0]
    # Whatever is shown: the code never stands alone, and the id of the channel is whole.
    assert CHANNEL in run.everything
    assert CODE not in run.everything.replace(CHANNEL, "")
    assert run.result("check").data["diff"] == run.result("change").data["diff"]
    assert run.result("check").diff("after")["channels"][CHANNEL]["primary"]["auth_code"] == "(as asked for)"


TYPES: dict[str, dict[str, Any]] = {
    "public": {},
    "code": {"auth_code": "八个字码", "qcode_tips": "scan", "qcode_img": "https://x.example.com/q.png"},
    "phone": {"auth_tips": "tips", "white_list_entry_text": "enter"},
    "info": {
        "info_fields": [
            {"name": "姓名", "type": "name", "placeholder": "name"},
            {"name": "from", "type": "option", "options": ["A", "B"]},
            {"name": "phone", "type": "mobile", "sms": True},
        ],
        "info_auth_tips": "tips",
        "info_desc": "desc",
        "info_entry_text": "go",
    },
    "pay": {"pay_auth_tips": "pay", "price": "66.60", "watch_end_time": "2026-12-31 23:59"},
    "external": {
        "external_key": "external-key",
        "external_uri": "https://x.example.com/check?a=1",
        "external_redirect_uri": "https://x.example.com/no",
        "external_entry_text": "in",
    },
    "custom": {"custom_key": "0123456789", "custom_uri": LOGIN},
    "direct": {"direct_key": "direct-key"},
    "wx": {"wx_auth_expire_value": "3d"},
}
SECRETS = {"auth_code", "external_key", "custom_key", "direct_key"}


def test_every_type_is_set_with_its_fields_and_compared_within_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [
        task(f"{kind} {run}", primary={"type": kind, **fields}, return_secrets=run == "same")
        for kind, fields in TYPES.items()
        for run in ("change", "same")
    ]
    # A type alone: the values that are stored are those that the API needs.
    tasks.append(task("code again", primary={"type": "code"}))
    run = playbooks.tasks(*tasks, defaults=account)
    assert run.returncode == 0, run.output
    for kind, fields in TYPES.items():
        assert run.result(f"{kind} change").changed, kind
        same = run.result(f"{kind} same")
        assert not same.changed, kind
        row = same.data["watch_conditions"][0]
        assert (row["type"], row["enabled"]) == (kind, True)
        for name in set(fields) - {"info_fields", "price"}:
            # From ansible-core 2.22 on, a long secret is masked in what callbacks get.
            allowed = (fields[name], "$REDACTED$") if name in SECRETS else (fields[name],)
            assert row[name] in allowed, (kind, name)
        assert SECRETS.isdisjoint(run.result(f"{kind} change").data["watch_conditions"][0])
    assert run.result("pay same").data["watch_conditions"][0]["price"] == "66.6"
    assert run.result("info same").data["watch_conditions"][0]["info_fields"][1]["options"] == ["A", "B"]
    assert simulator.requests(WRITE)[-1]["json"]["authSettings"][0]["authCode"] == "八个字码"
    assert simulator.writes() == [WRITE] * (len(TYPES) + 1)


def test_off_is_the_documented_way_and_the_secondary_condition_is_a_write_of_its_own(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    off = {"primary": {"enabled": False}, "secondary": {"enabled": False}}
    run = playbooks.tasks(
        task("both on", primary=CUSTOM, secondary={"type": "code", "auth_code": "123456"}),
        task("secondary off", secondary={"enabled": False}),
        task("secondary off again", secondary={"enabled": False}),
        task("both on again", primary=CUSTOM, secondary={"type": "code"}),
        task("off", **off),
        task("off again", **off),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, True, False, True, True, False]
    assert simulator.writes() == [WRITE, WRITE, WRITE, WRITE, OFF]
    sent = [write["json"]["authSettings"] for write in simulator.requests(WRITE)]
    assert sent[1] == sent[3] == [{"rank": 2, "enabled": "N"}]
    assert [row["enabled"] for row in run.result("off").data["watch_conditions"]] == [False, False]


@pytest.mark.parametrize(
    "answers",
    [
        {"set_auth_type_ranks": "first", "set_auth_type_shows": "none", "channel_id_type": "string"},
        {"set_auth_type_ranks": "both", "set_auth_type_shows": "kept", "unset_text": "missing"},
        {"backend": "new", "legacy_on_new@set-auth-type": "works", "unset_text": "empty"},
    ],
    ids=["first rank only", "both ranks", "new backend"],
)
def test_off_holds_whatever_the_api_shows_of_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], answers: dict[str, str]
) -> None:
    simulator.switch(**answers)
    run = playbooks.tasks(
        task("off", primary={"enabled": False}), task("same", primary={"enabled": False}), defaults=account
    )
    assert [result.changed for result in run.results] == [True, False]
    assert simulator.writes() == [OFF]


def test_a_channel_of_the_new_backend_may_refuse_to_be_switched_off(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(backend="new", **{"legacy_on_new@set-auth-type": "refused"})
    run = playbooks.tasks(task("off", primary={"enabled": False}), defaults=account)
    assert run.result("off").data["failure"]["kind"] == "forbidden"
    assert "new backend" in run.result("off").data["msg"]


def test_following_the_account_is_set_and_left_alone_where_nobody_asks(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    own = {"primary": CUSTOM, "follow_account": False}
    run = playbooks.tasks(
        task("follow", follow_account=True),
        task("follow again", follow_account=True),
        task("own", **own),
        task("own again", **own),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, False, True, False]
    assert simulator.writes() == ["update-global-enabled", "update-global-enabled", WRITE]
    assert run.result("own").data["watch_conditions"][0]["follows_account"] is False
    simulator.switch(backend="new")
    simulator.forget()
    run = playbooks.tasks(task("nothing asked", **own), task("asked", follow_account=True), defaults=account)
    assert run.result("nothing asked").status == "ok"
    assert "new backend does not take this setting" in run.result("asked").data["msg"]


def test_every_channel_is_written_by_itself_and_named_in_check_mode(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task("check", all_channels=True, primary=CUSTOM) | {"check_mode": True},
        task("change", all_channels=True, primary=CUSTOM),
        task("same", all_channels=True, primary=CUSTOM),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, True, False]
    assert set(run.result("check").diff("after")["channels"]) == {CHANNEL, OTHER_CHANNEL}
    assert [write["query"]["channelId"] for write in simulator.requests(WRITE)] == [
        [CHANNEL],
        [OTHER_CHANNEL],
    ]
    calls = [call for call in simulator.calls() if call != "get-info"]
    assert calls == [READ_ALL, READ_ALL, WRITE, WRITE, READ_ALL, READ_ALL]


def test_a_price_of_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    free = {"primary": {"type": "pay", "price": 0}}
    run = playbooks.tasks(
        task("paid", primary={"type": "pay", "price": 5}),
        task("free", **free),
        task("same", **free),
        defaults=account,
    )
    assert [result.changed for result in run.results] == [True, True, False]
    assert simulator.requests(WRITE)[1]["json"]["authSettings"][0]["price"] == "0"


def test_a_key_that_was_read_and_is_sent_again_shows_in_no_error(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    key = simulator.channel(USER, CHANNEL)["auth"][0]["customKey"]
    simulator.fault(WRITE, "envelope", code=400, message=f"param validate error: {key} is no key")
    refused = task("refused", primary={"type": "custom", "custom_uri": LOGIN})
    result = playbooks.tasks(refused, defaults=account).result("refused")
    assert simulator.requests(WRITE)[0]["json"]["authSettings"][0]["customKey"] == key
    assert result.status == "failed"
    assert key not in str(result.data)
    assert "is no key" in result.data["msg"]


def test_a_channel_that_refuses_does_not_stop_the_others(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(WRITE, "envelope", code=400, message="param validate error")
    every: dict[str, Any] = {"all_channels": True, "primary": CUSTOM}
    run = playbooks.tasks(task("refused", **every), task("again", **every), defaults=account)
    refused = run.result("refused")
    assert (refused.status, refused.changed) == ("failed", True)
    assert refused.data["failure"]["kind"] == "rejected"
    assert f"1 of 2 channels were not written: {CHANNEL}." in refused.data["msg"]
    assert [write["query"]["channelId"] for write in simulator.requests(WRITE)] == [
        [CHANNEL],
        [OTHER_CHANNEL],
        [CHANNEL],
    ]
    assert run.result("again").status == "ok"


def test_a_fault_that_concerns_every_channel_ends_the_task_at_once(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault(WRITE, "html", http_status=200, times=-1)
    every = task("broken", all_channels=True, primary=CUSTOM)
    result = playbooks.tasks(every, defaults={**account, "retries": 0}).result("broken")
    assert result.data["failure"]["kind"] == "unreadable"
    assert f"0 of 2 channels were written before channel {CHANNEL}; run again" in result.data["msg"]
    assert simulator.writes() == [WRITE]


def test_channels_that_follow_their_account_are_told_apart_from_those_that_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.alter(USER, channels=[{"channel_id": OTHER_CHANNEL, "global_settings": "Y"}])
    simulator.switch(**{"write_effect@auth-update": "never"})
    every = task("every", all_channels=True, primary=CUSTOM)
    result = playbooks.tasks(every, defaults=account).result("every")
    assert result.data["failure"]["kind"] == "not_applied"
    assert f"Follows its account: {OTHER_CHANNEL}. May need more time: {CHANNEL}." in result.data["msg"]


def test_a_write_that_never_shows_lists_the_channels(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(**{"write_effect@auth-update": "never"})
    modes = ("strict", "warn", "off")
    run = playbooks.tasks(
        *(task(mode, all_channels=True, primary=CUSTOM, verify_writes=mode) for mode in modes),
        defaults=account,
    )
    strict, warned, off = (run.result(mode) for mode in modes)
    assert [strict.changed, warned.changed, off.changed] == [True] * 3
    assert (strict.status, strict.data["failure"]["kind"]) == ("failed", "not_applied")
    assert f"May need more time: {CHANNEL}, {OTHER_CHANNEL}." in strict.data["msg"]
    assert "but still shows" in str(warned.data["warnings"])
    assert "but still shows" not in str(off.data.get("warnings"))
    assert CUSTOM["custom_key"] not in run.everything


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "primary: must be given, or secondary, or follow_account"),
    "no type": ({"primary": {"auth_code": "1"}}, "primary.type: must be given, or enabled must be false"),
    "none": ({"primary": {"type": "none"}}, "value of type must be one of"),
    "off with a type": (
        {"primary": {"type": "code", "enabled": False}},
        "primary.type: got 'code', must be left out",
    ),
    "foreign field": (
        {"primary": {"type": "public", "auth_code": "123456"}},
        "primary.auth_code: must be left out with type=public: it is a field of type=code",
    ),
    "long code": (
        {"primary": {"type": "code", "auth_code": "123456789"}},
        "primary.auth_code: got 9 characters, must be at most 8",
    ),
    "blank code": ({"primary": {"type": "code", "auth_code": " "}}, "primary.auth_code: got 1 characters"),
    "number": (
        {"primary": {"type": "code", "auth_code": 123456}},
        "primary.auth_code: got a number, must be a text",
    ),
    "long key": (
        {"primary": {"type": "custom", "custom_key": "k" * 11}},
        "primary.custom_key: got 11 characters",
    ),
    "query": ({"primary": {"type": "custom", "custom_uri": f"{LOGIN}?a=1"}}, "primary.custom_uri: got"),
    "localhost": (
        {"primary": {"type": "custom", "custom_uri": "http://localhost/"}},
        "must not point at localhost",
    ),
    "time": (
        {"primary": {"type": "pay", "watch_end_time": "2026-2-30 10:00"}},
        "must be a time such as 2026-12-31 23:59",
    ),
    "price": (
        {"primary": {"type": "pay", "price": "free"}},
        "primary.price: got 'free', must be a number of at least 0",
    ),
    "expiry": (
        {"primary": {"type": "wx", "wx_auth_expire_value": "3 days"}},
        "must be days or hours such as 3d or 12h",
    ),
    "six fields": (
        {"primary": {"type": "info", "info_fields": [{"name": str(n), "type": "text"} for n in range(6)]}},
        "primary.info_fields: got a list of 6, must be 1 to 5 fields",
    ),
    "long name": (
        {"primary": {"type": "info", "info_fields": [{"name": "n" * 9, "type": "text"}]}},
        "primary.info_fields[0].name: got 'nnnnnnnnn', must be at most 8 characters",
    ),
    "options": (
        {"primary": {"type": "info", "info_fields": [{"name": "n", "type": "option"}]}},
        "primary.info_fields[0].options: must be given with type=option",
    ),
    "blank option": (
        {
            "primary": {
                "type": "info",
                "info_fields": [{"name": "n", "type": "option", "options": ["a", " "]}],
            }
        },
        "primary.info_fields[0].options[1]: got ' ', must not be blank",
    ),
    "option with a comma": (
        {"primary": {"type": "info", "info_fields": [{"name": "n", "type": "option", "options": ["a,b"]}]}},
        "primary.info_fields[0].options[0]: got 'a,b', must not contain a comma",
    ),
    "option twice": (
        {
            "primary": {
                "type": "info",
                "info_fields": [{"name": "n", "type": "option", "options": ["a", "a"]}],
            }
        },
        "primary.info_fields[0].options: got 'a' twice",
    ),
    "secondary alone": (
        {"primary": {"enabled": False}, "secondary": {"type": "public"}},
        "secondary: can't be on while the primary condition is off",
    ),
    "one type": (
        {"primary": {"type": "public"}, "secondary": {"type": "public"}},
        "secondary.type: got 'public', which is the type of the primary condition too",
    ),
    "follower": (
        {"primary": {"type": "public"}, "follow_account": True},
        "primary: must be left out with follow_account=true",
    ),
    "every yes": (
        {"all_channels": "yes", "primary": {"type": "public"}},
        "all_channels: got 'yes', must be true",
    ),
    "new one": (
        {"for_new_channels": 1, "primary": {"type": "public"}},
        "for_new_channels: got 1, must be true",
    ),
    "two places": ({"for_new_channels": True, "primary": {"type": "public"}}, "exactly one of them"),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        *(task(name, **options) for name, (options, _unused) in BAD.items()), defaults=account
    )
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
        assert run.result(name).data["failure"]["kind"] == "invalid_input", name
    assert simulator.calls() == []
    # Ansible's display quotes the play; the results don't.
    assert "123456789" not in str([result.data for result in run.results])


def test_a_value_that_the_type_needs_and_nobody_set_is_asked_for_before_any_write(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        task("code", primary={"type": "code"}),
        task("secondary of the same type", secondary={"type": "custom"}),
        defaults=account,
    )
    assert (
        f"primary.auth_code: must be given with type=code: none is set yet (channel {CHANNEL})."
        in (run.result("code").data["msg"])
    )
    assert run.result("secondary of the same type").status == "failed"
    assert simulator.writes() == []
