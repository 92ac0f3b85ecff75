# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source for ansible-rulebook: Polyv's recording callbacks (docs/api.md §5), an event for each recording.

ansible-rulebook runs this file by its path and outside any package, so all of it is in one file.
"""

from __future__ import annotations

DOCUMENTATION = r"""
name: record_callback
author: polyv.live maintainers (@polyv-live)
version_added: "2.0.0"
short_description: An event for each recording that Polyv reports
description:
  - Listens for the record callbacks (录制回调) of one or several Polyv live accounts, checks them, and emits an event for each recording.
    M(polyv.live.polyv_record_callback) and M(polyv.live.polyv_callbacks) set the address that Polyv calls.
  - B(The signature of a callback covers its timestamp and nothing else.) C(sign) is the MD5 of app secret and timestamp. Whoever sees one
    callback, in the log of a proxy for example, can send others with any C(fileUrl), C(fileId) and channel until that timestamp is
    O(max_age) old, and they are taken for real. So serve the address over HTTPS only, give each account an O(accounts[].path) that
    nobody can guess, name the hosts of your recordings in O(file_hosts), keep O(max_age) short, and let a play ask the API before it
    does what can't be undone.
  - No field has a character that a template needs, because Ansible treats text in extra variables as templates. A C(fileUrl) may still
    have characters that mean something to a shell.
  - A recording is an account, a C(fileId) and a C(format). Its first callback is an event, each further one is answered with 200 only. A
    recording of two formats is two events.
  - A callback is answered with 200 once its event was handed over. Where that takes too long, the answer is 503 and nothing is remembered.
  - What was taken is remembered in memory only. After a restart a callback sent again within O(max_age) is an event again, so a play
    should do no harm when it runs twice.
  - Every other answer is a 4xx with a sentence that names the field. Neither log nor event has the secret, C(sign) or the path.
options:
  host:
    description: The address to listen on.
    type: str
    default: 127.0.0.1
  port:
    description: The port to listen on, from 1 to 65535.
    type: int
    required: true
  accounts:
    description:
      - The accounts whose callbacks are taken, told apart by path, or by their channels where several have the same path.
      - A callback for any other path or channel is refused.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: The account's name in the events, up to 100 letters, digits and C(._@-).
        type: str
        required: true
      app_secret:
        description:
          - The secret that Polyv signs with. Give it from a vault or the environment, see the examples.
          - A template makes a number of a secret of digits only. Quoted twice, C("'{{ variable }}'"), it stays text.
        type: str
        required: true
      path:
        description: The path of the account's callback address. One that nobody can guess keeps strangers out.
        type: str
        default: /
      channels:
        description:
          - The ids of the channels that the account owns. Callbacks for others are refused. Left out, every channel is the account's.
          - Required where several accounts have the same path.
        type: list
        elements: str
  max_age:
    description:
      - How many seconds old a timestamp may be, from 1 to 604800. One up to 60 s ahead of this machine's clock is taken as well.
      - Whether Polyv sends a callback again that was not answered, and whether with a new timestamp, is not known. A recording that was
        reported while nothing listened can only be taken later if it is younger than this.
    type: int
    default: 300
  timestamp_unit:
    description:
      - The unit of the timestamp, which Polyv does not document.
      - V(auto) takes ten digits for seconds and thirteen for milliseconds.
    type: str
    choices: [auto, seconds, milliseconds]
    default: auto
  remember:
    description:
      - For how many seconds a recording is remembered, up to 2592000. At least 60 more than O(max_age), and that is the default where a
        day is less. The latest 100000 are remembered.
    type: int
  max_size:
    description: How many bytes path and query of a callback may have, from 256 to 32768. Longer ones, and those with a body, are refused.
    type: int
    default: 8192
  rate_limit:
    description:
      - How many callbacks a minute are taken for each account, and how many refusals a minute each address is given with a reason and a
        line in the log. What is beyond that gets a 429. V(0) switches it off.
      - What strangers send takes nothing from what accounts may send. Connections as such are for a reverse proxy to limit.
    type: int
    default: 600
  allowed_networks:
    description:
      - Networks such as V(192.0.2.0/24) that requests may come from. Left out, any may.
      - What counts is the address of the connection. Behind a reverse proxy that is the proxy's, and the list belongs there.
    type: list
    elements: str
  file_hosts:
    description: Hosts that a C(fileUrl) may name. V(.example.com) stands for all below example.com. Left out, any host is taken.
    type: list
    elements: str
  certfile:
    description: A file with the certificate chain, to serve HTTPS. Without it a reverse proxy should.
    type: str
  keyfile:
    description: The file of its private key, where O(certfile) does not hold it.
    type: str
requirements:
  - aiohttp, which comes with ansible-rulebook
"""

EXAMPLES = r"""
# The source of one account; ansible-rulebook -E POLYV_APP_SECRET,POLYV_CALLBACK_TOKEN reads the variables from the environment.
- polyv.live.record_callback:
    port: 5055
    accounts:
      - name: school-01
        app_secret: "{{ POLYV_APP_SECRET }}"
        path: "/recordings/{{ POLYV_CALLBACK_TOKEN }}"
    file_hosts: [.videocc.net]

# Two accounts behind one address, told apart by their channels; the variables come from a file, --vars vars.yml.
- polyv.live.record_callback:
    port: 5055
    max_age: 600
    accounts:
      - name: school-01
        app_secret: "{{ school_01_secret }}"
        channels: [2191532, 2191533]
      - name: school-02
        app_secret: "{{ school_02_secret }}"
        channels: [3191532]

# HTTPS by itself, for callbacks from one network.
- polyv.live.record_callback:
    host: 0.0.0.0
    port: 5443
    certfile: /etc/polyv/fullchain.pem
    keyfile: /etc/polyv/key.pem
    allowed_networks: [192.0.2.0/24]
    accounts:
      - name: school-01
        app_secret: "{{ POLYV_APP_SECRET }}"
"""

RETURN = r"""
recording:
  description: What an event holds, C(event.recording) in a rulebook.
  type: dict
  contains:
    account: {description: The name of the account., type: str, sample: school-01}
    channel_id: {description: The channel., type: str, sample: "2191532"}
    file_id: {description: The id of the recording., type: str, sample: 5f2c0b7d}
    file_url: {description: Where the recording can be fetched., type: str, sample: "https://rec.videocc.net/5f2c0b7d.mp4"}
    format: {description: V(m3u8) or V(mp4)., type: str, sample: mp4}
    origin: {description: Where the recording comes from. Null where it was not sent., type: str, sample: auto}
    has_rtc_record: {description: Whether there is a recording of the call as well. Null where it was not sent., type: bool, sample: false}
    session_id: {description: The session of the live stream. Null where it was not sent., type: str, sample: fx4k2a}
    sent: {description: The callback's timestamp in UTC., type: str, sample: "2026-06-01T08:30:00Z"}
"""

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import re
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from multidict import MultiMapping

# A file that is run by its path has no name of its own.
_logger = logging.getLogger("polyv.live.record_callback")

_CHANNEL = re.compile(r"[0-9]{1,20}")
_HOST_NAME = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*")
_NAME = re.compile(r"[\w.@-]{1,100}")
_PATH = re.compile(r"/[A-Za-z0-9._~/-]{0,255}")
#: How far the clocks of Polyv and this machine may be apart, in seconds.
_SKEW = 60
_DAY = 86_400
#: How long a full queue may hold up an answer, in seconds.
_HAND_OVER_SECONDS = 10.0
#: aiohttp reads no line longer than this. `max_size` is below it, and is refused with a sentence.
_LONGEST_LINE = 65_536


class Queue(Protocol):
    """What an event is put into: ansible-rulebook's queue, or asyncio's."""

    async def put(self, item: Any, /) -> None:
        """Wait until there is room for an event."""


# --- Options ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Account:
    """An account whose callbacks are taken. `channels` is None where every channel is its own."""

    name: str
    secret: bytes
    path: str
    channels: frozenset[str] | None


@dataclass(frozen=True)
class Options:
    """What the options say, checked. Seconds, bytes, and requests a minute."""

    host: str
    port: int
    accounts: tuple[Account, ...]
    max_age: int
    timestamp_unit: str
    remember: int
    max_size: int
    rate_limit: int
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] | None
    file_hosts: tuple[str, ...] | None
    certificate: ssl.SSLContext | None


def read_options(args: Mapping[str, Any]) -> Options:
    """The checked options of a source. Raises ValueError, which names the option, what it got and what is allowed."""
    names = "accounts allowed_networks certfile file_hosts host keyfile max_age max_size port rate_limit remember timestamp_unit"
    # ansible-rulebook may add its own, eda_feedback_queue.
    _refuse_unknown("", [name for name in args if not str(name).startswith("eda_")], names.split())
    max_age = _number(args, "max_age", 1, 7 * _DAY, 300)
    return Options(
        host=_text(args, "host", "127.0.0.1"),
        port=_number(args, "port", 1, 65535),
        accounts=_accounts(args.get("accounts")),
        max_age=max_age,
        timestamp_unit=_unit(args),
        remember=_number(args, "remember", max_age + _SKEW, 30 * _DAY, max(_DAY, max_age + _SKEW)),
        max_size=_number(args, "max_size", 256, 32_768, 8192),
        rate_limit=_number(args, "rate_limit", 0, 1_000_000, 600),
        networks=_networks(args.get("allowed_networks")),
        file_hosts=_file_hosts(args.get("file_hosts")),
        certificate=_certificate(args),
    )


def _refuse_unknown(where: str, given: Iterable[object], known: list[str]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"{where}{name}: there is no such option; there are: {', '.join(known)}")


def _number(args: Mapping[str, Any], name: str, least: int, most: int, default: int | None = None) -> int:
    # A template gives text; True would count as 1.
    value = default if args.get(name) is None else args[name]
    text = str(value)
    if (
        isinstance(value, bool)
        or not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII)
        or not least <= int(text) <= most
    ):
        raise ValueError(f"{name}: got {value!r}, must be a whole number from {least} to {most}")
    return int(text)


def _text(args: Mapping[str, Any], name: str, default: str) -> str:
    value = default if args.get(name) is None else args[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name}: got {value!r}, must be text that is not blank")
    return value


def _unit(args: Mapping[str, Any]) -> str:
    unit = _text(args, "timestamp_unit", "auto")
    if unit not in _TIMESTAMPS:
        raise ValueError(f"timestamp_unit: got {unit!r}, must be one of {', '.join(_TIMESTAMPS)}")
    return unit


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError(
            f"{name}: got {'none' if not value else type(value).__name__}, must be a list with at least one item"
        )
    return list(value)


def _accounts(given: object) -> tuple[Account, ...]:
    accounts = tuple(
        _account(f"accounts[{index}]", item) for index, item in enumerate(_list("accounts", given))
    )
    names: set[str] = set()
    for index, account in enumerate(accounts):
        if account.name in names:
            raise ValueError(
                f"accounts[{index}].name: got {account.name!r} a second time, must be the account's own"
            )
        names.add(account.name)
        _check_apart(
            f"accounts[{index}].channels",
            account,
            [other for other in accounts[:index] if other.path == account.path],
        )
    return accounts


def _check_apart(option: str, account: Account, others: list[Account]) -> None:
    """Accounts of one path must be told apart by their channels."""
    for other in others:
        if account.channels is None or other.channels is None:
            raise ValueError(
                f"{option}: {account.name!r} and {other.name!r} have the same path, so both must say which channels they own"
            )
        shared = account.channels & other.channels
        if shared:
            raise ValueError(
                f"{option}: got {min(shared)}, which {other.name!r} has as well on the same path; must be one account's"
            )


def _account(where: str, given: object) -> Account:
    if not isinstance(given, Mapping):
        raise ValueError(
            f"{where}: got {type(given).__name__}, must be a mapping of name and app_secret, and of path or channels"
        )
    _refuse_unknown(f"{where}.", given, ["app_secret", "channels", "name", "path"])
    channels = given.get("channels")
    return Account(
        name=_matching(
            f"{where}.name", given.get("name"), _NAME, "text of up to 100 letters, digits and ._@-"
        ),
        secret=_secret(f"{where}.app_secret", given.get("app_secret")),
        path=_path(f"{where}.path", given.get("path")),
        channels=None if channels is None else _channels(f"{where}.channels", channels),
    )


def _channels(option: str, given: object) -> frozenset[str]:
    return frozenset(
        _matching(option, str(channel), _CHANNEL, "ids of channels, digits only")
        for channel in _list(option, given)
    )


def _matching(option: str, value: object, pattern: re.Pattern[str], allowed: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"{option}: got {value!r}, must be {allowed}")
    return value


def _secret(option: str, value: object) -> bytes:
    # Never shown, whatever is wrong with it.
    if isinstance(value, str) and value and not any(map(str.isspace, value)):
        return value.encode()
    got = "none" if not value else "text with blanks" if isinstance(value, str) else type(value).__name__
    quoted = "a template makes a number of digits, so quote it twice, \"'{{ variable }}'\""
    raise ValueError(f"{option}: got {got}, must be the app secret of the account as text; {quoted}")


def _path(option: str, value: object) -> str:
    # Not shown either: a path may be a token.
    path = "/" if value is None else value
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise ValueError(
            f"{option}: got something else than a path, must be / and up to 255 letters, digits and ._~/-"
        )
    return path


def _networks(given: object) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] | None:
    if given is None:
        return None
    try:
        return tuple(ipaddress.ip_network(str(item)) for item in _list("allowed_networks", given))
    except ValueError as error:
        raise ValueError(f"allowed_networks: {error}; must be networks such as 192.0.2.0/24") from None


def _file_hosts(given: object) -> tuple[str, ...] | None:
    if given is None:
        return None
    allowed = "names of hosts, or .example.com for all below example.com"
    return tuple(
        _matching("file_hosts", str(item).lower(), _HOST_NAME, allowed) for item in _list("file_hosts", given)
    )


def _certificate(args: Mapping[str, Any]) -> ssl.SSLContext | None:
    if args.get("certfile") is None:
        if args.get("keyfile") is not None:
            raise ValueError("keyfile: got one without a certfile, must come with it")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certfile = _text(args, "certfile", "")
    keyfile = None if args.get("keyfile") is None else _text(args, "keyfile", "")
    try:
        # An encrypted key must not make OpenSSL ask for its passphrase on the terminal.
        context.load_cert_chain(certfile, keyfile, password=lambda: "")
    except (OSError, ValueError) as error:
        wrong = f"certfile: got {certfile!r} with keyfile {keyfile!r}, must be a certificate and its key without a passphrase, in PEM"
        raise ValueError(f"{wrong}: {error}") from None
    return context


# --- A callback ------------------------------------------------------------------------------------------------------


class Refused(Exception):
    """A callback that is not taken: the HTTP status, and a sentence without anything that was sent."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


#: Each unit: the digits of a timestamp, by how much it is divided, in words. `auto` has the others.
_TIMESTAMPS: dict[str, list[tuple[int, int, str]]] = {
    "auto": [(10, 1, "10 digits, in seconds"), (13, 1000, "13 digits, in milliseconds")],
    "seconds": [(10, 1, "10 digits, in seconds")],
    "milliseconds": [(13, 1000, "13 digits, in milliseconds")],
}

#: RFC 3986's characters, and letters of any script. No brace: in extra variables Ansible would see a template.
_URL = re.compile(r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.IGNORECASE)
_MOST_URL = 4096
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_ID_TEXT = "1 to 128 letters, digits and ._-, the first a letter or digit"

#: The fields that are checked by form alone: the form, in words, whether it must be there.
_FIELDS: dict[str, tuple[re.Pattern[str], str, bool]] = {
    "channelId": (_CHANNEL, "1 to 20 digits", True),
    "timestamp": (re.compile(r"[0-9]{10}|[0-9]{13}"), "10 or 13 digits", True),
    "sign": (re.compile(r"[0-9a-f]{32}"), "32 hexadecimal digits in lower case", True),
    "fileUrl": (_URL, "an http or https URL of allowed characters", True),
    "format": (re.compile(r"m3u8|mp4"), "m3u8 or mp4", True),
    "fileId": (_ID, _ID_TEXT, True),
    # What a recording does not have may be left out, or empty.
    "origin": (_ID, _ID_TEXT, False),
    "hasRtcRecord": (re.compile(r"[YN]"), "Y or N", False),
    "sessionId": (_ID, _ID_TEXT, False),
}


def read_field(query: MultiMapping[str], name: str) -> str | None:
    """The value of a field, checked by form; None where it may be left out. Raises Refused."""
    # Of a field given twice, the one that is checked might not be the one that others read.
    values = query.getall(name, [])
    pattern, allowed, required = _FIELDS[name]
    if len(values) > 1:
        raise Refused(400, f"{name}: must be given once")
    if not values or (not values[0] and not required):
        if required:
            raise Refused(400, f"{name}: must be given")
        return None
    if not pattern.fullmatch(values[0]):
        raise Refused(400, f"{name}: must be {allowed}")
    return values[0]


def read_timestamp(text: str, unit: str) -> float:
    """The seconds since 1970 of a timestamp. Raises Refused where it is not of this unit."""
    for digits, divisor, _words in _TIMESTAMPS[unit]:
        if len(text) == digits:
            return int(text) / divisor
    raise Refused(
        400, f"timestamp: must be {' or '.join(words for _digits, _divisor, words in _TIMESTAMPS[unit])}"
    )


def check_url(url: str, hosts: tuple[str, ...] | None) -> None:
    """Raises Refused unless it is a URL with a host, without a user, and of one of the allowed hosts."""
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused(400, "fileUrl: must be a URL that can be read") from None
    if not host or "@" in parts.netloc or len(url) > _MOST_URL:
        raise Refused(400, f"fileUrl: must have a host, no user, and at most {_MOST_URL} characters")
    if hosts is not None and not any(
        host == name or (name[0] == "." and host.endswith(name)) for name in hosts
    ):
        raise Refused(403, "fileUrl: must be on one of the allowed hosts")


def account_for(accounts: Iterable[Account], path: str) -> list[Account]:
    """The accounts of a path, which may be a token: compared in constant time. Raises Refused where there is none."""
    found = [
        account
        for account in accounts
        if hmac.compare_digest(account.path.encode(), path.encode("utf-8", "replace"))
    ]
    if not found:
        raise Refused(404, "path: no account has it")
    return found


def owner(accounts: Iterable[Account], channel: str) -> Account:
    """The account of a channel. Raises Refused where none owns it."""
    for account in accounts:
        if account.channels is None or channel in account.channels:
            return account
    raise Refused(404, "channelId: no account has this channel")


def is_signed(account: Account, timestamp: str, sign: str) -> bool:
    """Whether `sign` is the MD5 of app secret and timestamp, compared in constant time."""
    expected = hashlib.md5(account.secret + timestamp.encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(expected.encode(), sign.encode())


# --- What is remembered ----------------------------------------------------------------------------------------------


class Memory:
    """Which recordings were taken, the latest `most` of them, each for `seconds`."""

    def __init__(
        self, seconds: float, most: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._taken: OrderedDict[tuple[str, ...], float] = OrderedDict()

    def __contains__(self, recording: tuple[str, ...]) -> bool:
        self._forget()
        return recording in self._taken

    def add(self, recording: tuple[str, ...]) -> None:
        """Remember a recording from now on."""
        self._taken[recording] = self._clock()
        self._forget()

    def _forget(self) -> None:
        limit = self._clock() - self._seconds
        while self._taken and (len(self._taken) > self._most or next(iter(self._taken.values())) <= limit):
            self._taken.popitem(last=False)


class Rates:
    """At most `a_minute` for each key, of which all may come at once; 0 is no limit. The latest `most` keys are counted."""

    def __init__(
        self, a_minute: int, most: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._a_minute = a_minute
        self._most = most
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, key: str) -> bool:
        """Whether there is one left for this key; then it is spent."""
        if not self._a_minute:
            return True
        now = self._clock()
        left, since = self._left.pop(key, (float(self._a_minute), now))
        left = min(float(self._a_minute), left + (now - since) * self._a_minute / 60)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return allowed


# --- The server ------------------------------------------------------------------------------------------------------


class Receiver:
    """Answers callbacks, and puts an event into the queue for each new recording."""

    def __init__(self, queue: Queue, options: Options) -> None:
        self._queue = queue
        self._options = options
        self._memory = Memory(options.remember)
        self._under_way: set[tuple[str, ...]] = set()
        self._accepted = Rates(options.rate_limit)
        self._refusals = Rates(options.rate_limit)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """The answer to a request."""
        try:
            return web.Response(text=await self._take(request))
        except Refused as refused:
            return self._refusal(request, refused)

    def _refusal(self, request: web.BaseRequest, refused: Refused) -> web.Response:
        status, text = refused.status, refused.text
        # What an account or a full queue is told costs a stranger's address nothing.
        if status not in (429, 503):
            if self._refusals.allow(str(request.remote)):
                _logger.warning("Refused a callback from %s with %d: %s", request.remote, status, text)
            else:
                status, text = 429, "too many requests"
        return web.Response(
            status=status, text=text, headers={"Retry-After": "60"} if status in (429, 503) else None
        )

    async def _take(self, request: web.BaseRequest) -> str:
        self._check_request(request)
        account, channel, sent = self._authentic(request)
        recording = self._recording(request.query, account, channel, sent)
        key = (account.name, recording["file_id"], recording["format"])
        if key in self._memory:
            # Whatever its age: whoever sends again what was taken should stop.
            return "known already"
        self._check_age(sent)
        if not self._accepted.allow(account.name):
            _logger.warning(
                "Refused a callback of %s with 429: more than %d a minute",
                account.name,
                self._options.rate_limit,
            )
            raise Refused(429, "too many callbacks of this account")
        await self._emit(key, {"recording": recording})
        return "taken"

    def _check_request(self, request: web.BaseRequest) -> None:
        networks = self._options.networks
        if networks is not None:
            address = ipaddress.ip_address(str(request.remote).partition("%")[0])
            if not any(address in network for network in networks):
                raise Refused(403, "address: not one of the allowed networks")
        if request.method != "GET":
            raise Refused(405, "method: must be GET")
        if len(request.raw_path) > self._options.max_size or request.body_exists:
            raise Refused(
                413, f"size: must be at most {self._options.max_size} bytes of path and query, without a body"
            )

    def _authentic(self, request: web.BaseRequest) -> tuple[Account, str, float]:
        """Account, channel and seconds since 1970 of a callback that is signed."""
        accounts = account_for(self._options.accounts, request.path)
        channel, timestamp, sign = (
            str(read_field(request.query, name)) for name in ("channelId", "timestamp", "sign")
        )
        account = owner(accounts, channel)
        if not is_signed(account, timestamp, sign):
            raise Refused(403, "sign: must be the MD5 of the account's app secret and the timestamp")
        return account, channel, read_timestamp(timestamp, self._options.timestamp_unit)

    def _check_age(self, sent: float) -> None:
        age = time.time() - sent
        if age > self._options.max_age:
            raise Refused(403, f"timestamp: must be at most {self._options.max_age} seconds old")
        if age < -_SKEW:
            raise Refused(403, f"timestamp: must be at most {_SKEW} seconds ahead")

    def _recording(
        self, query: MultiMapping[str], account: Account, channel: str, sent: float
    ) -> dict[str, Any]:
        """What an event says of a recording."""
        fields = {name: read_field(query, name) for name in _FIELDS}
        check_url(str(fields["fileUrl"]), self._options.file_hosts)
        rtc = fields["hasRtcRecord"]
        return {
            "account": account.name,
            "channel_id": channel,
            "file_id": fields["fileId"],
            "file_url": fields["fileUrl"],
            "format": fields["format"],
            "origin": fields["origin"],
            "has_rtc_record": None if rtc is None else rtc == "Y",
            "session_id": fields["sessionId"],
            "sent": datetime.fromtimestamp(sent, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    async def _emit(self, key: tuple[str, ...], event: dict[str, Any]) -> None:
        """Hand an event over; remembered only when that worked."""
        if key in self._under_way:
            raise Refused(503, "this recording is just being taken")
        self._under_way.add(key)
        try:
            await asyncio.wait_for(self._queue.put(event), _HAND_OVER_SECONDS)
        except asyncio.TimeoutError:
            _logger.warning("Refused a callback of %s with 503: the queue of events is full", key[0])
            raise Refused(503, "the queue of events is full") from None
        finally:
            self._under_way.discard(key)
        self._memory.add(key)


def _without_request(record: logging.LogRecord) -> bool:
    """aiohttp's complaints quote the request, `sign` and path included: only the kind of error is logged."""
    kind = record.exc_info[0] if record.exc_info else None
    record.msg, record.args = "A request could not be answered: %s", (kind.__name__ if kind else "unknown",)
    record.exc_info = record.exc_text = None
    return True


_server_logger = logging.getLogger(f"{_logger.name}.server")
# Not one more for each source of a rulebook, each of which runs this file anew.
_server_logger.filters = [_without_request]


async def main(queue: Queue, args: dict[str, Any]) -> None:
    """Listen until cancelled. Raises ValueError for a bad option, OSError where the address can't be listened on."""
    options = read_options(args)
    receiver = Receiver(queue, options)
    server = web.Server(
        receiver.answer,
        access_log=None,
        logger=_server_logger,
        max_line_size=_LONGEST_LINE,
    )
    runner = web.ServerRunner(server, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, options.host, options.port, ssl_context=options.certificate).start()
        _logger.info(
            "Listening for record callbacks of %d accounts on %s, port %d",
            len(options.accounts),
            options.host,
            options.port,
        )
        await asyncio.Future()
    finally:
        await runner.cleanup()
