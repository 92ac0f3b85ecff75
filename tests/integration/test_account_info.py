"""polyv_account_info, run by ansible-playbook against the simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_ACCOUNT, OTHER_CHANNEL
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_account_info"
USER = ACCOUNT["user_id"]
OF_THE_ACCOUNT = {
    "account": "get-info",
    "weixin_share": "get-weixin-share-api",
    "callbacks": "callback-get",
    "new_channel_watch_condition": "global-auth-get",
    "function_switches": "switch-get",
    "sub_accounts": "children-list",
}
OF_CHANNELS = {
    "channel_details": "basic-get",
    "donations": "donate-get",
    "channel_function_switches": "switch-get",
}
LISTED = ("channels", "watch_conditions", "oauth_custom")
BULK = (*OF_THE_ACCOUNT, *LISTED)
ALL = (*BULK, *OF_CHANNELS)
SECRETS = {"code": "vip-4711", "key": "wTk9-5m2Qa", "password": "hall-0815", "template": "new-0815"}
FORBIDDEN: dict[str, Any] = {"code": 500, "message": "access forbidden", "status": "fail", "times": -1}


@pytest.fixture(autouse=True)
def no_write(simulator: Simulator) -> Iterator[None]:
    """Whatever a test does: the module writes nothing, ever."""
    yield
    assert simulator.writes() == []


def task(name: str, options: dict[str, Any] | None = None, **keywords: Any) -> dict[str, Any]:
    return {"name": name, MODULE: options or {}, **keywords}


def everything(simulator: Simulator) -> None:
    """Sets whatever the module reads, with a secret wherever one can be."""
    simulator.alter(
        USER,
        weixin_share_url="https://share.example.com/live",
        record_callback_url="https://hooks.example.com/record",
        callback={"streamCallbackUrl": "https://hooks.example.com/stream", "recordCallbackVideoType": "mp4"},
        function_switches={"redPack": "N", "closeDanmu": "Y"},
        auth_template=[
            {
                "authEnabled": "Y",
                "authType": "external",
                "externalKey": SECRETS["template"],
                "externalUri": "https://login.example.com",
            },
            {"authEnabled": "N", "authType": "none"},
        ],
        sub_accounts=[
            {"childEmail": "teacher@example.com", "childName": "Teacher", "roleId": 2},
            {"childEmail": "gone@example.com", "childName": "Gone", "status": "DELETE"},
        ],
        channels=[
            {
                "channel_id": CHANNEL,
                "name": "Main hall",
                "channel_passwd": SECRETS["password"],
                "scene": "topclass",
                "category_id": 7,
                "publisher": "Ms Li",
                "start_time": 1800000000000,
                "max_viewer": 50,
                "auth": [
                    {"rank": 1, "enabled": "Y", "authType": "code", "authCode": SECRETS["code"]},
                    {
                        "rank": 2,
                        "enabled": "Y",
                        "authType": "custom",
                        "customKey": SECRETS["key"],
                        "customUri": "https://l.example.com",
                    },
                ],
                "donate": {"donateCashEnabled": "Y", "cashMin": 6.6},
                "function_switches": {"chat": "N"},
            },
            {"channel_id": OTHER_CHANNEL, "name": "Shop"},
        ],
    )


def with_channels(simulator: Simulator, count: int) -> list[str]:
    """Gives the account so many channels, and no others; their ids."""
    ids = [str(3000000 + number) for number in range(count)]
    channels = [{"channel_id": int(one)} for one in ids]
    simulator.replace_accounts([{**ACCOUNT, "email": "school@example.com", "channels": channels}])
    return ids


def info(run: Run, name: str = "read") -> dict[str, Any]:
    found: dict[str, Any] = run.result(name).data["account_info"]
    return found


@pytest.mark.smoke
def test_every_subset_is_read_in_the_shapes_of_the_modules_and_nothing_is_written(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    everything(simulator)
    options = {"gather_subset": ["all"], "return_secrets": True}
    run = playbooks.tasks(task("read", options), task("check", options, check_mode=True), defaults=account)
    assert run.returncode == 0, run.output
    found = info(run)
    assert tuple(sorted(found)) == tuple(sorted(ALL))
    assert run.result("read").data["unreadable"] == [] and not run.result("read").changed
    assert info(run, "check") == found
    assert found["account"] == {
        "user_id": USER,
        "email": "school@example.com",
        "max_channels": 5000,
        "total_channels": 2,
    }
    assert found["weixin_share"] == {"url": "https://share.example.com/live"}
    assert found["callbacks"]["record_url"] == "https://hooks.example.com/record"
    assert found["callbacks"]["record_video_types"] == ["mp4"]
    assert (found["function_switches"]["red_pack"], found["function_switches"]["danmu"]) == (False, False)
    assert found["new_channel_watch_condition"][0]["external_key"] == SECRETS["template"]
    assert [one["email"] for one in found["sub_accounts"]] == ["teacher@example.com"]
    hall, shop = found["channels"]
    assert hall == {
        "channel_id": CHANNEL,
        "name": "Main hall",
        "scene": "topclass",
        "category_id": 7,
        "publisher": "Ms Li",
        "start_time": 1800000000000,
        "channel_passwd": SECRETS["password"],
    }
    assert (shop["name"], shop["start_time"]) == ("Shop", 0)
    assert [(one["channel_id"], one["rank"], one["type"]) for one in found["watch_conditions"][:2]] == [
        (CHANNEL, 1, "code"),
        (CHANNEL, 2, "custom"),
    ]
    assert found["watch_conditions"][0]["auth_code"] == SECRETS["code"]
    assert found["channel_details"][0]["max_viewer"] == 50
    assert [(one["type"], one["enabled"]) for one in found["donations"][:2]] == [
        ("cash", True),
        ("good", False),
    ]
    assert found["donations"][0]["cash_min"] == "6.6"
    assert found["channel_function_switches"][0]["switches"]["chat"] is False


def test_what_is_read_is_what_the_modules_return(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    everything(simulator)
    prefix = "polyv.live.polyv_"
    channel = {"channel_id": CHANNEL}
    run = playbooks.tasks(
        task("read", {"gather_subset": ["all"], "return_secrets": True}),
        {"name": "weixin_share", f"{prefix}weixin_share": {"url": "https://share.example.com/live"}},
        {"name": "callbacks", f"{prefix}callbacks": {"record_video_types": ["mp4"]}},
        {
            "name": "switches",
            f"{prefix}function_switches": {"account_wide": True, "switches": {"red_pack": False}},
        },
        {"name": "of channel", f"{prefix}function_switches": {**channel, "switches": {"chat": False}}},
        {"name": "channel", f"{prefix}channel": {**channel, "publisher": "Ms Li", "return_secrets": True}},
        {"name": "donate", f"{prefix}donate": {**channel, "type": "cash", "cash_min": "6.6"}},
        {
            "name": "conditions",
            f"{prefix}watch_condition": {**channel, "secondary": {"type": "custom"}, "return_secrets": True},
        },
        {
            "name": "new channels",
            f"{prefix}watch_condition": {
                "for_new_channels": True,
                "primary": {"type": "external"},
                "return_secrets": True,
            },
        },
        {"name": "child", f"{prefix}sub_account": {"email": "teacher@example.com", "name": "Teacher"}},
        defaults=account,
    )
    assert run.returncode == 0, run.output
    assert simulator.writes() == [], "nothing that was read differs from what is asked for"
    found = info(run)
    returned = {result.task: result.data for result in run.results}
    assert found["weixin_share"] == returned["weixin_share"]["weixin_share"]
    assert found["callbacks"] == returned["callbacks"]["callbacks"]
    assert found["function_switches"] == returned["switches"]["switches"]
    assert found["channel_function_switches"][0]["switches"] == returned["of channel"]["switches"]
    assert found["channel_details"][0] == returned["channel"]["channel"]
    assert found["donations"][0] == returned["donate"]["donate"]
    assert found["watch_conditions"][:2] == returned["conditions"]["watch_conditions"]
    assert found["new_channel_watch_condition"] == returned["new channels"]["watch_conditions"]
    assert found["sub_accounts"] == [returned["child"]["sub_account"]]


@pytest.mark.parametrize(("channels", "pages"), [(1, 1), (1001, 2)])
def test_the_number_of_requests_does_not_follow_the_number_of_channels(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], channels: int, pages: int
) -> None:
    with_channels(simulator, channels)
    run = playbooks.tasks(task("read"), defaults=account)
    assert run.returncode == 0, run.output[-3000:]
    assert sorted(simulator.calls()) == sorted(
        [*OF_THE_ACCOUNT.values(), *["management-list", "list-detail"] * pages]
    )
    assert set(info(run)) == set(BULK)
    assert [len(info(run)[name]) for name in LISTED] == [channels, 2 * channels, channels]


def test_what_comes_channel_by_channel_takes_one_request_for_each(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    ids = with_channels(simulator, 30)
    run = playbooks.tasks(task("read", {"gather_subset": list(OF_CHANNELS)}), defaults=account)
    assert run.returncode == 0, run.output[-3000:]
    calls = simulator.calls()
    assert {name: calls.count(name) for name in set(calls)} == {
        "get-info": 1,
        "management-list": 1,
        "basic-get": 30,
        "donate-get": 30,
        "switch-get": 30,
    }
    for name in OF_CHANNELS:
        assert list(dict.fromkeys(one["channel_id"] for one in info(run)[name])) == ids, (
            "in the order of the list"
        )


CHOSEN: dict[str, tuple[list[str], list[str]]] = {
    "one": (["callbacks"], ["callbacks"]),
    "twice": (["callbacks", "weixin_share", "callbacks"], ["callbacks", "weixin_share"]),
    "without one": (["bulk", "!channels"], [name for name in BULK if name != "channels"]),
    "only without": (["!sub_accounts"], [name for name in BULK if name != "sub_accounts"]),
    "all without bulk": (["all", "!bulk"], list(OF_CHANNELS)),
}


def test_subsets_are_chosen_and_left_out(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [task(name, {"gather_subset": given}) for name, (given, _unused) in CHOSEN.items()]
    run = playbooks.tasks(*tasks, defaults=account)
    for name, (_unused, read) in CHOSEN.items():
        assert set(info(run, name)) == set(read), name


BAD: dict[str, tuple[Any, str]] = {
    "unknown": (["chanels"], "gather_subset[0]: got 'chanels', must be one of bulk, all, account,"),
    "blank": (["all", ""], "gather_subset[1]: got ''"),
    "all left out": (["!all"], "gather_subset: got"),
    "empty": ([], "gather_subset: got"),
    "boolean": ([True], "gather_subset[0]: got the boolean true"),
    "mapping": ({"a": 1}, "gather_subset: got a mapping"),
}


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    tasks = [
        task(name, {"gather_subset": given}, ignore_errors=True) for name, (given, _unused) in BAD.items()
    ]
    run = playbooks.tasks(*tasks, defaults=account)
    for name, (_unused, message) in BAD.items():
        assert message in run.result(name).data["msg"], name
        assert run.result(name).data["failure"]["kind"] == "invalid_input", name
    assert simulator.calls() == []


def test_no_secret_is_shown_unless_it_is_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    everything(simulator)
    shown = playbooks.tasks(task("read", {"gather_subset": ["all"]}), defaults=account, options=["-vvv"])
    assert shown.returncode == 0
    for secret in (*SECRETS.values(), ACCOUNT["app_secret"]):
        assert secret not in shown.everything, secret
    options = {"gather_subset": ["all"], "return_secrets": True}
    warned = playbooks.tasks(task("read", options), defaults=account)
    assert "Set no_log: true on the task" in warned.words
    assert all(secret in json.dumps(info(warned)) for secret in SECRETS.values())
    hidden = playbooks.tasks(
        task("read", options, no_log=True, register="found"),
        {
            "name": "exact",
            "ansible.builtin.assert": {
                "that": f"found.account_info.watch_conditions[0].auth_code == '{SECRETS['code']}'"
            },
            "no_log": True,
        },
        defaults=account,
        options=["-vvv"],
    )
    assert hidden.returncode == 0
    assert "Set no_log" not in hidden.words
    for secret in (SECRETS["key"], SECRETS["template"], SECRETS["password"]):
        assert secret not in hidden.output, secret


@pytest.mark.parametrize("with_secrets", [True, False])
def test_what_holds_the_secret_of_the_task_is_exact_only_where_secrets_are_asked_for(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], with_secrets: bool
) -> None:
    url = f"https://hooks.example.com/?token={ACCOUNT['app_secret']}"
    simulator.alter(USER, record_callback_url=url)
    path = playbooks.directory / "found"
    run = playbooks.tasks(
        task("read", {"return_secrets": with_secrets}, no_log=with_secrets, register="found"),
        {
            "name": "keep",
            "ansible.builtin.copy": {
                "content": "{{ found.account_info.callbacks.record_url }}",
                "dest": str(path),
            },
            "no_log": True,
        },
        defaults=account,
    )
    assert run.returncode == 0, run.output
    assert ACCOUNT["app_secret"] not in run.output
    if with_secrets:
        assert path.read_text() == url
    else:
        assert "callbacks.record_url: the URL carries token" in run.words


REFUSED: list[tuple[list[str], list[str]]] = [
    (
        ["get-weixin-share-api", "global-auth-get", "switch-get", "children-list", "management-list"],
        ["all", "!account"],
    ),
    (["get-info", "callback-get", "list-detail"], ["bulk", "!channels"]),
    (["basic-get", "donate-get", "switch-get"], [*OF_CHANNELS, "account"]),
]


@pytest.mark.parametrize(("endpoints", "given"), REFUSED)
def test_a_subset_that_is_refused_is_named_and_fails_nothing(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    endpoints: list[str],
    given: list[str],
) -> None:
    with_channels(simulator, 12)
    for endpoint in endpoints:
        simulator.fault(endpoint, "envelope", **FORBIDDEN)
    run = playbooks.tasks(task("read", {"gather_subset": given}), defaults=account)
    assert run.returncode == 0, run.output
    unreadable = run.result("read").data["unreadable"]
    missing = [name for name, value in info(run).items() if value is None]
    assert missing == [entry["subset"] for entry in unreadable]
    of_subsets = {
        **OF_THE_ACCOUNT,
        **OF_CHANNELS,
        **dict.fromkeys(LISTED, "list-detail"),
        "channels": "management-list",
    }
    # Without the list of channels, nothing can be asked for channel by channel.
    by_channel = OF_CHANNELS if "management-list" in endpoints else ()
    assert set(missing) == {name for name in info(run) if of_subsets[name] in endpoints or name in by_channel}
    for entry in unreadable:
        assert (entry["channel_id"], entry["failure"]["kind"]) == (None, "forbidden")
        assert "access forbidden" in entry["msg"]
    for endpoint in endpoints:
        most = 6 if endpoint == "switch-get" else 5
        assert len(simulator.requests(endpoint)) <= most, (
            "after five refusals alike no other channel is asked for"
        )


UNREADABLE: dict[str, dict[str, Any]] = {
    "rejected": {"kind": "envelope", "code": 400, "message": "param validate error"},
    "unknown_endpoint": {"kind": "status", "http_status": 404},
    "unreadable": {"kind": "html", "http_status": 200},
    "unavailable": {"kind": "status", "http_status": 500},
    "unexpected_data": {"kind": "wrong_data", "data": 7},
}


def test_each_reason_for_which_one_read_fails_is_told(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    for fault in UNREADABLE.values():
        simulator.fault("callback-get", **fault)
    run = playbooks.tasks(*[task(kind) for kind in UNREADABLE], defaults={**account, "retries": 0})
    assert run.returncode == 0, run.output
    for kind in UNREADABLE:
        (entry,) = run.result(kind).data["unreadable"]
        assert (entry["subset"], entry["failure"]["kind"]) == ("callbacks", kind)
        assert [name for name, value in info(run, kind).items() if value is None] == ["callbacks"]


def test_a_channel_that_was_deleted_meanwhile_is_named_and_the_others_are_read(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("donate-get", "envelope", code=400, message="channel not found.")
    run = playbooks.tasks(task("read", {"gather_subset": ["donations"]}), defaults=account)
    assert run.returncode == 0, run.output
    (entry,) = run.result("read").data["unreadable"]
    assert (entry["subset"], entry["failure"]["kind"]) == ("donations", "unknown_channel")
    read = {one["channel_id"] for one in info(run)["donations"]}
    assert read | {entry["channel_id"]} == {CHANNEL, OTHER_CHANNEL} and entry["channel_id"] not in read


def test_a_detailed_list_that_makes_no_sense_of_one_channel_costs_only_that_one(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    contents = [
        {"channelId": 1, "authSetting": "x"},
        {"channelId": 2, "authSetting": [{"rank": 1, "authType": "public", "enabled": "Y"}]},
    ]
    simulator.fault("list-detail", "wrong_data", data={"totalItems": 2, "contents": contents})
    run = playbooks.tasks(task("read"), defaults=account)
    assert run.returncode == 0, run.output
    entries = [(one["subset"], one["channel_id"]) for one in run.result("read").data["unreadable"]]
    assert entries == [("watch_conditions", "1"), ("oauth_custom", "1")]
    assert {one["channel_id"] for one in info(run)["watch_conditions"]} == {"2"}


def test_without_the_detailed_list_channels_have_what_the_other_list_shows(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    everything(simulator)
    simulator.fault("list-detail", "envelope", **FORBIDDEN)
    run = playbooks.tasks(task("read"), defaults=account)
    found = info(run)
    assert (found["channels"][0]["name"], found["channels"][0]["publisher"]) == ("Main hall", None)
    assert found["watch_conditions"] is None and found["oauth_custom"] is None
    assert [one["subset"] for one in run.result("read").data["unreadable"]] == list(LISTED)
    assert len(simulator.requests("list-detail")) == 1, "what is refused is asked for once"


def test_what_makes_every_read_useless_fails_the_task(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    failing: dict[str, dict[str, Any]] = {
        "invalid_signature": {"app_secret": "x" * 32},
        "unknown_application": {"app_id": "nobody"},
        "unreachable": {"api_url": "http://127.0.0.1:9", "retries": 0},
        "unknown_endpoint": {"api_url": f"{simulator.url}/nothing", "retries": 0},
        "wrong_account": {"user_id": OTHER_ACCOUNT["user_id"]},
    }
    tasks = [task(kind, {**account, **options}, ignore_errors=True) for kind, options in failing.items()]
    run = playbooks.tasks(*tasks)
    for kind in failing:
        assert run.result(kind).data["failure"]["kind"] == kind, run.result(kind).data["msg"]
    simulator.fault("*", "throttle", times=-1)
    throttled = playbooks.tasks(task("read", {"max_wait": 1}, ignore_errors=True), defaults=account).result(
        "read"
    )
    assert throttled.data["failure"]["kind"] == "throttled"


def test_a_failure_in_the_middle_of_many_channels_ends_the_others(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    with_channels(simulator, 60)
    simulator.fault("donate-get", "drop_before", times=-1)
    options = {"gather_subset": ["donations"], "retries": 0}
    result = playbooks.tasks(task("read", options, ignore_errors=True), defaults=account).result("read")
    assert result.data["failure"]["kind"] == "unreachable"
    assert len(simulator.requests("donate-get")) <= 5


def test_where_the_account_does_not_tell_its_id_everything_else_is_read_with_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("get-info", "envelope", **FORBIDDEN)
    run = playbooks.tasks(task("read"), defaults=account)
    assert run.returncode == 0, run.output
    assert info(run)["account"] is None and info(run)["callbacks"] is not None
    assert "Whether app_id belongs to the account user_id can't be confirmed" in run.words
