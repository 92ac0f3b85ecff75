# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it means that an exchange broke: a sentence for people, and whether the server may have acted on the request."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from .._errors import CallError, Delivery, Failure, Kind
from .connections import Progress, TooLarge
from .libraries import requests, urllib3

# OpenSSL's numbers for what is wrong with a certificate (X509_V_ERR_…).
_NOT_YET_VALID, _EXPIRED = 9, 10
_UNKNOWN_ISSUER = (18, 19, 20, 21)
_OTHER_HOST = (62, 64)


def network_error(endpoint: str, address: str, error: Exception, progress: Progress) -> CallError:
    """The error of an exchange with `address` (host and port) that broke with an exception.

    Once a byte of the request was sent, the server may have acted on it, whatever came after: its delivery is unknown.
    """
    causes = list(_causes(error))
    if progress.sent:
        kind, text = _after_sending(error, causes, progress)
        delivery = Delivery.UNKNOWN
    else:
        kind, text, delivery = _before_sending(error, causes, progress)
    return CallError(f"{endpoint} at {address}: {text}", Failure(kind, endpoint=endpoint), delivery)


def _after_sending(error: Exception, causes: list[BaseException], progress: Progress) -> tuple[Kind, str]:
    if any(isinstance(cause, TooLarge) for cause in causes):
        return Kind.UNREADABLE, "the answer is larger than any answer of the API; the rest was not read."
    if isinstance(error, (OSError, urllib3.exceptions.TimeoutError)) and not isinstance(
        error, requests.exceptions.InvalidURL
    ):
        return (
            Kind.UNREACHABLE,
            f"the connection broke before an answer arrived ({_reason(causes, progress)}).",
        )
    return Kind.UNREADABLE, "the answer broke off half way, or is not HTTP."


def _before_sending(
    error: Exception, causes: list[BaseException], progress: Progress
) -> tuple[Kind, str, Delivery]:
    fault = _certificate_fault(causes)
    if fault:
        return Kind.CERTIFICATE, fault, Delivery.REFUSED
    if isinstance(
        error, (requests.exceptions.ConnectionError, requests.exceptions.Timeout, TimeoutError)
    ) and not isinstance(error, requests.exceptions.InvalidProxyURL):
        reason = _reason(causes, progress)
        text = f"the server can't be reached ({reason}). Check api_url, the network and the proxy settings."
        return Kind.UNREACHABLE, text, Delivery.NOT_TAKEN
    text = "the request can't be sent. Check api_url, the proxy settings and REQUESTS_CA_BUNDLE."
    return Kind.UNREACHABLE, text, Delivery.REFUSED


def _certificate_fault(causes: list[BaseException]) -> str | None:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _by_code(getattr(cause, "verify_code", 0))
        if isinstance(cause, urllib3.util.ssl_match_hostname.CertificateError):
            return _by_code(0)  # urllib3 1.26 compares the names itself
        if getattr(cause, "library", None) == "X509":
            return "the certificates in ca_path can't be read."
    return None


def _by_code(code: int) -> str:
    if code == _EXPIRED:
        return "the server's certificate has expired. Renew it, or set the clock of this machine if that is wrong."
    if code == _NOT_YET_VALID:
        return "the server's certificate is not valid yet. Set the clock of this machine if that is wrong."
    if code in _OTHER_HOST or not code:
        return "the server's certificate is for another host. Check api_url."
    if code in _UNKNOWN_ISSUER:
        return (
            "the server's certificate is not trusted: its issuer is unknown here. Check api_url, and give the issuer's "
            "certificate as ca_path."
        )
    return "the server's certificate is not trusted. Check api_url and ca_path."


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


def _reason(causes: list[BaseException], progress: Progress) -> str:
    # First the operating system's own words: they name no URL. urllib3 counts a refused connection as a timeout, too.
    for cause in causes:
        if (
            isinstance(cause, OSError)
            and cause.strerror
            and not isinstance(cause, requests.exceptions.RequestException)
        ):
            return cause.strerror
    if any(
        isinstance(cause, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError))
        for cause in causes
    ):
        seconds = round(progress.seconds_spent(), 1)
        return (
            f"no whole answer within {seconds:g} s"
            if progress.received
            else f"no answer within {seconds:g} s"
        )
    return "connection lost"
