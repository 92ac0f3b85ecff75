"""One HTTP exchange with real sockets: what is sent, and what a broken connection is taken for."""

from __future__ import annotations

import gzip
import multiprocessing
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from harness.hostile import Answer, HostileServer

from ansible_collections.polyv.live.plugins.module_utils._api import transport
from ansible_collections.polyv.live.plugins.module_utils._api.connections import MOST_BYTES, Progress
from ansible_collections.polyv.live.plugins.module_utils._api.envelope import Response
from ansible_collections.polyv.live.plugins.module_utils._api.network_errors import network_error
from ansible_collections.polyv.live.plugins.module_utils._api.transport import (
    Request,
    exchange,
    longest_exchange,
)
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class RawServer:
    """Answers each request with given bytes, then closes the connection where `close` says so."""

    def __init__(self) -> None:
        self.reply, self.close = OK, False
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/read"
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """Takes no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _unused = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            while connection.recv(65536):
                connection.sendall(self.reply)
                if self.close:
                    return


@pytest.fixture
def server() -> Iterator[RawServer]:
    """A server that speaks whatever the test wants."""
    server = RawServer()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine, and no session of the test before."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(transport, "_adapters", transport._Adapters())


def read(url: str, verify: bool | str = True) -> Response:
    return exchange(Request("some-read", "GET", url, {"sign": "ABC123"}, {}), 0.5, verify)


def failed(url: str, verify: bool | str = True) -> CallError:
    with pytest.raises(CallError) as caught:
        read(url, verify)
    assert "ABC123" not in caught.value.msg and url not in caught.value.msg
    assert caught.value.__cause__ is None
    return caught.value


def test_status_headers_and_body_come_back(server: RawServer) -> None:
    server.reply = b"HTTP/1.1 418 No\r\nContent-Length: 3\r\nX-One: 1\r\n\r\nabc"
    response = read(server.url)
    assert (response.status, response.headers["x-one"], response.body) == (418, "1", b"abc")


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_connection_never_made_surely_took_nothing() -> None:
    error = failed(f"http://127.0.0.1:{closed_port()}/read")
    assert (error.failure.kind.word, error.delivery) == ("unreachable", Delivery.NOT_TAKEN)
    assert "Connection refused" in error.msg


def test_a_host_that_does_not_exist_surely_took_nothing() -> None:
    error = failed("http://api.polyv.invalid/read")
    assert (error.failure.kind.word, error.delivery) == ("unreachable", Delivery.NOT_TAKEN)


def test_a_connection_closed_without_an_answer_may_have_been_carried_out(server: RawServer) -> None:
    server.reply, server.close = b"", True
    error = failed(server.url)
    assert (error.failure.kind.word, error.delivery) == ("unreachable", Delivery.UNKNOWN)


def test_no_answer_in_time_may_have_been_carried_out(server: RawServer) -> None:
    server.reply = b""
    error = failed(server.url)
    assert (error.failure.kind.word, error.delivery) == ("unreachable", Delivery.UNKNOWN)
    assert "no answer within 0.5 s" in error.msg


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}",
    ],
    ids=["too short", "bad chunk", "bad encoding"],
)
def test_an_answer_that_breaks_off_may_have_been_carried_out(server: RawServer, reply: bytes) -> None:
    server.reply, server.close = reply, True
    error = failed(server.url)
    assert error.delivery is Delivery.UNKNOWN
    assert error.failure.kind.word == "unreadable"


def test_garbage_instead_of_http_is_an_error_like_any_other(server: RawServer) -> None:
    server.reply, server.close = b"220 mail.example.com ESMTP\r\n", True
    assert failed(server.url).delivery is Delivery.UNKNOWN


def test_a_server_without_tls_at_an_https_address_is_an_error_like_any_other(server: RawServer) -> None:
    server.reply, server.close = b"HTTP/1.1 400 Bad Request\r\n\r\n", True
    assert failed(server.url.replace("http:", "https:")).failure.kind.word == "unreachable"


def test_a_bundle_of_the_environment_that_is_missing_is_no_traceback(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    error = failed(server.url.replace("http:", "https:"))
    assert error.delivery is Delivery.REFUSED
    assert "REQUESTS_CA_BUNDLE" in error.msg


HUGE = 64 * 1024 * 1024
BROKEN = {
    "two lengths": [b"HTTP/1.1 200 OK\r\nContent-Length: 5, 7\r\n\r\nhello"],
    "length of text": [b"HTTP/1.1 200 OK\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\n"],
    "negative chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"],
    "too many headers": [b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 200 + b"\r\n"],
    "a header too long": [b"HTTP/1.1 200 OK\r\nX-A: " + b"1" * 100_000 + b"\r\n\r\n"],
    "gzip cut": [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"{}")[:-3]],
    "unknown encoding": [b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}"],
    "gzip bomb": [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b" " * HUGE)],
    "huge": [b"HTTP/1.1 200 OK\r\n\r\n", *[b" " * 1024 * 1024] * 64],
}


@pytest.mark.parametrize("chunks", BROKEN.values(), ids=list(BROKEN))
def test_no_answer_is_endless_and_none_that_can_not_be_read_means_not_taken(chunks: list[bytes]) -> None:
    """Once the request was sent its delivery is unknown, and the exchange ends in time and size."""
    tracemalloc.start()
    started = time.monotonic()
    with HostileServer([Answer("broken", chunks)]) as hostile:
        error = failed(f"{hostile.url}/0/read")
    seconds, (_now, most) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.delivery is Delivery.UNKNOWN
    assert error.failure.kind.word in ("unreadable", "unreachable")
    assert seconds < longest_exchange(0.5) + 1
    # The server runs in this process, too, and the gzip bomb was made before.
    assert most < 5 * MOST_BYTES


@pytest.mark.parametrize("location", ["http://[broken", "http://a:99999/", "//", "javascript:x", "\x7f"])
def test_the_target_of_a_redirect_is_not_looked_at(server: RawServer, location: str) -> None:
    server.reply = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode()
    assert read(server.url).status == 302


def test_a_compressed_answer_is_read(server: RawServer) -> None:
    for body in (
        gzip.compress(b'{"a":1}'),
        gzip.compress(b'{"a"') + gzip.compress(b":1}"),
        zlib.compress(b'{"a":1}'),
    ):
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        server.reply = head.encode() + body
        assert read(server.url).body == b'{"a":1}'


def test_every_message_about_a_connection_names_host_and_port(server: RawServer) -> None:
    server.reply, server.close = b"", True
    port = server.url.split(":")[-1].split("/")[0]
    assert f"some-read at 127.0.0.1:{port}: " in failed(server.url).msg
    assert "api.polyv.invalid:443" in failed("https://api.polyv.invalid/read").msg


def test_the_system_is_not_asked_for_proxies(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """macOS kills a forked worker that asks it."""

    def killed(*_unused: object) -> None:
        raise AssertionError("the system was asked")

    monkeypatch.setattr(requests.utils, "getproxies", killed)
    monkeypatch.setattr(requests.utils, "proxy_bypass", killed)
    assert read(server.url).status == 200


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (10, "has expired"),
        (9, "not valid yet"),
        (62, "for another host"),
        (64, "for another host"),
        (20, "issuer is unknown"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told(code: int, told: str) -> None:
    fault = ssl.SSLCertVerificationError()
    fault.verify_code = code
    error = network_error("some-read", "a:443", requests.exceptions.SSLError(fault), Progress(1, 1))
    assert told in error.msg
    assert (error.failure.kind.word, error.delivery) == ("certificate", Delivery.REFUSED)


def test_a_proxy_that_can_not_be_reached_surely_passed_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:proxy-password@127.0.0.1:{closed_port()}")
    error = failed("http://192.0.2.1/read")
    assert error.delivery is Delivery.NOT_TAKEN
    assert "proxy settings" in error.msg and "proxy-password" not in error.msg


def test_a_proxy_address_that_makes_no_sense_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://")
    assert failed("http://192.0.2.1/read").delivery in (Delivery.REFUSED, Delivery.NOT_TAKEN)


def test_calls_of_a_thread_share_a_connection(server: RawServer) -> None:
    for _unused in range(3):
        read(server.url)
    assert server.connections == 1


def test_threads_use_the_connections_of_their_process(server: RawServer) -> None:
    read(server.url)
    other = threading.Thread(target=read, args=(server.url,))
    other.start()
    other.join()
    assert server.connections == 1


# Ansible's workers are forks too, of a parent that has threads.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_fork_makes_a_connection_of_its_own(server: RawServer) -> None:
    read(server.url)
    fork = multiprocessing.get_context("fork").Process(target=read, args=(server.url,))
    fork.start()
    fork.join()
    assert (fork.exitcode, server.connections) == (0, 2)
    read(server.url)
    assert server.connections == 2
