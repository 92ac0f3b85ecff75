"""The options that say how to reach the API, by ansible-playbook against the simulator and a server with TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT
from harness.playbook import Playbooks
from harness.simulator import Simulator
from harness.tls import TlsServer

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_record_callback"


def task(name: str, /, **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"state": "absent", **options}, "ignore_errors": True}


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    """Answers every call with an empty record callback, and shows a certificate that nobody trusts."""
    with TlsServer(tmp_path_factory.mktemp("tls")) as server:
        yield server


def test_a_bad_option_is_named_and_nothing_is_sent(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    addresses = (
        "",
        "ftp://127.0.0.1",
        "https://a b",
        "https://api.polyv.net?x=1",
        "https://me:pw@api.polyv.net",
    )
    bad: list[tuple[str, Any]] = [
        *(("api_url", address) for address in addresses),
        *(("timeout", seconds) for seconds in (0, "nan")),
        ("max_wait", -1),
        ("retries", -1),
        *(("rate_limit", number) for number in (-1, 1501)),
        ("ca_path", str(playbooks.directory / "missing.pem")),
    ]
    tasks = [task(f"{option}={value}", **{option: value}) for option, value in bad]
    run = playbooks.tasks(*tasks, defaults=account)
    found = [(result.data["failure"]["kind"], result.data["msg"].split(":")[0]) for result in run.results]
    assert found == [("invalid_input", option) for option, _unused in bad], run.output
    assert simulator.requests() == []


def test_a_value_that_ansible_itself_refuses_names_the_option(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    bad = {"signature_method": "sha1", "retries": "many", "timeout": "soon", "allow_http": "perhaps"}
    run = playbooks.tasks(
        *(task(option, **{option: value}) for option, value in bad.items()), defaults=account
    )
    assert [result.task for result in run.results if result.task in result.data["msg"]] == list(bad), (
        run.output
    )


def test_plain_http_is_only_for_this_machine_unless_the_risk_is_accepted(
    playbooks: Playbooks, account: dict[str, Any]
) -> None:
    # An address for documentation (RFC 5737): nobody answers there.
    elsewhere = {"api_url": "http://192.0.2.1:9", "timeout": 0.2, "retries": 0}
    run = playbooks.tasks(
        task("refused", **elsewhere), task("accepted", **elsewhere, allow_http=True), defaults=account
    )
    assert run.result("refused").data["msg"].startswith("api_url: got 'http://192.0.2.1:9', must be https")
    assert run.result("accepted").data["failure"]["kind"] == "unreachable"


def test_api_url_may_end_with_a_slash_and_wins_over_the_environment(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    environ = {"POLYV_API_URL": "https://127.0.0.1:1"}
    run = playbooks.tasks(task("slash", api_url=f"{simulator.url}/"), defaults=account, environ=environ)
    assert run.returncode == 0, run.output
    assert [entry["path"] for entry in simulator.requests()] == ["/live/v4/user/global-setting/callback/get"]


def test_a_blank_environment_variable_counts_as_not_given(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    environ = {"POLYV_API_URL": " ", "POLYV_RATE_LIMIT": ""}
    run = playbooks.tasks(task("blank", api_url=simulator.url), defaults=account, environ=environ)
    assert run.result("blank").status == "ok", run.output


def test_the_rate_limit_of_the_environment_is_checked_like_the_option(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("env"), defaults=account, environ={"POLYV_RATE_LIMIT": "1501"})
    assert run.result("env").data["msg"] == "rate_limit: got 1501, must be from 0 to 1500"
    assert simulator.requests() == []


def test_a_certificate_that_nobody_trusts_needs_ca_path_or_validate_certs(
    playbooks: Playbooks, account: dict[str, Any], tls_server: TlsServer
) -> None:
    run = playbooks.tasks(
        task("untrusted"),
        task("trusted", ca_path=str(tls_server.certificate)),
        task("unchecked", validate_certs=False),
        defaults={**account, "api_url": tls_server.url},
    )
    assert run.result("untrusted").data["failure"]["kind"] == "certificate", run.output
    assert run.result("untrusted").data["failure"]["attempts"] == 1
    assert "its issuer is unknown here" in run.result("untrusted").data["msg"]
    assert ["validate_certs is false" in text for text in run.result("unchecked").data["warnings"]] == [True]
    assert "InsecureRequestWarning" not in run.output
    assert [run.result(name).status for name in ("trusted", "unchecked")] == ["ok", "ok"], run.output


@pytest.mark.parametrize(
    ("certificate", "told"), [({"days": -1}, "has expired"), ({"host": "192.0.2.7"}, "is for another host")]
)
def test_a_certificate_is_told_apart_by_what_is_wrong_with_it(
    playbooks: Playbooks, account: dict[str, Any], tmp_path: Path, certificate: dict[str, Any], told: str
) -> None:
    with TlsServer(tmp_path, **certificate) as server:
        run = playbooks.tasks(
            task("bad", ca_path=str(server.certificate)), defaults={**account, "api_url": server.url}
        )
    assert told in run.result("bad").data["msg"], run.output
    assert run.result("bad").data["failure"]["attempts"] == 1


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_in_the_environment_does_not_displace_the_options(
    playbooks: Playbooks, account: dict[str, Any], tls_server: TlsServer, variable: str
) -> None:
    run = playbooks.tasks(
        task("trusted", ca_path=str(tls_server.certificate)),
        task("unchecked", validate_certs=False),
        defaults={**account, "api_url": tls_server.url},
        environ={variable: str(playbooks.directory / "missing.pem")},
    )
    assert [result.status for result in run.results] == ["ok", "ok"], run.output


def test_a_ca_path_without_certificates_is_an_error_that_names_it(
    playbooks: Playbooks, account: dict[str, Any], tls_server: TlsServer
) -> None:
    empty = Path(playbooks.directory / "empty.pem")
    empty.write_text("no certificate\n", encoding="utf-8")
    run = playbooks.tasks(task("empty", ca_path=str(empty)), defaults={**account, "api_url": tls_server.url})
    assert run.result("empty").data["failure"]["kind"] == "certificate", run.output
    assert "ca_path" in run.result("empty").data["msg"]


def test_timeout_ends_a_call_that_is_not_answered(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("callback-get", "delay", seconds=2)
    run = playbooks.tasks(task("slow", timeout=0.3, retries=0), defaults=account)
    assert run.result("slow").data["failure"]["kind"] == "unreachable"
    assert "no answer within 0.3 s" in run.result("slow").data["msg"]


def test_a_wait_longer_than_max_wait_is_not_begun(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    simulator.fault("callback-get", "status", http_status=503, headers={"Retry-After": "60"}, times=-1)
    run = playbooks.tasks(task("long", max_wait=1), defaults=account)
    assert run.result("long").data["failure"]["kind"] == "unavailable"
    assert run.result("long").data["failure"]["attempts"] == 1


def test_signature_method_sha256_is_named_and_accepted(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    run = playbooks.tasks(task("sha256", signature_method="sha256"), defaults=account)
    assert run.returncode == 0, run.output
    query = simulator.requests()[0]["query"]
    assert query["signatureMethod"] == ["SHA256"]
    assert len(query["sign"][0]) == 64


def test_rate_limit_0_and_the_highest_are_accepted(playbooks: Playbooks) -> None:
    run = playbooks.tasks(task("0", rate_limit=0), task("1500", rate_limit=1500), defaults=ACCOUNT)
    assert [result.status for result in run.results] == ["ok", "ok"], run.output
