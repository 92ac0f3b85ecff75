"""polyv_custom_user, run by ansible-playbook against the simulator: who is registered, when, and what is returned."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

from ansible_collections.polyv.live.plugins.module_utils._secrets import ANSIBLE_MASKS

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_custom_user"
EMAIL = "live@school.example.com"
PASSWORD = "p&=+% 密码x"
KEYS = ("email", "name", "app_id", "app_secret", "user_id")


def register(task: str, /, email: str = EMAIL, **options: Any) -> dict[str, Any]:
    given = {"email": email, "mobile": "13800000000", "password": PASSWORD, **options}
    return {"name": task, MODULE: given, "ignore_errors": True}


def users(simulator: Simulator, email: str = EMAIL) -> list[dict[str, Any]]:
    """The users registered under an email, as the simulator keeps them."""
    found = requests.get(f"{simulator.url}/_simulator/accounts", timeout=10).json()["custom_users"]
    return [user for user in found if user["email"] == email]


def warnings(run: Run, task: str) -> list[str]:
    found: list[str] = run.result(task).data.get("warnings", [])
    return found


@pytest.mark.smoke
def test_check_registers_nobody_and_both_later_runs_return_the_same_user(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {**register("check", name="示例学校"), "check_mode": True},
        register("create", name="示例学校"),
        register("find", name="示例学校"),
        defaults=account,
        options=["--diff"],
    )
    assert [(result.task, result.changed) for result in run.results] == [
        ("check", True),
        ("create", True),
        ("find", False),
    ], run.output
    assert simulator.writes() == ["add-custom-user"]
    assert run.result("check").data["user"] == {**dict.fromkeys(KEYS), "email": EMAIL, "name": "示例学校"}
    registered = users(simulator)[0]
    # From ansible-core 2.22 on, Ansible masks what callbacks get; a registered variable holds the key.
    secret = {"app_secret": "$REDACTED$"} if ANSIBLE_MASKS else {}
    assert run.result("create").data["user"] == {**{name: registered[name] for name in KEYS}, **secret}
    assert run.result("find").data["user"] == run.result("create").data["user"]


def test_the_diff_names_the_user_and_no_secret(playbooks: Playbooks, account: dict[str, Any]) -> None:
    run = playbooks.tasks(register("create"), defaults=account)
    user = run.result("create").data["user"]
    assert run.result("create").diff("before") == {}
    assert run.result("create").diff("after") == {
        name: user[name] for name in ("email", "name", "app_id", "user_id")
    }


def test_text_travels_byte_for_byte_and_only_in_the_body(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    text = {"name": "名 &=+%41?#名", "industry": "公司 a+b=c&d", "mobile": "+86 138"}
    run = playbooks.tasks(register("create", **text, sale_id=7), defaults=account)
    assert run.returncode == 0, run.output
    (create,) = simulator.requests("add-custom-user")
    signature = {"appId", "timestamp", "sign"}
    assert {name: value for name, value in create["form"].items() if name not in signature} == {
        **{name: [value] for name, value in text.items()},
        "email": [EMAIL],
        "passwd": [PASSWORD],
        "saleId": ["7"],
    }
    assert create["query"] == {}


def test_passwd_is_another_name_for_password(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    task = {"name": "create", MODULE: {"email": EMAIL, "mobile": "1", "passwd": "secret12"}}
    run = playbooks.tasks(task, defaults=account)
    assert run.returncode == 0, run.output
    assert simulator.requests("add-custom-user")[0]["form"]["passwd"] == ["secret12"]


def test_passwords_of_5_and_of_16_characters_are_accepted(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("5", email="five@example.com", password="密" * 5),
        register("16", email="sixteen@example.com", password="p" * 16),
        defaults=account,
    )
    assert [result.status for result in run.results] == ["ok", "ok"], run.output
    assert simulator.writes() == ["add-custom-user"] * 2


def test_a_bad_input_is_named_and_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    emails = ("", "live@example", "a@example.com,b@example.com", "a@example.com\n")
    bad: list[tuple[str, dict[str, Any]]] = [
        *(("email", {"email": email}) for email in emails),
        *(("mobile", {"mobile": mobile}) for mobile in ("", " ")),
        *(("password", {"password": "x" * length}) for length in (4, 17)),
        ("not_found_messages[0]", {"not_found_messages": [" "]}),
        ("not_found_messages[1]", {"not_found_messages": ["fine", "("]}),
    ]
    tasks = [register(str(number), **options) for number, (_unused, options) in enumerate(bad)]
    run = playbooks.tasks(*tasks, defaults=account)
    named = [(result.data["failure"]["kind"], result.data["msg"].split(": ")[0]) for result in run.results]
    assert named == [("invalid_input", option) for option, _unused in bad]
    assert simulator.requests() == []


def test_a_password_of_the_wrong_length_is_counted_and_not_quoted(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(register("bad", password="q7Zk"), defaults=account)
    assert run.result("bad").data["msg"] == "password: got 4 characters, must be 5 to 16"


@pytest.mark.parametrize(
    "answer",
    ["empty_string", "null", "empty_object", "empty_list", "error_400", "error_404", "error_500"],
)
def test_every_answer_that_says_absent_leads_to_a_registration(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], answer: str
) -> None:
    simulator.switch(custom_user_not_found=answer)
    run = playbooks.tasks(register("create"), defaults=account)
    assert run.result("create").changed, run.output
    assert simulator.calls() == ["get-custom-user", "get-info", "add-custom-user", "get-custom-user"]


def test_an_unclear_answer_registers_nobody_until_it_is_named(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(custom_user_not_found="unclear_error")
    run = playbooks.tasks(
        register("unclear"),
        register("named", not_found_messages=["^PARAM validate error$"]),
        defaults=account,
    )
    assert run.result("unclear").status == "failed"
    assert "add it to not_found_messages" in run.result("unclear").data["msg"]
    assert run.result("named").changed
    assert simulator.calls()[:2] == ["get-custom-user", "get-custom-user"]
    assert simulator.writes() == ["add-custom-user"]


def test_messages_of_ones_own_replace_the_usual_ones(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(custom_user_not_found="error_400")
    run = playbooks.tasks(register("other", not_found_messages=["no such account"]), defaults=account)
    assert run.result("other").data["failure"]["message"] == "user not found."
    assert simulator.writes() == []


def test_no_other_fault_of_the_read_counts_as_absence(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("get-custom-user", "envelope", code=400, message="application not found.")
    simulator.fault("get-custom-user", "envelope", code=404, message="channel not found.")
    simulator.fault("get-custom-user", "html", http_status=404)
    simulator.fault("get-custom-user", "envelope", code=500, message="access forbidden")
    simulator.fault("get-custom-user", "wrong_data", data={"name": "someone"})
    simulator.fault("get-custom-user", "wrong_data", data="user not found.")
    simulator.fault("get-custom-user", "truncated")
    kinds = [
        "unknown_application",
        "unknown_channel",
        "unknown_endpoint",
        "forbidden",
        "unexpected_data",
        "unexpected_data",
        "unreadable",
    ]
    greedy: dict[str, Any] = {"not_found_messages": ["not found", "."], "retries": 0}
    run = playbooks.tasks(*(register(kind, **greedy) for kind in kinds), defaults=account)
    assert [result.data["failure"]["kind"] for result in run.results] == kinds
    assert simulator.writes() == []


def test_another_name_than_the_registered_one_is_a_warning(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("create", name="old"),
        register("same", name="old"),
        register("other", name="new"),
        defaults=account,
    )
    assert not run.result("other").changed
    assert any("'old'" in text and "'new'" in text for text in warnings(run, "other"))
    assert not any("'old'" in text for text in warnings(run, "same"))
    assert run.result("other").data["user"]["name"] == "old"


def test_the_secret_in_the_result_is_a_warning_unless_no_log_hides_it(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        register("shown", email="shown@example.com"),
        {**register("hidden", email="hidden@example.com"), "no_log": True, "register": "hidden"},
        {"name": "kept", "ansible.builtin.assert": {"that": "hidden.user.app_secret | length == 32"}},
        defaults=account,
    )
    assert run.returncode == 0, run.output
    assert any("no_log: true" in text for text in warnings(run, "shown"))
    assert run.words.count("no_log: true") == 1
    assert users(simulator, "hidden@example.com")[0]["app_secret"] not in run.everything


def test_a_secret_that_reads_do_not_show_comes_from_the_registration_only(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(custom_user_read_secret="no")
    run = playbooks.tasks(register("create"), register("find"), defaults=account)
    assert run.result("create").data["user"]["app_secret"] == users(simulator)[0]["app_secret"]
    assert run.result("find").data["user"]["app_secret"] is None
    assert warnings(run, "find") == [f"The API does not show the app_secret of {EMAIL}."]


def test_the_keys_survive_a_read_back_that_fails(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("get-custom-user", "delay", seconds=0)
    simulator.fault("get-custom-user", "envelope", code=500, message="access forbidden", times=-1)
    run = playbooks.tasks(register("create"), defaults=account)
    assert run.result("create").changed, run.output
    assert run.result("create").data["user"]["app_secret"] == users(simulator)[0]["app_secret"]
    assert any("was registered, but reading it back failed" in text for text in warnings(run, "create"))


def test_an_address_that_somebody_else_registered_fails_and_says_so(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(register("taken", email="company@example.com"), defaults=account)
    assert run.result("taken").data["failure"]["message"] == "email already exists"
    assert run.result("taken").data["failure"]["kind"] == "rejected"
    assert simulator.writes() == ["add-custom-user"]


@pytest.mark.parametrize(("answer", "status"), [("error", "failed"), ("success", "ok")])
def test_a_duplicate_that_another_machine_has_just_registered(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
    answer: str,
    status: str,
) -> None:
    simulator.switch(read_lag_ms=60_000, custom_user_duplicate=answer)
    here = playbooks.tasks(register("here", verify_writes="off"), defaults=account)
    elsewhere = {"TMPDIR": str(tmp_path_factory.mktemp("x"))}
    there = playbooks.tasks(register("there", verify_writes="off"), defaults=account, environ=elsewhere)
    assert there.result("there").status == status, there.output
    if status == "ok":
        assert there.result("there").data["user"] == here.result("here").data["user"]
    else:
        assert there.result("there").data["failure"]["message"] == "email already exists"
    assert len(users(simulator)) == 1


def test_tasks_at_the_same_time_register_an_email_once_while_reads_lag(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.switch(read_lag_ms=1200, custom_user_duplicate="new")
    run = playbooks.tasks(
        register("same email"),
        defaults=account,
        hosts="all",
        connection="local",
        vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        options=["-i", "one,two,three,"],
    )
    assert run.returncode == 0, run.output
    assert simulator.writes() == ["add-custom-user"]
    assert [result.changed for result in run.results].count(True) == 1
    assert len({result.data["user"]["user_id"] for result in run.results}) == 1
