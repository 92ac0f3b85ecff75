"""The event source `record_callback` over real HTTP: what is taken, once; what is refused, and how it says so."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL, OTHER_ACCOUNT, OTHER_CHANNEL
from harness.event_source import EventSource, callback

SECRET, OTHER_SECRET = ACCOUNT["app_secret"], OTHER_ACCOUNT["app_secret"]
SCHOOL = {"name": "school", "app_secret": SECRET}
COMPANY = {"name": "company", "app_secret": OTHER_SECRET}


def sent(age: float = 0, **changes: str) -> dict[str, str]:
    return callback(SECRET, CHANNEL, age=age, **changes)


@pytest.fixture
def source() -> Iterator[EventSource]:
    with EventSource(SCHOOL) as running:
        yield running


def test_a_callback_becomes_an_event_with_every_field(source: EventSource) -> None:
    answer = source.get(sent(timestamp="1780302600123"))
    assert (answer.status_code, answer.text) == (403, "timestamp: must be at most 300 seconds old")
    parameters = sent()
    answer = source.get(parameters)
    assert (answer.status_code, answer.text) == (200, "taken")
    (recording,) = source.events()
    assert recording.pop("sent").endswith("Z")
    assert recording == {
        "account": "school",
        "channel_id": CHANNEL,
        "file_id": "5f2c0b7d",
        "file_url": "https://rec.videocc.net/5f2c0b7d.mp4",
        "format": "mp4",
        "origin": "auto",
        "has_rtc_record": False,
        "session_id": "fx4k2a",
    }


@pytest.mark.parametrize("empty", [True, False])
def test_what_a_recording_does_not_have_is_null(source: EventSource, empty: bool) -> None:
    parameters = sent(origin="", hasRtcRecord="", sessionId="")
    answer = source.get({name: value for name, value in parameters.items() if value or empty})
    assert answer.status_code == 200, answer.text
    (recording,) = source.events()
    assert [recording[name] for name in ("origin", "has_rtc_record", "session_id")] == [None, None, None]


def test_fields_that_nobody_knows_yet_change_nothing(source: EventSource) -> None:
    assert source.get({**sent(), "new": "{{ x }}"}).status_code == 200
    (recording,) = source.events()
    assert "{{" not in str(recording)


def test_the_time_of_the_event_is_that_of_the_timestamp() -> None:
    with EventSource(SCHOOL, max_age=604800) as source:
        for unit, digits in ((1000, 13), (1, 10)):
            timestamp = sent(age=86400)["timestamp"][: 13 if unit == 1000 else 10]
            assert len(timestamp) == digits
            assert source.get(sent(timestamp=timestamp, fileId=f"id{unit}")).status_code == 200
        first, second = (recording["sent"] for recording in source.events())
    assert first == second


@pytest.mark.parametrize(
    ("secret", "timestamp"),
    [(OTHER_SECRET, None), (SECRET, "1780302600123"), ("", None), (SECRET.upper(), None)],
)
def test_a_wrong_sign_is_refused(source: EventSource, secret: str, timestamp: str | None) -> None:
    now = sent()["timestamp"]
    wrong = callback(secret, CHANNEL, timestamp=timestamp or now)["sign"]
    answer = source.get({**sent(timestamp=now), "sign": wrong})
    assert (answer.status_code, answer.text) == (
        403,
        "sign: must be the MD5 of the account's app secret and the timestamp",
    )
    assert source.events() == []


@pytest.mark.parametrize(
    ("age", "taken"), [(290, True), (310, False), (-50, True), (-70, False), (86400, False)]
)
def test_age(source: EventSource, age: int, taken: bool) -> None:
    answer = source.get(sent(age=age))
    assert (answer.status_code == 200) == taken
    assert taken or answer.text.startswith("timestamp: must be at most ")
    assert len(source.events()) == taken


@pytest.mark.parametrize(
    ("unit", "timestamps"),
    [
        ("auto", {"13": 200, "10": 200}),
        ("seconds", {"13": 400, "10": 200}),
        ("milliseconds", {"13": 200, "10": 400}),
    ],
)
def test_the_unit_of_the_timestamp(unit: str, timestamps: dict[str, int]) -> None:
    with EventSource(SCHOOL, timestamp_unit=unit) as source:
        now = sent()["timestamp"]
        for digits, status in timestamps.items():
            answer = source.get(sent(timestamp=now[: int(digits)], fileId=f"f{digits}"))
            assert answer.status_code == status, answer.text
            assert status == 200 or answer.text.startswith("timestamp: must be ")


def test_a_repeat_is_answered_with_200_and_no_event(source: EventSource) -> None:
    for parameters in (sent(), sent(), sent(age=1), sent(fileUrl="https://elsewhere.example/x.mp4")):
        assert source.get(parameters).status_code == 200
    assert len(source.events()) == 1
    # Whoever sends again what was taken long ago should stop, too.
    late = source.get(sent(age=4000))
    assert (late.status_code, late.text) == (200, "known already")
    assert source.events() == []


def test_a_repeat_with_a_wrong_sign_or_a_wrong_field_is_refused(source: EventSource) -> None:
    assert source.get(sent()).status_code == 200
    assert source.get(sent(sign="0" * 32)).status_code == 403
    assert source.get(sent(fileUrl="ftp://rec.videocc.net/a")).status_code == 400


def test_another_file_or_format_is_another_recording_though_the_timestamp_is_the_same(
    source: EventSource,
) -> None:
    timestamp = sent()["timestamp"]
    for file, video in (("a", "mp4"), ("a", "m3u8"), ("b", "mp4")):
        assert source.get(sent(timestamp=timestamp, fileId=file, format=video)).text == "taken"
    assert [(event["file_id"], event["format"]) for event in source.events()] == [
        ("a", "mp4"),
        ("a", "m3u8"),
        ("b", "mp4"),
    ]


def test_accounts_by_path() -> None:
    accounts = ({**SCHOOL, "path": "/school/t0ken"}, {**COMPANY, "path": "/company/t0ken"})
    with EventSource(*accounts) as source:
        assert source.get(sent(), "/school/t0ken").text == "taken"
        # One account's recording says nothing of another's with the same id.
        assert source.get(callback(OTHER_SECRET, CHANNEL), "/company/t0ken").text == "taken"
        assert source.get(sent(fileId="b"), "/company/t0ken").status_code == 403
        for path in ("/", "/school", "/school/t0ken/", "/school/T0ken", "/school/t%C3%B6ken"):
            answer = source.get(sent(fileId="b"), path)
            assert (answer.status_code, answer.text) == (404, "path: no account has it")
        assert [event["account"] for event in source.events()] == ["school", "company"]


def test_accounts_by_channel() -> None:
    accounts = (
        {**SCHOOL, "channels": [int(CHANNEL), OTHER_CHANNEL]},
        {**COMPANY, "channels": ["3191532"]},
    )
    with EventSource(*accounts) as source:
        assert source.get(sent()).text == "taken"
        assert source.get(callback(OTHER_SECRET, "3191532")).text == "taken"
        # Signed by the one, for a channel of the other.
        assert source.get(callback(OTHER_SECRET, CHANNEL, fileId="b")).status_code == 403
        answer = source.get(callback(SECRET, "9999999"))
        assert (answer.status_code, answer.text) == (404, "channelId: no account has this channel")
        assert [event["account"] for event in source.events()] == ["school", "company"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channelId", "x"),
        ("channelId", "1" * 21),
        ("channelId", "٣"),
        ("timestamp", "17803026001234"),
        ("timestamp", "-178030260"),
        ("timestamp", "178030260０"),
        ("sign", "0" * 31),
        ("sign", "A" * 32),
        ("sign", "é" * 32),
        ("format", "flv"),
        ("format", "MP4"),
        ("format", "mp4\n\n"),
        ("fileId", "../../etc/passwd"),
        ("fileId", ".hidden"),
        ("fileId", "a" * 129),
        ("fileId", "a b"),
        ("fileId", "{{x}}"),
        ("fileUrl", "ftp://rec.videocc.net/a.mp4"),
        ("fileUrl", "file:///etc/passwd"),
        ("fileUrl", "https:///a.mp4"),
        ("fileUrl", "https://user:word@rec.videocc.net/a.mp4"),
        ("fileUrl", "https://rec.videocc.net:99999/a.mp4"),
        ("fileUrl", "https://[::1/a.mp4"),
        ("fileUrl", "https://rec.videocc.net/{{ lookup('pipe', 'id') }}"),
        ("fileUrl", "https://rec.videocc.net/{%if%}"),
        ("fileUrl", "https://rec.videocc.net/{#x#}"),
        ("fileUrl", "https://rec.videocc.net/a b"),
        ("fileUrl", "https://rec.videocc.net/a\nb"),
        ("fileUrl", "https://rec.videocc.net\\@evil.example/a"),
        ("fileUrl", "https://rec.videocc.net/" + "a" * 4096),
        ("origin", "<script>"),
        ("hasRtcRecord", "yes"),
        ("sessionId", "a" * 129),
    ],
)
def test_a_bad_field_is_named_and_its_value_is_not_repeated(
    source: EventSource, field: str, value: str
) -> None:
    answer = source.get({**sent(), field: value})
    assert answer.status_code == 400, answer.text
    assert answer.text.startswith(f"{field}: must ")
    assert value not in answer.text
    assert source.events() == []


@pytest.mark.parametrize("field", ["channelId", "timestamp", "sign", "fileUrl", "format", "fileId"])
def test_a_field_that_is_missing_or_empty_is_named(source: EventSource, field: str) -> None:
    for parameters in ({**sent(), field: None}, {**sent(), field: ""}):
        answer = source.get(parameters)
        assert (answer.status_code, answer.text.partition(":")[0]) == (400, field)
    assert source.events() == []


@pytest.mark.parametrize("field", sorted(sent()))
def test_a_field_that_is_given_twice_is_refused(source: EventSource, field: str) -> None:
    answer = source.get([*sent().items(), (field, sent()[field])])
    assert (answer.status_code, answer.text) == (400, f"{field}: must be given once")
    assert source.events() == []


def test_file_hosts() -> None:
    with EventSource(SCHOOL, file_hosts=["rec.example.com", ".VideoCC.net"]) as source:
        taken = ("rec.example.com", "REC.videocc.net", "a.b.videocc.net:8443")
        refused = (
            "videocc.net",
            "evilvideocc.net",
            "rec.example.com.evil.example",
            "x.rec.example.com",
            "[::1]",
        )
        for number, host in enumerate(taken):
            assert source.get(sent(fileUrl=f"https://{host}/a.mp4", fileId=f"f{number}")).text == "taken"
        for host in refused:
            answer = source.get(sent(fileUrl=f"https://{host}/a.mp4", fileId="new"))
            assert (answer.status_code, answer.text) == (403, "fileUrl: must be on one of the allowed hosts")


@pytest.mark.parametrize(
    ("network", "status"), [("127.0.0.0/8", 200), ("192.0.2.0/24", 403), ("::1/128", 403)]
)
def test_allowed_networks(network: str, status: int) -> None:
    with EventSource(SCHOOL, allowed_networks=[network]) as source:
        answer = source.get(sent())
        assert answer.status_code == status
        assert status == 200 or answer.text == "address: not one of the allowed networks"


def test_methods_bodies_and_sizes(source: EventSource) -> None:
    for method in ("POST", "HEAD", "PUT", "OPTIONS"):
        assert source.request(method, sent()).status_code == 405
    assert source.request("GET", sent(), data=b"x").status_code == 413
    answer = source.get({**sent(), "more": "x" * 8192})
    assert (answer.status_code, answer.text) == (
        413,
        "size: must be at most 8192 bytes of path and query, without a body",
    )
    assert source.events() == []


def test_max_size_counts_path_and_query() -> None:
    with EventSource(SCHOOL, max_size=400) as source:
        assert source.get({**sent(), "more": "x" * 400}).status_code == 413
        assert source.get(sent()).status_code == 200


def test_rate_of_an_account_and_of_strangers() -> None:
    with EventSource(SCHOOL, rate_limit=3) as source:
        statuses = [source.get(sent(sign="0" * 32)).status_code for _number in range(5)]
        assert statuses == [403, 403, 403, 429, 429]
        # They took nothing from the account.
        answers = [source.get(sent(fileId=f"f{number}")) for number in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert len(source.events()) == 3
        # A repeat costs nothing.
        assert source.get(sent(fileId="f0")).status_code == 200


def test_without_a_rate_limit() -> None:
    with EventSource(SCHOOL, rate_limit=0) as source:
        assert {source.get(sent(fileId=f"f{number}")).status_code for number in range(700)} == {200}
        assert len(source.events()) == 700


def test_a_full_queue_loses_nothing() -> None:
    with EventSource(SCHOOL, room=1, hand_over=0.3) as source:
        assert source.get(sent(fileId="a")).status_code == 200
        answer = source.get(sent(fileId="b"))
        assert (answer.status_code, answer.text) == (503, "the queue of events is full")
        assert "Retry-After" in answer.headers
        assert [event["file_id"] for event in source.events()] == ["a"]
        # It was not remembered.
        assert source.get(sent(fileId="b")).text == "taken"
        assert [event["file_id"] for event in source.events()] == ["b"]


def test_a_full_queue_takes_nothing_from_the_refusals_of_an_address() -> None:
    with EventSource(SCHOOL, room=1, hand_over=0.1, rate_limit=3) as source:
        assert [source.get(sent(fileId=file)).status_code for file in "abc"] == [200, 503, 503]
        assert [source.get(sent(format="flv")).status_code for _number in range(4)] == [400, 400, 400, 429]


def test_two_at_once_are_one_event() -> None:
    with EventSource(SCHOOL, room=1) as source:
        source.get(sent(fileId="a"))
        answers: list[Any] = []
        threads = [
            threading.Thread(
                target=lambda: answers.append(source.get(sent(fileId="b"), headers={"Connection": "close"}))
            )
            for _number in range(2)
        ]
        for thread in threads:
            thread.start()
        threads[1].join(0.5)
        threads[0].join(0.5)
        assert [answer.status_code for answer in answers] == [503]
        first, second = source.events()
        for thread in threads:
            thread.join(10)
        assert (first["file_id"], second["file_id"]) == ("a", "b")
        assert sorted(answer.status_code for answer in answers) == [200, 503]
        assert source.get(sent(fileId="b")).text == "known already"


def test_a_queue_that_refuses_is_a_500_and_remembered_by_nobody(caplog: pytest.LogCaptureFixture) -> None:
    broken = [True]

    def put(_event: Any) -> None:
        if broken.pop():
            raise KeyError(sent()["sign"])

    with EventSource(SCHOOL, put=put) as source:
        parameters = sent()
        assert source.get(parameters).status_code == 500
        broken.append(False)
        assert source.get(parameters).text == "taken"
        assert len(source.events()) == 1
    assert "A request could not be answered: KeyError" in caplog.text
    assert parameters["sign"] not in caplog.text


def test_neither_log_nor_event_nor_answer_has_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    for logger in ("polyv.live.record_callback", "aiohttp", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=logger)
    path = "/recordings/tok3n-Q7z"
    with EventSource({**SCHOOL, "path": path}) as source:
        parameters = sent()
        answers = [
            source.get(parameters, path),
            source.get(parameters, path),
            source.get(sent(format="flv"), path),
            source.get(sent(age=999, fileId="b"), path),
            source.get(sent(), f"{path}/more"),
            source.get({**parameters, "more": "x" * 10_000}, path),
            # Longer than aiohttp reads at all.
            source.get({**parameters, "more": "x" * 70_000}, path),
            source.request("GET", parameters, headers={"X": "a" * 10_000}),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 400, 403, 404, 413, 400, 400]
        events = str(source.events())
    assert "Refused a callback from 127.0.0.1 with 400: format: must be m3u8 or mp4" in caplog.text
    assert "A request could not be answered: LineTooLong" in caplog.text
    shown = caplog.text + events + "".join(answer.text for answer in answers[:6])
    for secret in (SECRET, parameters["sign"], "tok3n-Q7z"):
        assert secret not in shown
