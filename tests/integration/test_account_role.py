"""The role account, run by ansible-playbook against the simulator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, CHANNEL, OTHER_CHANNEL
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

TASK = "polyv.live.account : Bring the account to its set-up"
USER = ACCOUNT["user_id"]
KEYS = {f"account_{name}": value for name, value in ACCOUNT.items()}
SHARE, HOOK, LOGIN = "https://share.example.com/", "https://hooks.example.com/", "https://login.example.com/"
STANDARD: dict[str, Any] = {
    "account_weixin_share": {"url": SHARE},
    "account_record_callback": {"url": HOOK},
    "account_channels": [
        {
            "channel_id": CHANNEL,
            "oauth_custom": {"custom_uri": LOGIN},
            "donate": {"type": "cash", "cash_min": 2},
        },
        {"channel_id": OTHER_CHANNEL, "donate": {"type": "cash", "cash_min": 5}},
    ],
}
ALL = ["weixin_share", "record_callback", "oauth_custom", "donate", "donate"]
SHOW = {"name": "show", "ansible.builtin.debug": {"var": "account_settings"}, "tags": ["always"]}


def role(playbooks: Playbooks, *options: str, environ: dict[str, str] | None = None, **variables: Any) -> Run:
    """Runs the role with the account's keys and these variables, and shows what it gives back."""
    roles = [{"role": "polyv.live.account"}]
    play_vars = {**KEYS, "account_retries": 0, **variables}
    return playbooks.tasks(SHOW, roles=roles, vars=play_vars, options=options, environ=environ)


def settings(run: Run, **having: Any) -> list[str]:
    """The names of the settings in the result that have these values."""
    found = run.result("show").data["account_settings"]
    return [one["setting"] for one in found if all(one[name] == value for name, value in having.items())]


@pytest.mark.smoke
def test_check_change_and_no_change(playbooks: Playbooks, simulator: Simulator) -> None:
    check = role(playbooks, "--check", "--diff", **STANDARD)
    assert check.returncode == 0, check.output
    assert settings(check, changed=True) == ALL
    assert f'+  "url": "{SHARE}"' in check.output
    assert simulator.writes() == []
    assert settings(role(playbooks, **STANDARD), changed=True) == ALL
    simulator.forget()
    again = role(playbooks, **STANDARD)
    assert settings(again, changed=False) == ALL
    assert not again.result(TASK).changed
    assert simulator.writes() == []


@pytest.mark.smoke
def test_the_defaults_change_nothing(playbooks: Playbooks, simulator: Simulator) -> None:
    before = simulator.accounts()
    run = role(playbooks)
    assert run.returncode == 0, run.output
    assert settings(run) == []
    assert simulator.accounts() == before


def test_a_template_that_gives_null_is_not_given(playbooks: Playbooks) -> None:
    # As the playbook does it: before ansible-core 2.19 the role's validation would take such a null for a text.
    task = {"ansible.builtin.import_role": {"name": "polyv.live.account", "rolespec_validate": False}}
    variables = {
        "account_weixin_share": "{{ nothing | default(none) }}",
        "account_record_callback": {"url": HOOK},
    }
    run = playbooks.tasks(task, SHOW, vars={**KEYS, **variables})
    assert run.returncode == 0, run.output
    assert settings(run) == ["record_callback"]


def test_blank_answers_of_a_survey_leave_the_connection_to_the_module(playbooks: Playbooks) -> None:
    names = ("api_url", "allow_http", "validate_certs", "ca_path", "timeout", "max_wait", "signature_method")
    blank = {f"account_{name}": "" for name in names}
    playbook = {"ansible.builtin.import_role": {"name": "polyv.live.account", "rolespec_validate": False}}
    run = playbooks.tasks(playbook, vars={**KEYS, **blank, "account_record_callback": {"url": HOOK}})
    assert run.returncode == 0, run.output


@pytest.mark.parametrize("name", ["app_id", "app_secret", "user_id"])
def test_a_blank_credential_is_never_left_out(playbooks: Playbooks, simulator: Simulator, name: str) -> None:
    environ = {f"POLYV_{key.upper()}": value for key, value in ACCOUNT.items()}
    run = role(
        playbooks, environ=environ, **{f"account_{name}": "", "account_record_callback": {"url": HOOK}}
    )
    assert f"{name}: the option is blank" in run.result(TASK).data["msg"]
    assert simulator.calls() == []


def test_credentials_that_are_null_come_from_the_environment(playbooks: Playbooks) -> None:
    environ = {f"POLYV_{key.upper()}": value for key, value in ACCOUNT.items()}
    run = role(playbooks, environ=environ, **dict.fromkeys(KEYS), account_record_callback={"url": HOOK})
    assert run.result(TASK).data["account"] == {"source": "environment", "user_id": USER}


@pytest.mark.parametrize("by", ["variable", "environment"])
def test_credentials_come_from_an_accounts_file(playbooks: Playbooks, tmp_path: Path, by: str) -> None:
    path = tmp_path / "accounts.yml"
    path.write_text(yaml.safe_dump({"accounts": [{"name": "localhost", **ACCOUNT}]}), encoding="utf-8")
    given = {"account_accounts_file": str(path)} if by == "variable" else {}
    environ = {"POLYV_ACCOUNTS_FILE": str(path)} if by == "environment" else {}
    null = dict.fromkeys(KEYS)
    run = role(playbooks, environ=environ, **null, **given, account_record_callback={"url": HOOK})
    assert run.result(TASK).data["account"] == {"source": "accounts_file", "user_id": USER}, run.output


def test_the_account_may_have_another_name_in_the_file(playbooks: Playbooks, tmp_path: Path) -> None:
    path = tmp_path / "accounts.yml"
    path.write_text(yaml.safe_dump({"accounts": [{"name": "mine", **ACCOUNT}]}), encoding="utf-8")
    given: dict[str, Any] = {
        **dict.fromkeys(KEYS),
        "account_accounts_file": str(path),
        "account_name": "mine",
    }
    assert role(playbooks, **given, account_record_callback={"url": HOOK}).returncode == 0


@pytest.mark.parametrize(
    ("options", "done"),
    [
        (["--tags", "weixin_share"], ["weixin_share"]),
        (["--tags", "donate"], ["donate", "donate"]),
        (["--tags", "oauth_custom,record_callback"], ["record_callback", "oauth_custom"]),
        (["--tags", "account"], ALL),
        (["--tags", "mine"], ALL),
        (["--tags", "account", "--skip-tags", "donate"], ["weixin_share", "record_callback", "oauth_custom"]),
        (["--skip-tags", "oauth_custom,weixin_share"], ["record_callback", "donate", "donate"]),
    ],
)
def test_tags_select_settings(playbooks: Playbooks, options: list[str], done: list[str]) -> None:
    assert settings(role(playbooks, *options, account_tags=["mine"], **STANDARD), changed=True) == done


@pytest.mark.parametrize("options", [["--tags", "other"], ["--skip-tags", "account"]])
def test_the_task_is_skipped_where_nothing_is_selected(
    playbooks: Playbooks, simulator: Simulator, options: list[str]
) -> None:
    run = role(playbooks, *options, **STANDARD)
    assert run.result(TASK).status == "skipped"
    assert settings(run) == []
    assert simulator.calls() == []


@pytest.mark.parametrize("validate", [True, False])
def test_settings_may_be_json_text_as_awx_gives_them(playbooks: Playbooks, validate: bool) -> None:
    text = {name: json.dumps(value) for name, value in STANDARD.items()}
    task = {"ansible.builtin.import_role": {"name": "polyv.live.account", "rolespec_validate": validate}}
    run = playbooks.tasks(task, SHOW, vars={**KEYS, **text}, options=["--skip-tags", "oauth_custom"])
    assert settings(run) == ["weixin_share", "record_callback", "donate", "donate"], run.output


@pytest.mark.parametrize("name", ["channels", "weixin_share"])
def test_text_that_is_no_setting_is_refused_by_name(
    playbooks: Playbooks, simulator: Simulator, name: str
) -> None:
    text: dict[str, Any] = {f"account_{name}": "[{"}
    run = role(playbooks, **text)
    assert f"{name}: got a text, must be a" in run.words
    assert simulator.calls() == []


@pytest.mark.parametrize("by", ["play", "inventory", "configuration"])
def test_it_does_not_become_another_user(playbooks: Playbooks, by: str) -> None:
    playbooks.variables["ansible_become_exe"] = "/nowhere/sudo"
    playbooks.environ["ANSIBLE_BECOME"] = str(by == "configuration")
    hosts = playbooks.directory / "hosts.yml"
    own = {"ansible_connection": "local", "ansible_become": by == "inventory"}
    hosts.write_text(yaml.safe_dump({"all": {"hosts": {"school": own}}}), encoding="utf-8")
    task = {"ansible.builtin.import_role": {"name": "polyv.live.account"}}
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    play: dict[str, Any] = {"hosts": "all", "become": True} if by == "play" else {"hosts": "all"}
    run = playbooks.tasks(task, vars={**KEYS, **python, **STANDARD}, options=["-i", str(hosts)], **play)
    assert run.returncode == 0, run.output


def test_an_undefined_variable_is_named_with_the_one_that_uses_it(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    task = {"ansible.builtin.import_role": {"name": "polyv.live.account", "rolespec_validate": False}}
    share = {"url": "https://{{ brand_domain }}/live"}
    run = playbooks.tasks(task, vars={**KEYS, "account_weixin_share": share})
    assert run.returncode == 2
    assert "account_weixin_share" in run.words and "brand_domain" in run.words
    assert simulator.calls() == []


@pytest.mark.parametrize("value", ["flase", 7, ["x"]])
def test_whether_the_variables_are_taken_is_never_guessed(
    playbooks: Playbooks, simulator: Simulator, value: Any
) -> None:
    own = {"from_role_variables": value}
    task = {"name": "own", "polyv.live.polyv_account": own, "ignore_errors": True}
    run = playbooks.tasks(task, vars={**KEYS, **STANDARD}, defaults=ACCOUNT)
    assert run.result("own").data["failure"]["kind"] == "invalid_input", run.output
    assert "from_role_variables" in run.result("own").data["msg"]
    assert simulator.calls() == []


def test_tags_of_another_form_are_refused_by_name(playbooks: Playbooks, simulator: Simulator) -> None:
    task = {"ansible.builtin.import_role": {"name": "polyv.live.account", "rolespec_validate": False}}
    run = playbooks.tasks(task, vars={**KEYS, **STANDARD, "account_tags": 7})
    assert "account_tags: got 7, must be a list of tags" in run.words
    assert run.result(TASK).data["failure"]["kind"] == "invalid_input"
    assert simulator.calls() == []


def test_a_task_of_ones_own_takes_no_variables_of_the_role(
    playbooks: Playbooks, simulator: Simulator
) -> None:
    task = {"name": "own", "polyv.live.polyv_account": {"record_callback": {"url": HOOK}}}
    run = playbooks.tasks(task, vars={**KEYS, **STANDARD}, defaults=ACCOUNT)
    assert [one["setting"] for one in run.result("own").data["settings"]] == ["record_callback"], run.output


def test_all_channels_only_in_so_many_words(playbooks: Playbooks, simulator: Simulator) -> None:
    refused = role(playbooks, account_oauth_custom={"custom_uri": LOGIN, "all_channels": "yes please"})
    assert refused.returncode == 2
    assert simulator.writes() == []
    asked = role(playbooks, account_oauth_custom={"custom_uri": LOGIN, "all_channels": True})
    assert settings(asked, changed=True) == ["oauth_custom"]
    assert simulator.channel(USER, OTHER_CHANNEL)["auth"][0]["customUri"] == LOGIN


def test_a_setting_that_fails_shows_with_the_others(playbooks: Playbooks, simulator: Simulator) -> None:
    simulator.alter(USER, forbidden=["callback-get"])
    body = [
        {
            "name": "try",
            "block": [{"name": "do", "ansible.builtin.import_role": {"name": "polyv.live.account"}}],
            "rescue": [SHOW],
        }
    ]
    run = playbooks.tasks(*body, vars={**KEYS, "account_retries": 0, **STANDARD})
    assert settings(run, failed=True) == ["record_callback"]
    assert settings(run, changed=True) == ["weixin_share", "oauth_custom", "donate", "donate"]


def test_what_is_wrong_is_named_before_the_first_request(playbooks: Playbooks, simulator: Simulator) -> None:
    slips: tuple[dict[str, Any], ...] = (
        {"account_channels": [{"donate": {"type": "cash"}}]},
        {"account_retries": "many"},
    )
    for slip, named in zip(slips, ("channels[0].channel_id: must be given", "account_retries"), strict=True):
        run = role(playbooks, **slip)
        assert run.returncode == 2
        assert named in run.words
    assert simulator.calls() == []


def test_no_secret_shows_however_verbose(playbooks: Playbooks, simulator: Simulator) -> None:
    for variables in (STANDARD, {**STANDARD, "account_retries": "many"}):
        assert ACCOUNT["app_secret"] not in role(playbooks, "-vvv", "--diff", **variables).everything


def test_variables_of_groups_are_merged_where_they_say_so(playbooks: Playbooks, tmp_path: Path) -> None:
    """The example of the role's README."""
    (tmp_path / "group_vars/all").mkdir(parents=True)
    standard = {
        "standard_channels": STANDARD["account_channels"],
        "account_channels": "{{ standard_channels }}",
    }
    variant = {
        "account_channels": "{{ standard_channels | map('combine', {'donate': {'type': 'cash', 'cash_min': '9'}}) }}"
    }
    (tmp_path / "group_vars/all/standard.yml").write_text(
        yaml.safe_dump({**standard, **KEYS}), encoding="utf-8"
    )
    (tmp_path / "group_vars/brand.yml").write_text(yaml.safe_dump(variant), encoding="utf-8")
    (tmp_path / "accounts.yml").write_text("brand: {hosts: {school: {}}}\n", encoding="utf-8")
    roles = [{"role": "polyv.live.account"}]
    options = ["-i", "accounts.yml", "--diff"]
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    run = playbooks.tasks(SHOW, hosts="all", connection="local", vars=python, roles=roles, options=options)
    assert settings(run) == ["oauth_custom", "donate", "donate"], run.output
    assert run.output.count('+  "cash_min": "9"') == 2


def test_tags_keep_channels_that_are_only_to_be_there(playbooks: Playbooks, simulator: Simulator) -> None:
    hall = {"channel": "Hall", "state": "present", "scene": "alone", "template": "alone"}
    channels = [{**hall, "donate": {"type": "cash"}}, {"channel_id": CHANNEL, "donate": {"type": "cash"}}]
    run = role(playbooks, "--tags", "donate", account_channels=channels)
    assert "no channel of that name" in run.result(TASK).data["msg"]
    assert simulator.writes() == ["setDonate"]
    simulator.forget()
    made = role(playbooks, "--tags", "channel", account_channels=channels)
    assert settings(made) == settings(made, changed=True, channel="Hall") == ["channel"]
    rest = role(playbooks, "--skip-tags", "channel", account_channels=json.dumps(channels))
    assert settings(rest) == ["donate", "donate"]
    assert simulator.writes() == ["channel-create", "setDonate"]


def test_the_password_of_a_channel_is_shown_nowhere(playbooks: Playbooks, simulator: Simulator) -> None:
    channel = {"channel": f"channel {CHANNEL}", "channel_passwd": "{{ hall_password }}", "publisher": "x"}
    variables = {"account_channels": [channel], "hall_password": "pw-83b1"}
    run = role(playbooks, "-vvv", "--diff", environ={"ANSIBLE_INJECT_INVOCATION": "1"}, **variables)
    assert simulator.channel(USER, CHANNEL)["channel_passwd"] == "pw-83b1", run.output
    assert "pw-83b1" not in run.everything
    assert settings(run, changed=True) == ["channel"]
