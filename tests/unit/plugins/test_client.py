"""The client: what is sent, what is sent again, and what is never sent."""

from __future__ import annotations

import json
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
import urllib3
from unit.plugins.client_support import API, CREATE, READ, WRITE, Clock, error, make_client, success

from ansible_collections.polyv.live.plugins.module_utils._api import envelope
from ansible_collections.polyv.live.plugins.module_utils._api.client import WriteInCheckMode
from ansible_collections.polyv.live.plugins.module_utils._api.endpoint import Endpoint
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes only in sleep."""
    return Clock().install(monkeypatch)


@pytest.fixture
def api(clock: Clock) -> Any:
    """The answers to come, and the calls that came."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def refused_connection() -> requests.ConnectionError:
    reason = urllib3.exceptions.NewConnectionError(object(), "refused")  # type: ignore[arg-type]
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(None, "/?sign=ABC", reason))  # type: ignore[arg-type]


# Never carried out by the API: safe to send again whatever the call does.
NOT_TAKEN: list[dict[str, Any]] = [
    {"status": 429},
    {"status": 503},
    {"json": error("qps exceeds number of calls")},
    {"json": error("something", code=503)},
    {"body": refused_connection()},
]
# Perhaps carried out: only for calls that may happen twice.
UNCERTAIN: list[dict[str, Any]] = [
    {"status": 500},
    {"status": 502},
    {"status": 504},
    {"body": "<html>"},
    {"body": '{"code": 200, "da'},
    {"json": error("internal server error", code=500)},
    {"json": error("设置失败,请重试.")},
    {"status": 307, "headers": {"Location": "https://elsewhere.test"}},
]
FINAL: list[dict[str, Any]] = [
    {"json": error("access forbidden", code=500)},
    {"json": error("param validate error")},
    {"json": error("invalid signature.", code=403)},
    {"json": error("application not found.")},
    {"json": error("something new", code=403), "status": 403},
    {"status": 404},
]


def answer(api: Any, endpoint: Endpoint, *replies: dict[str, Any]) -> None:
    for reply in replies:
        api.add(endpoint.method, API + endpoint.path, **reply)


@pytest.mark.parametrize("endpoint", [READ, WRITE], ids=["read", "write"])
@pytest.mark.parametrize("reply", [*NOT_TAKEN, *UNCERTAIN])
def test_reads_and_idempotent_writes_are_sent_again(
    api: Any, endpoint: Endpoint, reply: dict[str, Any]
) -> None:
    answer(api, endpoint, reply, {"json": success("then")})
    assert make_client().client.call(endpoint) == "then"


@pytest.mark.parametrize("reply", NOT_TAKEN)
def test_a_create_is_sent_again_where_the_api_surely_did_not_take_it(api: Any, reply: dict[str, Any]) -> None:
    answer(api, CREATE, reply, {"json": success("then")})
    assert make_client().client.call(CREATE) == "then"


@pytest.mark.parametrize("reply", UNCERTAIN)
def test_a_create_is_sent_once_where_the_api_may_have_taken_it(api: Any, reply: dict[str, Any]) -> None:
    answer(api, CREATE, reply)
    with pytest.raises(CallError) as caught:
        make_client().client.call(CREATE)
    assert caught.value.failure.attempts == len(api.calls) == 1


@pytest.mark.parametrize("endpoint", [READ, WRITE, CREATE], ids=["read", "write", "create"])
@pytest.mark.parametrize("reply", FINAL)
def test_an_error_that_will_not_pass_is_final(api: Any, endpoint: Endpoint, reply: dict[str, Any]) -> None:
    answer(api, endpoint, reply)
    with pytest.raises(CallError):
        make_client().client.call(endpoint)
    assert len(api.calls) == 1


@pytest.mark.parametrize("endpoint", [WRITE, CREATE], ids=["write", "create"])
def test_a_write_is_refused_in_check_mode(api: Any, endpoint: Endpoint) -> None:
    with pytest.raises(WriteInCheckMode):
        make_client(writes=False).client.call(endpoint)
    assert len(api.calls) == 0


def test_a_read_is_sent_in_check_mode(api: Any) -> None:
    answer(api, READ, {"json": success("seen")})
    assert make_client(writes=False).client.call(READ) == "seen"


def test_the_pauses_grow_and_the_first_retry_comes_at_once(api: Any, clock: Clock) -> None:
    answer(api, READ, *[{"status": 502}] * 4, {"json": success()})
    make_client(retries=4).client.call(READ)
    assert len(clock.slept) == 4
    for slept, least in zip(clock.slept, (0, 1, 2, 4), strict=True):
        assert least <= slept <= least + 0.25


def test_attempts_end_after_the_retries_and_are_counted(api: Any) -> None:
    answer(api, READ, {"status": 502})
    with pytest.raises(CallError) as caught:
        make_client(retries=2).client.call(READ)
    assert caught.value.failure.attempts == len(api.calls) == 3
    assert "Gave up after 3 attempts in 1 s: retries (2) are used up." in caught.value.msg


def test_what_max_wait_ended_says_so(api: Any) -> None:
    answer(api, READ, {"status": 502, "headers": {"Retry-After": "9" * 5000}})
    with pytest.raises(CallError) as caught:
        make_client(max_wait=60).client.call(READ)
    assert "Gave up after 1 attempt in 0 s: max_wait (60 s in all) does not allow to wait" in caught.value.msg


def test_retry_after_in_seconds_is_kept_to(api: Any, clock: Clock) -> None:
    answer(api, READ, {"status": 503, "headers": {"Retry-After": "7"}}, {"json": success()})
    make_client().client.call(READ)
    assert clock.slept == [7]


def test_a_retry_after_that_makes_no_sense_is_ignored(api: Any) -> None:
    answer(api, READ, {"status": 503, "headers": {"Retry-After": "soon"}}, {"json": success("then")})
    assert make_client().client.call(READ) == "then"


def test_max_wait_counts_for_all_calls_of_a_task(api: Any) -> None:
    made = make_client(max_wait=10)
    answer(api, READ, {"status": 503, "headers": {"Retry-After": "6"}}, {"json": success()})
    made.client.call(READ)
    answer(api, WRITE, {"status": 503, "headers": {"Retry-After": "6"}})
    with pytest.raises(CallError):
        made.client.call(WRITE)
    assert sum(call.request.url.startswith(API + WRITE.path) for call in api.calls) == 1


def test_throttling_pauses_double_and_end_at_max_wait(api: Any, clock: Clock) -> None:
    answer(api, READ, {"json": error("qps exceeds number of calls")})
    with pytest.raises(CallError) as caught:
        make_client(max_wait=20, retries=9).client.call(READ)
    assert clock.slept == [2, 4, 8]
    assert caught.value.failure.kind.word == "throttled"
    assert "until 20" in caught.value.msg


def test_an_expected_error_is_raised_at_once(api: Any) -> None:
    answer(api, READ, {"json": error("user does not exist", code=500)})
    with pytest.raises(CallError):
        make_client().client.call(READ, expected=lambda failure: failure.kind.word == "unavailable")
    assert len(api.calls) == 1


def test_parameters_without_a_value_are_not_sent(api: Any) -> None:
    answer(api, WRITE, {"json": success()})
    make_client().client.call(WRITE, {"none": None, "empty": "", "zero": "0", "blank": " "})
    sent = parse_qs(api.calls[0].request.body, keep_blank_values=True)
    assert set(sent) == {"zero", "blank", "appId", "timestamp", "sign"}


@pytest.mark.parametrize("date", [None, "", "yesterday", formatdate(1_700_000_000, usegmt=True)])
def test_an_invalid_timestamp_is_final_where_the_date_tells_nothing_new(api: Any, date: str | None) -> None:
    headers = {} if date is None else {"Date": date}
    answer(api, READ, {"json": error("invalid timestamp."), "headers": headers})
    with pytest.raises(CallError) as caught:
        make_client().client.call(READ)
    assert caught.value.failure.kind.word == "invalid_timestamp"
    assert len(api.calls) == 1


def test_a_create_after_an_invalid_timestamp_is_sent_again_for_the_api_refused_it(
    api: Any, clock: Clock
) -> None:
    date = formatdate(clock.now - 1000, usegmt=True)
    answer(
        api,
        CREATE,
        {"json": error("invalid timestamp."), "headers": {"Date": date}},
        {"json": success("made")},
    )
    assert make_client().client.call(CREATE) == "made"


@pytest.mark.parametrize("spelling", ["signature {0}", "{0}", "sig:{0}:", "lower {1}"])
def test_the_signature_that_was_sent_is_masked_however_it_comes_back(api: Any, spelling: str) -> None:
    def refuse(request: Any) -> tuple[int, dict[str, str], str]:
        sign = parse_qs(urlsplit(request.url).query)["sign"][0]
        return 200, {}, json.dumps(error(spelling.format(sign, sign.lower())))

    api.add_callback("GET", API + READ.path, refuse)
    with pytest.raises(CallError) as caught:
        make_client().client.call(READ)
    sign = parse_qs(urlsplit(api.calls[0].request.url).query)["sign"][0]
    told = f"{caught.value.msg} {caught.value.failure}".upper()
    assert sign not in told and "********" in told


def test_a_message_is_masked_before_it_is_cut() -> None:
    """A cut through a secret would leave half of it."""
    body = json.dumps(error("x" * 495 + "the-secret-word")).encode()
    with pytest.raises(CallError) as caught:
        envelope.read(
            envelope.Response(400, {}, body), "x", lambda text: text.replace("the-secret-word", "****")
        )
    assert "the-s" not in caught.value.msg
