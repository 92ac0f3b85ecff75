"""The playbook export, over accounts with every setting: what it writes, and that provisioning it changes nothing."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.export import NAMES, ODD, PNG, account, image_server, make
from harness.playbook import Playbooks, Run
from harness.simulator import Simulator

VAULT = ("--vault-password-file", "vault-password")
SECRETS = ("{{9*9}}", "ext-key-1", "direct-key-1", "custom-k1", "template-a", "pw4000001")


@pytest.fixture
def way() -> str:
    """The ways of running have their own tests."""
    return "worker"


@pytest.fixture
def images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with an image."""
    with image_server(tmp_path_factory.mktemp("images")) as url:
        yield url


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: Simulator, images: str) -> Playbooks:
    """Three accounts with every setting."""
    return make(playbooks, simulator, images)


def export(fleet: Playbooks, *options: str, **variables: Any) -> Run:
    return fleet.run("polyv.live.export", "-i", "inventory", "-e", json.dumps(variables), *options)


def provision(fleet: Playbooks, *options: str) -> Run:
    return fleet.run("polyv.live.provision", "-i", "inventory", *options)


def summary(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = run.result("Write the files").data["summary"]
    return found


def host_file(fleet: Playbooks, name: str, file: str = "polyv.yml") -> Path:
    return fleet.directory / "inventory/host_vars" / name / file


def _text(loader: yaml.SafeLoader, node: yaml.Node) -> str:
    assert isinstance(node, yaml.ScalarNode)
    return str(loader.construct_scalar(node))


class _Loader(yaml.SafeLoader):
    """Reads text that is marked as unsafe as text."""


_Loader.add_constructor("!unsafe", _text)


def data(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    return found


@pytest.mark.smoke
def test_export_then_provision_changes_nothing(fleet: Playbooks, simulator: Simulator) -> None:
    run = export(fleet, *VAULT, "-vvv", polyv_export_images="images")
    assert run.returncode == 0, run.output
    found = run.result("Show the summary").data["msg"]
    assert found[:3] == ["Accounts: 3", "  exported               3", "    of these incomplete  0"], (
        run.output
    )
    assert simulator.writes() == []
    for secret in SECRETS:
        assert secret not in run.output, secret
    for name in NAMES:
        text = host_file(fleet, name).read_text(encoding="utf-8")
        assert not any(secret in text for secret in SECRETS)
        assert host_file(fleet, name, "polyv_vault.yml").read_text().startswith("$ANSIBLE_VAULT;1.1;AES256")
        assert os.stat(host_file(fleet, name, "polyv_vault.yml")).st_mode & 0o777 == 0o600
    simulator.forget()
    for options in (["--check"], []):
        again = provision(fleet, *VAULT, *options)
        assert again.returncode == 0, again.output
        rollout = json.loads((fleet.directory / "polyv-summary.json").read_text())
        assert (rollout["same"], rollout["changed"]) == (list(NAMES), {}), again.output
    assert simulator.writes() == []


def test_the_data_restores_an_account_that_has_lost_everything(
    fleet: Playbooks, simulator: Simulator, images: str
) -> None:
    before = export(fleet, *VAULT, polyv_export_images="images")
    assert before.returncode == 0, before.output
    text = host_file(fleet, "a").read_text(encoding="utf-8")
    bare = [
        {
            **{
                key: value
                for key, value in account(number, name, images).items()
                if key in ("app_id", "app_secret", "user_id", "email", "sub_accounts")
            },
            "channels": [
                {
                    key: channel[key]
                    for key in ("channel_id", "name", "scene", "category_id")
                    if key in channel
                }
                for channel in account(number, name, images)["channels"]
            ],
        }
        for number, name in enumerate(NAMES)
    ]
    simulator.replace_accounts(bare)
    restored = provision(fleet, *VAULT)
    assert restored.returncode == 0, restored.output
    simulator.forget()
    assert provision(fleet, *VAULT).returncode == 0 and simulator.writes() == []
    again = export(fleet, *VAULT, polyv_export_images="images", polyv_export_directory="second")
    assert again.returncode == 0, again.output
    second = (fleet.directory / "second/host_vars/a/polyv.yml").read_text(encoding="utf-8")
    assert list(difflib.unified_diff(compared(text), compared(second), n=0)) == []


OPEN_ANSWERS: list[dict[str, str]] = [
    {
        "optional_fields": "missing",
        "basic_get_fields": "named",
        "function_switches_shown": "written",
        "unset_text": "missing",
    },
    {"channel_desc": "shown", "start_time_unset": "zero", "unset_text": "empty", "price_type": "string"},
    {
        "channel_id_type": "string",
        "page_totals": "none",
        "sub_account_references": "missing",
        "weixin_unset": "null",
    },
]


@pytest.mark.parametrize("answers", OPEN_ANSWERS, ids=lambda answers: next(iter(answers)))
def test_whatever_the_api_shows_provisioning_it_changes_nothing(
    fleet: Playbooks, simulator: Simulator, answers: dict[str, str]
) -> None:
    simulator.switch(**answers)
    simulator.alter("userb", weixin_share_url=None, callback={}, function_switches={})
    run = export(fleet, *VAULT, polyv_export_images="images")
    assert run.returncode == 0 and summary(run)["incomplete"] == {}, run.output
    again = provision(fleet, *VAULT)
    assert again.returncode == 0, again.output
    assert simulator.writes() == []
    assert ("\n    desc:" in host_file(fleet, "a").read_text()) == ("channel_desc" in answers)


def compared(text: str) -> list[str]:
    """The lines of a file, without comments, and without images, which have another address when they were sent again."""
    return [line for line in text.splitlines() if "#" not in line and "image:" not in line]


def test_what_is_written(fleet: Playbooks, simulator: Simulator) -> None:
    run = export(fleet, *VAULT, polyv_export_images="images")
    assert run.returncode == 0, run.output
    found = data(host_file(fleet, "a"))
    text = host_file(fleet, "a").read_text(encoding="utf-8")
    assert found["account_weixin_share"] == {"url": "https://share.example.com/a?a=1&b=%20"}
    assert found["account_callbacks"] == {
        "record_url": "https://hooks.example.com/record",
        "stream_url": "https://hooks.example.com/stream",
        "record_file_type": "last",
        "record_video_types": ["m3u8", "mp4"],
        "rebirth_vod": True,
    }
    assert found["account_function_switches"]["account_wide"] is True
    assert found["account_new_channel_watch_condition"]["secondary"] == {"enabled": False}
    channels = found["account_channels"]
    assert [channel.get("channel") for channel in channels[:3]] == [ODD, "Room 1", "Room 2"]
    # Two of one name are told by their ids.
    assert [channel.get("channel_id") for channel in channels[-2:]] == ["4000090", "4000091"]
    first = channels[0]
    assert "channel: !unsafe" in text and "publisher: !unsafe" in text
    assert (first["scene"], first["category_id"], first["max_viewer"], first["link_mic_limit"]) == (
        "topclass",
        7,
        50,
        6,
    )
    assert first["watch_condition"]["primary"]["auth_code"].startswith("{{ vault_polyv_")
    assert channels[1]["channel_passwd"] == "{{ vault_polyv_room_1_channel_passwd }}"
    assert channels[1]["donate"] == {"type": "cash", "enabled": True, "cash_min": "6.6"}
    image = "{{ inventory_dir }}/../images/a/4000002-1.png"
    assert channels[2]["donate"]["goods"] == [{"name": "鲜花", "price": "0.5", "image": image}]
    assert (fleet.directory / "images/a/4000002-1.png").read_bytes() == PNG
    assert channels[3]["function_switches"]["switches"]["chat"] is False
    assert channels[4]["watch_condition"] == {"follow_account": True} == channels[4]["donate"]
    assert channels[5]["oauth_custom"] == {"custom_uri": "https://stored.example.com/login"}
    assert "teacher@a.example.com" in text and "goods that are switched off are left out: off" in text


def test_files_that_are_there_are_left_alone_and_their_accounts_are_not_read(
    fleet: Playbooks, simulator: Simulator
) -> None:
    host_file(fleet, "a").parent.mkdir(parents=True)
    host_file(fleet, "a").write_text("account_weixin_share: {url: 'https://mine.example.com'}\n")
    run = export(fleet, *VAULT)
    assert run.returncode == 0, run.output
    assert (summary(run)["left_alone"], summary(run)["exported"]) == (["a"], ["b", "c"])
    assert "mine.example.com" in host_file(fleet, "a").read_text()
    assert {entry["app_id"] for entry in simulator.requests()} == {"appb", "appc"}
    forced = export(fleet, *VAULT, polyv_export_force=True)
    assert summary(forced)["exported"] == list(NAMES)
    assert "mine.example.com" not in host_file(fleet, "a").read_text()


def test_without_a_vault_password_secrets_are_comments_and_the_account_is_incomplete(
    fleet: Playbooks, simulator: Simulator
) -> None:
    run = export(fleet, polyv_export_images="images")
    assert run.returncode == 0, run.output
    assert set(summary(run)["incomplete"]) == set(NAMES)
    assert "secrets, which need a vault password" in summary(run)["incomplete"]["a"][0]
    text = host_file(fleet, "a").read_text(encoding="utf-8")
    assert "# channel_passwd: a secret, left out because there is no vault password." in text
    assert not any(secret in text + run.everything for secret in SECRETS)
    assert not host_file(fleet, "a", "polyv_vault.yml").exists()
    simulator.forget()
    again = provision(fleet)
    assert again.returncode == 0, again.output
    assert simulator.writes() == [], "what is exported still changes nothing"


def test_goods_need_a_directory_for_their_images(fleet: Playbooks) -> None:
    run = export(fleet, *VAULT)
    assert summary(run)["incomplete"]["a"] == ["goods without their images (1)"]
    text = host_file(fleet, "a").read_text(encoding="utf-8")
    assert (
        "# donate: goods are on, 鲜花 for 0.5, and can't be set without their images: no directory is named"
        in text
    )
    assert "donate" not in data(host_file(fleet, "a"))["account_channels"][2]


def test_images_do_not_go_where_ansible_would_take_them_for_an_inventory(fleet: Playbooks) -> None:
    run = export(fleet, *VAULT, polyv_export_images="inventory/images")
    assert run.returncode != 0
    assert "images: got 'inventory/images', which is in the inventory directory" in run.words
    assert not (fleet.directory / "inventory/images").exists()


def test_of_several_vault_passwords_one_is_named(fleet: Playbooks) -> None:
    (fleet.directory / "other").write_text("other-Passw0rd-7Q\n", encoding="utf-8")
    passwords = ("--vault-id", "one@vault-password", "--vault-id", "two@other")
    unclear = export(fleet, *passwords, polyv_export_images="images")
    assert unclear.returncode != 0
    assert "There are several vault passwords (one, two)" in summary(unclear)["failed"]["a"]
    assert not host_file(fleet, "a").exists()
    run = export(fleet, *passwords, polyv_export_images="images", polyv_export_vault_id="two")
    assert run.returncode == 0, run.output
    assert host_file(fleet, "a", "polyv_vault.yml").read_text().startswith("$ANSIBLE_VAULT;1.2;AES256;two")


def test_check_mode_writes_no_file_and_says_what_it_would(fleet: Playbooks, simulator: Simulator) -> None:
    run = export(fleet, *VAULT, "--check", polyv_export_images="images", polyv_export_common=True)
    assert run.returncode == 0, run.output
    assert summary(run)["exported"] == list(NAMES) and summary(run)["incomplete"] == {}
    assert str(host_file(fleet, "a")) in summary(run)["files"]
    assert "  would be exported" in run.output
    assert not (fleet.directory / "inventory/host_vars").exists()
    assert not (fleet.directory / "inventory/group_vars").exists()
    assert not (fleet.directory / "images").exists()


def test_what_all_accounts_have_in_common_goes_to_one_file(fleet: Playbooks, simulator: Simulator) -> None:
    run = export(fleet, *VAULT, polyv_export_images="images", polyv_export_common=True)
    assert run.returncode == 0, run.output
    common = data(fleet.directory / "inventory/group_vars/all/polyv.yml")
    assert set(common) == {
        "account_callbacks",
        "account_function_switches",
        "account_new_channel_watch_condition",
    }
    assert summary(run)["common"] == list(common)
    assert set(data(host_file(fleet, "b"))) == {"account_weixin_share", "account_channels"}
    simulator.forget()
    again = provision(fleet, *VAULT)
    assert again.returncode == 0, again.output
    assert simulator.writes() == []


def test_nothing_is_common_where_an_account_is_not_exported(fleet: Playbooks, simulator: Simulator) -> None:
    run = export(fleet, *VAULT, "--limit", "a,b", polyv_export_common=True)
    assert summary(run)["common"] == []
    assert "Nothing is taken to be common to all, because not all are exported: c." in run.output
    assert "account_callbacks" in data(host_file(fleet, "a"))


def test_an_account_that_fails_stops_no_other_and_fails_the_run(
    fleet: Playbooks, simulator: Simulator
) -> None:
    hosts = fleet.directory / "inventory/hosts.yml"
    hosts.write_text(hosts.read_text().replace("secret-of-b", "secret-of-x"))
    simulator.fault(
        "get-weixin-share-api",
        "envelope",
        code=500,
        message="access forbidden",
        status="fail",
        times=-1,
        app_id="appc",
    )
    run = export(fleet, *VAULT, polyv_export_images="images")
    assert run.returncode != 0
    found = summary(run)
    assert found["exported"] == ["a", "c"] and "signature" in found["failed"]["b"]
    assert found["incomplete"] == {"c": ["weixin_share, which can't be read (1)"]}
    assert "# weixin_share: it can't be read." in host_file(fleet, "c").read_text()
    assert not host_file(fleet, "b").exists()


def test_values_that_the_modules_refuse_are_comments(fleet: Playbooks, simulator: Simulator) -> None:
    simulator.alter(
        "usera",
        channels=[
            {
                "channel_id": 4000001,
                "publisher": "x\u200b",
                "auth": [
                    {
                        "rank": 1,
                        "enabled": "Y",
                        "authType": "custom",
                        "customKey": "longer-than-ten",
                        "customUri": "https://c.example.com/?x=1",
                    }
                ],
            }
        ],
    )
    run = export(fleet, *VAULT, polyv_export_images="images")
    assert run.returncode == 0, run.output
    assert summary(run)["incomplete"]["a"][0].startswith("values that the modules refuse")
    text = host_file(fleet, "a").read_text(encoding="utf-8")
    assert "# publisher: got" in text and "# watch_condition.primary.custom_uri: " in text
    assert "longer-than-ten" not in text
    simulator.forget()
    again = provision(fleet, *VAULT)
    assert again.returncode == 0, again.output
    assert simulator.writes() == []
