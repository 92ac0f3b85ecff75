# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange by the rules of design "HTTP hygiene": no redirect, no cookie, no netrc, no URL in an error."""

from __future__ import annotations

import http.cookiejar
import os
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ansible_collections.polyv.live.plugins.module_utils._envelope import Response
from ansible_collections.polyv.live.plugins.module_utils._errors import CallError, Delivery, Failure
from ansible_collections.polyv.live.plugins.module_utils._libraries import requests, urllib3

USER_AGENT = "ansible-collection-polyv.live"

# A part of a multipart body: its name, and its content with a file name and a media type, or with None for a text.
Part: TypeAlias = "tuple[str, tuple[None, bytes] | tuple[str, bytes, str]]"


@dataclass(frozen=True)
class Request:
    """One request, signed. `query` and `form` are text parameters, `parts` makes the body multipart instead."""

    endpoint: str
    method: str
    url: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    parts: tuple[Part, ...] = ()


def exchange(request: Request, timeout: float, verify: bool | str) -> Response:
    """Sends one request and reads the answer whole. Raises CallError when no answer arrives.

    `timeout` is in seconds, for connecting and for each read; `verify` is True, False or a path of CA certificates.
    """
    try:
        answer = _session().request(
            request.method,
            request.url,
            params=request.query,
            data=request.form,
            files=request.parts or None,
            timeout=timeout,
            # Given here and not on the session, where an environment variable would win over it.
            verify=verify,
            allow_redirects=False,
        )
    except (OSError, urllib3.exceptions.HTTPError, UnicodeError) as error:
        # A RequestException is an OSError, and so is a file of certificates that the environment names and nobody can read.
        # `from None`: the text of these exceptions holds the URL, and with it the signature.
        raise _failure(request.endpoint, error, timeout) from None
    return Response(answer.status_code, answer.headers, answer.content)


_sessions = threading.local()


def _session() -> requests.Session:
    # One per thread, and a fork makes its own: a connection shared by two processes would mix up their answers.
    if getattr(_sessions, "pid", None) != os.getpid():
        _sessions.session = _new_session()
        _sessions.pid = os.getpid()
    session: requests.Session = _sessions.session
    return session


def _new_session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    # Any auth object keeps requests from looking into a .netrc; this one adds nothing.
    session.auth = _no_auth
    return session


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _failure(endpoint: str, error: Exception, timeout: float) -> CallError:
    kind, delivery, text = _explain(error, timeout)
    return CallError(f"{endpoint}: {text}", Failure(kind, endpoint=endpoint), delivery)


def _explain(error: Exception, timeout: float) -> tuple[str, Delivery, str]:
    causes = list(_causes(error))
    if any(
        isinstance(cause, ssl.SSLCertVerificationError) or getattr(cause, "library", None) == "X509"
        for cause in causes
    ):
        text = "the server's certificate is not trusted. Check api_url and ca_path."
        return "certificate", Delivery.REFUSED, text
    if isinstance(error, (requests.exceptions.ProxyError, requests.exceptions.ConnectTimeout)) or any(
        isinstance(cause, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError))
        for cause in causes
    ):
        text = f"the server can't be reached ({_reason(causes, timeout)}). Check api_url, the network and the proxy settings."
        return "unreachable", Delivery.NOT_TAKEN, text
    if isinstance(error, (requests.exceptions.ConnectionError, requests.exceptions.Timeout)):
        text = f"the connection broke before an answer arrived ({_reason(causes, timeout)})."
        return "unreachable", Delivery.UNKNOWN, text
    if isinstance(
        error, (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
    ):
        return "unreadable", Delivery.UNKNOWN, "the answer broke off half way."
    text = "the request can't be sent. Check api_url, the proxy settings and REQUESTS_CA_BUNDLE."
    return "unreachable", Delivery.REFUSED, text


def _causes(error: BaseException) -> Iterator[BaseException]:
    # urllib3 hides the operating system's error in `reason`, in the arguments or behind the exception it caught.
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
        waiting += [item for item in inner if isinstance(item, BaseException)]


def _reason(causes: list[BaseException], timeout: float) -> str:
    # First the operating system's own words: they name no URL. urllib3 counts a refused connection as a timeout, too.
    for cause in causes:
        if (
            isinstance(cause, OSError)
            and cause.strerror
            and not isinstance(cause, requests.exceptions.RequestException)
        ):
            return cause.strerror
    if any(
        isinstance(cause, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)) for cause in causes
    ):
        return f"no answer within {timeout:g} s"
    return "connection lost"
