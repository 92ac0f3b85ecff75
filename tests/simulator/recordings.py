"""What Polyv sends to an account's record callback when a recording is finished (docs/api.md §5)."""

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from .accounts import Account
from .seed_fields import Fields, SeedError
from .switches import Answers

#: Assumptions: how long an answer may take, in seconds, how often a callback is sent in all, and the time between.
TIMEOUT: Final = 2.0
TRIES: Final = 4
PAUSE: Final = 0.3

_DEFAULTS: Final[Mapping[str, str]] = {"origin": "auto", "hasRtcRecord": "N", "sessionId": "fx4k2a9d"}
_UNITS: Final = {"milliseconds": 1000, "seconds": 1}
# No proxy of the environment: Polyv calls the address itself.
_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def report(account: Account, described: object, switches: Answers) -> list[dict[str, Any]]:
    """Send the callbacks of a recording, one for each format that the account wants; every attempt and its answer.

    A SeedError says what is wrong with the description, or that the account has no callback.
    """
    fields = Fields(described, "recording", ("channel_id", "file_id", *_DEFAULTS))
    url = account.settings["record_callback_url"]
    if not url:
        raise SeedError(f"recording: account {account.user_id} has no record_callback_url")
    channel_id, file_id = fields.required("channel_id"), fields.required("file_id")
    if channel_id not in account.channels:
        raise SeedError(f"recording: account {account.user_id} has no channel {channel_id}")
    others = {name: fields.optional(name, value) or "" for name, value in _DEFAULTS.items()}
    if switches["recording_optional_fields"] != "sent":
        others = dict.fromkeys(others, "") if switches["recording_optional_fields"] == "empty" else {}
    formats = account.settings["callback"]["recordCallbackVideoType"].split(",")
    stamps = _timestamps(len(formats), switches)
    attempts = []
    for video, stamp in zip(formats, stamps, strict=True):
        parameters = {
            "channelId": channel_id,
            "fileUrl": f"https://rec.videocc.net/{file_id}.{video}",
            "format": video,
            "fileId": file_id,
            **others,
        }
        attempts += _deliver(url, parameters, stamp, account.app_secret, switches)
    return attempts


def _timestamps(count: int, switches: Answers) -> list[int]:
    """One for each format: all the same, or the last of them now and the others a unit earlier each."""
    now = int(time.time() * _UNITS[switches["recording_timestamp"]])
    step = 1 if switches["recording_formats_timestamp"] == "each" else 0
    return [now - step * (count - 1 - index) for index in range(count)]


def _deliver(
    url: str, parameters: Mapping[str, str], stamp: int, secret: str, switches: Answers
) -> list[dict[str, Any]]:
    """The attempts until one is answered with 200, or as many as there are."""
    attempts: list[dict[str, Any]] = []
    tries = 1 if switches["recording_resend"] == "no" else TRIES
    while len(attempts) < tries and not (attempts and attempts[-1]["http_status"] == 200):
        if attempts:
            time.sleep(PAUSE)
            if switches["recording_resend"] == "fresh":
                (stamp,) = _timestamps(1, switches)
        signature = hashlib.md5(f"{secret}{stamp}".encode()).hexdigest()
        sent = {**parameters, "timestamp": str(stamp), "sign": signature}
        attempts.append({"parameters": sent, **_get(url, sent)})
    return attempts


def _get(url: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Status and text of the answer, or None and what went wrong."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    try:
        with _OPENER.open(urlunsplit(parts._replace(query=query, fragment="")), timeout=TIMEOUT) as answer:
            return {"http_status": answer.status, "text": answer.read(1000).decode("utf-8", "replace")}
    except urllib.error.HTTPError as error:
        return {"http_status": error.code, "text": error.read(1000).decode("utf-8", "replace")}
    except (OSError, http.client.HTTPException) as error:
        return {"http_status": None, "text": str(error)}
