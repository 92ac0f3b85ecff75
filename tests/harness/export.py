"""A fleet with every setting that the collection knows, for the tests of the playbook export."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from harness.fleet import host, keys
from harness.playbook import Playbooks
from harness.simulator import Simulator

PNG = b"\x89PNG\r\n\x1a\n-flower"
VAULT_PASSWORD = "vault-Passw0rd-7Q"
NAMES = ("a", "b", "c")
# Names come from people.
ODD = "{{ 7 * 6 }} \"大厅\" #1: 'x'\\"
FORM = [
    {"name": "姓名", "type": "name", "placeholder": "全名", "sms": "N"},
    {"name": "手机", "type": "mobile", "sms": "Y"},
    {"name": "部门", "type": "option", "options": ["A", "B"], "sms": "N"},
]
CONDITIONS: list[dict[str, Any]] = [
    {
        "authType": "code",
        "authCode": "{{9*9}}",
        "qcodeTips": "扫码 {% raw %}",
        "qcodeImg": "https://i.example.com/q.png",
    },
    {"authType": "phone", "authTips": "yes", "whiteListEntryText": "进入"},
    {
        "authType": "info",
        "infoFields": FORM,
        "infoAuthTips": "请登记",
        "infoDesc": "- a: b",
        "infoEntryText": "0123",
    },
    {"authType": "pay", "payAuthTips": "pay", "price": 9.9, "watchEndTime": "2027-12-31 23:59"},
    {
        "authType": "external",
        "externalKey": "ext-key-1",
        "externalUri": "https://e.example.com/a",
        "externalEntryText": "go",
    },
    {"authType": "direct", "directKey": "direct-key-1"},
    {"authType": "wx", "wxAuthExpireValue": "3d"},
    {"authType": "public"},
    {"authType": "custom", "customKey": "custom-k1", "customUri": "https://c.example.com/login"},
]


def channels(number: int, images: str) -> list[dict[str, Any]]:
    """One channel for each type of watch condition, and some more, with ids of their own for each account."""
    first = 4000000 + 1000 * number
    found: list[dict[str, Any]] = [
        {
            "channel_id": first + index,
            "name": f"Room {index}",
            "auth": [
                {"rank": 1, "enabled": "Y", **condition},
                {"rank": 2, "enabled": "N", "authType": "none"},
            ],
        }
        for index, condition in enumerate(CONDITIONS)
    ]
    found[0].update(
        name=ODD,
        scene="topclass",
        category_id=7,
        publisher="{{ publisher }} & Co",
        desc="first line\n  second: line\n",
        start_time=1800000000000,
        end_time=1800003600000,
        max_viewer_restrict="Y",
        max_viewer=50,
        link_mic_limit=6,
    )
    found[1]["auth"][1] = {"rank": 2, "enabled": "Y", "authType": "code", "authCode": "007"}
    found[1]["donate"] = {"donateCashEnabled": "Y", "cashMin": 6.6}
    goods = [
        {"goodName": "鲜花", "goodPrice": 0.5, "goodImg": f"{images}/flower.png"},
        {"goodName": "off", "goodPrice": 3, "goodImg": f"{images}/flower.png", "goodEnabled": "N"},
    ]
    found[2]["donate"] = {"donateGoodEnabled": "Y", "goods": goods}
    found[3]["function_switches"] = {"chat": "N", "closeDanmu": "Y"}
    found[4]["follows"] = {"auth": "Y", "donate": "Y"}
    found[5]["auth"] = [{"rank": 1, "enabled": "N"}, {"rank": 2, "enabled": "N"}]
    found[5]["auth"][0].update(
        authType="none", customUri="https://stored.example.com/login", customKey="stored-k"
    )
    found += [{"channel_id": first + 90 + twin, "name": "Twin"} for twin in range(2)]
    return found


def account(number: int, name: str, images: str) -> dict[str, Any]:
    """An account in the form of the simulator's seed."""
    return {
        **keys(name),
        "email": f"{name}@example.com",
        "weixin_share_url": f"https://share.example.com/{name}?a=1&b=%20",
        "record_callback_url": "https://hooks.example.com/record",
        "callback": {
            "streamCallbackUrl": "https://hooks.example.com/stream",
            "recordFileCallBackType": "last",
            "recordCallbackVideoType": "m3u8,mp4",
            "rebirthVodCallbackEnabled": "Y",
        },
        "function_switches": {"redPack": "N"},
        "auth_template": [
            {
                "authEnabled": "Y",
                "authType": "external",
                "externalKey": f"template-{name}",
                "externalUri": "https://e.example.com",
            },
            {"authEnabled": "N", "authType": "none"},
        ],
        "sub_accounts": [{"childEmail": f"teacher@{name}.example.com", "childName": "T", "roleId": 2}],
        "channels": channels(number, images),
    }


def make(
    playbooks: Playbooks, simulator: Simulator, images: str, names: tuple[str, ...] = NAMES
) -> Playbooks:
    """An inventory in a directory of its own, and the simulated accounts."""
    simulator.replace_accounts([account(number, name, images) for number, name in enumerate(names)])
    directory = playbooks.directory / "inventory"
    directory.mkdir()
    content = {"all": {"hosts": {name: host(name) for name in names}}}
    (directory / "hosts.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    (playbooks.directory / "vault-password").write_text(VAULT_PASSWORD + "\n", encoding="utf-8")
    return playbooks


@contextlib.contextmanager
def image_server(directory: Path) -> Iterator[str]:
    """Serves an image, and everything else of a directory; its address."""
    (directory / "flower.png").write_bytes(PNG)
    handler = functools.partial(_Quiet, directory=str(directory))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
