"""What the settings' requests look like on the wire (docs/api.md §2): places, values, text byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

# Each character that some layer between a playbook and the server could encode twice, or lose.
NAME = "鲜花 &=+%&amp; ?#;'\"\\ {é}%20"
URL = "https://hooks.example.com/录制/%E4%B8%AD?a=1&b=x+y%20z&c==&d=#é;'"
CUSTOM_URI = "https://login.example.com/登录/%E4%B8%AD&a=x+y%20z;'"


def tasks(playbooks: Playbooks) -> list[dict[str, Any]]:
    """Every setting with text that is hard to carry; the record callback goes off again."""
    path = playbooks.directory / "鲜花 &=+%.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    good = {"name": "{{ good_name }}", "price": "0.00", "image": str(path)}
    options: list[tuple[str, dict[str, Any]]] = [
        ("weixin_share", {"url": URL}),
        ("record_callback", {"url": URL}),
        ("record_callback", {"state": "absent"}),
        ("oauth_custom", {"custom_uri": CUSTOM_URI, "all_channels": True}),
        ("donate", {"type": "good", "channel_id": CHANNEL, "goods": [good]}),
        ("donate", {"type": "cash", "channel_id": CHANNEL}),
    ]
    return [{"name": name, f"polyv.live.polyv_{name}": arguments} for name, arguments in options]


@pytest.fixture
def log(playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]) -> list[dict[str, Any]]:
    """The requests of a run that writes every setting."""
    run = playbooks.tasks(
        *tasks(playbooks), defaults={**account, "signature_method": "sha256"}, vars={"good_name": NAME}
    )
    assert run.returncode == 0, run.output
    return simulator.requests()


def sent(log: list[dict[str, Any]], endpoint: str, parameter: str) -> list[str]:
    """The values of a parameter in all calls of an endpoint that carry it."""
    return [
        value for entry in log if entry["endpoint"] == endpoint for value in entry["form"].get(parameter, [])
    ]


def test_text_travels_byte_for_byte(log: list[dict[str, Any]]) -> None:
    assert sent(log, "set-weixin-share-api", "url") == [URL]
    assert sent(log, "set-record-callback", "url") == [URL]
    assert set(sent(log, "oauth-custom", "customUri")) == {CUSTOM_URI}
    assert sent(log, "setDonate", "goodName") == [NAME]


def test_every_request_keeps_to_the_contract(log: list[dict[str, Any]]) -> None:
    for entry in log:
        assert entry["code"] == 200, "signed as the server expects"
        values = [value for group in (entry["query"], entry["form"]) for value in group.values()]
        assert "" not in [text for texts in values for text in texts], "no empty parameter"
        assert {len(texts) for texts in values} == {1}, "no parameter twice"
        empty_side = "query" if entry["method"] == "POST" else "form"
        assert entry[empty_side] == {}, "the parameters of a POST are in its body"
        assert "appSecret" not in {*entry["query"], *entry["form"]}
        assert ACCOUNT["app_secret"] not in str(entry), "no secret anywhere"
