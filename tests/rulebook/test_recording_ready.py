"""From a finished recording to a play: the simulator as Polyv, ansible-rulebook itself, the rulebook and playbook of the collection."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness.accounts import ACCOUNT, CHANNEL, OTHER_ACCOUNT
from harness.event_source import free_port
from harness.rulebook import Rulebook
from harness.simulator import Simulator

USER = ACCOUNT["user_id"]
TOKEN = "tok3n-Q7zR"


def variables(port: int, directory: Path, **changes: str) -> dict[str, str]:
    """What the collection's rulebook takes from the environment."""
    return {
        "POLYV_APP_SECRET": ACCOUNT["app_secret"],
        "POLYV_CALLBACK_TOKEN": TOKEN,
        "POLYV_CALLBACK_PORT": str(port),
        "POLYV_RECORDINGS_DIRECTORY": str(directory / "recordings"),
        **changes,
    }


def listen(
    simulator: Simulator, port: int, formats: str = "m3u8,mp4", path: str = f"/recordings/{TOKEN}"
) -> None:
    """The account's recordings are reported there."""
    url = f"http://127.0.0.1:{port}{path}"
    simulator.alter(USER, record_callback_url=url, callback={"recordCallbackVideoType": formats})


def statuses(attempts: list[dict[str, Any]]) -> list[Any]:
    return [attempt["http_status"] for attempt in attempts]


def test_each_recording_starts_the_playbook_once(simulator: Simulator, tmp_path: Path) -> None:
    port = free_port()
    listen(simulator, port)
    notes = tmp_path / "recordings"
    # A part of a template would make a number of this id.
    wanted = {notes / f"my-account-5e10.{video}.json" for video in ("m3u8", "mp4")}
    with Rulebook(tmp_path, "polyv.live.recording_ready", variables(port, tmp_path), "-vv") as running:
        running.wait_for_port(port)
        attempts = simulator.record(USER, CHANNEL, "5e10", hasRtcRecord="Y")
        again = simulator.record(USER, CHANNEL, "5e10")
        running.wait_until(lambda: running.output.count("PLAY RECAP") == 2)
        output = running.output
    assert [attempt["text"] for attempt in attempts + again] == ["taken"] * 2 + ["known already"] * 2
    assert set(notes.iterdir()) == wanted
    assert output.count("failed=0") == 2, output
    note = json.loads((notes / "my-account-5e10.mp4.json").read_text(encoding="utf-8"))
    assert note.pop("sent").endswith("Z")
    assert note == {
        "account": "my-account",
        "channel_id": CHANNEL,
        "file_id": "5e10",
        "file_url": "https://rec.videocc.net/5e10.mp4",
        "format": "mp4",
        "origin": "auto",
        "has_rtc_record": True,
        "session_id": "fx4k2a9d",
    }
    # Though it says all that it can say.
    for secret in (ACCOUNT["app_secret"], TOKEN, *(attempt["parameters"]["sign"] for attempt in attempts)):
        assert secret not in output


def test_what_is_refused_starts_nothing(simulator: Simulator, tmp_path: Path) -> None:
    port = free_port()
    with Rulebook(
        tmp_path,
        "polyv.live.recording_ready",
        variables(port, tmp_path, POLYV_APP_SECRET=OTHER_ACCOUNT["app_secret"]),
    ) as running:
        running.wait_for_port(port)
        listen(simulator, port)
        assert statuses(simulator.record(USER, CHANNEL, "f1")) == [403, 403]
        listen(simulator, port, path="/recordings/other")
        assert statuses(simulator.record(USER, CHANNEL, "f1")) == [404, 404]
        running.wait_until(lambda: "with 404: path: no account has it" in running.output)
        output = running.output
    assert "Refused a callback from 127.0.0.1 with 403: sign: must be" in output
    assert "PLAY" not in output
    assert not (tmp_path / "recordings").exists()


def test_a_secret_and_a_token_of_digits_stay_text(simulator: Simulator, tmp_path: Path) -> None:
    port = free_port()
    seed = [{**ACCOUNT, "app_secret": "12345678901234567890", "channels": [{"channel_id": CHANNEL}]}]
    simulator.replace_accounts(seed)
    listen(simulator, port, "mp4", "/recordings/007")
    digits = {"POLYV_APP_SECRET": "12345678901234567890", "POLYV_CALLBACK_TOKEN": "007"}
    with Rulebook(tmp_path, "polyv.live.recording_ready", variables(port, tmp_path, **digits)) as running:
        running.wait_for_port(port)
        assert statuses(simulator.record(USER, CHANNEL, "f1")) == [200]


def own_rulebook(directory: Path, source: dict[str, Any], action: dict[str, Any]) -> str:
    """A rulebook beside the test, with one rule for every recording."""
    rule = {"name": "All", "condition": "event.recording.file_id is defined", "action": action}
    sources = [{"name": "Callbacks", "polyv.live.record_callback": source}]
    content = [{"name": "Recordings", "hosts": "localhost", "sources": sources, "rules": [rule]}]
    path = directory / "own.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return str(path)


def test_many_at_once_are_all_taken_while_rules_are_busy(simulator: Simulator, tmp_path: Path) -> None:
    port, count = free_port(), 60
    listen(simulator, port, path="/")
    simulator.switch(recording_resend="same")
    account = {"name": "school", "app_secret": "{{ POLYV_APP_SECRET }}"}
    action = {"debug": {"msg": "{{ event.recording.file_id }}.{{ event.recording.format }}!"}}
    rulebook = own_rulebook(tmp_path, {"port": port, "accounts": [account]}, action)
    secret = {"POLYV_APP_SECRET": ACCOUNT["app_secret"]}
    with Rulebook(tmp_path, rulebook, secret) as running:
        running.wait_for_port(port)
        threads = [
            threading.Thread(target=simulator.record, args=[USER, CHANNEL, f"f{number:02}"])
            for number in range(count)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        wanted = [f"f{number:02}.{video}!" for number in range(count) for video in ("m3u8", "mp4")]
        running.wait_until(lambda: all(name in running.output for name in wanted))
        output = running.output
    assert {output.count(name) for name in wanted} == {1}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"max_age": "soon"}, "max_age: got 'soon', must be a whole number from 1 to 604800"),
        (
            # A template makes a number of it, which may have lost zeros or signs.
            {"accounts": [{"name": "school", "app_secret": "{{ POLYV_APP_SECRET }}"}]},
            "accounts[0].app_secret: got int, must be the app secret of the account as text",
        ),
    ],
)
def test_a_bad_option_ends_it_with_a_sentence(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    account = {"name": "school", "app_secret": "'{{ POLYV_APP_SECRET }}'"}
    source = {"port": free_port(), "accounts": [account], **changes}
    rulebook = own_rulebook(tmp_path, source, {"debug": {"msg": "never"}})
    with Rulebook(tmp_path, rulebook, {"POLYV_APP_SECRET": "98765432109876543210"}) as running:
        running.wait_for_end()
        assert message in running.output
        assert "98765432109876543210" not in running.output
