"""The command: its one line, its signals, its complaints, the state file."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from unit.simulator.support import APP_ID, SECRET, TESTS, USER_ID, StartedSimulator, data, start

_SET = "v3/user/set-weixin-share-api"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_line_and_a_clean_end(started: StartedSimulator, number: signal.Signals) -> None:
    assert started.url.startswith("http://127.0.0.1:")
    assert data(started.api.get("v3/user/get-info"))["userId"] == USER_ID
    started.process.send_signal(number)
    output, complaints = started.process.communicate(timeout=5)
    assert (started.process.returncode, output, complaints) == (0, "", "")


def test_state_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    user = {"email": "new@example.com", "mobile": "1", "passwd": "12345"}
    with start(tmp_path, "--state", str(state)) as simulator:
        data(simulator.api.post(_SET, url="http://kept.example/"))
        added = data(simulator.api.post("v2/app/add-custom-user", **user))
        document = simulator.api.http.get("/_simulator/accounts").json()
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert json.loads(state.read_text(encoding="utf-8")) == document
    with start(tmp_path, "--state", str(state)) as simulator:
        assert simulator.api.http.get("/_simulator/accounts").json() == document
        assert data(simulator.api.get("v2/app/get-custom-user", email=user["email"])) == added
        simulator.api.http.post("/_simulator/reset")
        assert simulator.api.account()["weixin_share_url"] is None
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["seed.json", "state.json"]


def test_yaml_seed(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(
        f"accounts:\n  - {{user_id: {USER_ID}, app_id: {APP_ID}, app_secret: {SECRET}}}\n", "utf-8"
    )
    with start(tmp_path, "--seed", str(seed)) as simulator:
        assert data(simulator.api.get("v3/user/get-info"))["totalChannels"] == 0


def test_keep_alive(started: StartedSimulator) -> None:
    address = started.url.removeprefix("http://").split(":")
    request = b"GET /live/v3/user/get-info HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection((address[0], int(address[1])), timeout=5) as connection:
        for _unused in range(2):
            connection.sendall(request)
            received = connection.recv(65536)
            while not received.endswith(b"}"):
                received += connection.recv(65536)
            assert received.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--seed", "absent.yml"), "absent.yml"),
        (("--seed", "broken.yml"), "broken.yml is neither YAML nor JSON"),
        (("--seed", "odd.yml"), "unknown key 'odd'"),
        (("--state", "odd.yml"), "odd.yml"),
        (("--switch", "odd=1"), "unknown switch 'odd'"),
        (("--switch", "oauth_key=odd"), "switch 'oauth_key' can't be 'odd'"),
        (("--switch", "oauth_key"), "NAME=VALUE"),
        (("--latency", "-1"), "--latency"),
        (("--host", "192.0.2.1"), "annot assign requested address"),
    ],
)
def test_complaints(tmp_path: Path, arguments: tuple[str, ...], complaint: str) -> None:
    (tmp_path / "broken.yml").write_text("hunter2: [\n", encoding="utf-8")
    (tmp_path / "odd.yml").write_text("odd: 1\n", encoding="utf-8")
    command = [sys.executable, str(TESTS / "simulator"), *arguments]
    environment = {**os.environ, "LC_ALL": "C"}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert complaint in ended.stderr
    assert "hunter2" not in ended.stderr
