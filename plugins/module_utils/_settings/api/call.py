# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One signed call to any endpoint: which one, what it carries and what it does, as the user says. Source: docs/api.md §1, §6."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._api import answers
from ..._api.endpoint import Access, Carrier, Endpoint
from ..._api.transport import MultipartField
from ..._engine.definition import Context, Definition, Work
from ..._errors import CallError, Delivery, InputError
from ..._options.secret_names import SecretFields, is_secret_parameter
from . import body, files, parameters, path
from .body import MOST_LEVELS

NOT_SENT = "Not sent: this is check mode, and access is write."
NOT_COMPARED = (
    "polyv_api compares nothing: a call with access: write is sent by every run, and each is a change. A module of its own, where "
    "there is one, writes only what differs."
)
# Their `channelId` counts in the query only; without it they change the whole account (docs/api.md §5).
_CHANNEL_IN_QUERY = re.compile(r"/live/v3/channel/(auth|basic|donate)/update(-cash|-good)?")


@dataclass(frozen=True)
class WantedCall:
    """A checked call: `text` is signed, `files` and `json` are not."""

    endpoint: Endpoint
    text: dict[str, str] = field(repr=False)
    files: tuple[MultipartField, ...] = field(repr=False)
    json: Any = field(repr=False)

    @property
    def writes(self) -> bool:
        """Whether the call changes something, as the user says."""
        return self.endpoint.access is not Access.READ


def wanted(options: Mapping[str, Any]) -> WantedCall:
    """The call that the options ask for. Raises InputError."""
    where = path.check(options["path"])
    query = parameters.check("query", options["query"])
    form = parameters.check("form", options["form"])
    json = body.check(options["json"])
    carrier = _carrier(options, bool(query))
    _check_channel(where, query, json)
    # Never guessed from the verb: a GET may write, and several reads are POST. A write is sent once, because nobody knows
    # whether a second one would change more.
    access = Access.READ if options["access"] == "read" else Access.CREATE
    parts = files.parts(options["files"])
    for name, _content in parts:
        if name in form:
            raise InputError("files", f"has the name {name!r}, which is in form too")
    return WantedCall(
        Endpoint(where, options["method"], where, access, carrier), {**query, **form}, parts, json
    )


def _carrier(options: Mapping[str, Any], has_query: bool) -> Carrier:
    """What carries the parameters. Only what a vendor's client is known to do: nobody says how a mix is signed."""
    given = [name for name in ("form", "json", "files") if options[name]]
    if options["json"] is not None and "json" not in given:
        given.append("json")  # an empty mapping or list is a body too
    if options["method"] == "GET" and given:
        raise InputError(
            given[0], "must be left out of a GET, which has everything in query; else set method: POST"
        )
    if "json" in given and len(given) > 1:
        raise InputError("json", "must be left out beside form or files: a call has one body")
    if has_query and ("form" in given or "files" in given):
        raise InputError(
            "query",
            "must be left out beside form or files, put all into form: nobody says how a mix is signed",
        )
    if "files" in given:
        return Carrier.MULTIPART
    if "json" in given:
        return Carrier.JSON
    return Carrier.QUERY if has_query else Carrier.FORM


def _check_channel(where: str, query: Mapping[str, str], json: Any) -> None:
    in_body = isinstance(json, dict) and parameters.CHANNEL in json
    if in_body and parameters.CHANNEL not in query and _CHANNEL_IN_QUERY.fullmatch(where):
        raise InputError(
            f"json.{parameters.CHANNEL}",
            "must be in query: in the body this endpoint ignores it, and changes the whole account",
        )


def prepare(context: Context) -> Work:
    """Checks the call; the work is to send it. Raises InputError."""
    call = wanted(context.options)
    for name in context.options["query"] or ():
        if is_secret_parameter(name) and context.options["method"] == "POST":
            context.warn(
                f"query.{name}: a query stands in the logs of servers and proxies. Put it into form if you can."
            )
    return lambda: _sent(context, call)


def _sent(context: Context, call: WantedCall) -> dict[str, Any]:
    # Any write may concern the whole account.
    account = context.identity.confirm() if call.writes or call.endpoint.names_user else ""
    if call.writes and context.check:
        return {"changed": True, "sent": False, "status": None, "data": None, "msg": NOT_SENT}
    if call.writes:
        context.warn(NOT_COMPARED)
    statuses: list[int] = []
    try:
        data = context.client.call(
            call.endpoint,
            call.text,
            path={"userId": account},
            files=call.files,
            json=call.json,
            answered=statuses.append,
        )
    except CallError as error:
        raise _with_doubt(error, call) from None
    if _is_deep(data):
        raise answers.unexpected(call.endpoint, f"of at most {MOST_LEVELS} levels")
    shown = SecretFields(context.options["mask"]).hidden(data)
    return {"changed": call.writes, "sent": True, "status": statuses[-1], "data": shown}


def _is_deep(data: Any) -> bool:
    level = [data]
    for _unused in range(MOST_LEVELS + 1):
        level = [
            item
            for value in level
            if isinstance(value, (dict, list))
            for item in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)


def _with_doubt(error: CallError, call: WantedCall) -> CallError:
    if not call.writes or error.delivery is not Delivery.UNKNOWN:
        return error
    return error.with_msg(
        f"{error.msg} The API may have carried the call out, so it is not sent again. Look before you run this once more."
    )


API = Definition(
    options={
        "method": {"type": "str", "choices": ["GET", "POST"], "default": "GET"},
        "path": {"type": "str", "required": True},
        "access": {"type": "str", "choices": ["read", "write"], "required": True},
        "query": {"type": "dict"},
        "form": {"type": "dict"},
        "json": {"type": "raw"},
        "files": {"type": "list", "elements": "dict", "options": files.OPTIONS},
        "mask": {"type": "list", "elements": "str"},
    },
    prepare=prepare,
    files=(("files", "path"),),
    as_given={
        ("query",): body.as_given,
        ("form",): body.as_given,
        ("json",): body.as_given,
        ("files",): files.check_count,
    },
    data=("query", "form", "json"),
)
