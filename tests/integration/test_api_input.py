"""polyv_api, run by ansible-playbook: calls that are refused before any request, and secrets that show nowhere."""

from __future__ import annotations

import os
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

API = "polyv.live.polyv_api"
USER = ACCOUNT["user_id"]
GET = {"path": "/live/v3/user/get-info", "access": "read"}
POST = {"method": "POST", "path": "/live/v3/channel/switch/update", "access": "write"}
UPDATE = {"method": "POST", "path": "/live/v3/channel/auth/update", "access": "write"}
SECRET = "s3cr3t-77-word"


def path(value: Any) -> dict[str, Any]:
    return {**GET, "path": value}


def query(**parameters: Any) -> dict[str, Any]:
    return {**GET, "query": parameters}


PATHS = {
    "https://evil.example.com/live/v3/user/get-info": "path: names a host",
    "//evil.example.com/live": "path: names a host",
    "evil.example.com/live": "path: got 'evil.example.com/live', must begin with a slash",
    "@evil.example.com/live": "must begin with a slash",
    ".evil.example.com/live": "must begin with a slash",
    ":8080/live": "must begin with a slash",
    "": "must begin with a slash",
    "/": "must have no empty part",
    "/live//v3": "must have no empty part",
    "/live/v3/": "must have no empty part",
    "/live/../secret": "must have no part of dots only",
    "/live/./v3": "must have no part of dots only",
    "/live/.../v3": "must have no part of dots only",
    "/live/%2e%2e/v3": "must be of ASCII letters",
    "/live%2fv3": "must be of ASCII letters",
    "/live\\v3": "must be of ASCII letters",
    "/live/v3@evil.example.com": "must be of ASCII letters",
    "/live/v3;x=1": "must be of ASCII letters",
    "/live/v3 HTTP/1.1": "must be of ASCII letters",
    "/live/v3\r\nHost: evil": "must be of ASCII letters",
    "/live/直播": "must be of ASCII letters",
    "/live/ｖ3": "must be of ASCII letters",
    f"/live/v3?sign={SECRET}": "path: has a ? or a #",
    "/live/v3#x": "path: has a ? or a #",
    "/live/{channelId}/x": "must have no braces but {userId}",
    "/live/x{userId}/x": "must have no braces but {userId}",
    "/live/{userId.__class__}/x": "must have no braces but {userId}",
    "/" + "x" * 600: "must be at most 500",
}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no access": ({"path": GET["path"]}, "missing required arguments: access"),
    "access of a verb": ({**GET, "access": "GET"}, "access must be one of: read, write"),
    "other verb": ({**GET, "method": "PUT"}, "method must be one of: GET, POST"),
    **{
        f"own {name}": (query(**{name: "x"}), f"query.{name}: must be left out")
        for name in ("appId", "APPID", "timestamp", "sign", "signatureMethod", "signatureNonce", "appSecret")
    },
    "own in form": ({**POST, "form": {"sign": "x"}}, "form.sign: must be left out"),
    "own in json": ({**POST, "json": {"timestamp": 1}}, "json.timestamp: must be left out"),
    "own as a file": (
        {**POST, "files": [{"name": "sign", "path": "/dev/null"}]},
        "files[0].name.sign: must be left out",
    ),
    "boolean": (query(a=True), "query.a: got the boolean true, must be a text; flags are 'Y' and 'N'"),
    "null": (query(a=None), "query.a: got null"),
    "list": (query(a=["x"]), "query.a: got a list or a mapping, must be a text; the API takes lists as a,b,c"),
    "mapping": (query(a={"x": 1}), "query.a: got a list or a mapping"),
    "empty": (query(a=""), "query.a: got an empty text, must not be blank"),
    "blanks": (query(a=" \t"), "query.a: got blanks, must not be blank"),
    "not a number": (query(a=float("nan")), "query.a: got nan, must be a finite number"),
    "rewritten": (query(a=1448323e10), "query.a: got 1.448323e+16, was read as a number"),
    "nul": (query(a="a\0b"), "query.a: has a character that no text has"),
    "name": ({**GET, "query": {"a&b": "x"}}, "query: has the name 'a&b'"),
    "no name": ({**GET, "query": {"": "x"}}, "query: has the name ''"),
    "number as name": ({**GET, "query": {1: "x"}}, "query: has the key 1"),
    "no parameters": ({**GET, "query": 7}, "query: got a number, must be a mapping"),
    "channel zero": (query(channelId=0), "query.channelId: got '0', must be the number of a channel"),
    "no channel": (query(channelId="x"), "query.channelId: got 'x', must be the number of a channel"),
    "GET with form": ({**GET, "form": {"a": 1}}, "form: must be left out of a GET"),
    "GET with json": ({**GET, "json": {}}, "json: must be left out of a GET"),
    "GET with files": (
        {**GET, "files": [{"name": "a", "path": "x.png"}]},
        "files: must be left out of a GET",
    ),
    "two bodies": ({**POST, "form": {"a": 1}, "json": []}, "json: must be left out beside form or files"),
    "mix": (
        {**POST, "form": {"a": 1}, "query": {"b": 2}},
        "query: must be left out beside form or files, put all into form: nobody says how a mix is signed",
    ),
    "text as json": ({**POST, "json": f'"{SECRET}"'}, "json: got a text, must be a mapping or a list"),
    "number as json": ({**POST, "json": 7}, "json: got a number or a boolean, must be a mapping or a list"),
    "endless json": ({**POST, "json": {"a": [float("inf")]}}, "json.a[0]: got inf"),
    "number as key": ({**POST, "json": {"a": {1: 2}}}, "json.a: has the key 1, must be a text"),
    "channel in the body": (
        {**UPDATE, "json": {"channelId": CHANNEL, "authSettings": []}},
        "json.channelId: must be in query: in the body this endpoint ignores it, and changes the whole account",
    ),
    "no file": (
        {**POST, "files": [{"name": "a", "path": "no-such.png"}]},
        "files[0].path: got 'no-such.png', must be a file that can be read",
    ),
    "pipe": ({**POST, "files": [{"name": "a", "path": "{{ playbook_dir }}/pipe"}]}, "must be an ordinary file"),
    "name twice": (
        {**POST, "form": {"a": "x"}, "files": [{"name": "a", "path": "{{ playbook_dir }}/a.txt"}]},
        "files: has the name 'a', which is in form too",
    ),
    "many files": ({**POST, "files": [{"name": "a", "path": "x"}] * 21}, "files: got 21 files, must be at most 20"),
}  # fmt: skip


def test_bad_input_names_the_option_before_any_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    os.mkfifo(playbooks.directory / "pipe")
    (playbooks.directory / "a.txt").write_text("a")
    cases = {**{f"path {text[:40]!r}": (path(text), said) for text, said in PATHS.items()}, **BAD}
    tasks = [
        {"name": name, API: options, "ignore_errors": True} for name, (options, _message) in cases.items()
    ]
    run = playbooks.tasks(*tasks, defaults=account, options=["-vvv"])
    found = {result.task: result.data for result in run.results}
    wrong = {
        name: found[name] for name, (_unused, said) in cases.items() if said not in found[name].get("msg", "")
    }
    assert wrong == {}
    assert {data["failure"]["kind"] for data in found.values()} == {"invalid_input"}
    assert simulator.requests() == []
    assert "Traceback" not in run.everything


def test_a_date_and_a_deep_body_are_refused(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    deep = "[" * 60 + "]" * 60
    text = f"""
- hosts: localhost
  gather_facts: false
  tasks:
    - name: date
      {API}: {{method: POST, path: /live/x, access: read, json: {{start: 2026-11-27}}}}
      ignore_errors: true
    - name: deep
      {API}: {{method: POST, path: /live/x, access: read, json: {deep}}}
      ignore_errors: true
"""
    (playbooks.directory / "own.yml").write_text(text, encoding="utf-8")
    environ = {f"POLYV_{name.upper()}": str(value) for name, value in ACCOUNT.items()}
    run = playbooks.run("own.yml", environ=environ)
    assert run.result("date").data["msg"] == "json.start: got a date, must be a text; put it in quotes"
    assert run.result("deep").data["msg"].startswith("json: must have at most 50 levels")
    assert simulator.requests() == []


def secret_values(simulator: Simulator) -> set[str]:
    """What may show nowhere: the secrets given below, those of the account and its channels, and each signature."""
    sent = [parameters for entry in simulator.requests() for parameters in (entry["query"], entry["form"])]
    signatures = {value for parameters in sent for value in parameters.get("sign", [])}
    assert signatures
    return {SECRET, ACCOUNT["app_secret"], "6mu6166v4l", f"pw{CHANNEL}", *signatures}


def test_secrets_are_masked_by_their_names_in_results_arguments_and_messages(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("add-custom-user", "envelope", code=400, message=f"bad passwd {SECRET} of 771")
    simulator.fault("auth-update", "envelope", code=400, message=f"bad authCode {SECRET}, id 7712")
    tasks = {
        "form": {**POST, "path": "/live/v2/app/add-custom-user", "form": {"passwd": SECRET, "email": "a@example.com"}},
        "json": {
            **UPDATE,
            "query": {"channelId": CHANNEL},
            "json": {"authSettings": [{"authCode": SECRET, "rank": 1}], "phone": "771"},
            "mask": ["Phone"],
        },
        "keys": {"path": "/live/v3/channel/auth/get", "access": "read", "query": {"channelId": CHANNEL}},
        "passwords": {
            "method": "POST",
            "path": "/live/v3/channel/management/list-detail",
            "access": "read",
            "form": {"page": 1},
            "mask": ["NAME"],
        },
        "bad": {**POST, "form": {"passwd": [SECRET]}},
    }  # fmt: skip
    played = [{"name": name, API: options, "ignore_errors": True} for name, options in tasks.items()]
    run = playbooks.tasks(
        *played,
        defaults={**account, "retries": 0},
        options=["-vvv", "--diff"],
        environ={"ANSIBLE_INJECT_INVOCATION": "true"},
    )
    assert [secret for secret in secret_values(simulator) if secret in run.everything] == []
    assert "bad passwd ******** of 771" in run.result("form").data["msg"]
    assert "bad authCode ********, id 7712" in run.result("json").data["msg"]
    (first, second) = run.result("keys").data["data"]
    assert (first["customKey"], second["customKey"]) == ("********", None), "what is unset stays so"
    assert first["channelId"] in (CHANNEL, int(CHANNEL)), "an id is no secret, whatever stands in it"
    contents = run.result("passwords").data["data"]["contents"]
    assert {item["channelPasswd"] for item in contents} == {"********"}
    assert {item["name"] for item in contents} == {"********"}, "masked because the task says so"
    arguments = run.result("json").data["invocation"]["module_args"]
    assert arguments["json"] == {
        "authSettings": [{"authCode": "********", "rank": 1}],
        "phone": "********",
    }
    assert arguments["query"] == {"channelId": CHANNEL}


def test_a_secret_in_the_query_of_a_post_or_in_a_loop_is_warned_of(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(
        {"name": "query", API: {**POST, "query": {"passwd": SECRET}}, "ignore_errors": True},
        {
            "name": "loop",
            API: {**POST, "form": {"passwd": "{{ item }}"}},
            "loop": [SECRET],
            "ignore_errors": True,
        },
        defaults={**account, "retries": 0},
    )
    assert "query.passwd: a query stands in the logs of servers and proxies." in run.words
    assert "Ansible shows item with each result of this loop, and a secret is in it." in run.words
