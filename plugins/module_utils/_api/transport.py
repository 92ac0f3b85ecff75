# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange: no redirect, no cookie, no netrc, no URL in an error, and an end to it."""

from __future__ import annotations

import os
import threading
import time
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from .._errors import CallError
from .connections import MOST_BYTES, Adapter, Progress, TooLarge, current
from .envelope import Response
from .libraries import requests, urllib3
from .network_errors import network_error

_HEADERS = {
    "User-Agent": "ansible-collection-polyv.live",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
}
_CHUNK = 65536  # bytes

# A part of a multipart body: its name, and its content with a file name and a media type, or with None for a text.
MultipartField: TypeAlias = "tuple[str, tuple[None, bytes] | tuple[str, bytes, str]]"


@dataclass(frozen=True)
class Request:
    """One request. `query` and `form` are text parameters, `parts` makes the body multipart instead, `json` JSON.

    `signature` is the one that is among them.
    """

    endpoint: str
    method: str
    url: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    parts: tuple[MultipartField, ...] = ()
    json: Any = None
    signature: str = field(default="", repr=False)


def longest_exchange(timeout: float) -> float:
    """The seconds after which an exchange is given up, whatever the server does."""
    return 3 * timeout


def exchange(request: Request, timeout: float, verify: bool | str) -> Response:
    """Sends one request and reads the answer whole. Raises CallError when no answer arrives.

    `timeout` is in seconds, for connecting and for each silence of the server; the exchange as a whole ends after
    `longest_exchange` of it. `verify` is True, False or a path of CA certificates.
    """
    progress = Progress(timeout, time.monotonic() + longest_exchange(timeout))
    current.progress = progress
    try:
        return _exchange(request, timeout, verify)
    # Whatever it is: layers below raise exceptions of their own for what a server may send, and no list of them is complete.
    except Exception as error:
        # `from None`: the text of these exceptions holds the URL, and with it the signature.
        raise _failed(request, error, progress) from None
    finally:
        current.progress = None


def _exchange(request: Request, timeout: float, verify: bool | str) -> Response:
    prepared = requests.Request(
        request.method,
        request.url,
        params=request.query,
        data=request.form,
        files=request.parts or None,
        json=request.json,
        headers=_HEADERS,
    ).prepare()
    # The adapter and not a session: that would read `Location` even where no redirect is followed, look into a .netrc,
    # keep cookies, and ask the environment for each request.
    answer = _adapters.get().send(
        prepared, stream=True, timeout=timeout, verify=_bundle(verify), proxies=_proxies(request.url)
    )
    with answer:
        return Response(answer.status_code, answer.headers, _body(answer))


def _failed(request: Request, error: Exception, progress: Progress) -> CallError:
    parts = urlsplit(request.url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        port = 0
    return network_error(request.endpoint, f"{parts.hostname}:{port}", error, progress)


def _body(answer: Any) -> bytes:
    answer.raw.enforce_content_length = (
        True  # urllib3 1.26 does not, and would take a cut off answer for a whole one
    )
    content = b"".join(iter(lambda: answer.raw.read(_CHUNK, decode_content=False), b""))
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity") or not content:
        return content
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise urllib3.exceptions.DecodeError("an encoding that nobody asked for")
    return _decompressed(content)


def _decompressed(content: bytes) -> bytes:
    # By hand, because it must stop at a size: a megabyte of gzip may stand for a gigabyte.
    decompressed = b""
    while content:
        decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, as its first bytes say
        decompressed += decompressor.decompress(content, MOST_BYTES + 1 - len(decompressed))
        if len(decompressed) > MOST_BYTES:
            raise TooLarge
        if not decompressor.eof:
            raise urllib3.exceptions.DecodeError("cut off")
        content = decompressor.unused_data
    return decompressed


def _bundle(verify: bool | str) -> bool | str:
    if verify is True:
        return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    return verify


def _proxies(url: str) -> dict[str, str]:
    # Nothing but the environment: where it names no proxy, `requests` asks the system, and macOS kills a forked process
    # that does.
    if not urllib.request.getproxies_environment():
        return {}
    found: dict[str, str] = requests.utils.get_environ_proxies(url)
    return found


class _Adapters:
    """The adapter of this process, and its connections, for all threads of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._adapter: Any = None
        self._pid = 0

    def get(self) -> Any:
        """The adapter. A fork makes its own: a connection shared by two processes would mix up their answers."""
        with self._lock:
            if self._pid != os.getpid():
                # The task warns once, by `validate_certs`; urllib3 would with each connection.
                urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
                self._adapter, self._pid = Adapter(max_retries=0), os.getpid()
            return self._adapter


_adapters = _Adapters()
