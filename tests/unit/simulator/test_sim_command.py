"""The command: its one line, its signals, its complaints, the state file."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from unit.simulator.support import USER_ID, Api, data

_COMMAND = [sys.executable, str(Path(__file__).parents[2] / "simulator")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_line_and_a_clean_end(number: signal.Signals) -> None:
    with subprocess.Popen(_COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Polyv simulator listening on http://127.0.0.1:")
        process.send_signal(number)
        output, complaints = process.communicate(timeout=5)
        assert (process.returncode, output, complaints) == (0, "", "")


def test_state_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Api(tmp_path, "--state", str(state)) as api:
        data(api.post("v3/user/set-weixin-share-api", url="http://kept.example/"))
        added = data(api.post("v2/app/add-custom-user", email="new@example.com", mobile="1", passwd="12345"))
        document = api.control("GET", "accounts")
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert json.loads(state.read_text(encoding="utf-8")) == document
    with Api(tmp_path, "--state", str(state)) as api:
        assert api.control("GET", "accounts") == document
        assert data(api.get("v2/app/get-custom-user", email="new@example.com")) == added
        api.reset()
        assert api.account(USER_ID)["weixin_share_url"] is None
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["seed.json", "state.json"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--seed", "absent.yml"), "absent.yml"),
        (("--seed", "broken.yml"), "broken.yml is neither YAML nor JSON"),
        (("--state", "odd.json"), "odd.json: seed: unknown key 'odd'"),
        (("--switch", "odd=1"), "unknown switch 'odd'"),
        (("--switch", "oauth_key"), "NAME=VALUE"),
        (("--latency", "-1"), "--latency"),
        (("--host", "192.0.2.1"), "annot assign requested address"),
    ],
)
def test_complaints(tmp_path: Path, arguments: tuple[str, ...], complaint: str) -> None:
    (tmp_path / "broken.yml").write_text("hunter2: [\n", encoding="utf-8")
    (tmp_path / "odd.json").write_text('{"odd": 1}', encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C"}
    command = [*_COMMAND, *arguments]
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert complaint in ended.stderr
    assert "hunter2" not in ended.stderr
